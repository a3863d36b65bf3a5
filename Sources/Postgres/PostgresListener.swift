import Foundation
import Synchronization

/// What a listener hears.
public enum PostgresNotification: Hashable, Sendable {
    /// Somebody called `NOTIFY`.
    case notification(channel: String, payload: String)
    /// The connection was made, or made again: something may have been missed, so look again.
    case reconnected
}

/// Hears `NOTIFY` on a connection of its own, and connects again when that breaks.
public struct PostgresListener: Sendable {
    private let endpoint: PostgresEndpoint
    private let applicationName: String

    /// A listener to a server.
    public init(endpoint: PostgresEndpoint, applicationName: String = "andrias listener") {
        self.endpoint = endpoint
        self.applicationName = applicationName
    }

    /// Listens until the stream is dropped or its task ends.
    ///
    /// - Parameter channels: Names of channels; lower-case identifiers.
    /// - Returns: Notifications as they come; the newest 1,000 are kept for a slow reader.
    public func notifications(on channels: [String]) -> AsyncStream<PostgresNotification> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: PostgresNotification.self, bufferingPolicy: .bufferingNewest(1000))
        let isStopped = StopFlag()
        continuation.onTermination = { _ in isStopped.raise() }
        // A thread, for it waits in poll(2) as long as the process lives.
        Thread { [self] in
            var pause = 0.1
            while !isStopped.isRaised {
                do {
                    try listen(to: channels, continuation, until: isStopped) { pause = 0.1 }
                } catch {
                    // The server is away; whoever listens is told when it is back.
                    Thread.sleep(forTimeInterval: pause)
                    pause = min(pause * 2, 5)
                }
            }
            continuation.finish()
        }.start()
        return stream
    }

    private func listen(
        to channels: [String], _ continuation: AsyncStream<PostgresNotification>.Continuation,
        until isStopped: StopFlag, connected: () -> Void
    ) throws(PostgresError) {
        let handle = try ConnectionHandle(endpoint, applicationName: applicationName, timeout: 10)
        for channel in channels { try handle.execute(MigrationTable.listen(channel)) }
        connected()
        continuation.yield(.reconnected)
        while !isStopped.isRaised {
            for (channel, payload) in try handle.arrivedNotifications() {
                continuation.yield(.notification(channel: channel, payload: payload))
            }
            var waiting = pollfd(fd: handle.socket, events: Int16(POLLIN), revents: 0)
            poll(&waiting, 1, 250)
        }
    }
}

private final class StopFlag: Sendable {
    private let flag = Atomic(false)

    var isRaised: Bool { flag.load(ordering: .acquiring) }

    func raise() { flag.store(true, ordering: .releasing) }
}
