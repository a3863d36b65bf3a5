import Registry

/// What the place of an animal means, on the wire.
struct MovementDocument: Encodable {
    let kind: String
    let isAlert: Bool
    let isReturn: Bool
    /// Probability that people moved it.
    let peopleProbability: Double?
    let reasons: [FindingDocument]
    let wouldChange: [FindingDocument]

    init(_ movement: MovementVerdict, _ sight: PositionSight, language: Language) {
        kind = movement.kind.rawValue
        isAlert = movement.isAlert
        isReturn = movement.isReturn
        peopleProbability = movement.peopleProbability
        reasons = sight.shown(movement.reasons).map { FindingDocument($0, in: language) }
        wouldChange = sight.shown(movement.wouldChange).map { FindingDocument($0, in: language) }
    }
}
