import Evaluation

/// Searches of an invented population, the same at every run.
struct Population {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    /// A number in 0 ..< 1.
    mutating func unit() -> Double {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Double(state >> 33) * 0x1p-31
    }

    /// `photos` probes of each of `animals` animals; the first `new` animals are missing from the gallery.
    ///
    /// Genuine scores lie between 4 and 64, impostor scores between 0 and 12, both in halves, so that some tie.
    static func searches(animals: Int, photos: Int, new: Int = 0, seed: UInt64 = 1) -> [SearchResult] {
        var drawn = Population(seed: seed)
        let names = (0..<animals).map { "animal \($0)" }
        return (0..<animals).flatMap { animal in
            (0..<photos).map { photo in
                var scores: [String: Double] = [:]
                for other in new..<animals {
                    let high = other == animal ? 60.0 : 12
                    let low = other == animal ? 4.0 : 0
                    scores[names[other]] = low + (drawn.unit() * drawn.unit() * high * 2).rounded() / 2
                }
                return SearchResult(
                    probe: "\(animal)-\(photo).jpg", individual: names[animal], isNew: animal < new,
                    months: Double(photo * 8), quality: drawn.unit(),
                    referencePhotosOfAnimal: animal < new ? 0 : 1 + photo, photosSearched: animals - new,
                    scores: scores)
            }
        }
    }
}

/// One search, as short as a test needs it.
func search(
    _ probe: String, _ individual: String, isNew: Bool = false, _ scores: [String: Double]
) -> SearchResult {
    SearchResult(
        probe: probe, individual: individual, isNew: isNew, months: nil, quality: nil,
        referencePhotosOfAnimal: isNew ? 0 : 1, photosSearched: scores.count, scores: scores)
}
