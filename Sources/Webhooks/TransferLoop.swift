import CLibCurl
import Foundation
import Registry

/// The thread of transfers: begins them in their turn, moves them on, and tells what became of them.
final class TransferLoop {
    private let inbox: TransferInbox
    private let limits: Transfers.Limits
    private let userAgent: String
    private let multi: UnsafeMutableRawPointer
    private var flights: [UnsafeMutableRawPointer: (flight: Flight, easy: EasyHandle)] = [:]
    /// Handles for the next transfers.
    private var idle: [EasyHandle] = []
    private var lanes: [UUID: Lane] = [:]
    /// Lanes in which something waits and may begin, in the order of their turns.
    private var turns: [UUID] = []

    private struct Lane {
        var waiting: ArraySlice<WaitingTransfer> = []
        var onTheWay = 0
        var parallel = 1
        /// Whether it stands in the order of turns.
        var hasTurn = false
    }

    init?(inbox: TransferInbox, limits: Transfers.Limits, userAgent: String) {
        guard let multi = curl_multi_init() else { return nil }
        self.inbox = inbox
        self.limits = limits
        self.userAgent = userAgent
        self.multi = multi
        andrias_curl_multi_set_number(multi, CURLMOPT_MAXCONNECTS, limits.total)
        andrias_curl_multi_set_number(multi, CURLMOPT_PIPELINING, Int(CURLPIPE_MULTIPLEX))
        inbox.open(multi)
    }

    /// Works until it is told to stop and all that was on the way has ended.
    func run() {
        var isStopping = false
        while !isStopping || !flights.isEmpty {
            let news = inbox.takeNews()
            isStopping = news.stops
            for transfer in news.arrived { enqueue(transfer) }
            if news.withdrawsAll || isStopping {
                giveBackWaiting(of: Set(lanes.keys))
            } else if !news.withdrawn.isEmpty {
                giveBackWaiting(of: news.withdrawn)
            }
            begin()
            var running: Int32 = 0
            curl_multi_perform(multi, &running)
            // What ended makes room: it is used before anything is waited for.
            if !endFinished() { curl_multi_poll(multi, nil, 0, 1000, nil) }
        }
        inbox.close()
        idle = []
        curl_multi_cleanup(multi)
    }

    private func enqueue(_ transfer: WaitingTransfer) {
        let id = transfer.transfer.lane
        lanes[id, default: Lane()].waiting.append(transfer)
        lanes[id]?.parallel = max(1, transfer.transfer.parallel)
        queueTurn(of: id)
    }

    private func queueTurn(of id: UUID) {
        guard let lane = lanes[id] else { return }
        if lane.waiting.isEmpty {
            if lane.onTheWay == 0 { lanes[id] = nil }
        } else if !lane.hasTurn, lane.onTheWay < lane.parallel {
            lanes[id]?.hasTurn = true
            turns.append(id)
        }
    }

    private func begin() {
        var next = turns.startIndex
        while flights.count < limits.total, next < turns.endIndex {
            let id = turns[next]
            next += 1
            lanes[id]?.hasTurn = false
            guard let waiting = lanes[id]?.waiting.popFirst() else { continue }
            lanes[id]?.onTheWay += 1
            begin(waiting)
            queueTurn(of: id)
        }
        turns.removeFirst(next)
    }

    private func begin(_ waiting: WaitingTransfer) {
        let flight = Flight(waiting.transfer, completion: waiting.completion)
        guard let easy = idle.popLast() ?? EasyHandle() else {
            return finish(flight, Answer(failed: .misconfigured, "libcurl gives no handle."))
        }
        add(flight, easy)
    }

    private func add(_ flight: Flight, _ easy: EasyHandle) {
        do {
            try flight.configure(easy, limits: limits, userAgent: userAgent)
        } catch {
            let reason = String(cString: curl_easy_strerror(error.code))
            idle.append(easy)
            return finish(
                flight, Answer(failed: .misconfigured, "libcurl refuses option \(error.option.rawValue): \(reason)."))
        }
        flights[easy.pointer] = (flight, easy)
        curl_multi_add_handle(multi, easy.pointer)
    }

    /// - Returns: Whether anything has ended.
    private func endFinished() -> Bool {
        var hasEnded = false
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let pointer = message.pointee.easy_handle else { continue }
            let code = message.pointee.data.result
            curl_multi_remove_handle(multi, pointer)
            guard let (flight, easy) = flights.removeValue(forKey: pointer) else { continue }
            hasEnded = true
            if flight.goesOn(easy, after: code, limits: limits) {
                add(flight, easy)
            } else {
                let answer = flight.answer(easy, code)
                // Its options point to the flight.
                easy.reset()
                idle.append(easy)
                finish(flight, answer)
            }
        }
        return hasEnded
    }

    private func finish(_ flight: Flight, _ answer: Answer) {
        let id = flight.transfer.lane
        lanes[id]?.onTheWay -= 1
        queueTurn(of: id)
        flight.completion(answer)
    }

    private func giveBackWaiting(of ids: Set<UUID>) {
        turns.removeAll { ids.contains($0) }
        for id in ids {
            guard let lane = lanes[id] else { continue }
            for waiting in lane.waiting { waiting.completion(nil) }
            lanes[id] = lane.onTheWay == 0 ? nil : Lane(onTheWay: lane.onTheWay, parallel: lane.parallel)
        }
    }
}
