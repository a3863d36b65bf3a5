import Hummingbird
import Hybrids
import Registry
import Storage

/// `/v1/hybrid-models`: what photographs of DNA-tested animals taught.
struct HybridModelRoutes {
    let store: RegistryStore

    func add(to group: RouterGroup<RequestScope>) {
        group.get("hybrid-models", use: list)
        group.get("hybrid-models/:id", use: show)
    }

    @Sendable private func list(_ request: Request, _ scope: RequestScope) async throws -> Response {
        try scope.caller().require(.readRegistry)
        let paging = try Paging<KeptHybridModel>(request)
        let page = try await store.models(HybridModelRecord.self, after: paging.after, limit: paging.limit)
        let inForce = try await store.modelInForce(HybridModelRecord.self)?.id
        return try paging.response(page, of: request) {
            HybridModelDocument($0, isInForce: $0.id == inForce, in: scope.language)
        }
    }

    @Sendable private func show(_ request: Request, _ scope: RequestScope) async throws -> Response {
        try scope.caller().require(.readRegistry)
        let found: KeptHybridModel? = try await store.model(scope.id())
        guard let model = found else { throw Problem(.notFound) }
        let seesHomes = try await store.sight(of: scope.caller()).seesHomes
        let isInForce = try await store.modelInForce(HybridModelRecord.self)?.id == model.id
        return try .json(
            HybridModelDocument(model, isInForce: isInForce, details: .shown(rivers: seesHomes), in: scope.language))
    }
}
