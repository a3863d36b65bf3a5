import Foundation
import SampleReceivers
import Synchronization

/// What one receiver took.
final class Ledger: Sendable {
    /// A message that was answered with a success.
    struct Taken: Sendable {
        let position: Int64
        let key: String
        var times: [Date]
    }

    private let taken = Mutex<[String: Taken]>([:])
    private let refused = Atomic<Int>(0)

    /// Notes a message with what it was answered.
    func note(_ message: SampleReceiver.Message, _ answer: SampleReceiver.Behaviour) {
        guard answer.takes else {
            refused.add(1, ordering: .relaxed)
            return
        }
        guard let body = try? JSONSerialization.jsonObject(with: Data(message.body)) as? [String: Any],
            let position = (body["sequence"] as? String).flatMap({ Int64($0) }),
            let key = body["partitionkey"] as? String
        else { return }
        taken.withLock { taken in
            taken[message.id, default: Taken(position: position, key: key, times: [])].times.append(message.arrivedAt)
        }
    }

    /// Messages by their identifiers.
    var messages: [String: Taken] { taken.withLock { $0 } }

    /// How many it did not take.
    var refusals: Int { refused.load(ordering: .relaxed) }

    /// Pairs of one animal's events that first arrived in the wrong order.
    var disorder: Int {
        var last: [String: Int64] = [:]
        var wrong = 0
        for message in messages.values.sorted(by: { $0.times[0] < $1.times[0] }) {
            if let before = last[message.key], before > message.position { wrong += 1 }
            last[message.key] = message.position
        }
        return wrong
    }
}

extension SampleReceiver.Behaviour {
    /// Whether it is a success.
    var takes: Bool {
        switch self {
        case .slow: true
        case .answers(let status, _, _): (200..<300).contains(status)
        default: false
        }
    }
}
