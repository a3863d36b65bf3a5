import Foundation
import Postgres
public import Registry

extension RegistryStore {
    /// Keeps a photograph: its row becomes visible only once its file is safe, and no file is written for a request
    /// that the database refuses.
    ///
    /// - Parameters:
    ///   - bytes: The file as submitted.
    ///   - description: What reading it told.
    ///   - agency: Who submits it.
    ///   - idempotency: What makes a repeated request recognisable.
    /// - Returns: The photograph: new, the one of the same file that the agency submitted before, or the one that the
    ///   same request led to before.
    /// - Throws: ``PhotoFileError``; ``StorageError/notFound(_:_:)`` for an unknown agency;
    ///   ``StorageError/ruleBroken(rule:)`` for a capture time in the future;
    ///   ``StorageError/idempotencyKeyReused(_:)``.
    public func addPhoto(
        _ bytes: [UInt8], description: PhotoDescription, agency: Identifier<Agency>,
        idempotency: IdempotencyKey? = nil
    ) async throws -> Added<Photo> {
        let sha256 = try await offThePool { () throws(PhotoFileError) in try PhotoFiles.fingerprint(of: bytes) }
        return try await once(idempotency, .photo, id: \.id) { session, id in
            let added = try await session.addPhoto(
                id: id, sha256: sha256, byteCount: bytes.count, description: description, agency: agency)
            try await keep(bytes, as: sha256)
            return added
        } find: { session, id in
            try await session.rows(.photoByID, [.id(id)]).first.map(Photo.init)
        }
    }

    /// The photograph with an identifier.
    public func photo(_ id: Identifier<Photo>) async throws -> Photo? {
        try await rows(.photoByID, [.id(id)]).first.map(Photo.init)
    }

    /// The photographs of one file, each of another agency.
    ///
    /// - Throws: ``PhotoFileError`` for a file that cannot be one.
    public func photos(ofFile bytes: [UInt8]) async throws -> [Photo] {
        try await rows(.photosOfFile, [.text(PhotoFiles.fingerprint(of: bytes))]).map(Photo.init)
    }

    /// Photographs in the order they came.
    ///
    /// - Parameters:
    ///   - after: The last photograph of the page before.
    ///   - limit: How many, 1 … 1000.
    ///   - agency: Whose; `nil` for everybody's.
    /// - Returns: A page.
    /// - Throws: `PostgresError`, ``StorageError/recordUnreadable(column:reason:)``.
    public func photos(
        after: Identifier<Photo>? = nil, limit: Int = 50, agency: Identifier<Agency>? = nil
    ) async throws -> Page<Photo> {
        let limit = Page<Photo>.bounded(limit)
        let rows = try await rows(.photos, [.after(after), .count(limit + 1), .id(agency)])
        return Page(try rows.map(Photo.init), limit: limit, id: \.id)
    }

    /// The photographs of an encounter, oldest first.
    public func photos(of encounter: Identifier<Encounter>) async throws -> [Photo] {
        try await rows(.photosOfEncounter, [.id(encounter)]).map(Photo.init)
    }

    /// What people said a photograph shows.
    public func annotations(of photo: Identifier<Photo>) async throws -> [Annotation] {
        try await rows(.annotationsOfPhoto, [.id(photo)]).map(Annotation.init)
    }

    /// The file of a photograph, checked against its fingerprint.
    ///
    /// - Throws: ``PhotoFileError`` where it is missing or changed.
    public func bytes(of photo: Photo) async throws -> [UInt8] {
        let files = photoFiles
        return try await offThePool { () throws(PhotoFileError) in try files.read(photo.sha256) }
    }

    /// Keeps the file of a row that waits to be committed.
    func keep(_ bytes: [UInt8], as sha256: String) async throws {
        let files = photoFiles
        _ = try await offThePool { () throws(PhotoFileError) in try files.put(bytes, as: sha256) }
    }
}

extension Session {
    /// Enters a photograph, or finds the agency's photograph of the same file.
    func addPhoto(
        id: Identifier<Photo>, sha256: String, byteCount: Int, description: PhotoDescription,
        agency: Identifier<Agency>
    ) async throws -> Added<Photo> {
        let inserted = try await rows(
            .photoInsert,
            [
                .id(id), .id(agency), .text(sha256), .text(description.mediaType), .count(byteCount),
                .count(description.width), .count(description.height), .date(description.capturedAt),
            ] + PostgresValue.position(description.position) + [.text(description.camera)])
        if let row = inserted.first { return Added(try Photo(row: row), .created) }
        guard let row = try await rows(.photoByFile, [.id(agency), .text(sha256)]).first else {
            throw StorageError.notFound(.photo, sha256)
        }
        return Added(try Photo(row: row), .existing)
    }
}
