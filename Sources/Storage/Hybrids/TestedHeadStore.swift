public import Hybrids
import Postgres
import Provenance
public import Registry

/// A photograph with landmarks of an animal that a classifier may learn from.
public struct TestedHead: Hashable, Sendable {
    /// The animal; what was merged into it counts as it.
    public let individual: Identifier<Individual>
    /// Whether it is *Andrias japonicus*, by its nuclear markers.
    public let isNative: Bool
    /// Where people met it; `nil` where only the photograph may say.
    public let position: Position?
    /// The landmarks that count.
    public let head: PlacedHead
}

extension RegistryStore {
    /// Photographs with landmarks of DNA-tested animals, by animal.
    ///
    /// Only photographs of which people say whose they are, by enrolment or by confirming a screening: what an answer
    /// alone names is nothing to learn from.
    public func testedHeads() async throws -> [TestedHead] {
        try await rows(.testedHeads).map { row in
            TestedHead(
                individual: try row.identifier("individual_id"), isNative: try row.get("is_native"),
                position: try row.position(), head: try PlacedHead(row: row))
        }
    }

    /// Measures a photograph to learn from.
    ///
    /// The animal goes by its identifier, which stays when it is renamed; its river is the code of the water system.
    ///
    /// - Throws: `HeadUnmeasured`, ``PhotoFileError``, `PostgresError`; ``StorageError/notFound(_:_:)``.
    public func measured(_ tested: TestedHead) async throws -> DNATestedPhotograph {
        let photo = try await photo(of: tested.head)
        let measured = try await measured(tested.head, on: photo)
        let position = tested.position ?? photo.position
        return DNATestedPhotograph(
            animal: tested.individual.description, river: try await waterSystem(at: position), camera: photo.camera,
            dna: tested.isNative ? .native : .notNative, values: measured.values,
            sharpness: measured.sharpness, headPixels: measured.headPixels)
    }

    /// Code of the likeliest water system; `nil` where the place is not known, or lies on no water.
    private func waterSystem(at position: Position?) async throws -> String? {
        guard let position, let location = try await waters.locate(position), location.offNetwork < 0.5 else {
            return nil
        }
        return location.candidates.first?.place.system
    }
}
