import Crypto
import Foundation
public import Registry

/// Capability links to the pages of screenings: whoever holds one may look, and no browser has to send a key.
public struct PageLinks: Sendable {
    private let secret: SymmetricKey
    private let publicAddress: String

    /// Links of one registry.
    ///
    /// - Parameters:
    ///   - secret: Random bytes, the same in every process of a registry.
    ///   - publicAddress: What links begin with; `nil` for relative ones.
    public init(secret: [UInt8], publicAddress: String?) {
        self.secret = SymmetricKey(data: secret)
        self.publicAddress = publicAddress ?? ""
    }

    /// The address of a screening's page.
    public func address(of screening: Identifier<Screening>) -> String {
        "\(publicAddress)/screenings/\(screening)?token=\(token(of: screening))"
    }

    /// base64url of HMAC-SHA256 over `screening:` and the identifier.
    func token(of screening: Identifier<Screening>) -> String {
        Data(code(of: screening)).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// Whether a token opens a screening; compared in constant time.
    func isValid(_ token: Substring, for screening: Identifier<Screening>) -> Bool {
        guard token.utf8.count == 43 else { return false }
        let base64 = String(token).replacing("-", with: "+").replacing("_", with: "/") + "="
        guard let code = Data(base64Encoded: base64) else { return false }
        return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: message(of: screening), using: secret)
    }

    private func code(of screening: Identifier<Screening>) -> HMAC<SHA256>.MAC {
        HMAC<SHA256>.authenticationCode(for: message(of: screening), using: secret)
    }

    private func message(of screening: Identifier<Screening>) -> Data { Data("screening:\(screening)".utf8) }
}
