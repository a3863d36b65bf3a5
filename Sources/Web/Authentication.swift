import Hummingbird
import Registry
import Storage

/// Tells whose key a request carries, and holds keys and strangers to their rates.
struct Authentication: RouterMiddleware {
    let store: RegistryStore
    let keyLimiter: RateLimiter<Identifier<APIKey>>
    let strangerLimiter: RateLimiter<String>

    func handle(
        _ request: Request, context: RequestScope, next: (Request, RequestScope) async throws -> Response
    ) async throws -> Response {
        guard let secret = request.bearerToken, let authenticated = try await store.authenticate(secret: secret) else {
            // Only strangers are turned away: an address may be shared with those whose key is good.
            let seconds = strangerLimiter.take(context.remoteAddress)
            throw (seconds.map(Problem.rateLimited) ?? Problem(.unauthorized)).leavingBody(of: request)
        }
        if let seconds = keyLimiter.take(authenticated.key.id) {
            throw Problem.rateLimited(seconds).leavingBody(of: request)
        }
        var context = context
        context.authenticated = authenticated
        return try await next(request, context)
    }
}

/// Holds visitors without a key to a rate for each address.
struct VisitorRate: RouterMiddleware {
    let limiter: RateLimiter<String>

    func handle(
        _ request: Request, context: RequestScope, next: (Request, RequestScope) async throws -> Response
    ) async throws -> Response {
        if let seconds = limiter.take(context.remoteAddress) { throw Problem.rateLimited(seconds) }
        return try await next(request, context)
    }
}

extension Problem {
    static func rateLimited(_ seconds: Int) -> Problem {
        var problem = Problem(.rateLimited, ["seconds": String(seconds)])
        problem.retryAfter = seconds
        return problem
    }
}

extension Request {
    /// The secret of `Authorization: Bearer …`; secrets are short, so anything long is not one.
    fileprivate var bearerToken: String? {
        guard let header = headers[.authorization], header.utf8.count <= 200 else { return nil }
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return String(parts[1])
    }

    /// Whether a body follows that nobody has read.
    var hasBody: Bool { headers[.transferEncoding] != nil || (headers[.contentLength].flatMap { Int($0) } ?? 0) > 0 }
}
