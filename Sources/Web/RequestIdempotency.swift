import Crypto
import HTTPTypes
import Hummingbird
import Registry
import Storage

extension Request {
    /// What makes this request recognisable when it is repeated; `nil` without an `Idempotency-Key`.
    ///
    /// The fingerprint covers method, path, content type and body, each ended by a byte that the first three cannot
    /// hold.
    ///
    /// - Throws: `IdempotencyKey.Rejection`.
    func idempotencyKey(of key: Identifier<APIKey>, body: [UInt8]) throws(IdempotencyKey.Rejection) -> IdempotencyKey? {
        guard let word = headers[.idempotencyKey] else { return nil }
        var hash = SHA256()
        for part in [method.rawValue, uri.path, headers[.contentType] ?? ""] {
            hash.update(data: Array(part.utf8) + [0])
        }
        hash.update(data: body)
        return try IdempotencyKey(apiKey: key, key: word, fingerprint: Array(hash.finalize()))
    }
}
