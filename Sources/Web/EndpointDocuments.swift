import Foundation
import Registry
import Storage
import Webhooks

/// An endpoint on the wire, never with a secret.
struct EndpointDocument: Encodable {
    let id: Identifier<Endpoint>
    let agencyId: Identifier<Agency>
    let channel: String
    let address: String?
    let label: String
    let types: [EventType]?
    let minimumUrgency: Urgency
    let scope: Subscription.Scope
    let area: AreaDocument?
    let quiet: Bool
    let ordered: Bool
    let parallel: Int
    let language: Language
    let allowsPrivateAddresses: Bool
    let certificateAuthorities: String?
    let clientCertificate: String?
    let enabled: Bool
    let disabledAt: Date?
    let disabledReason: Endpoint.Disabled.Reason?
    let createdAt: Date
    let status: EndpointStatusDocument?
    let publicKeys: [String]?
    let secret: String?
    let links: EndpointLinksDocument

    /// - Parameters:
    ///   - endpoint: The endpoint.
    ///   - status: How it is doing; `nil` of a feed, to which nothing is sent.
    ///   - publicKeys: The keys that verify `v1a` signatures, the newest first.
    ///   - secret: What verifies `v1` signatures, at its making alone.
    init(
        _ endpoint: Endpoint, _ status: EndpointStatus?, publicKeys: [WebhookPublicKey]? = nil,
        secret: WebhookSecret? = nil
    ) {
        let (heard, spoken) = (endpoint.subscription, endpoint.delivery)
        id = endpoint.id
        agencyId = endpoint.agency
        channel = endpoint.channel.name
        address = endpoint.channel.address
        label = endpoint.label
        types = heard.types.map { types in EventType.allCases.filter(types.contains) }
        minimumUrgency = heard.minimumUrgency
        scope = heard.scope
        area = heard.area.map(AreaDocument.init)
        quiet = heard.isQuiet
        ordered = spoken.isOrdered
        parallel = spoken.parallel
        language = spoken.language
        allowsPrivateAddresses = spoken.allowsPrivateAddresses
        certificateAuthorities = spoken.certificateAuthorities
        clientCertificate = spoken.clientCertificate
        enabled = endpoint.disabled == nil
        disabledAt = endpoint.disabled?.at
        disabledReason = endpoint.disabled?.reason
        createdAt = endpoint.createdAt
        self.status = endpoint.channel == .feed ? nil : status.map { EndpointStatusDocument($0) }
        // Letters are not signed.
        let isSigned = if case .email = endpoint.channel { false } else { true }
        self.publicKeys = isSigned ? publicKeys?.map(\.description) : nil
        self.secret = isSigned ? secret?.text : nil
        links = EndpointLinksDocument(endpoint)
    }
}

/// Where an endpoint's own address, and what it was sent or reads, stand.
struct EndpointLinksDocument: Encodable {
    let `self`: String
    let deliveries: String?
    let feed: String?

    init(_ endpoint: Endpoint) {
        let isFeed = endpoint.channel == .feed
        self.`self` = "/v1/endpoints/\(endpoint.id)"
        deliveries = isFeed ? nil : "/v1/endpoints/\(endpoint.id)/deliveries"
        feed = isFeed ? "/v1/events" : nil
    }
}

/// A part of the country on the wire.
struct AreaDocument: Encodable {
    var polygon: JSONValue?
    var waterSystem: String?
    var municipality: String?

    init(_ area: Subscription.Area) {
        switch area {
        case .polygon(let geoJSON): polygon = try? JSONDecoder().decode(JSONValue.self, from: Data(geoJSON.utf8))
        case .waterSystem(let code): waterSystem = code
        case .municipality(let code): municipality = code
        }
    }
}

/// How an endpoint is doing, on the wire.
struct EndpointStatusDocument: Encodable {
    let lastSuccessAt: Date?
    let attemptsOfDay: Int
    let failuresOfDay: Int
    let failureRateOfDay: Double?
    let waiting: Int
    let oldestWaitingInSeconds: Int?
    let nextAttemptAt: Date?
    let dead: Int
    let failuresInARow: Int
    let breaker: String
    let breakerOpenUntil: Date?

    init(_ status: EndpointStatus, now: Date = Date()) {
        lastSuccessAt = status.lastSuccessAt
        attemptsOfDay = status.attempts
        failuresOfDay = status.failures
        failureRateOfDay = status.attempts > 0 ? Double(status.failures) / Double(status.attempts) : nil
        waiting = status.waiting
        oldestWaitingInSeconds = status.oldestWaiting.map { max(0, Int(now.timeIntervalSince($0))) }
        nextAttemptAt = status.nextAttemptAt
        dead = status.dead
        failuresInARow = status.failuresInARow
        breaker = status.openUntil == nil ? "closed" : "open"
        breakerOpenUntil = status.openUntil
    }
}

/// A new secret on the wire, shown once.
struct SecretDocument: Encodable {
    let secret: String
    let publicKey: String
    let earlierUntil: Date

    init(_ keys: SigningKeys, overlap: Duration, now: Date = Date()) {
        secret = keys.secret.text
        publicKey = keys.key.publicKey.description
        earlierUntil = now.addingTimeInterval(Double(overlap.components.seconds))
    }
}

/// An event on its way to an endpoint, on the wire.
struct DeliveryDocument: Encodable {
    let eventId: Identifier<Event>
    let position: String
    let type: EventType
    let state: Delivery.State
    let attempts: Int
    let nextAttemptAt: Date?
    let endedAt: Date?
    let links: Links

    struct Links: Encodable {
        let event: String
        let attempts: String
    }

    init(_ delivery: Delivery) {
        eventId = delivery.event
        position = String(delivery.position)
        type = delivery.type
        state = delivery.state
        attempts = delivery.attempts
        nextAttemptAt = delivery.nextAttemptAt
        endedAt = delivery.endedAt
        links = Links(
            event: "/v1/events/\(delivery.event)",
            attempts: "/v1/endpoints/\(delivery.endpoint)/deliveries/\(delivery.event)/attempts")
    }
}

/// A try to deliver, on the wire.
struct DeliveryAttemptDocument: Encodable {
    let number: Int
    let startedAt: Date
    let milliseconds: Double
    let status: Int?
    let failure: DeliveryAttempt.Failure?
    let response: String

    init(_ attempt: DeliveryAttempt) {
        number = attempt.number
        startedAt = attempt.startedAt
        milliseconds = attempt.milliseconds
        status = attempt.status
        failure = attempt.failure
        response = attempt.response
    }
}
