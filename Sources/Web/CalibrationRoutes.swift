import Hummingbird
import Registry
import Storage

/// `/v1/calibrations` and `/v1/policy`: how answers are weighed.
struct CalibrationRoutes {
    let store: RegistryStore

    func add(to group: RouterGroup<RequestScope>) {
        group.get("calibrations", use: list)
        group.get("policy", use: policy)
    }

    @Sendable private func list(_ request: Request, _ scope: RequestScope) async throws -> Response {
        try scope.caller().require(.readRegistry)
        let paging = try Paging<LearnedCalibration>(request)
        let page = try await store.calibrations(after: paging.after, limit: paging.limit)
        return try paging.response(page, of: request, CalibrationDocument.init)
    }

    @Sendable private func policy(_ request: Request, _ scope: RequestScope) async throws -> Response {
        try .json(PolicyDocument(try await store.policy(of: scope.caller().agency.id)))
    }
}
