import Hummingbird
import NIOCore
import Registry
import Storage

/// `/v1/event-types` and `/v1/events`: what happened, and how it is told.
struct EventRoutes {
    let store: RegistryStore
    /// The address that links begin with.
    let site: String?

    func add(to group: RouterGroup<RequestScope>) {
        group.get("event-types", use: types)
        group.get("event-types/:type", use: schema)
        group.get("events/:id", use: show)
        group.get("events/:id/cap", use: commonAlert)
    }

    @Sendable private func types(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let types = EventType.allCases.map { EventTypeDocument($0, in: scope.language) }
        return try .json(PageDocument(items: types, next: nil))
    }

    @Sendable private func schema(_ request: Request, _ scope: RequestScope) async throws -> Response {
        guard let type = scope.parameters.get("type").flatMap(EventType.init(versionedName:)) else {
            throw Problem(.notFound)
        }
        return .document(try type.schema(source: site).bytes, "application/schema+json")
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
    /// Whether an event may be seen: those of endpoints by their agency, those of the whole registry by its readers, all
    /// others by those who see the agency's records.
    fileprivate func maySee(_ event: Event) -> Bool {
        guard let owner = event.agency else { return key.role.allows(.readRegistry) }
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

/// A type of events on the wire.
struct EventTypeDocument: Encodable {
    let type: EventType
    let versionedName: String
    let urgency: Urgency
    let title: String
    let description: String
    let advice: String
    let links: LinksDocument

    init(_ type: EventType, in language: Language) {
        self.type = type
        versionedName = type.versionedName
        urgency = type.urgency()
        title = type.title(in: language)
        description = type.happened(in: language)
        advice = type.advice(in: language)
        links = LinksDocument(self: type.schemaPath)
    }
}
