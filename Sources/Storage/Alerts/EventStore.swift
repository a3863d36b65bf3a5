import Foundation
import Postgres
public import Registry

extension RegistryStore {
    /// Events in their order.
    ///
    /// - Parameters:
    ///   - position: The last event read; 0 starts at the beginning.
    ///   - limit: How many, 1 … 1000.
    /// - Returns: The events after it.
    /// - Throws: `PostgresError`, ``StorageError/recordUnreadable(column:reason:)``.
    public func events(after position: Int64, limit: Int = 100) async throws -> [Event] {
        try await rows(.events, [.int(position), .count(min(max(limit, 1), 1000))]).map(Event.init)
    }

    /// The events that an endpoint hears of, in their order, those from before it was entered too.
    ///
    /// - Parameters:
    ///   - endpoint: The endpoint.
    ///   - position: The last event read; 0 starts at the beginning.
    ///   - limit: How many, 1 … 1000.
    /// - Returns: The events after it.
    /// - Throws: `PostgresError`, ``StorageError/recordUnreadable(column:reason:)``.
    public func events(
        of endpoint: Identifier<Endpoint>, after position: Int64, limit: Int = 100
    ) async throws -> [Event] {
        try await rows(.eventsOfEndpoint, [.int(position), .count(min(max(limit, 1), 1000)), .id(endpoint)])
            .map(Event.init)
    }

    /// The event with an identifier.
    public func event(_ id: Identifier<Event>) async throws -> Event? {
        try await rows(.eventByID, [.id(id)]).first.map(Event.init)
    }
}

extension Session {
    /// Appends an event of a screening; events come last in a transaction, for they lock out other appenders to the
    /// commit.
    func append(
        _ type: EventType, screening: Screening, individual: Identifier<Individual>? = nil,
        _ payload: [String: String] = [:]
    ) async throws {
        try await append(
            type, urgency: type.urgency(on: screening.submission.occasion), agency: screening.agency,
            screening: screening.id, individual: individual, place: try await generalizedPlace(of: screening), payload)
    }

    /// Appends an event of animals, which concerns the whole registry.
    func append(
        _ type: EventType, individual: Identifier<Individual>?, _ payload: [String: String]
    ) async throws {
        try await append(type, urgency: type.urgency(), individual: individual, payload)
    }

    /// Appends an event of an endpoint.
    func append(
        _ type: EventType, id: Identifier<Event> = Identifier(), endpoint: Endpoint, _ payload: [String: String]
    ) async throws {
        try await append(
            type, id: id, urgency: type.urgency(), agency: endpoint.agency, endpoint: endpoint.id, payload)
    }

    /// Appends an event of an agency's record, of a screening or not.
    func append(
        _ type: EventType, agency: Identifier<Agency>, screening: Identifier<Screening>?,
        individual: Identifier<Individual>?, _ payload: [String: String]
    ) async throws {
        try await append(
            type, urgency: type.urgency(), agency: agency, screening: screening, individual: individual, payload)
    }

    private func append(
        _ type: EventType, id: Identifier<Event> = Identifier(), urgency: Urgency, agency: Identifier<Agency>? = nil,
        screening: Identifier<Screening>? = nil, individual: Identifier<Individual>? = nil,
        endpoint: Identifier<Endpoint>? = nil, place: GeneralizedPlace? = nil, _ payload: [String: String]
    ) async throws {
        _ = try await rows(
            .eventInsert,
            [
                .id(id), .text(type.rawValue), .text(urgency.rawValue), .id(agency), .id(screening),
                .id(individual), .id(endpoint), .number(place?.latitude), .number(place?.longitude),
                .number(place?.precision), try .json(encoding: payload),
            ])
    }

    /// Where a screening's animal was met, as coarse as its agency shows its positions; `nil` where it shows none.
    private func generalizedPlace(of screening: Screening) async throws -> GeneralizedPlace? {
        guard let position = screening.submission.position else { return nil }
        let chosen = try await rows(.positionPolicyOfAgency, [.id(screening.agency)]).first
        return GeneralizedPlace(position, try chosen.map { try $0.named("generalization") } ?? .standard)
    }
}

extension Event {
    init(row: Row) throws {
        let place: GeneralizedPlace? = try row.optional("place_precision").map {
            GeneralizedPlace(
                latitude: try row.get("place_latitude"), longitude: try row.get("place_longitude"), precision: $0)
        }
        self.init(
            id: try row.identifier("id"), position: try row.get("position"), type: try row.named("type"),
            urgency: try row.named("urgency"), agency: try row.optionalIdentifier("agency_id"),
            screening: try row.optionalIdentifier("screening_id"),
            individual: try row.optionalIdentifier("individual_id"),
            endpoint: try row.optionalIdentifier("endpoint_id"), place: place, payload: try row.getJSON("payload"),
            createdAt: try row.get("created_at"))
    }
}
