public import Foundation
public import Registry

/// Something that happened and that others may have to be told; appended in the transaction in which it happened.
public struct Event: Hashable, Sendable {
    /// Place in the order of events; whoever has read up to it never misses one.
    public let position: Int64
    /// What happened.
    public let kind: Kind
    /// The agency concerned; `nil` where the whole registry is.
    public let agency: Identifier<Agency>?
    /// The screening concerned; `nil` for events of animals.
    public let screening: Identifier<Screening>?
    /// A JSON object with the particulars.
    public let payload: [UInt8]
    /// When it happened.
    public let createdAt: Date

    /// The kinds of events.
    public enum Kind: String, CaseIterable, Codable, Sendable {
        /// A screening was answered or given up; payload `outcome`, and `individual` of a match.
        case screeningCompleted = "screening.completed"
        /// A person decided on a screening; payload `decision`, `kind`, and `individual` of a confirmation.
        case screeningDecided = "screening.decided"
        /// Two animals may be one; payload `proposal`, `first`, `second`.
        case duplicateProposed = "duplicate.proposed"
        /// An animal was merged into another; payload `change`, `from`, `into`.
        case identityMerged = "identity.merged"
        /// Encounters of an animal became another's; payload `change`, `from`, `into`.
        case identitySplit = "identity.split"
        /// A merge or split was undone; payload `change`, `undone`, `from`, `into`.
        case identityChangeUndone = "identity.change_undone"
        /// A known animal was met where it cannot have gone by itself; payload `individual`, `verdict`, and `decision`
        /// where a person named it.
        case animalRelocated = "animal.relocated"
        /// The same, and it is back where it lived; payload `individual`, `verdict`.
        case animalReturned = "animal.returned"
        /// Tag and photograph, or two tags, contradict each other; payload `conflict`, and `case` that was opened.
        case tagConflict = "tag.conflict"
        /// A known animal bears no tag any more that a fitting reader could find; payload `individual`.
        case tagLost = "tag.lost"
        /// A contradiction waits for people; payload `case`, `kind`.
        case caseOpened = "case.opened"
    }
}
