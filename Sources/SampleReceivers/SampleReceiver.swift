public import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A receiver of webhooks in this process, for demonstration, tests and benchmarks: an HTTP/1.1 server on loopback that
/// behaves well or badly, as it is told.
///
/// All receivers share a few threads, so that fifty cost little more than one.
public final class SampleReceiver: Sendable {
    /// How a receiver answers.
    public enum Behaviour: Hashable, Sendable {
        /// With a status and a body.
        case answers(status: Int = 200, headers: [String: String] = [:], body: String = "ok")
        /// With 200 after a while.
        case slow(Duration)
        /// With a status the first times, with 200 afterwards; each message is counted by its `webhook-id`.
        case failing(times: Int, status: Int = 500)
        /// Never.
        case hangs
        /// Not: it breaks the connection once the request is read.
        case resets
        /// With a redirect.
        case redirects(to: String)
        /// With a status and a body that never ends.
        case endlessBody(status: Int = 200)
        /// With a status and a body of which a byte comes every 50 ms, for ever.
        case trickles(status: Int = 200)
        /// With a head that never ends.
        case endlessHead
        /// With 410.
        case gone
        /// With a status and `Retry-After`: a number of seconds or a date.
        case retryAfter(String, status: Int = 503)
        /// With bytes that are no HTTP.
        case garbage
        /// With a body shorter than it said, and the end of the connection.
        case breaksOff(status: Int = 200)

        /// 200 at once.
        public static let ok = Behaviour.answers()
    }

    /// A message as it arrived.
    public struct Message: Hashable, Sendable {
        /// When its last byte was there.
        public let arrivedAt: Date
        /// Method and path.
        public let method: String
        /// Path and query.
        public let path: String
        /// Headers; names in lower case, the last of each.
        public let headers: [String: String]
        /// The body.
        public let body: [UInt8]
        /// Number of the connection that brought it, from 1.
        public let connection: Int

        /// `webhook-id`, or nothing.
        public var id: String { headers["webhook-id"] ?? "" }
    }

    private struct State {
        var behaviour: Behaviour
        var messages: [Message] = []
        var count = 0
        var connectionCount = 0
        var attempts: [String: Int] = [:]
        var listener: (any Channel)?
        var connections: [ObjectIdentifier: any Channel] = [:]
        var onMessage: (@Sendable (Message, Behaviour) -> Void)?
    }

    private let place: ListeningPlace
    private let keeps: Int
    private let state: Mutex<State>

    private static let threads = MultiThreadedEventLoopGroup(numberOfThreads: 2)

    private init(_ place: ListeningPlace, keeps: Int, _ behaviour: Behaviour) {
        self.place = place
        self.keeps = keeps
        state = Mutex(State(behaviour: behaviour))
    }

    /// Starts a receiver.
    ///
    /// - Parameters:
    ///   - behaviour: How it answers.
    ///   - port: Where it listens on 127.0.0.1; 0 takes any free port.
    ///   - keeps: How many messages it remembers at most; with 0 it only counts, and answers more than 10,000 in a second.
    /// - Returns: A receiver that listens.
    /// - Throws: What the socket says, for instance that the port is taken.
    public static func start(
        _ behaviour: Behaviour = .ok, port: Int = 0, keeps: Int = 10_000
    ) async throws -> SampleReceiver {
        let receiver = SampleReceiver(try ListeningPlace(port: port), keeps: keeps, behaviour)
        try await receiver.start()
        return receiver
    }

    /// Listens again after ``stop()``, on the same port.
    public func start() async throws {
        let bootstrap = ServerBootstrap(group: Self.threads)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let number = self.opened(channel)
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(RequestHandler(receiver: self, connection: number))
                }
            }
        let listener = try await bootstrap.bind(host: "127.0.0.1", port: port).get()
        state.withLock { $0.listener = listener }
    }

    /// Stops listening and breaks all connections; nobody answers on the port.
    public func stop() async {
        let channels = state.withLock { state in
            let channels = state.connections.values + [state.listener].compactMap { $0 }
            state.connections = [:]
            state.listener = nil
            return channels
        }
        for channel in channels { try? await channel.close().get() }
    }

    /// The port that it listens on; its own while it is stopped too.
    public var port: Int { place.port }

    /// Where it listens.
    public var url: String { "http://127.0.0.1:\(port)/hook" }

    /// How it answers; a change counts from the next message.
    public var behaviour: Behaviour {
        get { state.withLock { $0.behaviour } }
        set { state.withLock { $0.behaviour = newValue } }
    }

    /// The messages that it remembers, in the order of their arrival.
    public var messages: [Message] { state.withLock { $0.messages } }

    /// How many messages arrived.
    public var count: Int { state.withLock { $0.count } }

    /// How many connections were made.
    public var connectionCount: Int { state.withLock { $0.connectionCount } }

    /// Hands each message to a function as it arrives, with how it is answered, on the thread that read it.
    public func onMessage(_ body: (@Sendable (Message, Behaviour) -> Void)?) { state.withLock { $0.onMessage = body } }

    /// Waits until a number of messages have arrived in all.
    ///
    /// - Returns: Whether they have; `false` where the time was over before.
    public func waitForMessages(_ count: Int, within limit: Duration = .seconds(20)) async throws -> Bool {
        let end = ContinuousClock.now + limit
        while self.count < count {
            guard ContinuousClock.now < end else { return false }
            try await Task.sleep(for: .milliseconds(5))
        }
        return true
    }

    private func opened(_ channel: any Channel) -> Int {
        let key = ObjectIdentifier(channel)
        channel.closeFuture.whenComplete { _ in self.state.withLock { $0.connections[key] = nil } }
        return state.withLock { state in
            state.connections[key] = channel
            state.connectionCount += 1
            return state.connectionCount
        }
    }

    /// Whether a message's head and body have to be collected.
    var remembers: Bool { keeps > 0 }

    /// Counts a message, remembers it, and says how it is answered.
    func arrived(_ message: Message?, id: String) -> Behaviour {
        let (behaviour, listener) = state.withLock { state -> (Behaviour, (@Sendable (Message, Behaviour) -> Void)?) in
            state.count += 1
            if let message, state.messages.count < keeps { state.messages.append(message) }
            guard case .failing(let times, let status) = state.behaviour else {
                return (state.behaviour, state.onMessage)
            }
            let attempt = state.attempts[id, default: 0] + 1
            state.attempts[id] = attempt
            return (attempt <= times ? .answers(status: status, body: "not yet") : .ok, state.onMessage)
        }
        if let message { listener?(message, behaviour) }
        return behaviour
    }
}
