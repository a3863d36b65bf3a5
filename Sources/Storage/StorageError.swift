import Postgres
public import Registry

/// Why the registry refused.
public enum StorageError: Error, Sendable, CustomStringConvertible {
    /// Another agency has this name.
    case agencyNameTaken(String)
    /// A record that was named does not exist; the kind of record and, where known, what it was called.
    case notFound(RecordKind, String?)
    /// The catalogue name belongs to an animal of another species.
    case individualNameTaken(name: String, species: String)
    /// The same file is enrolled as a photograph of another animal.
    case photoAlreadyEnrolled(individual: String, photo: Identifier<Photo>)
    /// The key came before with another request.
    case idempotencyKeyReused(String)
    /// Another worker has taken the screening over; its answer counts.
    case leaseLost(Identifier<Screening>)
    /// A decision needs an answered screening.
    case screeningUnanswered(Identifier<Screening>)
    /// A submission without photographs, with too many, or with marks on other photographs.
    case submissionRefused(String)
    /// A value breaks a rule of the schema; the rule's name.
    case ruleBroken(rule: String)
    /// A stored value cannot be read; the column and why.
    case recordUnreadable(column: String, reason: String)
    /// The program lacks a statement it was built to have.
    case statementMissing(String)

    /// The records that can be referred to.
    public enum RecordKind: String, Sendable {
        case agency, apiKey, individual, encounter, photo, annotation, screening, identityChange, duplicateProposal
        case calibration, matchChance, tag, tagAssignment, registryCase, endpoint, event, dnaSample, dnaResult
        case model
    }

    /// What happened, to what, and what to do.
    public var description: String {
        switch self {
        case .agencyNameTaken(let name):
            "An agency named “\(name)” exists already: choose another name, or make a key for the existing one."
        case .notFound(let kind, let name?):
            "There is no \(kind.words) “\(name)”."
        case .notFound(let kind, nil):
            "A record refers to \(kind.words) that does not exist: create it first."
        case .individualNameTaken(let name, let species):
            "“\(name)” is the name of a \(species): choose another name, or correct the species."
        case .photoAlreadyEnrolled(let individual, let photo):
            "This file is enrolled as a photograph of “\(individual)” (photo \(photo)): it cannot show two animals."
        case .idempotencyKeyReused(let key):
            "The idempotency key “\(key)” came before with another request: use a new key for a new request."
        case .leaseLost(let screening):
            "Another worker has taken screening \(screening) over, and its answer counts: discard this one."
        case .screeningUnanswered(let screening):
            "Screening \(screening) has no answer yet: decide when it is done or failed."
        case .submissionRefused(let reason):
            reason
        case .ruleBroken(let rule):
            "A value breaks the rule “\(rule)” of the database: correct it and try again."
        case .recordUnreadable(let column, let reason):
            "The stored value of “\(column)” cannot be read (\(reason)): the record was changed from outside, or "
                + "written by a newer version of the program."
        case .statementMissing(let name):
            "The program lacks the statement “\(name)”: it was built wrongly."
        }
    }
}

extension StorageError.RecordKind {
    fileprivate var words: String {
        switch self {
        case .apiKey: "API key"
        case .identityChange: "change of identity"
        case .duplicateProposal: "proposal"
        case .matchChance: "promise of quality"
        case .tagAssignment: "tag assignment"
        case .registryCase: "case"
        case .dnaSample: "sample"
        case .dnaResult: "DNA result"
        default: rawValue
        }
    }
}

extension StorageError {
    /// A server error in the registry's words where it has some, or the error itself.
    static func translated(_ error: any Error) -> any Error {
        guard let error = error as? PostgresError else { return error }
        switch error.sqlState {
        case SQLState.foreignKeyViolation:
            let constraint = error.constraint ?? ""
            let kinds: [(suffix: String, kind: RecordKind)] = [
                ("agency_id_fkey", .agency), ("key_id_fkey", .apiKey), ("individual_id_fkey", .individual),
                ("encounter_id_fkey", .encounter), ("photo_id_fkey", .photo), ("annotation_id_fkey", .annotation),
                ("screening_id_fkey", .screening), ("proposal_id_fkey", .duplicateProposal),
                ("calibration_id_fkey", .calibration), ("match_chance_id_fkey", .matchChance),
                ("case_id_fkey", .registryCase), ("endpoint_id_fkey", .endpoint), ("sample_id_fkey", .dnaSample),
            ]
            guard let kind = kinds.first(where: { constraint.hasSuffix($0.suffix) })?.kind else {
                return ruleBroken(rule: constraint)
            }
            return notFound(kind, nil)
        case SQLState.checkViolation, SQLState(rawValue: "23P01"):
            return ruleBroken(rule: error.constraint ?? error.message)
        case SQLState(rawValue: "22021"):
            return ruleBroken(rule: "text holds no NUL character")
        default:
            return error
        }
    }
}
