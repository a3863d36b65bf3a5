public import Foundation

/// A decision that moved encounters from one animal to another; appended, never changed.
public struct IdentityChange: Hashable, Sendable, Codable {
    /// Identifier.
    public let id: Identifier<IdentityChange>
    /// What was decided.
    public let kind: Kind
    /// The animal the encounters left.
    public let from: Identifier<Individual>
    /// Its catalogue name.
    public let fromName: String
    /// The animal they came to.
    public let into: Identifier<Individual>
    /// Its catalogue name.
    public let intoName: String
    /// The encounters that were moved, with everything that hangs on them.
    public let encounters: [Identifier<Encounter>]
    /// Why.
    public let reason: String
    /// Who decided.
    public let decidedBy: Reviewer
    /// The proposal whose review made this merge.
    public let proposal: Identifier<DuplicateProposal>?
    /// The change that this undo takes back.
    public let undoes: Identifier<IdentityChange>?
    /// The undo that took this change back.
    public let undoneBy: Identifier<IdentityChange>?
    /// When.
    public let decidedAt: Date

    /// The possible changes.
    public enum Kind: String, CaseIterable, Codable, Sendable {
        /// Two animals are one: all encounters of the first become the second's, and the first points to it.
        case merge
        /// Some encounters of an animal are another's.
        case split
        /// An earlier merge or split does not hold: what it moved goes back.
        case undo
    }

    /// A record as storage keeps it.
    public init(
        id: Identifier<IdentityChange>, kind: Kind, from: Identifier<Individual>, fromName: String,
        into: Identifier<Individual>, intoName: String, encounters: [Identifier<Encounter>], reason: String,
        decidedBy: Reviewer, proposal: Identifier<DuplicateProposal>?, undoes: Identifier<IdentityChange>?,
        undoneBy: Identifier<IdentityChange>?, decidedAt: Date
    ) {
        self.id = id
        self.kind = kind
        self.from = from
        self.fromName = fromName
        self.into = into
        self.intoName = intoName
        self.encounters = encounters
        self.reason = reason
        self.decidedBy = decidedBy
        self.proposal = proposal
        self.undoes = undoes
        self.undoneBy = undoneBy
        self.decidedAt = decidedAt
    }
}
