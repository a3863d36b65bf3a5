public import Foundation

/// Where an agency hears of events, and of which.
public struct Endpoint: Hashable, Sendable {
    /// Identifier.
    public let id: Identifier<Endpoint>
    /// Whose it is.
    public let agency: Identifier<Agency>
    /// How it is reached.
    public let channel: Channel
    /// What it is for, in the agency's words.
    public let label: String
    /// What it hears of.
    public let subscription: Subscription
    /// How it is spoken to.
    public let delivery: DeliverySettings
    /// When it was entered.
    public let createdAt: Date
    /// Since when nothing is sent to it, and why; `nil` while it is in use.
    public let disabled: Disabled?

    /// How an endpoint is reached.
    public enum Channel: Hashable, Sendable {
        /// Signed requests to a URL (Standard Webhooks 1.0.0).
        case webhook(url: String)
        /// Letters to an address.
        case email(address: String)
        /// It asks itself, at `GET /v1/events`.
        case feed
    }

    /// Why and since when nothing is sent to an endpoint.
    public struct Disabled: Hashable, Sendable {
        /// Since when.
        public let at: Date
        /// Why.
        public let reason: Reason

        /// Why nothing is sent to an endpoint.
        public enum Reason: String, CaseIterable, Codable, Sendable {
            /// A person of the agency turned it off.
            case byPerson = "by_person"
            /// It answered 410 Gone.
            case gone
            /// It failed for days.
            case failing
        }

        /// A record as storage keeps it.
        public init(at: Date, reason: Reason) {
            self.at = at
            self.reason = reason
        }
    }

    /// A record as storage keeps it.
    public init(
        id: Identifier<Endpoint>, agency: Identifier<Agency>, channel: Channel, label: String,
        subscription: Subscription, delivery: DeliverySettings, createdAt: Date, disabled: Disabled?
    ) {
        self.id = id
        self.agency = agency
        self.channel = channel
        self.label = label
        self.subscription = subscription
        self.delivery = delivery
        self.createdAt = createdAt
        self.disabled = disabled
    }
}

/// Which events an endpoint hears of.
public struct Subscription: Hashable, Sendable {
    /// The types; `nil` for all.
    public var types: Set<EventType>?
    /// The least urgent that it hears of.
    public var minimumUrgency: Urgency
    /// Whose events.
    public var scope: Scope
    /// Where; `nil` for everywhere.
    public var area: Area?
    /// While it is set, only immediate events are sent; the others wait until it is taken back.
    public var isQuiet: Bool

    /// Whose events an endpoint hears of.
    public enum Scope: String, CaseIterable, Codable, Sendable {
        /// The agency's own, and those that concern the whole registry.
        case own
        /// Everybody's.
        case registry
    }

    /// A part of the country.
    ///
    /// An event belongs to it where the generalised cell of its place touches it, so that a subscription tells nobody
    /// more about where an animal lives than the event does. An event without a place that may be shown belongs to
    /// every area if it is immediate or the agency's own.
    public enum Area: Hashable, Sendable {
        /// A GeoJSON Polygon or MultiPolygon (RFC 7946: WGS 84, longitude first).
        case polygon(geoJSON: String)
        /// The code of a water system of the river network.
        case waterSystem(String)
        /// The code of a municipality: five digits (JIS X 0401 and 0402).
        case municipality(String)
    }

    /// What an endpoint hears of.
    public init(
        types: Set<EventType>? = nil, minimumUrgency: Urgency = .routine, scope: Scope = .own, area: Area? = nil,
        isQuiet: Bool = false
    ) {
        self.types = types
        self.minimumUrgency = minimumUrgency
        self.scope = scope
        self.area = area
        self.isQuiet = isQuiet
    }
}

/// How an endpoint is spoken to.
public struct DeliverySettings: Hashable, Sendable {
    /// Requests at once, 1 … 64.
    public var parallel: Int
    /// Whether the events of one animal come in their order, each after the one before was delivered or given up.
    public var isOrdered: Bool
    /// Whether addresses of private networks are allowed; for an operator to say, never by API.
    public var allowsPrivateAddresses: Bool
    /// Certificates in PEM that the server's certificate may come from; `nil` for those of the system.
    public var certificateAuthorities: String?
    /// The certificate in PEM that the registry shows; its key is kept with the secrets.
    public var clientCertificate: String?
    /// Language of letters.
    public var language: Language

    /// How an endpoint is spoken to.
    public init(
        parallel: Int = 8, isOrdered: Bool = false, allowsPrivateAddresses: Bool = false,
        certificateAuthorities: String? = nil, clientCertificate: String? = nil, language: Language = .ja
    ) {
        self.parallel = parallel
        self.isOrdered = isOrdered
        self.allowsPrivateAddresses = allowsPrivateAddresses
        self.certificateAuthorities = certificateAuthorities
        self.clientCertificate = clientCertificate
        self.language = language
    }
}
