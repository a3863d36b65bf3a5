/// What events of a type tell beyond their type, urgency and place: the one table from which documents and schemas are
/// made.
struct EventContent {
    /// The records that an event names, and whether it always does.
    let records: [(record: EventRecord, isAlways: Bool)]
    /// What its payload holds.
    let particulars: [EventParticular]
    /// Whether it may tell a place.
    let mayHavePlace: Bool
}

/// A record that an event is about.
enum EventRecord: String, CaseIterable {
    case agency, screening, individual, endpoint

    /// Its field in documents.
    var field: String { rawValue + "Id" }
    /// Where it can be read, after `/v1/`; agencies have no address.
    var collection: String? {
        switch self {
        case .agency: nil
        case .screening: "screenings"
        case .individual: "individuals"
        case .endpoint: "endpoints"
        }
    }
}

/// One entry of an event's payload.
struct EventParticular {
    /// Its name in the payload.
    let key: String
    /// Its field in documents.
    let field: String
    /// What it can be.
    let value: Value
    /// Whether events of the type always have it.
    let isAlways: Bool

    enum Value {
        /// The identifier of a record, and where it can be read, after `/v1/`; `nil` of one without an address.
        case record(collection: String?)
        /// One of some words.
        case oneOf([String])
        /// Any words, at most 200 characters.
        case words
    }

    static func word<T: CaseIterable & RawRepresentable>(
        _ key: String, of type: T.Type, isAlways: Bool = true
    ) -> EventParticular where T.RawValue == String {
        EventParticular(key: key, field: key, value: .oneOf(T.allCases.map(\.rawValue)), isAlways: isAlways)
    }

    static func record(
        _ key: String, _ field: String, in collection: String? = nil, isAlways: Bool = true
    ) -> EventParticular {
        EventParticular(key: key, field: field, value: .record(collection: collection), isAlways: isAlways)
    }

}

extension EventType {
    var content: EventContent {
        switch self {
        case .screeningCompleted: .screening(individual: false, .word("outcome", of: Outcome.Name.self))
        case .identityMatched: .screening(individual: true)
        case .animalUnknown: .screening(individual: nil)
        case .hybridSuspected: .screening(individual: false, .record("assessment", "assessmentId"))
        case .animalRelocated, .animalReturned:
            .screening(
                individual: true,
                EventParticular(
                    key: "verdict", field: "verdict",
                    value: .oneOf(MovementVerdict.Kind.allCases.filter(\.isAlert).map(\.rawValue)), isAlways: true),
                .record("decision", "decisionId", isAlways: false))
        case .tagConflict:
            .screening(
                individual: nil, .record("case", "caseId", in: "cases"),
                .word("conflict", of: TagVerdict.Conflict.self))
        case .tagLost: .screening(individual: true)
        case .decisionMade:
            .screening(
                individual: false, .record("decision", "decisionId"), .word("kind", of: Decision.Kind.self))
        case .caseOpened:
            EventContent(
                records: [(.agency, true), (.screening, false), (.individual, false)],
                particulars: [.record("case", "caseId", in: "cases"), .word("kind", of: RegistryCase.Kind.self)],
                mayHavePlace: true)
        case .hybridConfirmed, .hybridCleared:
            EventContent(
                records: [(.individual, false)],
                particulars: [
                    .record("result", "resultId", in: "dna-results"), .record("sample", "sampleId", in: "dna-samples"),
                ], mayHavePlace: false)
        case .duplicateProposed:
            .registry(
                .record("proposal", "proposalId", in: "duplicates"),
                .record("first", "firstIndividualId", in: "individuals"),
                .record("second", "secondIndividualId", in: "individuals"))
        case .identityMerged, .identitySplit: .change()
        case .identityChangeUndone: .change(.record("undone", "undoneChangeId", in: "identity-changes"))
        case .endpointDisabled: .endpoint(.word("reason", of: Endpoint.Disabled.Reason.self))
        case .endpointTest: .endpoint()
        }
    }
}

extension EventContent {
    /// Of a screening; `individual` says whether its animal is always named, sometimes, or (`nil`) never.
    fileprivate static func screening(individual: Bool?, _ particulars: EventParticular...) -> EventContent {
        EventContent(
            records: [(.agency, true), (.screening, true)] + (individual.map { [(.individual, $0)] } ?? []),
            particulars: particulars, mayHavePlace: true)
    }

    /// Of animals, which concerns the whole registry.
    fileprivate static func registry(_ particulars: EventParticular...) -> EventContent {
        EventContent(records: [], particulars: particulars, mayHavePlace: false)
    }

    /// Of a change of identity.
    fileprivate static func change(_ more: EventParticular...) -> EventContent {
        EventContent(
            records: [(.individual, true)],
            particulars: [
                .record("change", "changeId", in: "identity-changes"),
                .record("from", "fromIndividualId", in: "individuals"),
                .record("into", "intoIndividualId", in: "individuals"),
            ] + more, mayHavePlace: false)
    }

    /// Of an endpoint.
    fileprivate static func endpoint(_ particulars: EventParticular...) -> EventContent {
        EventContent(records: [(.agency, true), (.endpoint, true)], particulars: particulars, mayHavePlace: false)
    }
}
