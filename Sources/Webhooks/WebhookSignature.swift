public import Foundation

/// Signatures of Standard Webhooks 1.0.0: over `{id}.{timestamp}.{body}`.
public enum WebhookSignature {
    /// How far a timestamp may be from the receiver's clock.
    public static let tolerance = Duration.seconds(300)

    /// The headers of an attempt.
    public struct Headers: Hashable, Sendable {
        /// `webhook-id`: the same in every attempt.
        public let id: String
        /// `webhook-timestamp`: seconds since 1970, of the attempt.
        public let timestamp: String
        /// `webhook-signature`: signatures separated by spaces.
        public let signature: String

        /// Headers as they came.
        public init(id: String, timestamp: String, signature: String) {
            self.id = id
            self.timestamp = timestamp
            self.signature = signature
        }

        /// Names and values.
        public var fields: [(name: String, value: String)] {
            [("webhook-id", id), ("webhook-timestamp", timestamp), ("webhook-signature", signature)]
        }
    }

    /// Why a message is not to be trusted.
    public enum Doubt: Error, Hashable, Sendable, CustomStringConvertible {
        /// The timestamp is not a number of seconds.
        case timestampUnreadable
        /// The timestamp is further than the tolerance from the clock.
        case timestampOff(seconds: Int)
        /// None of the signatures is right.
        case signature

        /// What is wrong.
        public var description: String {
            switch self {
            case .timestampUnreadable: "The timestamp is not a number of seconds since 1970."
            case .timestampOff(let seconds): "The timestamp is \(seconds) seconds from the clock."
            case .signature: "None of the signatures is right."
            }
        }
    }

    /// Signs a body with all keys in force, so that a receiver that knows any of them can verify it.
    ///
    /// - Parameters:
    ///   - id: Constant for the message.
    ///   - moment: Of the attempt.
    ///   - body: What is sent.
    ///   - keys: All keys in force; several while one replaces another.
    /// - Returns: The headers.
    /// - Throws: What ed25519 throws where it has no randomness.
    public static func headers(
        id: String, at moment: Date, body: [UInt8], keys: [SigningKeys]
    ) throws -> Headers {
        let timestamp = String(Int64(moment.timeIntervalSince1970))
        let signed = signedBytes(id: id, timestamp: timestamp, body: body)
        var signatures: [String] = []
        for pair in keys {
            signatures.append("v1," + pair.secret.signature(of: signed).base64EncodedString())
            signatures.append("v1a," + (try pair.key.signature(of: signed)).base64EncodedString())
        }
        return Headers(id: id, timestamp: timestamp, signature: signatures.joined(separator: " "))
    }

    /// Verifies `v1` signatures.
    ///
    /// - Throws: ``Doubt``.
    public static func verify(
        _ headers: Headers, body: [UInt8], secret: WebhookSecret, now: Date = Date()
    ) throws(Doubt) {
        try verify(headers, body: body, version: "v1", now: now) { secret.isSignature($0, of: $1) }
    }

    /// Verifies `v1a` signatures.
    ///
    /// - Throws: ``Doubt``.
    public static func verify(
        _ headers: Headers, body: [UInt8], publicKey: WebhookPublicKey, now: Date = Date()
    ) throws(Doubt) {
        try verify(headers, body: body, version: "v1a", now: now) { publicKey.isSignature($0, of: $1) }
    }

    private static func verify(
        _ headers: Headers, body: [UInt8], version: String, now: Date, isRight: (Data, [UInt8]) -> Bool
    ) throws(Doubt) {
        guard let timestamp = Int64(headers.timestamp), (0...1 << 40).contains(timestamp) else {
            throw .timestampUnreadable
        }
        let distance = Int(Double(timestamp) - now.timeIntervalSince1970)
        guard Duration.seconds(abs(distance)) <= tolerance else { throw .timestampOff(seconds: distance) }
        let signed = signedBytes(id: headers.id, timestamp: headers.timestamp, body: body)
        // Many keys may be in force, but a list without end only costs the receiver.
        for candidate in headers.signature.split(separator: " ").prefix(32) {
            let parts = candidate.split(separator: ",", maxSplits: 1)
            guard parts.count == 2, parts[0] == version, let signature = Data(base64Encoded: String(parts[1])) else {
                continue
            }
            if isRight(signature, signed) { return }
        }
        throw .signature
    }

    private static func signedBytes(id: String, timestamp: String, body: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(id.utf8.count + timestamp.utf8.count + 2 + body.count)
        bytes += id.utf8
        bytes.append(UInt8(ascii: "."))
        bytes += timestamp.utf8
        bytes.append(UInt8(ascii: "."))
        bytes += body
        return bytes
    }
}
