public import Registry

/// Why a statement about a tag was refused.
public enum TagError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Another animal, or the same, bears the tag at that time.
    case taken(code: String, individual: String, assignment: Identifier<TagAssignment>)
    /// The tag's earlier assignment ended later than the new one begins, or the new one has no beginning.
    case overlaps(code: String, individual: String, until: String)
    /// The assignment has ended before.
    case alreadyEnded(Identifier<TagAssignment>, individual: String, reason: TagAssignment.Reason)
    /// An assignment cannot end before it began.
    case endBeforeBeginning(Identifier<TagAssignment>)
    /// Nothing was read, and the reader's frequencies are missing.
    case scanWithoutReader
    /// Several animals bear the code at one time, so it stays flagged as duplicated.
    case stillDuplicated(code: String)

    /// What happened, to what, and what to do.
    public var description: String {
        switch self {
        case .taken(let code, let individual, let assignment):
            "Tag \(code) belongs to “\(individual)” (assignment \(assignment)): record how that ended first, or flag the "
                + "code as duplicated."
        case .overlaps(let code, let individual, let until):
            "Tag \(code) belonged to “\(individual)” until \(until): say since when it is another's, not before."
        case .alreadyEnded(let assignment, let individual, let reason):
            "Assignment \(assignment) of “\(individual)” has ended before (\(reason.rawValue))."
        case .endBeforeBeginning(let assignment):
            "Assignment \(assignment) cannot end before it began: correct the moment."
        case .scanWithoutReader:
            "That no tag was found says nothing without the reader: name the frequencies it reads at (125, 128, 134.2)."
        case .stillDuplicated(let code):
            "Several animals bear \(code) at one time: end the assignments that are wrong first."
        }
    }
}
