import Evaluation
import Foundation
import Identification
import Registry
import Screening
import Storage

/// Photographs whose animals people have settled, in the order in which the animals were met: the one way in which the
/// registry's history is replayed.
///
/// Encounters without a date come first, in the order they were entered.
struct ReviewedPhotographs: Sendable {
    /// A photograph with its place in the history.
    struct Photograph: Sendable {
        let known: KnownPhotograph
        let photo: Identifier<Photo>
        let sha256: String
        let mark: RegionMark?
        let encounter: Identifier<Encounter>
        let date: Date?
        let individual: String
        let population: String?
    }

    /// What a photograph is searched among; never its own encounter, whose photographs resemble each other for more
    /// than the animal's sake.
    enum Gallery {
        /// All photographs of earlier encounters.
        case rolling
        /// Photographs of the first encounter with each animal met earlier.
        case single
    }

    let photographs: [Photograph]
    /// Where the photographs of each photograph's encounter begin.
    private let beginnings: [Int]
    /// Where the photographs of each animal stand.
    private let places: [String: [Int]]

    private init(_ photographs: [Photograph]) {
        self.photographs = photographs
        var beginnings: [Int] = []
        for index in photographs.indices {
            let continues = index > 0 && photographs[index].encounter == photographs[index - 1].encounter
            beginnings.append(continues ? beginnings[index - 1] : index)
        }
        self.beginnings = beginnings
        places = Dictionary(grouping: photographs.indices, by: { photographs[$0].individual })
    }

    /// Reads the history of a body region.
    ///
    /// - Parameters:
    ///   - registry: The registry.
    ///   - population: The population; `nil` for the whole registry.
    ///   - region: The part of the animal.
    /// - Throws: `PostgresError`, `StorageError`, and `Template.FormatError` for a damaged template.
    init(_ registry: OpenRegistry, population: String?, region: BodyRegion) async throws {
        let history = try await registry.store.reviewedHistory(region: region, extractor: registry.extractor)
            .filter { population == nil || $0.population == population }
            .sorted { Self.precedes($0, $1) }
        self.init(try history.map { try Photograph($0, region: region) })
    }

    private static func precedes(_ left: HistoryEntry, _ right: HistoryEntry) -> Bool {
        let (before, after) = (left.eventDate ?? .distantPast, right.eventDate ?? .distantPast)
        if before != after { return before < after }
        if left.encounter != right.encounter { return left.encounter.description < right.encounter.description }
        return left.template.description < right.template.description
    }

    /// The same with the quality of every photograph, from its file.
    func assessed(_ registry: OpenRegistry) async throws -> (reviewed: ReviewedPhotographs, step: SearchCosts.Step) {
        let (assessed, step) = try await measured("assessing", photographs) { photograph in
            let file = SubmittedPhoto(
                id: photograph.photo, sha256: photograph.sha256,
                bytes: try registry.store.photoFiles.read(photograph.sha256), mark: photograph.mark)
            return photograph.with(quality: try await registry.engine.examine(file).quality)
        }
        return (ReviewedPhotographs(assessed), step)
    }

    /// One search a photograph, in order; an animal met for the first time is searched among the others.
    ///
    /// The very first encounter has nothing to be searched among.
    func searches(_ gallery: Gallery) -> [KnownSearch] {
        let chosen = photographs.indices.filter { gallery == .rolling || isFirstEncounter($0) }
        let references = chosen.map { photographs[$0].known }
        var reached = 0
        return photographs.indices.compactMap { index in
            while reached < chosen.count, chosen[reached] < beginnings[index] { reached += 1 }
            guard reached > 0 else { return nil }
            return KnownSearch(
                probe: photographs[index].known, individual: photographs[index].individual,
                // A year of 365 days is twelve months, not a little less.
                months: years(index, gallery).map { ($0 * 120).rounded() / 10 }, references: references[..<reached])
        }
    }

    /// Scores of each photograph with each earlier encounter of its animal, where the dates of both are known.
    func agedScores() async throws -> [AgedScore] {
        var pairs: [(search: KnownSearch, years: Double, population: String?)] = []
        for index in photographs.indices {
            let probe = photographs[index]
            let earlier = Dictionary(grouping: earlier(index), by: { beginnings[$0] }).sorted { $0.key < $1.key }
            for (start, references) in earlier {
                guard let years = years(from: start, to: index) else { continue }
                let search = KnownSearch(
                    probe: probe.known, individual: probe.individual, months: years * 12,
                    references: references.map { photographs[$0].known }[...])
                pairs.append((search, years, probe.population))
            }
        }
        return try await inParallel(pairs, label: "comparing encounters") { pair in
            // Nothing is found where both encounters hold one and the same file.
            try await pair.search.found(lanes: 1).first.map {
                AgedScore(
                    animal: pair.search.individual, population: pair.population, years: pair.years,
                    score: $0.evidence.score)
            }
        }.compactMap(\.self)
    }

    /// Where the photographs of the same animal's earlier encounters stand.
    private func earlier(_ index: Int) -> [Int] {
        (places[photographs[index].individual] ?? []).filter { $0 < beginnings[index] }
    }

    private func isFirstEncounter(_ index: Int) -> Bool {
        places[photographs[index].individual]?.first.map { beginnings[$0] } == beginnings[index]
    }

    /// Years since the animal's last encounter, or its first where that alone is searched.
    private func years(_ index: Int, _ gallery: Gallery) -> Double? {
        let earlier = earlier(index)
        return (gallery == .rolling ? earlier.last : earlier.first).flatMap { years(from: $0, to: index) }
    }

    private func years(from earlier: Int, to later: Int) -> Double? {
        guard let start = photographs[earlier].date, let end = photographs[later].date else { return nil }
        return end.timeIntervalSince(start) / (365.2425 * 86_400)
    }
}

extension EvaluationPlan {
    /// Replays the history.
    init(
        _ reviewed: ReviewedPhotographs, gallery: ReviewedPhotographs.Gallery, registry: OpenRegistry,
        steps: [SearchCosts.Step]
    ) {
        let files = Dictionary(uniqueKeysWithValues: reviewed.photographs.map { ($0.known.name, $0) })
        self.init(
            photographs: reviewed.photographs.map(\.known), searches: reviewed.searches(gallery),
            read: { photograph in
                guard let file = files[photograph.name] else {
                    throw CommandError("\(photograph.name) is not in the history.")
                }
                return (bytes: try registry.store.photoFiles.read(file.sha256), mark: file.mark)
            }, steps: steps)
    }
}

extension ReviewedPhotographs.Photograph {
    fileprivate func with(quality: QualityReport?) -> Self {
        Self(
            known: KnownPhotograph(
                name: known.name, individual: known.individual, query: known.query, entry: known.entry,
                quality: quality, reason: known.reason),
            photo: photo, sha256: sha256, mark: mark, encounter: encounter, date: date, individual: individual,
            population: population)
    }

    fileprivate init(_ entry: HistoryEntry, region: BodyRegion) throws {
        let template = try Template(decoding: entry.bytes)
        self.init(
            known: KnownPhotograph(
                name: entry.photo.description, individual: entry.name,
                query: Query(photo: entry.photo, sha256: entry.sha256, template: template),
                entry: GalleryEntry(
                    id: Identifier(entry.template.uuid), photo: entry.photo, sha256: entry.sha256,
                    individual: entry.individual, name: entry.name, region: region, template: template),
                quality: nil, reason: ""),
            photo: entry.photo, sha256: entry.sha256, mark: entry.mark, encounter: entry.encounter,
            date: entry.eventDate, individual: entry.name, population: entry.population)
    }
}
