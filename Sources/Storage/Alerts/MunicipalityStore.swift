import Foundation
import Postgres
public import Provenance
import Registry

/// A municipality as an area that agencies answer for.
public struct Municipality: Hashable, Sendable {
    /// Five digits: prefecture (JIS X 0401) and municipality (JIS X 0402).
    public let code: String
    /// Name, with its district or city where it has one.
    public let name: String
    /// Name of the prefecture.
    public let prefecture: String
    /// Where its boundary comes from.
    public let source: String
}

extension RegistryStore {
    /// Loads municipalities; they take the place of those that were loaded from the source before.
    ///
    /// One that the source has no more stays while an endpoint names it.
    ///
    /// - Throws: ``StorageError/ruleBroken(rule:)``, `PostgresError`.
    public func loadMunicipalities(_ municipalities: [MunicipalityBoundary], source: String) async throws {
        try await transaction { session in
            _ = try await session.rows(
                .municipalitiesReplace, [.text(source), .textArray(municipalities.map(\.code))])
            // Boundaries of the country are hundreds of megabytes: some at a time.
            for start in stride(from: 0, to: municipalities.count, by: 50) {
                let some = municipalities[start..<min(start + 50, municipalities.count)]
                _ = try await session.rows(
                    .municipalitiesInsert, [.text(source), try .json(encoding: some.map(MunicipalityRow.init))])
            }
        }
    }

    /// The municipalities that are loaded, by code.
    public func municipalities() async throws -> [Municipality] {
        try await rows(.municipalities).map { row in
            Municipality(
                code: try row.get("code"), name: try row.get("name"), prefecture: try row.get("prefecture"),
                source: try row.get("source"))
        }
    }
}

/// A municipality on its way into the database.
private struct MunicipalityRow: Encodable {
    let code: String
    let name: String
    let prefecture: String
    let boundary: String

    init(_ municipality: MunicipalityBoundary) {
        code = municipality.code
        name = municipality.name
        prefecture = municipality.prefecture
        boundary = municipality.geoJSON
    }
}
