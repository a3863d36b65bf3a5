import Foundation
import Identification
import Registry
import Storage

/// Looks for animals that were entered twice.
struct DuplicateSearch {
    let registry: OpenRegistry
    let region: BodyRegion
    /// The least probability of a pair that is found.
    let threshold: Double

    /// Compares every reference photograph with those of all other animals.
    ///
    /// - Returns: The best pair of photographs of each two animals, the most probable first.
    func findings() async throws -> [DuplicateFinding] {
        let references = try await registry.gallery.current()
            .references(region: region, extractor: registry.extractor)
        let decider = Decider(calibrations: try await registry.calibrations(region: region))
        var progress = Progress("comparing", total: references.count)
        var best: [Set<Identifier<Individual>>: DuplicateFinding] = [:]
        for (index, photo) in references.enumerated() {
            let others = references.filter { $0.individual != photo.individual }
            for resemblance in try await registry.resemblances(of: photo, among: others, by: decider)
            where resemblance.probability >= threshold {
                let other = resemblance.scored.reference
                let finding = DuplicateFinding(
                    first: Identifier(photo.id.uuid), second: Identifier(other.id.uuid),
                    score: resemblance.scored.evidence.score, probability: resemblance.probability)
                let pair: Set = [photo.individual, other.individual]
                if best[pair].map({ Self.precedes(finding, $0) }) ?? true { best[pair] = finding }
            }
            progress.advance(to: index + 1)
        }
        return best.values.sorted(by: Self.precedes)
    }

    /// Falling probability and score, then a fixed order, so that equal registries give equal lists.
    private static func precedes(_ left: DuplicateFinding, _ right: DuplicateFinding) -> Bool {
        if left.probability != right.probability { return left.probability > right.probability }
        if left.score != right.score { return left.score > right.score }
        return left.first.description < right.first.description
    }
}
