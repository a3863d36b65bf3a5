import Foundation
public import Identification
public import Imaging
public import Registry

/// A submitted photograph as the engine needs it.
public struct SubmittedPhoto: Sendable {
    /// Identifier.
    public let id: Identifier<Photo>
    /// Hexadecimal SHA-256 of the file.
    public let sha256: String
    /// The file.
    public let bytes: [UInt8]
    /// Where the region is, if somebody drew it.
    public let box: RegionBox?

    /// A photograph.
    public init(id: Identifier<Photo>, sha256: String, bytes: [UInt8], box: RegionBox?) {
        self.id = id
        self.sha256 = sha256
        self.bytes = bytes
        self.box = box
    }
}

/// Composes imaging, identification and decision into one verdict; writes nothing anywhere.
public struct ScreeningEngine: Sendable {
    /// Makes templates.
    public let extractor: Extractor
    /// Weighs the scores.
    public let decider: Decider
    /// How sizes are limited.
    public let limits: ImageLimits
    private let compute: Compute

    /// An engine of the given parts.
    public init(
        extractor: Extractor = .siftLightnessYellow,
        decider: Decider = .posterior(.newts), limits: ImageLimits = .standard, compute: Compute = Compute()
    ) {
        self.extractor = extractor
        self.decider = decider
        self.limits = limits
        self.compute = compute
    }

    /// What one photograph gave: its quality, and its template where it can be compared.
    public struct Examination: Sendable {
        /// The photograph.
        public let photo: SubmittedPhoto
        /// What was measured; `nil` where it could not be read or shows nothing.
        public let quality: QualityReport?
        /// Whether a box or a uniform background told where the animal is, and it may be one.
        public let isLocated: Bool
        /// Its features; `nil` where the photograph is unusable.
        public let template: Template?
        /// Why it is unusable, and advice.
        public let findings: [Finding]
    }

    /// The smallest number of features with which a photograph is compared; all 372 photographs of newts have three
    /// times as many.
    public static let fewestFeatures = 40

    /// Reads, locates, judges and extracts one photograph.
    ///
    /// - Throws: `IdentificationError`; a photograph that cannot be used is an answer, not an error.
    public func examine(_ photo: SubmittedPhoto) async throws -> Examination {
        try await withTaskExecutorPreference(compute) {
            let region: LocatedRegion?
            do {
                region = try locateRegion(in: photo.bytes, box: photo.box, limits: limits)
            } catch let error as ImagingError {
                return .unreadable(photo, error.finding)
            }
            guard let region else { return .unreadable(photo, Finding(.animalNotLocated)) }
            guard region.standsAlone else { return .unreadable(photo, Finding(.severalAnimals)) }
            let quality = assessQuality(region.image, mask: region.mask, originalLongSide: region.originalLongSide)
            let template = try extractor.extract(region)
            var findings = quality.problems.map(\.finding)
            let hasEnough = template.featureCount >= Self.fewestFeatures
            if !hasEnough {
                let counts = ["count": String(template.featureCount), "needed": String(Self.fewestFeatures)]
                findings.append(Finding(.tooFewFeatures, counts))
            }
            return Examination(
                photo: photo, quality: QualityReport(quality, of: photo, region: region, template: template),
                isLocated: region.mayShowAnimal(quality), template: quality.isUsable && hasEnough ? template : nil,
                findings: findings)
        }
    }

    /// Answers which animal the photographs show.
    ///
    /// - Parameters:
    ///   - photos: Photographs of one animal.
    ///   - region: The part they show; only references of the same part are compared.
    ///   - gallery: Everything known, never filtered by place.
    /// - Returns: The verdict and what each photograph gave.
    /// - Throws: `IdentificationError`, `CancellationError`.
    public func screen(
        _ photos: [SubmittedPhoto], region: BodyRegion, gallery: Gallery
    ) async throws -> (verdict: Verdict, examinations: [Examination]) {
        let start = ContinuousClock.now
        var examinations: [Examination] = []
        for photo in photos { examinations.append(try await examine(photo)) }
        let queries = examinations.compactMap { examination in
            examination.template.map {
                Query(photo: examination.photo.id, sha256: examination.photo.sha256, template: $0)
            }
        }
        let references = gallery.references(region: region, extractor: extractor.version)
        let individuals = Set(references.map(\.individual)).count
        let look = SecondLook(
            queries: queries, references: references,
            otherParts: gallery.regions.filter { $0 != region }.map {
                ($0, gallery.references(region: $0, extractor: extractor.version))
            }, decider: decider, lanes: compute.width)
        let (scored, judgement, reservations) = try await withTaskExecutorPreference(compute) {
            let found = try await search(queries, among: references, lanes: compute.width)
            let (scored, copies) = try await look.passingOverCopies(found)
            let judgement = decider.judge(scored.map(\.evidence.score), among: individuals)
            return (scored, judgement, try await look.reservations(on: judgement, of: scored, copies: copies))
        }
        let weighing = Weighing(
            examinations: examinations, references: references, scored: scored, judgement: judgement,
            reservations: reservations)
        let elapsed = start.duration(to: .now)
        return (
            Verdict(
                outcome: weighing.outcome, probability: weighing.probability, candidates: weighing.candidates,
                findings: weighing.findings, quality: examinations.compactMap(\.quality), extractor: extractor.version,
                decider: "\(Matcher.version) \(decider.version)", photosSearched: references.count,
                individualsSearched: individuals,
                milliseconds: elapsed / .milliseconds(1)), examinations
        )
    }
}

extension ScreeningEngine.Examination {
    fileprivate static func unreadable(_ photo: SubmittedPhoto, _ finding: Finding) -> Self {
        Self(photo: photo, quality: nil, isLocated: false, template: nil, findings: [finding])
    }
}

extension QualityReport {
    fileprivate init(
        _ quality: PhotoQuality, of photo: SubmittedPhoto, region: LocatedRegion, template: Template
    ) {
        self.init(
            photo: photo.id, region: region.source.rawValue, sharpness: quality.sharpness,
            meanLuminance: quality.meanLuminance, darkFraction: quality.darkFraction,
            brightFraction: quality.brightFraction, glareFraction: quality.glareFraction,
            animalPixels: quality.animalPixels, features: template.featureCount)
    }
}
