import Foundation
import Registry
import SampleReceivers
import Testing
import Webhooks

/// A receiver and a way to send to it.
struct Post {
    let transfers: Transfers
    let limits: Transfers.Limits

    init(_ limits: Transfers.Limits = Transfers.Limits(connect: .seconds(2), whole: .seconds(10))) {
        self.limits = limits
        transfers = Transfers(limits: limits)
    }

    static func request(
        to receiver: SampleReceiver, _ body: String = "{}", headers: [(name: String, value: String)] = []
    ) async throws -> Transfer.Request {
        Transfer.Request(
            to: try await AddressGuard().target(receiver.url, allowsPrivateAddresses: true), headers: headers,
            body: Array(body.utf8))
    }

    func send(to receiver: SampleReceiver) async throws -> Answer {
        try #require(await transfers.send(Transfer(try await Self.request(to: receiver))))
    }

    /// Lends a receiver.
    static func with<T>(
        _ behaviour: SampleReceiver.Behaviour, _ body: (SampleReceiver) async throws -> T
    ) async throws -> T {
        let receiver = try await SampleReceiver.start(behaviour)
        do {
            let result = try await body(receiver)
            await receiver.stop()
            return result
        } catch {
            await receiver.stop()
            throw error
        }
    }
}

@Suite("Transfers")
struct TransferTests {
    @Test("A request arrives as it was given: headers, body, path")
    func arrives() async throws {
        try await Post.with(.ok) { receiver in
            let post = Post()
            let body = String(repeating: "大山椒魚 ", count: 1000)
            let request = try await Post.request(
                to: receiver, body, headers: [("webhook-id", "e1"), ("content-type", "application/cloudevents+json")])
            let answer = try #require(await post.transfers.send(Transfer(request)))
            #expect(answer.status == 200)
            #expect(answer.failure == nil)
            #expect(answer.response == "ok")
            #expect(answer.milliseconds > 0)
            let message = try #require(receiver.messages.first)
            #expect(message.method == "POST")
            #expect(message.path == "/hook")
            #expect(message.id == "e1")
            #expect(message.headers["content-type"] == "application/cloudevents+json")
            #expect(message.headers["user-agent"] == "andrias")
            #expect(String(decoding: message.body, as: UTF8.self) == body)
        }
    }

    @Test(
        "Each answer is what it is: delivered, refused, gone, or no answer",
        arguments: [
            (SampleReceiver.Behaviour.answers(status: 204, body: ""), 204, nil),
            (.answers(status: 299), 299, nil), (.answers(status: 400), 400, .refused),
            (.answers(status: 500), 500, .refused), (.gone, 410, .gone),
            (.redirects(to: "https://x.example"), 302, .refused),
            (.answers(status: 304, body: ""), 304, .refused), (.resets, nil, .connection), (.garbage, nil, .connection),
            (.endlessHead, nil, .tooLarge), (.slow(.milliseconds(50)), 200, nil),
            // A whole head with 2xx is the receiver's word, whatever becomes of the body.
            (.endlessBody(), 200, nil), (.endlessBody(status: 500), 500, .refused), (.breaksOff(), 200, nil),
            (.breaksOff(status: 502), 502, .refused),
        ] as [(SampleReceiver.Behaviour, Int?, DeliveryAttempt.Failure?)])
    func answers(behaviour: SampleReceiver.Behaviour, status: Int?, failure: DeliveryAttempt.Failure?) async throws {
        try await Post.with(behaviour) { receiver in
            let answer = try await Post().send(to: receiver)
            #expect(answer.status == status)
            #expect(answer.failure == failure)
            #expect(answer.response.utf8.count <= 20_480)
        }
    }

    @Test("Who never answers, or only ever begins to, holds a slot no longer than the whole time")
    func timeouts() async throws {
        let post = Post(Transfers.Limits(whole: .milliseconds(300)))
        for (behaviour, status, failure) in [
            (.hangs, nil, .timeout), (.trickles(), 200, nil), (.trickles(status: 503), 503, .refused),
        ] as [(SampleReceiver.Behaviour, Int?, DeliveryAttempt.Failure?)] {
            try await Post.with(behaviour) { receiver in
                let answer = try await post.send(to: receiver)
                #expect(answer.status == status, "\(behaviour)")
                #expect(answer.failure == failure, "\(behaviour)")
            }
        }
    }

    @Test("Nobody listening is a broken connection, and after a restart on the same port it works again")
    func restart() async throws {
        try await Post.with(.ok) { receiver in
            let post = Post()
            let first = try await post.send(to: receiver)
            #expect(first.failure == nil)
            await receiver.stop()
            let away = try await post.send(to: receiver)
            #expect(away.failure == .connection)
            #expect(away.status == nil)
            #expect(!away.response.isEmpty)
            try await receiver.start()
            let again = try await post.send(to: receiver)
            #expect(again.failure == nil)
        }
    }

    @Test("The wish to be left alone is read in seconds and as a date")
    func retryAfter() async throws {
        let form = DateFormatter()
        form.locale = Locale(identifier: "en_US_POSIX")
        form.timeZone = TimeZone(secondsFromGMT: 0)
        form.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        let inAnHour = form.string(from: Date(timeIntervalSinceNow: 3600))
        let before = form.string(from: Date(timeIntervalSinceNow: -3600))
        for (value, range) in [
            ("120", 120...120), (inAnHour, 3500...3600), ("9999999", 9_999_999...9_999_999),
        ] {
            try await Post.with(.retryAfter(value)) { receiver in
                let answer = try await Post().send(to: receiver)
                #expect(answer.failure == .refused)
                let wish = try #require(answer.retryAfter)
                #expect(range.contains(Int(wish.components.seconds)), "\(value): \(wish)")
            }
        }
        for value in ["soon", "-5", "", before] {
            try await Post.with(.retryAfter(value, status: 429)) { receiver in
                let answer = try await Post().send(to: receiver)
                #expect(answer.retryAfter == nil, "\(value)")
            }
        }
    }

    @Test("A response is kept as text that can be stored: 20 kB, valid, without zero bytes")
    func response() async throws {
        try await Post.with(.answers(status: 400, body: "a\u{0}b川")) { receiver in
            let answer = try await Post().send(to: receiver)
            #expect(answer.response == "ab川")
        }
        for body in [String(repeating: "川", count: 100_000), String(repeating: "x", count: 20_481)] {
            try await Post.with(.answers(status: 400, body: body)) { receiver in
                let response = try await Post().send(to: receiver).response
                #expect((20_470...20_480).contains(response.utf8.count))
            }
        }
    }

    @Test("Where one address of a name does not answer, the next that was checked is tried, in the same attempt")
    func nextAddress() async throws {
        try await Post.with(.ok) { receiver in
            let post = Post()
            let `guard` = AddressGuard { _ throws(AddressRefusal) in
                ["::1", "127.0.0.2", "127.0.0.1"].compactMap(NetworkAddress.init)
            }
            let target = try await `guard`.target("http://two.example:\(receiver.port)/", allowsPrivateAddresses: true)
            let answer = try #require(
                await post.transfers.send(Transfer(.init(to: target, headers: [], body: Array("{}".utf8)))))
            #expect(answer.failure == nil)
            #expect(receiver.count == 1)
            await receiver.stop()
            let away = try #require(await post.transfers.send(Transfer(.init(to: target, headers: [], body: []))))
            #expect(away.failure == .connection)
        }
    }

    @Test("Connections are kept for the next request")
    func reuse() async throws {
        try await Post.with(.ok) { receiver in
            let post = Post()
            for _ in 0..<20 {
                let answer = try await post.send(to: receiver)
                #expect(answer.failure == nil)
            }
            #expect(receiver.count == 20)
            #expect(receiver.connectionCount == 1)
        }
    }

    @Test("A lane has no more on the way than it may, and a lane that hangs does not hold up another")
    func lanes() async throws {
        let post = Post(Transfers.Limits(total: 16, whole: .seconds(3)))
        try await Post.with(.hangs) { hanging in
            try await Post.with(.ok) { fast in
                let (stuck, quick) = (try await Post.request(to: hanging), try await Post.request(to: fast))
                let (stuckLane, quickLane) = (UUID(), UUID())
                async let all: Void = withTaskGroup(of: Void.self) { group in
                    for _ in 0..<40 {
                        group.addTask { _ = await post.transfers.send(Transfer(stuck, lane: stuckLane, parallel: 4)) }
                    }
                }
                #expect(try await hanging.waitForMessages(4))
                for _ in 0..<50 {
                    #expect(await post.transfers.send(Transfer(quick, lane: quickLane, parallel: 2))?.failure == nil)
                }
                #expect(hanging.count == 4)
                post.transfers.withdrawWaiting()
                await all
                #expect(hanging.count == 4)
            }
        }
    }

    @Test("Stopping gives back what has not begun and lets end what has")
    func stopping() async throws {
        try await Post.with(.slow(.milliseconds(200))) { receiver in
            let post = Post()
            let request = try await Post.request(to: receiver)
            let lane = UUID()
            let answers = await withTaskGroup(of: Answer?.self) { group in
                for _ in 0..<10 {
                    group.addTask { await post.transfers.send(Transfer(request, lane: lane, parallel: 3)) }
                }
                group.addTask {
                    _ = try? await receiver.waitForMessages(3)
                    post.transfers.stop()
                    return await post.transfers.send(Transfer(request))
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.compactMap { $0 }.count == 3)
            #expect(answers.compactMap { $0 }.allSatisfy { $0.failure == nil })
            #expect(receiver.count == 3)
        }
    }

    @Test("2,000 requests at once are all answered over few connections, and the next 2,000 open no more files")
    func many() async throws {
        try await Post.with(.ok) { receiver in
            let post = Post()
            let request = try await Post.request(to: receiver)
            let lane = UUID()
            func round() async -> Int {
                await withTaskGroup(of: Bool.self) { group in
                    for _ in 0..<2000 {
                        group.addTask {
                            await post.transfers.send(Transfer(request, lane: lane, parallel: 16))?.failure == nil
                        }
                    }
                    return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
                }
            }
            #expect(await round() == 2000)
            #expect(receiver.connectionCount <= 16)
            #expect(await round() == 2000)
            #expect(receiver.count == 4000)
            #expect(receiver.connectionCount <= 16)
        }
    }
}
