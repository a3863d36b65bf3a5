import SampleReceivers

/// A kind of receiver in the drill.
struct Role: Sendable {
    let name: String
    let count: Int
    /// How it behaves, by turns of some seconds where there are several ways.
    let turns: [SampleReceiver.Behaviour]
    /// Whether everything has to reach it in the end.
    var isLive = true
    /// Whether it asked for the order of each animal's events.
    var isOrdered = false
    /// Whether nobody listens in every second turn.
    var isDownAtTimes = false

    /// How it behaves in the end.
    var settled: SampleReceiver.Behaviour { turns.first(where: \.takes) ?? turns[0] }

    /// Fifty receivers.
    static let cast = [
        Role(name: "prompt", count: 14, turns: [.ok]),
        Role(name: "prompt, in order", count: 6, turns: [.ok], isOrdered: true),
        Role(name: "slow: 200 ms", count: 5, turns: [.slow(.milliseconds(200))]),
        Role(name: "500, then 200", count: 4, turns: [.failing(times: 1)]),
        Role(name: "500, then 200, in order", count: 2, turns: [.failing(times: 1)], isOrdered: true),
        Role(name: "503 by turns", count: 3, turns: [.answers(status: 503), .ok]),
        Role(name: "503 by turns, in order", count: 1, turns: [.answers(status: 503), .ok], isOrdered: true),
        Role(name: "hangs by turns", count: 3, turns: [.ok, .hangs]),
        Role(name: "resets by turns", count: 3, turns: [.resets, .ok]),
        Role(name: "asks to wait by turns", count: 2, turns: [.retryAfter("1"), .ok]),
        Role(name: "down by turns", count: 1, turns: [.ok], isDownAtTimes: true),
        Role(name: "redirects", count: 2, turns: [.redirects(to: "http://169.254.169.254/latest/")], isLive: false),
        Role(name: "endless body", count: 1, turns: [.endlessBody(status: 500)], isLive: false),
        Role(name: "hangs", count: 1, turns: [.hangs], isLive: false),
        Role(name: "gone (410)", count: 1, turns: [.gone], isLive: false),
        Role(name: "no HTTP", count: 1, turns: [.garbage], isLive: false),
    ]
}
