import Hummingbird
import Registry

/// `/v1/event-types`: what can happen; open to everybody, as a receiver has no key and its `dataschema` leads here.
struct EventTypeRoutes {
    /// The address that links begin with.
    let site: String?

    func add(to group: RouterGroup<RequestScope>) {
        group.get("event-types", use: types)
        group.get("event-types/:type", use: schema)
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
