import Hummingbird
import Hybrids
import Imaging
import Postgres
import Registry
import Screening
import Storage
import Webhooks

extension Problem {
    /// An error in the words of the API; what is not foreseen is an internal error that tells nothing of the inside.
    init(_ error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let error as ImagingError: self.init(error)
        case let error as StorageError: self.init(error)
        case let error as IdentityError: self.init(error)
        case let error as TagError: self.init(error)
        case let error as DNAError: self.init(error)
        case let error as HybridError: self.init(error)
        case let rejection as LandmarkRejection: self.init(rejection)
        case let error as HeadUnmeasured: self.init(error)
        case HeadUnsuggested.noModel: self.init(.noLandmarkModel)
        case HeadUnsuggested.noSureHead: self.init(.noSureHead)
        case let error as TagRefusal: self = .unreadableTag(error, "/code")
        case let error as EndpointError: self.init(error)
        case let refusal as EndpointRefusal: self.init(refusal)
        case let error as PhotoFileError: self.init(error)
        case let error as PostgresError: self.init(error)
        case is IdempotencyKey.Rejection: self.init(.idempotencyKeyInvalid)
        default: self.init(.internalError)
        }
    }

    init(_ error: ImagingError) {
        let text: ProblemText =
            switch error {
            case .empty: .photoEmpty
            case .unrecognised: .photoUnrecognised
            case .truncated: .photoTruncated
            case .corrupt: .photoCorrupt
            case .unsupported: .photoUnsupported
            case .tooManyBytes, .tooManyPixels, .sideTooLong: .photoTooLarge
            case .tooSmall: .photoTooSmall
            }
        self.init(text, error.finding.values)
        findings = [error.finding]
    }

    private init(_ error: StorageError) {
        switch error {
        case .idempotencyKeyReused: self.init(.idempotencyKeyReused)
        case .screeningUnanswered: self.init(.screeningUnanswered)
        case .notFound(.individual, _): self = .invalid("individualId", .noSuchIndividual)
        case .notFound(.photo, _): self = .invalid("photoIds", .noSuchPhoto)
        case .notFound: self.init(.notFound)
        case .ruleBroken(let rule): self = .invalid("/", .breaksRule, ["rule": rule])
        case .submissionRefused: self = .invalid("photoIds", .photoCount)
        default: self.init(.internalError)
        }
    }

    private init(_ error: IdentityError) {
        switch error {
        case .merged(let name, let into, let change):
            self.init(.individualMerged, ["name": name, "into": into, "change": change.description])
        case .laterChange(let change, let later):
            self.init(.laterChange, ["change": change.description, "later": later.description])
        case .alreadyUndone(let change, _), .undoOfUndo(let change):
            self.init(.notUndoable, ["change": change.description])
        case .alreadyOne(_, let individual): self.init(.alreadyOne, ["name": individual])
        case .nobody: self = .invalid("/verdict", .unsettledPhoto)
        case .sameAnimal: self = .invalid("/", .sameIndividual)
        case .encounterElsewhere, .nothingToSplit, .everythingSplit:
            self = .invalid("/encounterIds", .encountersOfTheIndividual)
        case .otherPopulation: self.init(.internalError)
        }
    }

    private init(_ error: TagError) {
        switch error {
        case .taken(_, let name, _), .overlaps(_, let name, _): self.init(.tagTaken, ["name": name])
        case .alreadyEnded(let assignment, _, _): self.init(.tagEnded, ["assignment": assignment.description])
        case .endBeforeBeginning: self = .invalid("/validTo", .endBeforeBeginning)
        case .scanWithoutReader: self = .invalid("/frequencies", .scanWithoutReader)
        case .stillDuplicated: self.init(.internalError)
        }
    }

    private init(_ error: EndpointError) {
        switch error {
        case .addressTaken(let address): self.init(.endpointExists, ["address": address])
        case .areaUnreadable(let reason): self = .invalid("/area/polygon", .notAnArea, ["reason": reason])
        case .areaInvalid(let reason, let longitude?, let latitude?):
            self = .invalid(
                "/area/polygon", .crossingAreaThere,
                ["reason": reason, "longitude": "\(longitude)", "latitude": "\(latitude)"])
        case .areaInvalid(let reason, _, _): self = .invalid("/area/polygon", .crossingArea, ["reason": reason])
        case .waterSystemUnknown: self = .invalid("/area/waterSystem", .unknownSystem)
        case .municipalityUnknown: self = .invalid("/area/municipality", .unknownMunicipality)
        case .disabled: self.init(.endpointDisabled)
        case .isFeed: self.init(.endpointIsFeed)
        }
    }

    private init(_ refusal: EndpointRefusal) {
        switch refusal {
        case .url(let refusal): self = .invalid("/address", refusal.reason)
        case .mailAddress: self = .invalid("/address", .mailAddress)
        case .secret: self = .invalid("/secret", .secretUnreadable)
        case .certificate(isAuthority: true): self = .invalid("/certificateAuthorities", .notPEM)
        case .certificate(isAuthority: false): self = .invalid("/clientCertificate", .notPEM)
        case .privateKey: self = .invalid("/clientKey", .notPEM)
        case .certificateWithoutKey: self = .invalid("/clientKey", .certificateAndKey)
        }
    }

    private init(_ error: DNAError) {
        switch error {
        case .labelTaken: self = .invalid("/label", .labelTaken)
        case .custodyBackwards: self = .invalid("/happenedAt", .backwardsCustody)
        case .resultBeforeSample: self = .invalid("/reportedAt", .resultBeforeSample)
        case .correctedBefore(_, let correction):
            self.init(.resultCorrected, ["correction": correction.description])
        case .unknownSample: self = .invalid("/sampleId", .noSuchSample)
        case .document: self = .invalid("/documentSha256", .notASHA256)
        case .sampleOfNothing, .takenBefore, .oneHand, .classBeyondMarkers, .correctionWithoutReason:
            self.init(.internalError)
        }
    }

    private init(_ error: HybridError) {
        switch error {
        case .unknownCharacter(_, let known):
            self = .invalid("/scores", .noSuchCharacter, ["known": known.joined(separator: ", ")])
        case .scoredTwice: self = .invalid("/scores", .twice)
        case .photoElsewhere: self = .invalid("/scores", .notInSubmission)
        case .counts, .characterIncomplete: self.init(.internalError)
        }
    }

    private init(_ rejection: LandmarkRejection) {
        let reason: ValueText =
            switch rejection {
            case .otherScheme: .landmarkScheme
            case .unknownName: .noSuchLandmark
            case .givenTwice: .landmarkTwice
            case .missing: .landmarksMissing
            case .listedOutOfOrder: .landmarkOutOfOrder
            case .outsidePhoto: .landmarkOutside
            case .notFinite: .landmarkNotFinite
            case .tooSmall: .headTooSmall
            case .mirrored: .landmarksMirrored
            case .sidesExchanged: .landmarkSides
            case .wrongOrder: .landmarkPlace
            }
        let field =
            switch rejection {
            case .otherScheme: "/scheme"
            default:
                rejection.landmark.flatMap(HeadLandmark.allCases.firstIndex).map { "/landmarks/\($0)" } ?? "/landmarks"
            }
        self = .invalid(field, reason, rejection.values)
    }

    private init(_ error: HeadUnmeasured) {
        switch error {
        case .photograph(let error): self.init(error)
        case .landmarks(let rejection): self.init(rejection)
        case .field(.headCovered): self.init(.headCovered)
        case .field(.bedMissing): self.init(.headBedMissing)
        }
    }

    /// A text that is no code, with the reason and what was perhaps meant.
    static func unreadableTag(_ refusal: TagRefusal, _ field: String) -> Problem {
        let nearest = refusal.nearest.map(\.canonical).joined(separator: ", ")
        return .invalid(
            field, .tagUnreadable, ["reason": "\(refusal.reason.name)", "nearest": nearest.isEmpty ? "–" : nearest])
    }

    private init(_ error: PhotoFileError) {
        switch error {
        case .diskFull: self.init(.diskFull)
        case .empty: self.init(ImagingError.empty)
        case .missing, .changed: self.init(.photoFileLost)
        default: self.init(.internalError)
        }
    }

    private init(_ error: PostgresError) {
        if error.sqlState == .diskFull {
            self.init(.diskFull)
        } else if error.isRetryable || error.kind == .poolClosed {
            self.init(.databaseAway)
            retryAfter = 5
        } else {
            self.init(.internalError)
        }
    }
}

extension AddressRefusal {
    fileprivate var reason: ValueText {
        switch self {
        case .tooLong, .characters, .unreadable, .zone, .host: .urlUnreadable
        case .scheme: .urlScheme
        case .credentials: .urlCredentials
        case .fragment: .urlFragment
        case .port: .urlPort
        case .unresolved, .address: .urlPrivate
        }
    }
}
