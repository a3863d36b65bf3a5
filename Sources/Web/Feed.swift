import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Registry
import Storage
import Webhooks

/// What an agency without a server reads instead of being sent it: a page of events, signed as a webhook is.
struct Feed: Sendable {
    let store: RegistryStore
    let registrar: EndpointRegistrar
    let updates: RegistryUpdates
    let site: String?
    let longestWait: Duration

    /// The page that a request asks for, as soon as it holds something or the time is over.
    ///
    /// - Throws: `Problem`: `no-feed` where the agency has no feed, `endpoint-disabled`; what storage throws.
    func response(_ request: Request, _ caller: Authenticated) async throws -> Response {
        let paging = try PositionPaging(request)
        let wait = try wait(request)
        guard let endpoint = try await store.endpoints(of: caller.agency.id).first(where: { $0.channel == .feed })
        else {
            throw Problem(.noFeed)
        }
        guard endpoint.disabled == nil else { throw Problem(.endpointDisabled) }
        if endpoint.subscription.scope == .registry { try caller.require(.readRegistry) }
        var page = try await page(of: endpoint, paging)
        if page.events.isEmpty, wait > .zero {
            let filled = try await updates.first(.events, within: wait) {
                let page = try await self.page(of: endpoint, paging)
                return page.events.isEmpty ? nil : page
            }
            if let filled { page = filled }
        }
        return try await signed(page, after: paging.after, for: endpoint)
    }

    /// Events, and where to go on: behind all that the endpoint does not hear of too, so that those are looked at once.
    private struct FeedPage: Sendable {
        let events: [Event]
        let next: Int64
    }

    private func page(of endpoint: Endpoint, _ paging: PositionPaging) async throws -> FeedPage {
        // Asked before: whatever comes in between is on the page, or after it.
        let end = try await store.lastEventPosition()
        let events = try await store.events(of: endpoint.id, after: paging.after, limit: paging.limit)
        let last = events.last?.position ?? paging.after
        return FeedPage(events: events, next: events.count < paging.limit ? max(last, end) : last)
    }

    private func signed(_ page: FeedPage, after: Int64, for endpoint: Endpoint) async throws -> Response {
        let next = page.next
        let items = try page.events.map {
            String(decoding: try $0.cloudEvent(source: Event.source(of: site)), as: UTF8.self)
        }
        let body = Array("{\"items\":[\(items.joined(separator: ","))],\"next\":\"\(next)\"}".utf8)
        // The same page is the same message.
        let signature = try WebhookSignature.headers(
            id: "\(endpoint.id)-\(after)-\(next)", at: Date(), body: body,
            keys: try await registrar.signingKeys(of: endpoint.id))
        var headers: HTTPFields = [.contentType: "application/json", .cacheControl: "no-store"]
        for (name, value) in signature.fields {
            if let name = HTTPField.Name(name) { headers[name] = value }
        }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
    }

    /// - Throws: `Problem` for a wait that is no number of seconds that is granted.
    private func wait(_ request: Request) throws(Problem) -> Duration {
        guard let text = request.uri.queryParameters["wait"] else { return .zero }
        let longest = Int(longestWait.components.seconds)
        guard let seconds = Int(text), (0...longest).contains(seconds) else {
            throw .parameter("wait", .number, ["lowest": "0", "highest": String(longest)])
        }
        return .seconds(seconds)
    }
}
