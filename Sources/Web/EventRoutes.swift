import Hummingbird
import NIOCore
import Registry
import Storage
import Webhooks

/// `/v1/events`: what happened, and how it is told.
struct EventRoutes {
    let store: RegistryStore
    let registrar: EndpointRegistrar
    let updates: RegistryUpdates
    /// The address that links begin with.
    let site: String?
    let longestWait: Duration

    func add(to group: RouterGroup<RequestScope>) {
        let feed = Feed(
            store: store, registrar: registrar, updates: updates, site: site, longestWait: longestWait)
        group.get("events") { request, scope in try await feed.response(request, scope.caller()) }
        group.get("events/:id", use: show)
        group.get("events/:id/cap", use: commonAlert)
    }

    @Sendable private func show(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let event = try await visible(scope)
        return .document(try event.cloudEvent(source: Event.source(of: site)), Event.cloudEventMediaType)
    }

    @Sendable private func commonAlert(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let event = try await visible(scope)
        return .document(event.commonAlert(source: Event.source(of: site)), Event.commonAlertMediaType)
    }

    private func visible(_ scope: RequestScope) async throws -> Event {
        guard let event = try await store.event(scope.id()), try scope.caller().maySee(event) else {
            throw Problem(.notFound)
        }
        return event
    }
}

extension Authenticated {
    /// Whether an event may be seen: those of the whole registry by everybody, as all agencies hear of them; those of
    /// endpoints by their agency; all others by those who see the agency's records.
    fileprivate func maySee(_ event: Event) -> Bool {
        guard let owner = event.agency else { return true }
        return event.endpoint == nil ? maySee(owner) : owner == agency.id
    }
}

extension Response {
    /// A document that is bytes already.
    static func document(_ bytes: [UInt8], _ mediaType: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: mediaType, .cacheControl: "private, no-cache"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
