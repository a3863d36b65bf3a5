import Foundation
import Identification
import Registry

/// Looks where the search does not, before its scores are taken at their word.
///
/// Copies and animals entered twice are looked for among what the search found. Only where that names nobody, the
/// mirrored photographs are searched, and then the other parts of the body: at most every reference once more.
///
/// Of 183 newts of later sessions 179 were named as they are and 181 once mirrored twice; none of them nor of 5 new
/// animals resembled any with the wrong hand. Of 177 searches that named an animal outright none named another as
/// well; the two that did are of animals that seem to be one.
struct SecondLook: Sendable {
    let queries: [Query]
    /// What the search compared them with.
    let shelf: GalleryShelf
    /// References of the other parts of the body.
    let otherParts: [(region: BodyRegion, shelf: GalleryShelf)]
    let decider: Decider
    let lanes: Int

    /// The best pair of each animal that is not one picture, and the pictures that were passed over.
    func passingOverCopies(
        _ scored: [ScoredIndividual]
    ) async throws -> (scored: [ScoredIndividual], copies: [Reservations.EnrolledPicture]) {
        var kept: [ScoredIndividual] = []
        var copies: [Reservations.EnrolledPicture] = []
        for one in scored {
            var best: ScoredIndividual? = one
            var passed: [Identifier<Photo>: Set<Identifier<GalleryEntry>>] = [:]
            while let pair = best, try pair.isOnePicture {
                copies.append(.init(photo: pair.query.photo, name: pair.reference.name, isSameFile: false))
                passed[pair.query.photo, default: []].insert(pair.reference.id)
                best = try await bestPair(of: pair.reference.individual, without: passed)
            }
            if let best { kept.append(best) }
        }
        guard !copies.isEmpty else { return (scored, []) }
        // Falling score, then a fixed order, as the search has it.
        return (
            kept.sorted {
                ($1.evidence.score, $0.reference.id.description) < ($0.evidence.score, $1.reference.id.description)
            }, copies
        )
    }

    private func bestPair(
        of individual: Identifier<Individual>, without passed: [Identifier<Photo>: Set<Identifier<GalleryEntry>>]
    ) async throws -> ScoredIndividual? {
        var best: ScoredIndividual?
        for query in queries {
            let others = shelf.entries.filter {
                $0.individual == individual && passed[query.photo]?.contains($0.id) != true
            }
            guard let next = try await search([query], among: others, lanes: lanes).first else { continue }
            if best.map({ $0.evidence.score < next.evidence.score }) ?? true { best = next }
        }
        return best
    }

    /// What forbids taking a judgement at its word.
    ///
    /// - Parameters:
    ///   - judgement: What the scores say.
    ///   - scored: The scores, copies passed over.
    ///   - copies: The pictures that were passed over.
    /// - Returns: Nothing but empty values where nothing forbids it.
    /// - Throws: `IdentificationError`, `CancellationError`.
    func reservations(
        on judgement: Judgement, of scored: [ScoredIndividual], copies: [Reservations.EnrolledPicture]
    ) async throws -> Reservations {
        var found = Reservations(enrolled: sameFiles + copies)
        found.rivalry = try await rivalry(scored)
        if found.rivalry == nil {
            let first = judgement.call == .first ? mostProbable(scored, judgement) : nil
            found.rivalry = rivalry(between: found.enrolled, and: first)
        }
        guard judgement.call != .first, found.enrolled.isEmpty, found.rivalry == nil else { return found }
        found.mirrored = try await named(queries.map(\.mirrored), among: shelf)
        guard found.mirrored == nil else { return found }
        for part in otherParts {
            if let name = try await named(queries, among: part.shelf) {
                found.otherPart = (name, part.region)
                break
            }
        }
        return found
    }

    /// Submitted files that are enrolled, whatever part of an animal for.
    private var sameFiles: [Reservations.EnrolledPicture] {
        let photos = Dictionary(queries.map { ($0.sha256, $0.photo) }) { first, _ in first }
        return (shelf.entries + otherParts.flatMap(\.shelf.entries)).compactMap { entry in
            photos[entry.sha256].map { .init(photo: $0, name: entry.name, isSameFile: true) }
        }
    }

    private func mostProbable(_ scored: [ScoredIndividual], _ judgement: Judgement) -> ScoredIndividual? {
        zip(scored, judgement.probabilities).max { $0.1 < $1.1 }?.0
    }

    /// The animal that photographs would be said to show.
    private func named(_ queries: [Query], among shelf: GalleryShelf) async throws -> String? {
        let first = try await search(queries, among: shelf, lanes: lanes).first
        return first.flatMap { isNamed($0, among: shelf.entries) ? $0.reference.name : nil }
    }

    /// Whether an animal would be named were no other known that resembles.
    private func isNamed(_ scored: ScoredIndividual, among references: [GalleryEntry]) -> Bool {
        decider.judge([scored], queries: queries.count, among: references).call == .first
    }

    /// Animals that would each be named were the others not known.
    private func rivalry(_ scored: [ScoredIndividual]) async throws -> Reservations.Rivalry? {
        let rivals = Array(scored.prefix(Self.mostRivals).prefix { isNamed($0, among: shelf.entries) })
        guard rivals.count > 1 else { return nil }
        let individuals = Set(rivals.map(\.reference.individual))
        let theirs = shelf.entries.filter { individuals.contains($0.individual) }
        var together: Set<String> = []
        for query in queries {
            let named =
                queries.count == 1
                ? rivals
                : try await search([query], among: theirs, lanes: lanes).filter { isNamed($0, among: shelf.entries) }
            for (index, first) in named.enumerated() {
                for second in named.dropFirst(index + 1) where !first.liesApart(from: second) {
                    together.formUnion([first.reference.name, second.reference.name])
                }
            }
        }
        return together.isEmpty
            ? .severalAnimals(rivals.map(\.reference.name).sorted()) : .oneAnimal(together.sorted())
    }

    private static let mostRivals = 5

    /// Animals for which a photograph is enrolled, though it resembles another, or is enrolled for another as well.
    private func rivalry(
        between enrolled: [Reservations.EnrolledPicture], and first: ScoredIndividual?
    ) -> Reservations.Rivalry? {
        var names = Set(enrolled.map(\.name))
        var photos = Set(enrolled.map(\.photo))
        if let first {
            names.insert(first.reference.name)
            photos.insert(first.query.photo)
        }
        guard names.count > 1 else { return nil }
        return photos.count == 1 ? .oneAnimal(names.sorted()) : .severalAnimals(names.sorted())
    }
}

extension Query {
    fileprivate var mirrored: Query { Query(photo: photo, sha256: sha256, template: template.mirrored) }
}

extension ScoredIndividual {
    fileprivate var isOnePicture: Bool {
        get throws {
            try PictureAgreement(evidence, of: query.template, with: reference.template)?.isOnePicture ?? false
        }
    }

    /// Whether the spots that agree lie in another part of the photograph than those of another animal: at most a tenth
    /// of them have their nearest neighbour among the other's.
    fileprivate func liesApart(from other: ScoredIndividual) -> Bool {
        guard query.photo == other.query.photo else { return true }
        let (own, others) = (places, other.places)
        let mixed = Self.mixed(own, others) + Self.mixed(others, own)
        return mixed * 10 <= own.count + others.count
    }

    private var places: [SIMD2<Float>] {
        evidence.pairs.map { pair in
            let point = query.template.keypoints(pair.branch, channel: pair.channel)[pair.query]
            return SIMD2(point.x, point.y)
        }
    }

    private static func mixed(_ places: [SIMD2<Float>], _ others: [SIMD2<Float>]) -> Int {
        places.indices.count { index in
            func distance(_ other: SIMD2<Float>) -> Float { ((other - places[index]) * (other - places[index])).sum() }
            let near = places.indices.filter { $0 != index }.map { distance(places[$0]) }.min() ?? .infinity
            return (others.map(distance).min() ?? .infinity) <= near
        }
    }
}
