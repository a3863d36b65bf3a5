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
/// Nothing was lost on galleries of up to 135 photographs, which all fit; larger ones are not measured.
public let fullComparisons = 200

/// Compares every query with every reference and keeps the best pair of each animal.
///
/// Every reference gets a quick look, and the ``fullComparisons`` that resemble most a full comparison. A reference
/// that is the very file submitted is passed over: it is no evidence of a recapture.
///
/// - Parameters:
///   - queries: Photographs of one animal.
///   - references: What they are compared with.
///   - lanes: How many pieces the references are searched in at once.
/// - Returns: One entry an animal compared in full, the best first; ties in the order of identifiers.
/// - Throws: ``IdentificationError``, and `CancellationError` between pieces.
public func search(
    _ queries: [Query], among references: [GalleryEntry], lanes: Int
) async throws -> [ScoredIndividual] {
    var best: [Identifier<Individual>: ScoredIndividual] = [:]
    for query in queries {
        let matcher = Matcher(query.template)
        let others = references.indices.filter { references[$0].sha256 != query.sha256 }
        let chosen = try await mostResembling(matcher, others, of: references, lanes: lanes)
        let scored = try await inPieces(chosen, lanes: lanes) { index in
            ScoredIndividual(
                reference: references[index], query: query,
                evidence: try matcher.evidence(against: references[index].template))
        }
        for one in scored { keep(one, in: &best) }
    }
    return best.values.sorted { precedes($0, $1) }
}

/// The references worth a full comparison.
private func mostResembling(
    _ matcher: Matcher, _ indices: [Int], of references: [GalleryEntry], lanes: Int
) async throws -> [Int] {
    guard indices.count > fullComparisons else { return indices }
    let looks = try await inPieces(indices, lanes: lanes) { index in
        (index: index, resemblance: matcher.resemblance(to: references[index].template))
    }
    // Equal resemblance in the gallery's fixed order, so that equal registries give equal answers.
    return looks.sorted { ($1.resemblance, $0.index) < ($0.resemblance, $1.index) }
        .prefix(fullComparisons).map(\.index)
}

private func inPieces<T: Sendable>(
    _ indices: [Int], lanes: Int, _ body: @escaping @Sendable (Int) throws -> T
) async throws -> [T] {
    let piece = max(1, min(256, (indices.count + lanes - 1) / max(1, lanes)))
    return try await withThrowingTaskGroup(of: [T].self) { group in
        for start in stride(from: 0, to: indices.count, by: piece) {
            let slice = indices[start..<min(start + piece, indices.count)]
            group.addTask {
                try Task.checkCancellation()
                return try slice.map(body)
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
    return left.reference.id.description < right.reference.id.description
}
