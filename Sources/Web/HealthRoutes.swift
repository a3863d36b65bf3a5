import Hummingbird
import Registry

/// What the registry cannot work without.
public enum RegistryPart: String, CaseIterable, Sendable {
    /// The database answers.
    case database
    /// The gallery is loaded and current.
    case gallery
    /// There is room for photographs.
    case disk
}

/// `/healthz` and `/readyz`.
struct HealthRoutes {
    let failing: @Sendable () async -> [RegistryPart]

    private struct Status: Encodable {
        let status: String
    }

    func add(to group: RouterGroup<RequestScope>) {
        group.get("healthz") { _, _ in
            try Response.json(Status(status: "alive"), headers: [.cacheControl: "no-store"])
        }
        group.get("readyz") { _, _ in
            let failing = await failing().map(\.rawValue)
            guard failing.isEmpty else {
                var problem = Problem(.notReady, ["failing": failing.joined(separator: ", ")])
                problem.failing = failing
                problem.retryAfter = 5
                throw problem
            }
            return try Response.json(Status(status: "ready"), headers: [.cacheControl: "no-store"])
        }
    }
}
