import Foundation
public import Postgres
import Registry
import SQL

/// The registry on Postgres, with its photograph files.
///
/// Every call is one transaction. Failures are ``StorageError``, ``IdentityError``, ``PhotoFileError`` or
/// `PostgresError`; a call that throws has changed nothing in the database, except that a commit whose answer was lost
/// may have happened.
public struct RegistryStore: Sendable {
    /// The connections.
    public let pool: PostgresPool
    /// The files.
    public let photoFiles: PhotoFiles

    /// A registry on a migrated database.
    public init(pool: PostgresPool, photoFiles: PhotoFiles) {
        self.pool = pool
        self.photoFiles = photoFiles
    }

    /// The schema's migrations in order, as the migrator takes them.
    public static var migrations: [Migration] {
        Schema.migrations.map { Migration(number: $0.number, name: $0.name, up: $0.up, down: $0.down) }
    }

    /// Asks the database for a sign of life.
    ///
    /// - Throws: `PostgresError` where it gives none.
    public func ping() async throws {
        _ = try await rows(.ping)
    }

    /// How much the registry holds and how much waits.
    ///
    /// Counts rows: 90 ms at 300,000 photographs and screenings. ``ping()`` is the cheap question.
    public func counts() async throws -> RegistryCounts {
        try await row(.registryCounts) { row in
            RegistryCounts(
                agencies: try row.get("agencies"), individuals: try row.get("individuals"),
                encounters: try row.get("encounters"), photos: try row.get("photos"),
                templates: try row.get("templates"), screenings: try row.get("screenings"),
                interactiveWaiting: try row.get("interactive_waiting"), batchWaiting: try row.get("batch_waiting"),
                processing: try row.get("processing"))
        }
    }
}

/// How much the registry holds and how much waits, for readiness and overviews.
public struct RegistryCounts: Hashable, Sendable, Codable {
    /// Agencies.
    public let agencies: Int
    /// Known animals.
    public let individuals: Int
    /// Encounters.
    public let encounters: Int
    /// Photographs.
    public let photos: Int
    /// Templates of enrolled photographs.
    public let templates: Int
    /// Screenings, answered or not.
    public let screenings: Int
    /// Screenings of the interactive lane that no worker holds.
    public let interactiveWaiting: Int
    /// Screenings of the batch lane that no worker holds.
    public let batchWaiting: Int
    /// Screenings that a worker holds.
    public let processing: Int
}
