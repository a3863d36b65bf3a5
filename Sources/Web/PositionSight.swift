import Registry
import Storage

/// How exactly one reader sees the places of records.
enum PositionDetail {
    /// As they are, with what names them.
    case exact
    /// Made coarser, without anything that names them.
    case generalized(PositionGeneralization)

    /// Whether places are seen as they are, and with them what names or betrays a place.
    var isExact: Bool {
        switch self {
        case .exact: true
        case .generalized: false
        }
    }

    /// A position as the reader sees it.
    func shown(_ position: Position?) -> Position? {
        switch self {
        case .exact: position
        case .generalized(let generalization): position?.generalized(to: generalization)
        }
    }
}

/// How exactly one reader sees the places of each agency's records.
struct PositionSight: Sendable {
    private let caller: Authenticated
    private let generalizations: [Identifier<Agency>: PositionGeneralization]

    /// What the reader sees of an agency's records.
    func callAsFunction(_ owner: Identifier<Agency>) -> PositionDetail {
        caller.maySeePositions(owner) ? .exact : .generalized(generalizations[owner] ?? .standard)
    }

    /// Whether where animals live is seen, of whichever agency.
    var seesHomes: Bool { caller.key.role.allows(.exactPositions) }

    /// The sentences that the reader sees: one's own screening may speak of where another agency met the animal.
    func shown(_ findings: [Finding]) -> [Finding] {
        seesHomes ? findings : findings.filter { !$0.code.namesPlace }
    }

    fileprivate init(caller: Authenticated, generalizations: [Identifier<Agency>: PositionGeneralization]) {
        self.caller = caller
        self.generalizations = generalizations
    }
}

extension RegistryStore {
    /// How exactly a caller sees places.
    func sight(of caller: Authenticated) async throws -> PositionSight {
        PositionSight(
            caller: caller,
            generalizations: caller.key.role.allows(.exactPositions) ? [:] : try await positionGeneralizations())
    }
}
