public import Registry

/// Why an endpoint was refused.
public enum EndpointError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The agency has an endpoint with this address already.
    case addressTaken(String)
    /// The area is no polygon: what is wrong with it.
    case areaUnreadable(String)
    /// The rings of the area cross or lie wrongly; why, and where.
    case areaInvalid(reason: String, longitude: Double?, latitude: Double?)
    /// No loaded river network has a water system with this code.
    case waterSystemUnknown(String)
    /// No loaded municipality has this code.
    case municipalityUnknown(String)
    /// The endpoint is disabled, and nothing can be sent to it.
    case disabled(Identifier<Endpoint>)
    /// A feed is asked by its agency; nothing is sent to it.
    case isFeed(Identifier<Endpoint>)

    /// What happened, to what, and what to do.
    public var description: String {
        switch self {
        case .addressTaken(let address):
            "The agency has an endpoint for “\(address)” already: change that one, or remove it first."
        case .areaUnreadable(let reason):
            reason
        case .areaInvalid(let reason, let longitude?, let latitude?):
            "The area is no polygon: \(reason) at longitude \(longitude), latitude \(latitude). Correct it there."
        case .areaInvalid(let reason, _, _):
            "The area is no polygon: \(reason). Correct it."
        case .waterSystemUnknown(let code):
            "No river network that is loaded has a water system “\(code)”: load it, or name another."
        case .municipalityUnknown(let code):
            "No municipality that is loaded has the code “\(code)”: load its boundary, or name another."
        case .disabled(let id):
            "Endpoint \(id) is disabled: enable it first."
        case .isFeed(let id):
            "Endpoint \(id) is a feed: its agency asks for events itself, nothing is sent to it."
        }
    }
}
