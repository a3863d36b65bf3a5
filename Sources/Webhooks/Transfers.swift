import CLibCurl
public import Foundation
import Synchronization

/// Sends many things at once on one thread (libcurl's multi interface), with connections kept for the next.
///
/// Transfers of a lane wait in their order for its turn; lanes take turns where all slots are taken, so that one lane
/// with much to send or a slow receiver does not hold up the others.
public final class Transfers: Sendable {
    /// How much and how long.
    public struct Limits: Hashable, Sendable {
        /// Transfers on the way at once.
        public var total: Int
        /// How long connecting may take.
        public var connect: Duration
        /// How long a whole attempt may take.
        public var whole: Duration

        /// 512 at once, 5 s to connect, 20 s in all.
        public init(total: Int = 512, connect: Duration = .seconds(5), whole: Duration = .seconds(20)) {
            self.total = total
            self.connect = connect
            self.whole = whole
        }
    }

    private let inbox: TransferInbox

    /// Starts the thread; it ends with ``stop()`` or with the last reference.
    ///
    /// - Parameters:
    ///   - limits: How much and how long.
    ///   - userAgent: What requests say they come from.
    public init(limits: Limits = Limits(), userAgent: String = "andrias") {
        _ = Self.library
        let inbox = TransferInbox()
        self.inbox = inbox
        Thread {
            TransferLoop(inbox: inbox, limits: limits, userAgent: userAgent)?.run()
            inbox.close()
        }.start()
    }

    deinit { inbox.stop() }

    /// libcurl wants to be set up once.
    private static let library = curl_global_init(Int(CURL_GLOBAL_SSL))

    /// Sends something.
    ///
    /// The task's cancellation does not break it off: it ends within ``Limits/whole`` of its beginning.
    ///
    /// - Returns: What became of it; `nil` where it was withdrawn before it began.
    public func send(_ transfer: Transfer) async -> Answer? {
        await withCheckedContinuation { continuation in
            start([transfer]) { continuation.resume(returning: $1) }
        }
    }

    /// Sends many things.
    ///
    /// - Parameters:
    ///   - transfers: In their order, lane by lane.
    ///   - completion: Gets the place of each in the array and what became of it, `nil` where it was withdrawn before it
    ///     began. Called on the thread of transfers, which waits for it.
    public func start(_ transfers: [Transfer], completion: @escaping @Sendable (Int, Answer?) -> Void) {
        let flights = transfers.enumerated().map { place, transfer in
            WaitingTransfer(transfer: transfer) { completion(place, $0) }
        }
        inbox.put(flights)
    }

    /// Gives back what has not begun; what is on the way goes on.
    ///
    /// - Parameter lanes: Of these lanes; `nil` for all.
    public func withdrawWaiting(lanes: Set<UUID>? = nil) { inbox.withdraw(lanes) }

    /// Gives back what has not begun, lets end what is on the way, and takes nothing more.
    public func stop() { inbox.stop() }
}

/// A transfer before its turn.
struct WaitingTransfer: Sendable {
    let transfer: Transfer
    let completion: @Sendable (Answer?) -> Void
}

/// What others tell the thread of transfers.
// Sendable: the pointer is used under the lock alone.
final class TransferInbox: Sendable {
    /// What was told since the thread last looked.
    struct News {
        var arrived: [WaitingTransfer] = []
        var withdrawsAll = false
        var withdrawn: Set<UUID> = []
        var stops = false
    }

    private struct State: ~Copyable {
        var news = News()
        var isClosed = false
        /// libcurl's multi handle, to wake it; `nil` while the thread is not there.
        nonisolated(unsafe) var multi: UnsafeMutableRawPointer?
    }

    private let state = Mutex(State())

    func put(_ transfers: [WaitingTransfer]) {
        let isTaken = state.withLock { state in
            guard !state.news.stops, !state.isClosed else { return false }
            state.news.arrived += transfers
            if let multi = state.multi { curl_multi_wakeup(multi) }
            return true
        }
        if !isTaken { for transfer in transfers { transfer.completion(nil) } }
    }

    func withdraw(_ lanes: Set<UUID>?) {
        tell { news in
            if let lanes { news.withdrawn.formUnion(lanes) } else { news.withdrawsAll = true }
        }
    }

    func stop() { tell { $0.stops = true } }

    private func tell(_ change: (inout News) -> Void) {
        state.withLock { state in
            change(&state.news)
            if let multi = state.multi { curl_multi_wakeup(multi) }
        }
    }

    /// For the thread: what was told; that it stops is told for ever.
    func takeNews() -> News {
        state.withLock { state in
            let news = state.news
            state.news.arrived = []
            state.news.withdrawsAll = false
            state.news.withdrawn = []
            return news
        }
    }

    func open(_ multi: UnsafeMutableRawPointer) {
        nonisolated(unsafe) let multi = multi
        state.withLock { $0.multi = multi }
    }

    /// The thread is gone: what arrived in between is given back.
    func close() {
        let left = state.withLock { state in
            state.multi = nil
            state.isClosed = true
            let left = state.news.arrived
            state.news.arrived = []
            return left
        }
        for transfer in left { transfer.completion(nil) }
    }
}
