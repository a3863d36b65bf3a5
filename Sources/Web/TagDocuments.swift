import Foundation
import Registry

/// A tag on the wire, in all of its printed forms.
struct TagDocument: Encodable {
    let code: String
    let kind: String
    let printed: String
    let decimal: String?
    let dottedHex: String?
    let leftHex: String?
    let reversedHex: String?
    let flags: [TagFlag]
    let isDuplicated: Bool
    let createdAt: Date
    let links: LinksDocument

    init(_ tag: Tag) {
        let iso = tag.code.iso
        code = tag.code.canonical
        kind = tag.code.kind.rawValue
        printed = tag.code.printed
        decimal = iso?.decimal
        dottedHex = iso?.dottedHex
        leftHex = iso?.leftHex
        reversedHex = iso?.reversedHex
        flags = iso?.flags ?? (tag.code.kind == .trovanOrFDXA ? [.trovanOrFDXA] : [])
        isDuplicated = tag.isDuplicated
        createdAt = tag.createdAt
        links = LinksDocument(self: "/v1/tags/\(tag.code.canonical)")
    }
}

/// Which animal bore a tag from when to when, on the wire.
struct TagAssignmentDocument: Encodable {
    let id: Identifier<TagAssignment>
    let code: String
    let individual: IndividualReference
    let encounterId: Identifier<Encounter>?
    let validFrom: Date?
    let validTo: Date?
    let evidence: String
    let decidedBy: String
    let endReason: String?
    let endNote: String?
    let endedBy: String?
    let createdAt: Date

    init(_ assignment: TagAssignment) {
        id = assignment.id
        code = assignment.code.canonical
        individual = IndividualReference(id: assignment.individual, name: assignment.individualName)
        encounterId = assignment.encounter
        validFrom = assignment.validFrom
        validTo = assignment.end?.at
        evidence = assignment.evidence
        decidedBy = assignment.decidedBy.name
        endReason = assignment.end?.reason.rawValue
        endNote = assignment.end?.note
        endedBy = assignment.end?.recordedBy.name
        createdAt = assignment.createdAt
    }
}

/// What a reader read, on the wire; for those who may see exact places and codes.
struct TagReadDocument: Encodable {
    let id: Identifier<TagRead>
    let agencyId: Identifier<Agency>
    let text: String?
    let noneFound: Bool
    let code: String?
    let refusal: String?
    let reader: String?
    let frequencies: [ReaderFrequency]
    let eventDate: Date?
    let decimalLatitude: Double?
    let decimalLongitude: Double?
    let coordinateUncertaintyInMeters: Double?
    let locality: String?
    let recordedBy: String?
    let encounterId: Identifier<Encounter>?
    let screeningId: Identifier<Screening>?
    let createdAt: Date

    init(_ read: TagRead) {
        let place = PlaceDocument(read.position, .exact)
        id = read.id
        agencyId = read.agency
        text = read.text
        noneFound = read.text == nil
        code = read.code?.canonical
        refusal = read.refusal
        reader = read.reader
        frequencies = read.frequencies
        eventDate = read.observedAt
        decimalLatitude = place.decimalLatitude
        decimalLongitude = place.decimalLongitude
        coordinateUncertaintyInMeters = place.coordinateUncertaintyInMeters
        locality = read.locality
        recordedBy = read.observer
        encounterId = read.encounter
        screeningId = read.screening
        createdAt = read.createdAt
    }
}

/// What tag and photograph say of each other, on the wire; codes only for those who may see exact places.
struct TagVerdictDocument: Encodable {
    let agreement: TagVerdict.Agreement
    let conflict: TagVerdict.Conflict?
    let photo: PhotoDocument
    let probabilities: [ProbabilityDocument]
    let readings: [ReadingDocument]?
    let rates: TagRates

    /// What the photograph says alone.
    struct PhotoDocument: Encodable {
        let outcome: Outcome.Name
        let individual: IndividualReference?
        let probability: Double?

        init(_ photo: TagVerdict.PhotoJudgement) {
            outcome = photo.outcome
            individual = photo.individual.map { IndividualReference(id: $0, name: photo.name ?? "") }
            probability = photo.probability
        }
    }

    /// The probability of one animal by the photograph and by both.
    struct ProbabilityDocument: Encodable {
        let individual: IndividualReference
        let photo: Double
        let combined: Double

        init(_ posterior: TagVerdict.Posterior) {
            individual = IndividualReference(id: posterior.individual, name: posterior.name)
            photo = posterior.photo
            combined = posterior.combined
        }
    }

    /// One text of a reader.
    struct ReadingDocument: Encodable {
        let text: String
        let code: String?
        let kind: TagCode.Kind?
        let flags: [TagFlag]
        let refusal: String?
        let holders: [HolderDocument]
        let similar: [HolderDocument]

        init(_ reading: TagVerdict.Reading) {
            text = reading.text
            code = reading.code
            kind = reading.kind
            flags = reading.flags
            refusal = reading.refusal
            holders = reading.holders.map(HolderDocument.init)
            similar = reading.similar.map(HolderDocument.init)
        }
    }

    /// An animal that bears or bore the code.
    struct HolderDocument: Encodable {
        let individual: IndividualReference
        let state: TagVerdict.Holder.State

        init(_ holder: TagVerdict.Holder) {
            individual = IndividualReference(id: holder.individual, name: holder.name)
            state = holder.state
        }
    }

    init(_ tags: TagVerdict, exact: Bool) {
        agreement = tags.agreement
        conflict = tags.conflict
        photo = PhotoDocument(tags.photo)
        probabilities = tags.posterior.map(ProbabilityDocument.init)
        readings = exact ? tags.readings.map(ReadingDocument.init) : nil
        rates = tags.rates
    }
}
