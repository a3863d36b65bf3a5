import Foundation
import Registry

/// A screening on the wire, its answer included once there is one.
struct ScreeningDocument: Encodable {
    let id: Identifier<Screening>
    let agencyId: Identifier<Agency>
    let state: String
    let lane: String
    let bodyRegion: String
    let photos: [SubmittedPhotoDocument]
    let eventDate: Date?
    let decimalLatitude: Double?
    let decimalLongitude: Double?
    let coordinateUncertaintyInMeters: Double?
    let coordinatePrecision: Double?
    let locality: String?
    let recordedBy: String?
    let tagCodes: [String]?
    let tagScan: TagScan?
    let occasion: Occasion?
    let dataGeneralizations: String?
    let informationWithheld: String?
    let createdAt: Date
    let finishedAt: Date?
    let outcome: String?
    let probability: Double?
    let individual: IndividualReference?
    let candidates: [CandidateDocument]?
    let reasons: [FindingDocument]?
    let tags: TagVerdictDocument?
    let quality: [QualityDocument]?
    let photosSearched: Int?
    let individualsSearched: Int?
    let extractor: String?
    let decider: String?
    let milliseconds: Double?
    let movement: MovementDocument?
    let links: LinksDocument

    /// A photograph of the submission.
    struct SubmittedPhotoDocument: Encodable {
        let photoId: Identifier<Photo>
        let box: MarkDocument?
    }

    /// A known animal with its evidence.
    struct CandidateDocument: Encodable {
        let individual: IndividualReference
        let probability: Double
        let score: Double
        let photoId: Identifier<Photo>
        let referencePhotoId: Identifier<Photo>
        let matchingSpots: Int
        /// Where the drawing is.
        let explanation: String
    }

    /// - Parameters:
    ///   - screening: The screening.
    ///   - sight: How exactly the reader sees places.
    ///   - language: The language of the reasons.
    ///   - page: The address of its page.
    ///   - isAssessed: Whether somebody had it assessed for hybrids.
    init(_ screening: Screening, _ sight: PositionSight, language: Language, page: String, isAssessed: Bool) {
        let submission = screening.submission
        let detail = sight(screening.agency)
        let place = PlaceDocument(
            submission.position, detail,
            withheld: ["locality", "camera position", "tag codes", "reasons that name a place"])
        let verdict = screening.verdict
        id = screening.id
        agencyId = screening.agency
        state = screening.state.rawValue
        lane = submission.lane.rawValue
        bodyRegion = submission.region.rawValue
        photos = submission.photos.map {
            SubmittedPhotoDocument(photoId: $0, box: submission.marks[$0].map(MarkDocument.init))
        }
        eventDate = submission.observedAt
        decimalLatitude = place.decimalLatitude
        decimalLongitude = place.decimalLongitude
        coordinateUncertaintyInMeters = place.coordinateUncertaintyInMeters
        coordinatePrecision = place.coordinatePrecision
        locality = detail.isExact ? submission.locality : nil
        recordedBy = submission.observer
        tagCodes = detail.isExact ? submission.tagCodes : nil
        tagScan = submission.tagScan
        occasion = submission.occasion
        dataGeneralizations = place.dataGeneralizations
        informationWithheld = place.informationWithheld
        createdAt = screening.createdAt
        finishedAt = screening.finishedAt
        outcome = verdict?.outcome.name.rawValue
        probability = verdict?.probability
        individual = verdict?.matched
        reasons = verdict.map { sight.shown($0.findings).map { FindingDocument($0, in: language) } }
        tags = verdict?.tags.map { TagVerdictDocument($0, exact: detail.isExact) }
        quality = verdict?.quality.map(QualityDocument.init)
        photosSearched = verdict?.photosSearched
        individualsSearched = verdict?.individualsSearched
        extractor = verdict?.extractor
        decider = verdict?.decider
        milliseconds = verdict?.milliseconds
        movement = verdict?.movement.map { MovementDocument($0, sight, language: language) }
        let path = "/v1/screenings/\(screening.id)"
        candidates = verdict?.candidates.enumerated().map { index, candidate in
            CandidateDocument(candidate, explanation: "\(path)/candidates/\(index + 1)/explanation")
        }
        links = LinksDocument(
            self: path, decisions: path + "/decisions", page: page,
            hybridAssessment: isAssessed ? path + "/hybrid-assessment" : nil)
    }
}

extension Verdict {
    /// The animal of a match with its name, which its candidate carries.
    var matched: IndividualReference? {
        candidates.first { $0.individual == outcome.individual }.map {
            IndividualReference(id: $0.individual, name: $0.name)
        }
    }
}

extension ScreeningDocument.CandidateDocument {
    fileprivate init(_ candidate: Candidate, explanation: String) {
        individual = IndividualReference(id: candidate.individual, name: candidate.name)
        probability = candidate.probability
        score = candidate.score
        photoId = candidate.photo
        referencePhotoId = candidate.reference
        matchingSpots = candidate.correspondences.count
        self.explanation = explanation
    }
}

/// What was measured of a photograph, on the wire.
struct QualityDocument: Encodable {
    let photoId: Identifier<Photo>
    let region: String
    let sharpness: Double
    let meanLuminance: Double
    let darkFraction: Double
    let brightFraction: Double
    let glareFraction: Double
    let animalPixels: Double
    let features: Int

    init(_ report: QualityReport) {
        photoId = report.photo
        region = report.region
        sharpness = report.sharpness
        meanLuminance = report.meanLuminance
        darkFraction = report.darkFraction
        brightFraction = report.brightFraction
        glareFraction = report.glareFraction
        animalPixels = report.animalPixels
        features = report.features
    }
}
