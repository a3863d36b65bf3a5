import CLibCurl

/// The server that takes the registry's letters; descriptions never show the password.
public struct MailServer: Hashable, Sendable {
    /// `smtp://host:port` or `smtps://host:port`.
    let url: String
    let user: String?
    let password: String?
    /// Whether the connection has to be encrypted before anything is said.
    let requiresTLS: Bool
    /// Who the letters come from.
    public let sender: MailAddress

    /// Why a server cannot be used.
    public enum Rejection: Error, Hashable, Sendable, CustomStringConvertible {
        /// Not `smtp://…` or `smtps://…`.
        case address
        /// A user and password would cross the network unencrypted.
        case openPassword
        /// A setting that is not known.
        case setting

        /// What to give instead; never the address, for it may hold a password.
        public var description: String {
            switch self {
            case .address:
                "The mail server's address cannot be read: give smtp://user:password@host:587 or smtps://user:password@host:465."
            case .openPassword: "A password is only sent encrypted: leave out tls=none, or the user."
            case .setting: "The mail server's address has an unknown setting: ?tls=none is the only one."
            }
        }
    }

    /// Reads the address of a server.
    ///
    /// - Parameters:
    ///   - text: `smtps://user:password@host:465`, or `smtp://user:password@host:587`, which has to offer STARTTLS;
    ///     `smtp://host:25?tls=none` speaks unencrypted, for a server on this machine. User and password are
    ///     percent-encoded.
    ///   - sender: Who the letters come from.
    /// - Throws: ``Rejection``.
    public init(_ text: String, sender: MailAddress) throws(Rejection) {
        guard (1...2000).contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            let parsed = curl_url()
        else { throw .address }
        defer { curl_url_cleanup(parsed) }
        guard curl_url_set(parsed, CURLUPART_URL, text, 0) == CURLUE_OK else { throw .address }
        func part(_ part: CURLUPart, _ flags: Int32 = 0) -> String? {
            var text: UnsafeMutablePointer<CChar>?
            guard curl_url_get(parsed, part, &text, UInt32(flags)) == CURLUE_OK, let text else { return nil }
            defer { curl_free(text) }
            return String(cString: text)
        }
        guard let scheme = part(CURLUPART_SCHEME), scheme == "smtp" || scheme == "smtps",
            let host = part(CURLUPART_HOST), let port = part(CURLUPART_PORT, CURLU_DEFAULT_PORT),
            part(CURLUPART_PATH) ?? "/" == "/", part(CURLUPART_FRAGMENT) == nil
        else { throw .address }
        let query = part(CURLUPART_QUERY)
        guard query == nil || query == "tls=none" && scheme == "smtp" else { throw .setting }
        url = "\(scheme)://\(host):\(port)"
        user = part(CURLUPART_USER, CURLU_URLDECODE)
        password = part(CURLUPART_PASSWORD, CURLU_URLDECODE)
        requiresTLS = query == nil
        guard requiresTLS || user == nil && password == nil else { throw .openPassword }
        self.sender = sender
    }
}

extension MailServer: CustomStringConvertible, CustomReflectable {
    /// Where the server is.
    public var description: String { url }
    /// Nothing of the password.
    public var customMirror: Mirror { Mirror(self, children: ["url": url]) }
}
