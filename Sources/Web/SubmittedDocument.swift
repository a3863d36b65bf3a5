import Hummingbird
import Registry
import Storage

extension BodyReader {
    /// Reads the JSON document of a caller who may send it.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - caller: Who sends it.
    ///   - permission: What the caller needs; without it the body is not read.
    ///   - limit: The largest document taken, where it is smaller than the largest body.
    ///   - use: Gets the document, and what makes the request recognisable when it is repeated.
    /// - Returns: What `use` returns.
    /// - Throws: `Problem`, `IdempotencyKey.Rejection`, and what `use` throws.
    func withDocument<Document: Decodable & Sendable, T: Sendable>(
        of request: Request, by caller: Authenticated, needing permission: Role.Permission,
        atMost limit: Int? = nil,
        _ use: @Sendable (Document, IdempotencyKey?) async throws -> T
    ) async throws -> T {
        do {
            try caller.require(permission)
            try request.requireJSON()
        } catch {
            throw error.leavingBody(of: request)
        }
        return try await withBody(of: request, atMost: limit) { bytes in
            let key = try request.idempotencyKey(of: caller.key.id, body: bytes)
            return try await use(try JSONDecoding.document(Document.self, from: bytes), key)
        }
    }
}
