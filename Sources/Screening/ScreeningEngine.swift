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
    public let mark: RegionMark?

    /// A photograph.
    public init(id: Identifier<Photo>, sha256: String, bytes: [UInt8], mark: RegionMark?) {
        self.id = id
        self.sha256 = sha256
        self.bytes = bytes
        self.mark = mark
    }
}

/// By what a screening is decided at the moment it is answered.
public struct ScreeningRules: Sendable {
    /// What scores are worth, and how sure the answer has to be.
    public let decider: Decider
    /// What a photograph's quality is worth.
    public let chance: MatchChance

    /// Rules; by default those of a registry in which nothing was learned and nobody set a policy.
    public init(decider: Decider = Decider(), chance: MatchChance = .standard) {
        self.decider = decider
        self.chance = chance
    }
}

/// Composes imaging, identification and decision into one verdict; writes nothing anywhere.
public struct ScreeningEngine: Sendable {
    /// Makes templates.
    public let extractor: Extractor
    /// How sizes are limited.
    public let limits: ImageLimits
    private let compute: Compute

    /// An engine of the given parts.
    public init(
        extractor: Extractor = .siftLightnessYellow, limits: ImageLimits = .standard, compute: Compute = Compute()
    ) {
        self.extractor = extractor
        self.limits = limits
        self.compute = compute
    }

    /// Versions of what scores pairs: extractor and matcher, a space between.
    public var scorer: String { "\(extractor.version) \(Matcher.version)" }

    /// How many pieces a search is cut into, each on a processor of its own.
    public var lanes: Int { compute.width }

    /// What one photograph gave: its quality, and its template where it can be compared.
    public struct Examination: Sendable {
        /// The photograph.
        public let photo: SubmittedPhoto
        /// What was measured; `nil` where it could not be read or shows nothing.
        public let quality: QualityReport?
        /// Whether a mark or a uniform background told where the animal is, and it may be one.
        public let isLocated: Bool
        /// Its features; `nil` where there is nothing to compare.
        public let template: Template?
        /// What its quality promises; `nil` where there is nothing to compare.
        public let chance: MatchChance.Estimate?
        /// Why it cannot be compared, and advice.
        public let findings: [Finding]

        /// Whether its quality promises enough to enroll it, or to learn anything from finding nobody.
        public var isPromising: Bool { chance.map { !$0.isHopeless } ?? false }
    }

    /// Reads, locates, judges and extracts one photograph.
    ///
    /// A poor photograph is extracted all the same: whether it matches, a search tells better than its quality.
    ///
    /// - Parameters:
    ///   - photo: The photograph.
    ///   - chance: What its quality is worth.
    /// - Returns: What it gave.
    /// - Throws: `IdentificationError`; a photograph that cannot be used is an answer, not an error.
    public func examine(_ photo: SubmittedPhoto, chance: MatchChance = .standard) async throws -> Examination {
        try await withTaskExecutorPreference(compute) {
            let region: LocatedRegion?
            do {
                region = try locateRegion(in: photo.bytes, mark: photo.mark, limits: limits)
            } catch let error as ImagingError {
                return .unreadable(photo, error.finding)
            }
            guard let region else { return .unreadable(photo, Finding(.animalNotLocated)) }
            guard region.standsAlone else { return .unreadable(photo, Finding(.severalAnimals)) }
            let quality = assessQuality(region.image, mask: region.mask, originalLongSide: region.originalLongSide)
            let template = try extractor.extract(region)
            let report = QualityReport(quality, of: photo, region: region, template: template)
            let estimate = chance.estimate(report)
            var findings = estimate.advice.map {
                $0.finding(report, typicalFeatures: chance.typicalFeatures)
            }
            if estimate.isHopeless { findings.insert(estimate.hopeless, at: 0) }
            // Without a single feature there is nothing to compare, whatever the quality.
            let isComparable = template.featureCount > 0
            return Examination(
                photo: photo, quality: report, isLocated: region.mayShowAnimal(quality),
                template: isComparable ? template : nil, chance: isComparable ? estimate : nil, findings: findings)
        }
    }

    /// Answers which animal the photographs show.
    ///
    /// - Parameters:
    ///   - photos: Photographs of one animal.
    ///   - region: The part they show; only references of the same part are compared.
    ///   - gallery: Everything known, never filtered by place.
    ///   - rules: By what it is decided.
    /// - Returns: The verdict and what each photograph gave.
    /// - Throws: `IdentificationError`, `CancellationError`.
    public func screen(
        _ photos: [SubmittedPhoto], region: BodyRegion, gallery: Gallery,
        rules: ScreeningRules = ScreeningRules()
    ) async throws -> (verdict: Verdict, examinations: [Examination]) {
        let start = ContinuousClock.now
        var examinations: [Examination] = []
        for photo in photos { examinations.append(try await examine(photo, chance: rules.chance)) }
        let queries = examinations.compactMap { examination in
            examination.template.map {
                Query(photo: examination.photo.id, sha256: examination.photo.sha256, template: $0)
            }
        }
        let shelf = gallery.shelf(region: region, extractor: extractor.version)
        let unsearched = gallery.animals(without: region, extractor: extractor.version)
        let look = SecondLook(
            queries: queries, shelf: shelf,
            otherParts: gallery.regions.filter { $0 != region }.map {
                ($0, gallery.shelf(region: $0, extractor: extractor.version))
            }, decider: rules.decider, lanes: lanes)
        let (scored, judgement, reservations) = try await withTaskExecutorPreference(compute) {
            let found = try await search(queries, among: shelf, lanes: lanes)
            let (scored, copies) = try await look.passingOverCopies(found)
            let judgement = rules.decider.judge(
                scored, queries: max(1, queries.count), among: shelf.entries, unsearched: unsearched)
            return (scored, judgement, try await look.reservations(on: judgement, of: scored, copies: copies))
        }
        let weighing = Weighing(
            examinations: examinations, references: shelf.entries, scored: scored, judgement: judgement,
            reservations: reservations, region: region, unsearched: unsearched,
            photographs: { gallery.photographs(of: $0, region: $1, extractor: extractor.version) })
        let elapsed = start.duration(to: .now)
        return (
            Verdict(
                outcome: weighing.outcome, probability: weighing.probability, candidates: weighing.candidates,
                findings: weighing.findings, quality: examinations.compactMap(\.quality), extractor: extractor.version,
                decider: "\(Matcher.version) \(judgement.version)", photosSearched: shelf.entries.count,
                individualsSearched: weighing.individuals,
                milliseconds: elapsed / .milliseconds(1)), examinations
        )
    }
}

extension ScreeningEngine.Examination {
    fileprivate static func unreadable(_ photo: SubmittedPhoto, _ finding: Finding) -> Self {
        Self(photo: photo, quality: nil, isLocated: false, template: nil, chance: nil, findings: [finding])
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
