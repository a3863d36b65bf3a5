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

/// Compares every query with every reference and keeps the best pair of each animal.
///
/// A reference that is the very file submitted is passed over: it is no evidence of a recapture.
///
/// - Parameters:
///   - queries: Photographs of one animal.
///   - references: What they are compared with.
///   - matcher: How they are compared.
///   - lanes: How many pieces the references are searched in at once.
/// - Returns: One entry an animal, the best first; ties in the order of identifiers.
/// - Throws: ``IdentificationError``, and `CancellationError` between pieces.
public func search(
    _ queries: [Query], among references: [GalleryEntry], with matcher: Matcher, lanes: Int
) async throws -> [ScoredIndividual] {
    let piece = max(1, min(64, (references.count + lanes - 1) / max(1, lanes)))
    var best: [Identifier<Individual>: ScoredIndividual] = [:]
    for query in queries {
        let compare = matcher.against(query.template)
        try await withThrowingTaskGroup(of: [ScoredIndividual].self) { group in
            for start in stride(from: 0, to: references.count, by: piece) {
                let slice = references[start..<min(start + piece, references.count)]
                group.addTask {
                    try Task.checkCancellation()
                    return try slice.filter { $0.sha256 != query.sha256 }.map {
                        ScoredIndividual(reference: $0, query: query, evidence: try compare($0.template))
                    }
                }
            }
            for try await scored in group {
                for one in scored { keep(one, in: &best) }
            }
        }
    }
    return best.values.sorted { precedes($0, $1) }
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
