public import Foundation
public import Registry

/// A photograph of a known animal, to be entered with everything people know about it.
public struct Enrolment: Sendable {
    /// The animal's catalogue name; entered where it is not known yet.
    ///
    /// The name of an animal that was merged into another stands for that other.
    public let individual: String
    /// The animal's scientific name.
    public let species: String
    /// The population people count it to; kept where nobody had said one.
    public let population: String?
    /// The agency that recorded the encounter.
    public let agency: Identifier<Agency>
    /// When the animal was met; photographs of one animal with the same time, place and observer are one encounter.
    public let observedAt: Date?
    /// Where, as coordinates.
    public let position: Position?
    /// Where, in words.
    public let locality: String?
    /// Who met it.
    public let observer: String?
    /// The photograph's file.
    public let photo: [UInt8]
    /// What reading the file told.
    public let description: PhotoDescription
    /// The part of the animal it shows.
    public let region: BodyRegion
    /// Where that part is, where somebody drew it.
    public let mark: RegionMark?
    /// The template, as the extractor wrote it.
    public let template: [UInt8]
    /// Name and version of the extractor.
    public let extractor: String

    /// A complete enrolment.
    public init(
        individual: String, species: String, population: String? = nil, agency: Identifier<Agency>,
        observedAt: Date? = nil, position: Position? = nil, locality: String? = nil, observer: String? = nil,
        photo: [UInt8], description: PhotoDescription, region: BodyRegion, mark: RegionMark? = nil, template: [UInt8],
        extractor: String
    ) {
        self.individual = individual
        self.species = species
        self.population = population
        self.agency = agency
        self.observedAt = observedAt
        self.position = position
        self.locality = locality
        self.observer = observer
        self.photo = photo
        self.description = description
        self.region = region
        self.mark = mark
        self.template = template
        self.extractor = extractor
    }
}

/// What an enrolment led to.
public struct EnrolmentResult: Hashable, Sendable {
    /// What was entered.
    public enum Change: String, Sendable {
        /// The photograph is new to the animal.
        case enrolled
        /// The photograph was enrolled for this animal before; the template of this extractor is new.
        case templateAdded
        /// All of it was there before; nothing was changed.
        case alreadyEnrolled
    }

    /// The animal; another than the one named where that was merged into it.
    public let individual: Individual
    /// Whether this enrolment entered the animal.
    public let isNewIndividual: Bool
    /// The encounter.
    public let encounter: Encounter
    /// The photograph.
    public let photo: Photo
    /// What the photograph shows.
    public let annotation: Annotation
    /// What was entered.
    public let change: Change
}
