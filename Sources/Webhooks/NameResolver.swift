import Foundation
import Synchronization

/// Asks the system for the addresses of names, on threads of its own, for that blocks.
///
/// Answers are kept for a short while; however many ask for a name, one thread waits for it, and nobody waits longer than
/// the time limit.
final class NameResolver: Sendable {
    private typealias Answer = Result<[NetworkAddress], AddressRefusal>

    private struct Lookup {
        let number: Int
        var waiting: [CheckedContinuation<Answer, Never>]
    }

    private struct State {
        var known: [String: (answer: Answer, until: ContinuousClock.Instant)] = [:]
        var lookups: [String: Lookup] = [:]
        var count = 0
    }

    private let state = Mutex(State())
    private let threads: OperationQueue
    private let limit: Duration
    private let kept: Duration
    private let failureKept: Duration
    private let lookUp: @Sendable (String) -> [NetworkAddress]

    /// - Parameters:
    ///   - limit: How long anybody waits.
    ///   - kept: How long an answer is kept.
    ///   - failureKept: How long it is kept that there was none.
    ///   - lookUp: Blocks until the name's addresses are there; none for a failure.
    init(
        limit: Duration = .seconds(5), kept: Duration = .seconds(30), failureKept: Duration = .seconds(2),
        lookUp: @escaping @Sendable (String) -> [NetworkAddress] = NameResolver.systemAddresses
    ) {
        self.limit = limit
        self.kept = kept
        self.failureKept = failureKept
        self.lookUp = lookUp
        threads = OperationQueue()
        threads.maxConcurrentOperationCount = 16
    }

    func addresses(of host: String) async throws(AddressRefusal) -> [NetworkAddress] {
        let answer = await withCheckedContinuation { continuation in ask(for: host, continuation) }
        return try answer.get()
    }

    private func ask(for host: String, _ continuation: CheckedContinuation<Answer, Never>) {
        let (known, number) = state.withLock { state -> (Answer?, Int?) in
            if let (answer, until) = state.known[host], until > .now { return (answer, nil) }
            if state.lookups[host] != nil {
                state.lookups[host]?.waiting.append(continuation)
                return (nil, nil)
            }
            state.count += 1
            state.lookups[host] = Lookup(number: state.count, waiting: [continuation])
            return (nil, state.count)
        }
        if let known { return continuation.resume(returning: known) }
        guard let number else { return }
        threads.addOperation { [self] in
            let addresses = lookUp(host)
            end(host, number, addresses.isEmpty ? .failure(.unresolved(host: host)) : .success(addresses))
        }
        DispatchQueue.global().asyncAfter(deadline: .now() + limit / .seconds(1)) { [weak self] in
            self?.end(host, number, .failure(.unresolved(host: host)))
        }
    }

    /// Ends a lookup, unless it has ended: the answer of the thread, or the end of its time.
    private func end(_ host: String, _ number: Int, _ answer: Answer) {
        let waiting = state.withLock { state -> [CheckedContinuation<Answer, Never>] in
            guard let lookup = state.lookups[host], lookup.number == number else { return [] }
            state.lookups[host] = nil
            if state.known.count >= 4096 { state.known.removeAll() }
            let duration = if case .success = answer { kept } else { failureKept }
            state.known[host] = (answer, .now + duration)
            return lookup.waiting
        }
        for continuation in waiting { continuation.resume(returning: answer) }
    }

    /// What getaddrinfo(3) says, in its order of preference.
    static func systemAddresses(of host: String) -> [NetworkAddress] {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_flags = AI_ADDRCONFIG
        var first: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, &hints, &first) == 0 else { return [] }
        defer { freeaddrinfo(first) }
        var addresses: [NetworkAddress] = []
        var next = first
        while let entry = next {
            if let address = NetworkAddress(entry.pointee.ai_addr, length: Int(entry.pointee.ai_addrlen)),
                !addresses.contains(address)
            {
                addresses.append(address)
            }
            next = entry.pointee.ai_next
        }
        return addresses
    }
}
