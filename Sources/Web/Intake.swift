import Imaging
import Registry
import Screening
import Storage

/// Takes photographs in: reads, describes and keeps them.
struct Intake: Sendable {
    let store: RegistryStore
    let compute: Compute

    /// - Throws: `ImagingError`, `StorageError`, `PhotoFileError`, `PostgresError`.
    func add(_ bytes: [UInt8], agency: Identifier<Agency>, idempotency: IdempotencyKey?) async throws -> Added<Photo> {
        let description = try await describe(bytes)
        return try await store.addPhoto(bytes, description: description, agency: agency, idempotency: idempotency)
    }

    private func describe(_ bytes: [UInt8]) async throws -> PhotoDescription {
        try await withTaskExecutorPreference(compute) { try describePhoto(bytes) }
    }

    /// A photograph as a page shows it: upright, at most 1280 pixels long, without anything the file says of itself.
    func picture(of photo: Photo) async throws -> [UInt8] {
        let bytes = try await store.bytes(of: photo)
        return try await withTaskExecutorPreference(compute) {
            try encodeJPEG(try decodePhoto(bytes, longestSide: 1280).image, quality: 82)
        }
    }
}
