import Foundation
import HTTPTypes
import Hummingbird
import Registry
import Storage

/// What an endpoint was sent, a test message, and sending again.
struct DeliveryRoutes {
    let store: RegistryStore
    let bodies: BodyReader

    func add(to group: RouterGroup<RequestScope>) {
        group.post("endpoints/:id/test", use: test)
        group.post("endpoints/:id/replay", use: replay)
        group.get("endpoints/:id/deliveries", use: list)
        group.get("endpoints/:id/deliveries/:event/attempts", use: attempts)
    }

    private struct TestDocument: Encodable {
        let eventId: Identifier<Event>
        let links: Links

        struct Links: Encodable {
            let event: String
            let attempts: String
        }
    }

    private struct ReplayDocument: Encodable {
        let replayed: Int
    }

    @Sendable private func test(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let endpoint = try await store.managed(by: scope, leaving: request)
        let key = try scope.caller().key.id
        let event = try await bodies.withBody(of: request, atMost: 1 << 16) { bytes in
            try await store.appendTest(of: endpoint.id, idempotency: request.idempotencyKey(of: key, body: bytes))
        }.record
        return try .json(
            TestDocument(
                eventId: event.id,
                links: .init(
                    event: "/v1/events/\(event.id)",
                    attempts: "/v1/endpoints/\(endpoint.id)/deliveries/\(event.id)/attempts")),
            status: .accepted, headers: [.location: "/v1/events/\(event.id)"])
    }

    @Sendable private func replay(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let endpoint = try await store.managed(by: scope, leaving: request)
        let replayed = try await bodies.withDocument(
            of: request, by: scope.caller(), needing: .manageEndpoints, atMost: 1 << 16
        ) { (document: ReplayRequest, _) in
            try await store.replay(document.replay, to: endpoint.id)
        }
        return try .json(ReplayDocument(replayed: replayed), status: .accepted)
    }

    @Sendable private func list(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let endpoint = try await store.managed(by: scope)
        let paging = try PositionPaging(request)
        let state = try request.uri.queryParameters["state"].map { text throws(Problem) in
            guard let state = Delivery.State(rawValue: String(text)) else {
                let accepted = Delivery.State.allCases.map(\.rawValue).joined(separator: ", ")
                throw .parameter("state", .notOneOf, ["accepted": accepted])
            }
            return state
        }
        // One more than the page tells whether there is a next one.
        let deliveries = try await store.deliveries(
            of: endpoint.id, after: paging.after, limit: paging.limit + 1, state: state)
        let page = deliveries.prefix(paging.limit)
        let next = deliveries.count > page.count ? page.last.map { String($0.position) } : nil
        return try .json(
            PageDocument(items: page.map(DeliveryDocument.init), next: next),
            headers: request.nextPage(after: next, limit: paging.limit))
    }

    @Sendable private func attempts(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let endpoint = try await store.managed(by: scope)
        let event: Identifier<Event> = try scope.id("event")
        let attempts = try await store.deliveryAttempts(of: event, to: endpoint.id)
        return try .json(PageDocument(items: attempts.map(DeliveryAttemptDocument.init), next: nil))
    }
}

/// Which events shall be sent again, as it comes.
private struct ReplayRequest: Decodable, Sendable {
    let replay: Replay

    enum CodingKeys: String, CodingKey, CaseIterable { case event, from, to, since, dead }

    init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownFields(CodingKeys.self)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        switch Set(container.allKeys) {
        case [.event]:
            guard let id = Identifier<Event>(try container.decode(String.self, forKey: .event)) else {
                throw Problem.invalid("/event", .notAnIdentifier)
            }
            replay = .event(id)
        case [.from, .to]:
            let (from, to) = (try container.position(.from), try container.position(.to))
            guard from <= to else { throw Problem.invalid("/to", .backwards) }
            replay = .range(from...to)
        case [.since]:
            let text = try container.decode(String.self, forKey: .since)
            guard let moment = try CheckedSubmission.moment(text, "/since") else {
                throw Problem.invalid("/since", .notAMoment)
            }
            replay = .since(moment)
        case [.dead]:
            guard try container.decode(Bool.self, forKey: .dead) else { throw Problem.invalid("/dead", .oneReplay) }
            replay = .dead
        default: throw Problem.invalid("/", .oneReplay)
        }
    }
}

extension KeyedDecodingContainer {
    /// A position in the order of events, as events and deliveries tell it.
    fileprivate func position(_ key: Key) throws -> Int64 {
        guard let position = Int64(try decode(String.self, forKey: key)), position >= 0 else {
            throw Problem.invalid("/\(key.stringValue)", .position)
        }
        return position
    }
}

/// Which part of the order of events a request asks for.
struct PositionPaging {
    let after: Int64
    let limit: Int

    /// - Throws: `Problem` for a limit outside 1 … 200, or a position that is none.
    init(_ request: Request) throws(Problem) {
        limit = try request.pageLimit()
        guard let text = request.uri.queryParameters["after"] else {
            after = 0
            return
        }
        guard let position = Int64(text), position >= 0 else { throw .parameter("after", .position) }
        after = position
    }
}
