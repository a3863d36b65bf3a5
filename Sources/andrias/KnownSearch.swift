import Evaluation
import Identification
import Registry

/// A photograph whose animal is known, ready to be compared.
struct KnownPhotograph: Sendable {
    /// Its name in reports.
    let name: String
    /// Who is on it; `nil` where nobody says.
    let individual: String?
    /// It, as a search for its animal takes it; `nil` where it cannot be compared.
    let query: Query?
    /// It, as a search finds it; `nil` where it cannot be compared or nobody says who is on it.
    let entry: GalleryEntry?
    /// What was measured of it; `nil` where nothing was.
    let quality: QualityReport?
    /// Why it cannot be compared, and advice.
    let reason: String
}

/// A search whose answer is known: the one way in which protocols and the registry's history are searched.
struct KnownSearch: Sendable {
    let probe: KnownPhotograph
    /// Who is on the probe.
    let individual: String
    /// Months since its animal's photographs.
    let months: Double?
    /// What it is searched among.
    let references: ArraySlice<KnownPhotograph>

    /// Searches in one lane; an animal without a resemblance scores 0.
    func result() async throws -> SearchResult {
        var scores = Dictionary(references.compactMap(\.individual).map { ($0, 0.0) }, uniquingKeysWith: { $1 })
        if probe.query != nil {
            for found in try await found(lanes: 1) { scores[found.reference.name] = found.evidence.score }
        } else {
            // A photograph that cannot be used finds nothing.
            scores = [:]
        }
        let own = references.count { $0.individual == individual }
        return SearchResult(
            probe: probe.name, individual: individual, isNew: own == 0, months: months,
            quality: probe.quality?.sharpness, referencePhotosOfAnimal: own, photosSearched: references.count,
            scores: scores)
    }

    /// The animals that the probe resembles, the best first.
    func found(lanes: Int) async throws -> [ScoredIndividual] {
        guard let query = probe.query else { return [] }
        return try await search([query], among: references.compactMap(\.entry), lanes: lanes)
    }
}
