import Foundation
import Hybrids
import Registry
import SampleAnimals
import Storage

/// What the registry holds to learn from: photographs with landmarks of DNA-tested animals.
struct RegistryTraining: Sendable {
    let data: HybridTrainingData
    /// One sentence for each photograph that could not be measured.
    let refused: [String]
    /// DNA-tested animals of which nothing could be measured: natives and others.
    let unmeasured: (natives: Int, others: Int)

    /// Measures all photographs with landmarks of animals that a laboratory has tested.
    ///
    /// - Throws: `CommandError` where some of them are drawn and others real; `HybridLearningRefusal`.
    init(_ store: RegistryStore) async throws {
        let heads = try await store.testedHeads()
        let measured = try await inParallel(heads, label: "measuring") { head in
            do {
                return Result<DNATestedPhotograph, CommandError>.success(try await store.measured(head))
            } catch let error as HeadUnmeasured {
                return .failure(CommandError("Photograph \(head.head.photo): \(error.description)"))
            }
        }
        let photographs = measured.compactMap { try? $0.get() }
        data = try HybridTrainingData(
            names: HeadMeasure.allCases.map(\.rawValue), photographs: photographs,
            isDrawn: areDrawn(photographs.map(\.camera)))
        refused = measured.compactMap { result in
            if case .failure(let refusal) = result { refusal.description } else { nil }
        }
        let seen = Set(photographs.map(\.animal))
        let missing = try await store.testedAnimals().filter { !seen.contains($0.individual.description) }
        unmeasured = (missing.count { $0.isNative }, missing.count { !$0.isNative })
    }
}

/// Whether photographs are drawn and not real; the EXIF of a drawn one says what it is.
///
/// - Throws: `CommandError` where some of them are drawn and others real.
func areDrawn(_ cameras: [String?]) throws -> Bool {
    let drawn = Set(cameras.map { $0?.hasPrefix(SamplePhoto.cameraMaker) == true })
    guard drawn.count < 2 else {
        throw CommandError(
            "The registry holds photographs of drawn and of real animals to learn from. Nothing is learned from both: keep "
                + "drawn ones in a registry of their own.")
    }
    return drawn.contains(true)
}
