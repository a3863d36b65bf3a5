import CLibCurl

/// The address of a receiver, read by the same parser that connects to it.
public struct WebhookURL: Hashable, Sendable, CustomStringConvertible {
    /// The whole address as the parser understood it.
    public let description: String
    /// `https`, or `http` where private addresses are allowed.
    public let scheme: String
    /// A name, or an address without brackets.
    public let host: String
    /// The port, also where the text left it out.
    public let port: UInt16
    /// Whether receivers on private networks are allowed, and with them `http` and every port.
    public let allowsPrivateAddresses: Bool

    /// Ports of receivers on the open Internet.
    public static let openPorts: Set<UInt16> = [443, 8443]
    /// Longest address in bytes.
    public static let longest = 2000

    /// Reads an address.
    ///
    /// Schemes and ports are allowed by list: `https` on 443 and 8443; where an operator allowed private addresses also
    /// `http`, and every port. Names of other scripts are written in their ASCII form (`xn--…`), paths percent-encoded.
    ///
    /// - Throws: ``AddressRefusal``, but for what only resolving the name can tell.
    public init(_ text: String, allowsPrivateAddresses: Bool = false) throws(AddressRefusal) {
        guard text.utf8.count <= Self.longest else { throw .tooLong }
        // The parser would stop at a zero byte, pass on other scripts, and read some controls as nothing.
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { throw .characters }
        // A host may be written so that it reads differently a second time (“127.1.”): read until it stays.
        var parts = try Parts(text)
        for _ in 0..<4 {
            let again = try Parts(parts.text)
            if again == parts { break }
            parts = again
        }
        guard try Parts(parts.text) == parts else { throw .unreadable }

        guard parts.scheme == "https" || parts.scheme == "http" && allowsPrivateAddresses else {
            throw .scheme(parts.scheme)
        }
        guard Self.openPorts.contains(parts.port) || allowsPrivateAddresses, parts.port != 0 else {
            throw .port(parts.port)
        }
        description = parts.text
        scheme = parts.scheme
        host = parts.bareHost
        port = parts.port
        self.allowsPrivateAddresses = allowsPrivateAddresses
    }

    /// What the parser reads.
    private struct Parts: Equatable {
        let scheme: String
        /// In lower case, without a closing point; an IPv6 address in brackets.
        let host: String
        let port: UInt16
        let path: String
        let query: String?

        var bareHost: String { host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host }

        var text: String {
            let isUsualPort = port == (scheme == "https" ? 443 : 80)
            return "\(scheme)://\(host)\(isUsualPort ? "" : ":\(port)")\(path)\(query.map { "?" + $0 } ?? "")"
        }

        init(_ text: String) throws(AddressRefusal) {
            guard let url = curl_url() else { throw .unreadable }
            defer { curl_url_cleanup(url) }
            switch curl_url_set(url, CURLUPART_URL, text, UInt32(CURLU_NON_SUPPORT_SCHEME)) {
            case CURLUE_OK: break
            case CURLUE_BAD_PORT_NUMBER: throw .port(nil)
            default: throw .unreadable
            }
            func part(_ part: CURLUPart, _ flags: Int32 = 0) -> String? {
                var text: UnsafeMutablePointer<CChar>?
                guard curl_url_get(url, part, &text, UInt32(flags)) == CURLUE_OK, let text else { return nil }
                defer { curl_free(text) }
                return String(cString: text)
            }
            guard part(CURLUPART_USER) == nil, part(CURLUPART_PASSWORD) == nil, part(CURLUPART_OPTIONS) == nil else {
                throw .credentials
            }
            guard part(CURLUPART_FRAGMENT) == nil else { throw .fragment }
            guard part(CURLUPART_ZONEID) == nil else { throw .zone }
            guard let scheme = part(CURLUPART_SCHEME)?.lowercased() else { throw .unreadable }
            guard scheme == "https" || scheme == "http" else { throw .scheme(scheme) }
            guard var host = part(CURLUPART_HOST)?.lowercased(), !host.isEmpty,
                let port = part(CURLUPART_PORT, CURLU_DEFAULT_PORT).flatMap(UInt16.init)
            else { throw .unreadable }
            if host.hasSuffix("."), host.utf8.count > 1 { host.removeLast() }
            guard host.utf8.count <= 253 else { throw .host }
            let isAddress6 = host.hasPrefix("[") && host.hasSuffix("]") && host.utf8.count > 2
            guard
                (isAddress6 ? host.dropFirst().dropLast() : Substring(host)).utf8.allSatisfy({
                    switch $0 {
                    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                        UInt8(ascii: "."):
                        true
                    case UInt8(ascii: "-"), UInt8(ascii: "_"): !isAddress6
                    case UInt8(ascii: ":"): isAddress6
                    default: false
                    }
                })
            else { throw .host }
            guard isAddress6 || host.split(separator: ".", omittingEmptySubsequences: false).allSatisfy({ !$0.isEmpty })
            else { throw .host }
            self.scheme = scheme
            self.host = host
            self.port = port
            path = part(CURLUPART_PATH) ?? "/"
            query = part(CURLUPART_QUERY)
        }
    }
}
