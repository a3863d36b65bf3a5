/// One step of the database schema, with the way back.
public struct SchemaMigration: Sendable {
    /// Its place in the order, from 1.
    public let number: Int
    /// What it brings, in a word.
    public let name: String
    /// The script that takes the step.
    public let up: String
    /// The script that takes it back.
    public let down: String
}

/// The database schema and the statements that run on it, as they stand in this folder.
public enum Schema {
    /// All migrations in order.
    public static let migrations: [SchemaMigration] = [
        migration(1, "agencies", PackageResources._001_agencies_up_sql, PackageResources._001_agencies_down_sql),
        migration(2, "animals", PackageResources._002_animals_up_sql, PackageResources._002_animals_down_sql),
        migration(3, "gallery", PackageResources._003_gallery_up_sql, PackageResources._003_gallery_down_sql),
        migration(4, "screenings", PackageResources._004_screenings_up_sql, PackageResources._004_screenings_down_sql),
        migration(5, "identity", PackageResources._005_identity_up_sql, PackageResources._005_identity_down_sql),
        migration(6, "open_set", PackageResources._006_open_set_up_sql, PackageResources._006_open_set_down_sql),
        migration(
            7, "match_chances", PackageResources._007_match_chances_up_sql,
            PackageResources._007_match_chances_down_sql),
        migration(8, "tags", PackageResources._008_tags_up_sql, PackageResources._008_tags_down_sql),
        migration(9, "rivers", PackageResources._009_rivers_up_sql, PackageResources._009_rivers_down_sql),
        migration(10, "movements", PackageResources._010_movements_up_sql, PackageResources._010_movements_down_sql),
        migration(11, "marks", PackageResources._011_marks_up_sql, PackageResources._011_marks_down_sql),
        migration(
            12, "movement_verdicts", PackageResources._012_movement_verdicts_up_sql,
            PackageResources._012_movement_verdicts_down_sql),
        migration(13, "alerts", PackageResources._013_alerts_up_sql, PackageResources._013_alerts_down_sql),
        migration(14, "hybrids", PackageResources._014_hybrids_up_sql, PackageResources._014_hybrids_down_sql),
        migration(
            15, "urgent_first", PackageResources._015_urgent_first_up_sql, PackageResources._015_urgent_first_down_sql),
        migration(
            16, "heads", PackageResources._016_heads_up_sql, PackageResources._016_heads_down_sql),
        migration(
            17, "screening_animals", PackageResources._017_screening_animals_up_sql,
            PackageResources._017_screening_animals_down_sql),
    ]

    /// All named statements, in the order of the files.
    public static let queries: [(name: String, sql: String)] = [
        PackageResources.agencies_sql, PackageResources.agency_policies_sql, PackageResources.annotations_sql,
        PackageResources.api_keys_sql, PackageResources.calibrations_sql, PackageResources.candidates_sql,
        PackageResources.cases_sql, PackageResources.decisions_sql, PackageResources.deliveries_sql,
        PackageResources.dna_sql, PackageResources.duplicates_sql, PackageResources.encounters_sql,
        PackageResources.endpoints_sql, PackageResources.events_sql, PackageResources.head_landmarks_sql,
        PackageResources.hybrids_sql,
        PackageResources.idempotency_keys_sql, PackageResources.identity_changes_sql,
        PackageResources.individuals_sql, PackageResources.jobs_sql,
        PackageResources.match_chances_sql, PackageResources.models_sql,
        PackageResources.movements_sql, PackageResources.municipalities_sql, PackageResources.photos_sql,
        PackageResources.registry_sql, PackageResources.reviewed_history_sql, PackageResources.rivers_sql,
        PackageResources.screening_photos_sql, PackageResources.screenings_sql, PackageResources.tags_sql,
        PackageResources.templates_sql,
    ].flatMap { parse(text($0)) }

    /// A statement by its name.
    public static func query(named name: String) -> String? { queriesByName[name] }

    private static let queriesByName = Dictionary(queries.map { ($0.name, $0.sql) }) { first, _ in first }

    private static func migration(_ number: Int, _ name: String, _ up: [UInt8], _ down: [UInt8]) -> SchemaMigration {
        SchemaMigration(number: number, name: name, up: text(up), down: text(down))
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    /// Cuts a file into its statements: a line `-- name: x` opens each, other comment lines are left out.
    private static func parse(_ file: String) -> [(name: String, sql: String)] {
        var queries: [(name: String, sql: String)] = []
        for line in file.split(separator: "\n") {
            if line.hasPrefix("-- name: ") {
                queries.append((String(line.dropFirst("-- name: ".count)), ""))
            } else if !line.hasPrefix("--"), let last = queries.indices.last {
                queries[last].sql += (queries[last].sql.isEmpty ? "" : "\n") + line
            }
        }
        return queries
    }
}
