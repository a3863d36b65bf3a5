import Foundation
import Postgres
import Registry

extension EndpointDraft {
    /// The columns that insert and update have in common, in their order.
    func columns(area: Subscription.Area?) -> [PostgresValue] {
        var polygon: String?
        var system: String?
        var municipality: String?
        switch area {
        case .polygon(let geoJSON)?: polygon = geoJSON
        case .waterSystem(let code)?: system = code
        case .municipality(let code)?: municipality = code
        case nil: break
        }
        return [
            .text(channel.name), .text(channel.address), .text(label),
            subscription.types.map { .textArray($0.map(\.rawValue).sorted()) } ?? .null,
            .text(subscription.minimumUrgency.rawValue), .text(subscription.scope.rawValue),
            .bool(subscription.isQuiet), .text(polygon), .text(system), .text(municipality),
            .int32(Int32(clamping: delivery.parallel)), .bool(delivery.isOrdered),
            .bool(delivery.allowsPrivateAddresses), .text(delivery.certificateAuthorities),
            .text(delivery.clientCertificate), .text(delivery.language.rawValue),
        ]
    }
}

extension Endpoint.Channel {
    var name: String {
        switch self {
        case .webhook: "webhook"
        case .email: "email"
        case .feed: "feed"
        }
    }

    var address: String? {
        switch self {
        case .webhook(let url): url
        case .email(let address): address
        case .feed: nil
        }
    }

    fileprivate init(row: Row) throws {
        switch try row.get("channel", as: String.self) {
        case "webhook": self = .webhook(url: try row.get("address"))
        case "email": self = .email(address: try row.get("address"))
        case "feed": self = .feed
        case let name: throw StorageError.recordUnreadable(column: "channel", reason: "“\(name)” is unknown")
        }
    }
}

extension Endpoint {
    init(row: Row) throws {
        let disabled: Disabled? = try row.optional("disabled_at").map {
            Disabled(at: $0, reason: try row.named("disabled_reason"))
        }
        self.init(
            id: try row.identifier("id"), agency: try row.identifier("agency_id"), channel: try Channel(row: row),
            label: try row.get("label"), subscription: try Subscription(row: row),
            delivery: DeliverySettings(
                parallel: try row.get("parallel"), isOrdered: try row.get("is_ordered"),
                allowsPrivateAddresses: try row.get("allows_private_addresses"),
                certificateAuthorities: try row.optional("certificate_authorities"),
                clientCertificate: try row.optional("client_certificate"), language: try row.named("language")),
            createdAt: try row.get("created_at"), disabled: disabled)
    }
}

extension Subscription {
    fileprivate init(row: Row) throws {
        let types: [String]? = try row.optional("types")
        self.init(
            types: try types.map { names in
                Set(
                    try names.map { name in
                        guard let type = EventType(rawValue: name) else {
                            throw StorageError.recordUnreadable(column: "types", reason: "“\(name)” is unknown")
                        }
                        return type
                    })
            },
            minimumUrgency: try row.named("minimum_urgency"), scope: try row.named("scope"),
            area: try Area(row: row), isQuiet: try row.get("is_quiet"))
    }
}

extension Subscription.Area {
    fileprivate init?(row: Row) throws {
        if let geoJSON: String = try row.optional("area_geojson") {
            self = .polygon(geoJSON: geoJSON)
        } else if let code: String = try row.optional("area_system") {
            self = .waterSystem(code)
        } else if let code: String = try row.optional("area_municipality") {
            self = .municipality(code)
        } else {
            return nil
        }
    }
}

extension SealedEndpointSecret {
    init(row: Row) throws {
        self.init(
            hmac: try row.get("sealed_hmac"), ed25519: try row.get("sealed_ed25519"),
            publicKey: try row.get("ed25519_public"))
    }
}

extension EndpointStatus {
    init(row: Row) throws {
        self.init(
            lastSuccessAt: try row.optional("last_success_at"), attempts: try row.get("attempts"),
            failures: try row.get("failures"), waiting: try row.get("waiting"),
            oldestWaiting: try row.optional("oldest_waiting"), nextAttemptAt: try row.optional("next_attempt_at"),
            dead: try row.get("dead"), failuresInARow: try row.get("failures_in_a_row"),
            openUntil: try row.optional("open_until"))
    }
}

extension PostgresValue {
    static func sealed(_ bytes: [UInt8]?) -> PostgresValue { bytes.map { .bytes($0) } ?? .null }
}
