import Foundation
import Registry
import Webhooks

/// The document that enters an endpoint, after every check that needs no database.
struct EndpointRequest: Decodable, Sendable {
    let secret: WebhookSecret?
    let clientKey: String?
    private let channel: Endpoint.Channel
    private let label: String
    private let subscription: Subscription
    private let delivery: DeliverySettings

    enum CodingKeys: String, CodingKey, CaseIterable {
        case channel, address, label, types, minimumUrgency, scope, area, quiet, ordered, parallel, language
        case certificateAuthorities, clientCertificate, clientKey, secret
    }

    /// The largest document taken: an area of a mebibyte, certificates, and what surrounds them.
    static let byteLimit = 2 << 20

    /// - Throws: `Problem` with the field and the reason; `DecodingError` where it is another kind of document.
    init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownFields(CodingKeys.self)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        channel = try Endpoint.Channel(
            try container.decode(String.self, forKey: .channel),
            address: try container.decodeUnlessAbsent(String.self, forKey: .address))
        let text = try container.decode(String.self, forKey: .label)
        label = try CheckedSubmission.words(text, "/label", 1...200) ?? text
        subscription = Subscription(
            types: try EventType.set(try container.decodeUnlessAbsent([String].self, forKey: .types)),
            minimumUrgency: try container.named(.minimumUrgency) ?? .routine,
            scope: try container.named(.scope) ?? .own,
            area: try container.decodeUnlessAbsent(AreaRequest.self, forKey: .area)?.area,
            isQuiet: try container.decodeUnlessAbsent(Bool.self, forKey: .quiet) ?? false)
        delivery = DeliverySettings(
            parallel: try container.parallel(.parallel) ?? DeliverySettings().parallel,
            isOrdered: try container.decodeUnlessAbsent(Bool.self, forKey: .ordered) ?? false,
            certificateAuthorities: try container.decodeUnlessAbsent(String.self, forKey: .certificateAuthorities),
            clientCertificate: try container.decodeUnlessAbsent(String.self, forKey: .clientCertificate),
            language: try container.named(.language) ?? .ja)
        clientKey = try container.decodeUnlessAbsent(String.self, forKey: .clientKey)
        secret = try container.decodeUnlessAbsent(String.self, forKey: .secret).map(WebhookSecret.submitted)
    }

    func draft(of agency: Identifier<Agency>) -> EndpointDraft {
        EndpointDraft(
            agency: agency, channel: channel, label: label, subscription: subscription, delivery: delivery)
    }
}

/// The document that changes an endpoint: what is left out stays; `null` takes away (RFC 7396).
struct EndpointChange: Decodable, Sendable {
    let isEnabled: Bool?
    let clientKey: String?
    private let address: String?
    private let label: String?
    private let types: Change<Set<EventType>>
    private let minimumUrgency: Urgency?
    private let scope: Subscription.Scope?
    private let area: Change<Subscription.Area>
    private let isQuiet: Bool?
    private let isOrdered: Bool?
    private let parallel: Int?
    private let language: Language?
    private let certificateAuthorities: Change<String>
    private let clientCertificate: Change<String>

    enum CodingKeys: String, CodingKey, CaseIterable {
        case address, label, types, minimumUrgency, scope, area, quiet, ordered, parallel, language
        case certificateAuthorities, clientCertificate, clientKey, enabled
    }

    /// What becomes of a value that may be missing.
    private enum Change<Value: Sendable>: Sendable {
        case keep
        case set(Value?)

        func applied(to value: Value?) -> Value? {
            switch self {
            case .keep: value
            case .set(let value): value
            }
        }
    }

    /// - Throws: `Problem` with the field and the reason; `DecodingError` where it is another kind of document.
    init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownFields(CodingKeys.self)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func change<Raw: Decodable, Value>(
            _ key: CodingKeys, _ type: Raw.Type, _ read: (Raw) throws -> Value?
        ) throws -> Change<Value> {
            guard container.contains(key) else { return .keep }
            return .set(try container.decodeNil(forKey: key) ? nil : try read(container.decode(type, forKey: key)))
        }
        address = try container.decodeUnlessAbsent(String.self, forKey: .address)
        label = try CheckedSubmission.words(
            try container.decodeUnlessAbsent(String.self, forKey: .label), "/label", 1...200)
        types = try change(.types, [String].self) { try EventType.set($0) }
        minimumUrgency = try container.named(.minimumUrgency)
        scope = try container.named(.scope)
        area = try change(.area, AreaRequest.self) { $0.area }
        isQuiet = try container.decodeUnlessAbsent(Bool.self, forKey: .quiet)
        isOrdered = try container.decodeUnlessAbsent(Bool.self, forKey: .ordered)
        parallel = try container.parallel(.parallel)
        language = try container.named(.language)
        certificateAuthorities = try change(.certificateAuthorities, String.self) { $0 }
        clientCertificate = try change(.clientCertificate, String.self) { $0 }
        clientKey = try container.decodeUnlessAbsent(String.self, forKey: .clientKey)
        isEnabled = try container.decodeUnlessAbsent(Bool.self, forKey: .enabled)
        // A key belongs to the certificate that comes with it.
        let bringsCertificate = if case .set(.some) = clientCertificate { true } else { false }
        guard bringsCertificate == (clientKey != nil) else { throw Problem.invalid("/clientKey", .certificateAndKey) }
    }

    /// The endpoint as it shall be.
    ///
    /// Private addresses were allowed for one address alone.
    func draft(from endpoint: Endpoint) throws(Problem) -> EndpointDraft {
        var draft = EndpointDraft(
            agency: endpoint.agency, channel: endpoint.channel, label: label ?? endpoint.label,
            subscription: endpoint.subscription, delivery: endpoint.delivery)
        if let address {
            let channel = try Endpoint.Channel(endpoint.channel.name, address: address)
            if channel != endpoint.channel { draft.delivery.allowsPrivateAddresses = false }
            draft.channel = channel
        }
        draft.subscription.types = types.applied(to: draft.subscription.types)
        draft.subscription.minimumUrgency = minimumUrgency ?? draft.subscription.minimumUrgency
        draft.subscription.scope = scope ?? draft.subscription.scope
        draft.subscription.area = area.applied(to: draft.subscription.area)
        draft.subscription.isQuiet = isQuiet ?? draft.subscription.isQuiet
        draft.delivery.isOrdered = isOrdered ?? draft.delivery.isOrdered
        draft.delivery.parallel = parallel ?? draft.delivery.parallel
        draft.delivery.language = language ?? draft.delivery.language
        draft.delivery.certificateAuthorities = certificateAuthorities.applied(
            to: draft.delivery.certificateAuthorities)
        draft.delivery.clientCertificate = clientCertificate.applied(to: draft.delivery.clientCertificate)
        return draft
    }
}

/// The document that gives an endpoint a new secret.
struct SecretRequest: Decodable, Sendable {
    let secret: WebhookSecret?
    let overlap: Duration

    enum CodingKeys: String, CodingKey, CaseIterable { case secret, overlapInSeconds }

    init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownFields(CodingKeys.self)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        secret = try container.decodeUnlessAbsent(String.self, forKey: .secret).map(WebhookSecret.submitted)
        let longest = EndpointRegistrar.longestOverlap.components.seconds
        guard let seconds = try container.decodeUnlessAbsent(Int64.self, forKey: .overlapInSeconds) else {
            overlap = EndpointRegistrar.usualOverlap
            return
        }
        guard (0...longest).contains(seconds) else {
            throw Problem.invalid("/overlapInSeconds", .number, ["lowest": "0", "highest": String(longest)])
        }
        overlap = .seconds(seconds)
    }
}

/// A part of the country, as it comes.
private struct AreaRequest: Decodable {
    let area: Subscription.Area

    enum CodingKeys: String, CodingKey, CaseIterable { case polygon, waterSystem, municipality }

    init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownFields(CodingKeys.self)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        guard container.allKeys.count == 1, let key = container.allKeys.first else {
            throw Problem.invalid("/area", .oneArea)
        }
        switch key {
        case .polygon:
            let geoJSON = try container.decode(JSONValue.self, forKey: .polygon)
            area = .polygon(geoJSON: String(decoding: try geoJSON.bytes, as: UTF8.self))
        case .waterSystem:
            let code = try container.decode(String.self, forKey: .waterSystem)
            area = .waterSystem(try CheckedSubmission.words(code, "/area/waterSystem", 1...100) ?? code)
        case .municipality:
            let code = try container.decode(String.self, forKey: .municipality)
            area = .municipality(try CheckedSubmission.words(code, "/area/municipality", 1...100) ?? code)
        }
    }
}

extension Endpoint.Channel {
    /// The channel's name on the wire.
    var name: String {
        switch self {
        case .webhook: "webhook"
        case .email: "email"
        case .feed: "feed"
        }
    }

    /// URL or mail address.
    var address: String? {
        switch self {
        case .webhook(let url): url
        case .email(let address): address
        case .feed: nil
        }
    }

    /// - Throws: `Problem` for an unknown name, and where an address is missing or too much.
    fileprivate init(_ name: String, address: String?) throws(Problem) {
        switch (name, address) {
        case ("webhook", let url?): self = .webhook(url: url)
        case ("email", let address?): self = .email(address: address)
        case ("feed", nil): self = .feed
        case ("webhook", _), ("email", _), ("feed", _): throw .invalid("/address", .addressOfChannel)
        default: throw .invalid("/channel", .notOneOf, ["accepted": "webhook, email, feed"])
        }
    }
}

extension EventType {
    /// - Throws: `Problem` for an unknown type, one named twice, or none at all.
    fileprivate static func set(_ names: [String]?) throws(Problem) -> Set<EventType>? {
        guard let names else { return nil }
        guard !names.isEmpty else { throw .invalid("/types", .notEmpty) }
        var types: Set<EventType> = []
        for (index, name) in names.enumerated() {
            let type: EventType = try CheckedSubmission.named(name, "/types/\(index)")
            guard types.insert(type).inserted else { throw .invalid("/types/\(index)", .twice) }
        }
        return types
    }
}

extension WebhookSecret {
    /// - Throws: ``EndpointRefusal/secret(_:)``.
    fileprivate static func submitted(_ text: String) throws -> WebhookSecret {
        do {
            return try WebhookSecret(text)
        } catch {
            throw EndpointRefusal.secret(error)
        }
    }
}

extension KeyedDecodingContainer {
    /// One of some words, where it is there.
    fileprivate func named<T: RawRepresentable & CaseIterable>(_ key: Key) throws -> T? where T.RawValue == String {
        try decodeUnlessAbsent(String.self, forKey: key).map { try CheckedSubmission.named($0, "/\(key.stringValue)") }
    }

    /// Requests at once.
    fileprivate func parallel(_ key: Key) throws -> Int? {
        guard let number = try decodeUnlessAbsent(Int.self, forKey: key) else { return nil }
        guard (1...64).contains(number) else {
            throw Problem.invalid("/\(key.stringValue)", .number, ["lowest": "1", "highest": "64"])
        }
        return number
    }
}
