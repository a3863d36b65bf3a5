import HTTPTypes
import Synchronization

/// Which methods each path takes.
final class RouteTable: Sendable {
    private let routes = Mutex<[(method: HTTPRequest.Method, pattern: [Substring])]>([])

    /// Sets all routes; a part of a pattern that begins with `:` stands for any one part of a path.
    func fill(_ all: [(method: HTTPRequest.Method, pattern: String)]) {
        routes.withLock { $0 = all.map { ($0.method, $0.pattern.split(separator: "/")) } }
    }

    /// The methods that a path takes, `HEAD` with each `GET`; none where nothing is served.
    func methods(for path: String) -> [HTTPRequest.Method] {
        let parts = path.split(separator: "/")
        let methods = routes.withLock { routes in
            routes.filter { route in
                route.pattern.count == parts.count
                    && zip(route.pattern, parts).allSatisfy { $0 == $1 || $0.hasPrefix(":") || $0.hasPrefix("{") }
            }.map(\.method)
        }
        return methods.contains(.get) ? methods + [.head] : methods
    }
}
