/// Why nothing is sent to an address.
public enum AddressRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// Longer than ``WebhookURL/longest``.
    case tooLong
    /// Empty, or with spaces, controls or characters that are not ASCII.
    case characters
    /// No URL.
    case unreadable
    /// A scheme that is not allowed.
    case scheme(String)
    /// With a user or password.
    case credentials
    /// With a fragment.
    case fragment
    /// With the zone of a link-local address.
    case zone
    /// A port that is not allowed; `nil` for no port at all.
    case port(UInt16?)
    /// No name of a host: longer than 253 characters, or with characters that names have not.
    case host
    /// The name has no address at this moment.
    case unresolved(host: String)
    /// An address that is not allowed.
    case address(host: String, NetworkAddress.Reach)

    /// What is wrong and what to give instead; no address that a name stands for is told.
    public var description: String {
        switch self {
        case .tooLong: "The URL is longer than \(WebhookURL.longest) characters."
        case .characters:
            "The URL is empty or has characters other than printable ASCII: write names as xn--…, paths percent-encoded."
        case .unreadable: "This is no URL: give https://host/path."
        case .scheme(let scheme):
            "“\(scheme)” is not allowed: give an https URL. (An operator can allow http for a private network.)"
        case .credentials: "The URL holds a user or password: leave them out; requests are signed."
        case .fragment: "The URL has a fragment (#…), which is never sent: leave it out."
        case .zone: "The URL names the zone of an address: give an address that is reached without one."
        case .port(let port?):
            "Port \(port) is not allowed: give 443 or 8443. (An operator can allow others for a private network.)"
        case .port(nil): "The port is not a number from 1 to 65535."
        case .host: "The URL's host is no name of a host."
        case .unresolved(let host): "The name “\(host)” has no address: check it, or try again later."
        case .address(let host, let reach):
            "“\(host)” stands for an address that is not on the open Internet (\(reach.rawValue))."
                + (reach.isForOperators ? " An operator can allow private networks for an endpoint." : "")
        }
    }
}
