import Foundation
import Registry

/// A contradiction on the wire, both sides beside each other.
struct CaseDocument: Encodable {
    let id: Identifier<RegistryCase>
    let kind: RegistryCase.Kind
    let agencyId: Identifier<Agency>
    let screeningId: Identifier<Screening>?
    let individualId: Identifier<Individual>?
    let state: RegistryCase.State
    let finding: RegistryCase.Resolution.Finding?
    let openedAt: Date
    let tagConflict: TagConflictDocument?
    let hybridReview: HybridReviewDocument?
    let dnaDisagreement: DNADisagreementDocument?
    let informationWithheld: String?
    let links: LinksDocument

    /// Tag and photograph.
    struct TagConflictDocument: Encodable {
        let conflict: TagVerdict.Conflict
        let photo: TagVerdictDocument.PhotoDocument
        let photoIds: [Identifier<Photo>]
        let referencePhotoId: Identifier<Photo>?
        let readings: [TagVerdictDocument.ReadingDocument]?
        let holders: [TagVerdictDocument.HolderDocument]
        let probabilities: [TagVerdictDocument.ProbabilityDocument]
    }

    /// - Parameters:
    ///   - shown: The case.
    ///   - exact: Whether the reader may see tag codes.
    init(_ shown: RegistryCase, exact: Bool) {
        id = shown.id
        kind = shown.evidence.kind
        agencyId = shown.agency
        screeningId = shown.screening
        individualId = shown.individual
        state = shown.state
        finding = shown.finding
        openedAt = shown.openedAt
        switch shown.evidence {
        case .tagConflict(let conflict):
            tagConflict = TagConflictDocument(
                conflict: conflict.conflict, photo: TagVerdictDocument.PhotoDocument(conflict.photo),
                photoIds: conflict.photos, referencePhotoId: conflict.reference,
                readings: exact ? conflict.readings.map(TagVerdictDocument.ReadingDocument.init) : nil,
                holders: conflict.readings.flatMap(\.holders).map(TagVerdictDocument.HolderDocument.init),
                probabilities: conflict.posterior.map(TagVerdictDocument.ProbabilityDocument.init))
            (hybridReview, dnaDisagreement) = (nil, nil)
            informationWithheld = exact ? nil : "Tag codes."
        case .hybridReview(let review):
            hybridReview = HybridReviewDocument(review)
            (tagConflict, dnaDisagreement, informationWithheld) = (nil, nil, nil)
        case .dnaDisagreement(let disagreement):
            dnaDisagreement = DNADisagreementDocument(disagreement)
            (tagConflict, hybridReview, informationWithheld) = (nil, nil, nil)
        }
        links = LinksDocument(self: "/v1/cases/\(shown.id)")
    }
}

/// What a person found out about a case, on the wire.
struct CaseResolutionDocument: Encodable {
    let id: Identifier<RegistryCase.Resolution>
    let caseId: Identifier<RegistryCase>
    let finding: RegistryCase.Resolution.Finding
    let individualId: Identifier<Individual>?
    let decidedBy: String
    let note: String?
    let decidedAt: Date

    /// - Parameters:
    ///   - resolution: What a person found out.
    ///   - exact: Whether the reader sees where animals live, which a note may name.
    init(_ resolution: RegistryCase.Resolution, exact: Bool) {
        id = resolution.id
        caseId = resolution.case
        finding = resolution.finding
        individualId = resolution.individual
        decidedBy = resolution.decidedBy.name
        note = exact ? resolution.note : nil
        decidedAt = resolution.decidedAt
    }
}
