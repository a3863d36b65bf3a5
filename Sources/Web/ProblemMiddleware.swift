import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Registry

/// Numbers and logs each request, and answers every error as a problem document.
struct ProblemMiddleware: RouterMiddleware {
    /// Which methods each path takes, to tell a wrong method from a wrong path.
    let methods: @Sendable (_ path: String) -> [HTTPRequest.Method]

    func handle(
        _ request: Request, context: RequestScope, next: (Request, RequestScope) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.language = request.language
        let start = ContinuousClock.now
        var response: Response
        do {
            response = try await next(request, context)
        } catch {
            let problem = self.problem(of: error, request: request, context: context)
            if problem.status.kind == .serverError {
                context.logger.error(
                    "A request failed.",
                    metadata: [
                        "path": "\(request.uri.path)", "error": "\(error)", "request": "\(context.number)",
                    ])
            }
            response =
                request.wantsPage
                ? .page(problemPage(problem, in: context.language), status: problem.status)
                : try problem.response(instance: request.uri.path, scope: context)
        }
        response.headers[.requestID] = context.number
        context.logger.info(
            "\(request.method) \(request.uri.path)",
            metadata: [
                "status": "\(response.status.code)", "request": "\(context.number)",
                "milliseconds": "\(Int(start.duration(to: .now) / .milliseconds(1)))",
            ])
        return response
    }

    private func problem(of error: any Error, request: Request, context: RequestScope) -> Problem {
        var problem = Problem(error)
        if let error = error as? HTTPError, error.status == .notFound {
            let path = request.uri.path
            let methods = methods(path).map(\.rawValue).sorted()
            if methods.isEmpty {
                problem = Problem(.noSuchPage, ["path": path])
            } else {
                problem = Problem(.methodNotAllowed, ["path": path, "methods": methods.joined(separator: ", ")])
                problem.headers[.allow] = methods.joined(separator: ", ")
            }
        }
        if problem.text == .internalError { problem.values["request"] = context.number }
        return problem
    }
}

extension Request {
    /// Whether a person looks at the answer in a browser.
    fileprivate var wantsPage: Bool {
        !uri.path.hasPrefix("/v1/") && headers[.accept]?.contains("text/html") == true
    }
}

extension HTTPField.Name {
    /// The number of a request, for people who look into the log.
    static var requestID: Self { name("X-Request-ID") }
    /// draft-ietf-httpapi-idempotency-key-header.
    static var idempotencyKey: Self { name("Idempotency-Key") }
    /// RFC 7240.
    static var prefer: Self { name("Prefer") }
    /// RFC 7240.
    static var preferenceApplied: Self { name("Preference-Applied") }
    /// RFC 8288.
    static var link: Self { name("Link") }
    /// W3C Referrer Policy.
    static var referrerPolicy: Self { name("Referrer-Policy") }
    /// W3C Permissions Policy.
    static var permissionsPolicy: Self { name("Permissions-Policy") }

    // The names are literals and valid; the fallback is never reached.
    private static func name(_ text: String) -> Self { Self(text) ?? .via }
}

extension Problem {
    /// The problem as a response.
    func response(instance: String, scope: RequestScope) throws -> Response {
        let document = ProblemDocument(self, instance: instance, language: scope.language)
        var response = try Response.json(document, status: status)
        response.headers.append(contentsOf: headers)
        response.headers[.contentType] = "application/problem+json"
        response.headers[.contentLanguage] = scope.language.rawValue
        response.headers[.cacheControl] = "no-store"
        if let retryAfter { response.headers[.retryAfter] = String(retryAfter) }
        if text == .unauthorized { response.headers[.wwwAuthenticate] = #"Bearer realm="andrias""# }
        guard endsConnection else { return response }
        response.headers[.connection] = "close"
        return response.closing(scope.channel)
    }
}

extension Response {
    /// The response, after which the connection is closed.
    ///
    /// A moment passes before, for a connection closed on unread data is reset, and the answer with it.
    fileprivate func closing(_ channel: any Channel) -> Response {
        let body = body
        var response = self
        response.body = ResponseBody(contentLength: body.contentLength) { writer in
            try await body.write(writer)
            channel.eventLoop.scheduleTask(in: .seconds(1)) { channel.close(promise: nil) }
        }
        return response
    }
}
