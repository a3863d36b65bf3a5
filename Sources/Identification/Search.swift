public import Registry

/// One submitted photograph with its template.
public struct Query: Sendable {
    /// The photograph.
    public let photo: Identifier<Photo>
    /// Hexadecimal SHA-256 of its file.
    public let sha256: String
    /// Its features.
    public let template: Template

    /// A query.
    public init(photo: Identifier<Photo>, sha256: String, template: Template) {
        self.photo = photo
        self.sha256 = sha256
        self.template = template
    }
}

/// A known animal with the pair of photographs that resemble each other most.
public struct ScoredIndividual: Sendable {
    /// The reference of the best pair.
    public let reference: GalleryEntry
    /// The submitted photograph of the best pair.
    public let query: Query
    /// What they have in common.
    public let evidence: PairEvidence
}

/// How many references are compared in full; the others had the least resemblance at a quick look.
///
/// A quick look takes a fifth of a comparison's time. Of pairs of newts that only a degraded photograph showed, strongly
/// blurred or with spots grown or shrunk by 5 of 512 pixels, up to a quarter were not among the best 4 % of quick looks
/// but all but a tenth among the best 20 %; of undegraded pairs all were among the best 4 %.
public let fullComparisons = 1_000

/// Compares every query with every reference and keeps the best pair of each animal.
///
/// Every reference gets a quick look, and the ``fullComparisons`` that resemble most a full comparison; on a shelf beyond
/// its limit, those get a quick look that an index finds. A reference that is the very file submitted is passed over: it
/// is no evidence of a recapture.
///
/// - Parameters:
///   - queries: Photographs of one animal.
///   - shelf: What they are compared with.
///   - lanes: How many pieces the references are searched in at once.
/// - Returns: One entry an animal compared in full, the best first; ties in the order of identifiers.
/// - Throws: `CancellationError` between pieces.
public func search(
    _ queries: [Query], among shelf: GalleryShelf, lanes: Int
) async throws -> [ScoredIndividual] {
    let references = shelf.entries
    var best: [Identifier<Individual>: ScoredIndividual] = [:]
    for query in queries {
        let matcher = Matcher(query.template)
        let others = shelf.worthALook(for: query.template).filter { references[$0].sha256 != query.sha256 }
        let chosen = try await mostResembling(matcher, others, of: references, lanes: lanes)
        let scored = try await inPieces(chosen, lanes: lanes) { piece in
            piece.map {
                ScoredIndividual(
                    reference: references[$0], query: query,
                    evidence: matcher.evidence(against: references[$0].template))
            }
        }
        for one in scored { keep(one, in: &best) }
    }
    return best.values.sorted { precedes($0, $1) }
}

/// As ``search(_:among:lanes:)-(_,GalleryShelf,_)``, every reference getting a look.
public func search(
    _ queries: [Query], among references: [GalleryEntry], lanes: Int
) async throws -> [ScoredIndividual] {
    try await search(queries, among: GalleryShelf(references, exactLimit: .max), lanes: lanes)
}

/// The references worth a full comparison.
private func mostResembling(
    _ matcher: Matcher, _ places: [Int], of references: [GalleryEntry], lanes: Int
) async throws -> [Int] {
    guard places.count > fullComparisons else { return places }
    let looks = try await inPieces(places, lanes: lanes) { piece in
        Array(
            best(
                piece.map {
                    Look(
                        place: $0, reference: references[$0].id,
                        resemblance: matcher.resemblance(to: references[$0].template))
                }))
    }
    return best(looks).map(\.place)
}

private struct Look {
    let place: Int
    let reference: Identifier<GalleryEntry>
    let resemblance: Double
}

/// The looks that are followed by a full comparison; equal ones in the order of identifiers, so that equal registries
/// give equal answers.
private func best(_ looks: [Look]) -> ArraySlice<Look> {
    looks.sorted {
        $0.resemblance != $1.resemblance
            ? $0.resemblance > $1.resemblance : $0.reference.uuid < $1.reference.uuid
    }.prefix(fullComparisons)
}

/// Works on pieces of a list at once; a piece is small enough that a cancelled search ends within a tenth of a second.
private func inPieces<T: Sendable>(
    _ places: [Int], lanes: Int, _ body: @escaping @Sendable (ArraySlice<Int>) -> [T]
) async throws -> [T] {
    let piece = max(1, min(4_096, (places.count + lanes - 1) / max(1, lanes)))
    return try await withThrowingTaskGroup(of: [T].self) { group in
        for start in stride(from: 0, to: places.count, by: piece) {
            let slice = places[start..<min(start + piece, places.count)]
            group.addTask {
                try Task.checkCancellation()
                return body(slice)
            }
        }
        return try await group.reduce(into: []) { $0 += $1 }
    }
}

private func keep(_ scored: ScoredIndividual, in best: inout [Identifier<Individual>: ScoredIndividual]) {
    if let known = best[scored.reference.individual], !precedes(scored, known) { return }
    best[scored.reference.individual] = scored
}

/// Falling score, then a fixed order, so that equal registries give equal answers.
private func precedes(_ left: ScoredIndividual, _ right: ScoredIndividual) -> Bool {
    if left.evidence.score != right.evidence.score { return left.evidence.score > right.evidence.score }
    return left.reference.id.uuid < right.reference.id.uuid
}
