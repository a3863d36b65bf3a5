public import Foundation
public import Hybrids
import Postgres
public import Registry

/// A model as the registry keeps it: one version of a name.
public struct KeptModel<Record: KeptRecord>: Hashable, Sendable {
    /// Identifier.
    public let id: Identifier<KeptModel<Record>>
    /// Name, shared by the versions of one model.
    public let name: String
    /// Version of the name, from 1.
    public let version: Int
    /// The model with its figures.
    public let record: Record
    /// Who entered it, by name.
    public let enteredBy: String
    /// When.
    public let enteredAt: Date
    /// Since when it says nothing more; `nil` while it may be asked.
    public let retirement: ModelRetirement?

    /// Name and version, as whatever follows from it calls it; a model of drawn animals says so wherever it is named.
    public var label: String { "\(name) \(version)" + (record.isDrawn ? " (drawn, not real)" : "") }
}

/// That a model says nothing more.
public struct ModelRetirement: Hashable, Sendable {
    /// Who retired it, by name.
    public let by: String
    /// When.
    public let at: Date
    /// Why.
    public let note: String?
}

/// A model of natives and others.
public typealias KeptHybridModel = KeptModel<HybridModelRecord>
/// A model of where landmarks lie.
public typealias KeptLandmarkModel = KeptModel<LandmarkModel>

/// What was learned, and is kept version by version.
public protocol KeptRecord: Hashable, Sendable {
    /// Whether it was learned from drawn animals and not from real ones.
    var isDrawn: Bool { get }

    /// Reads a record.
    ///
    /// - Throws: Why it is none.
    init(reading json: Data) throws

    /// The record as JSON.
    ///
    /// - Throws: `EncodingError`.
    func json() throws -> Data
}

extension HybridModelRecord: KeptRecord {
    /// Whether it was learned from drawn animals and not from real ones.
    public var isDrawn: Bool { model.data.isDrawn }
}

extension LandmarkModel: KeptRecord {
    /// Whether it was learned from drawn animals and not from real ones.
    public var isDrawn: Bool { data.isDrawn }
}

/// Where one kind of model is kept.
struct ModelShelf<Record: KeptRecord>: Sendable {
    let kind: StorageError.RecordKind
    let insert, byID, list, retire: Statement
}

extension ModelShelf<HybridModelRecord> {
    static let hybrids = ModelShelf(
        kind: .hybridModel, insert: .hybridModelInsert, byID: .hybridModelByID, list: .hybridModels,
        retire: .hybridModelRetire)
}

extension ModelShelf<LandmarkModel> {
    static let landmarks = ModelShelf(
        kind: .landmarkModel, insert: .landmarkModelInsert, byID: .landmarkModelByID, list: .landmarkModels,
        retire: .landmarkModelRetire)
}

extension RegistryStore {
    func keep<Record>(
        _ record: Record, named name: String, keepsDrawn: Bool, by person: String, on shelf: ModelShelf<Record>
    ) async throws -> KeptModel<Record> {
        guard keepsDrawn || !record.isDrawn else { throw HybridModelError.drawn }
        let json = Array(try record.json())
        return try await transaction { session in
            _ = try await session.rows(.modelLock, [.text(name)])
            let id = Identifier<KeptModel<Record>>()
            _ = try await session.rows(shelf.insert, [.id(id), .text(name), .json(json), .text(person)])
            return try await session.model(id, on: shelf)
        }
    }

    func models<Record>(
        on shelf: ModelShelf<Record>, after: Identifier<KeptModel<Record>>?, limit: Int
    ) async throws -> Page<KeptModel<Record>> {
        let limit = Page<KeptModel<Record>>.bounded(limit)
        let rows = try await rows(shelf.list, [.after(after), .count(limit + 1)])
        return Page(try rows.map(KeptModel<Record>.init), limit: limit, id: \.id)
    }

    func retire<Record>(
        _ id: Identifier<KeptModel<Record>>, note: String?, by person: String, on shelf: ModelShelf<Record>
    ) async throws -> KeptModel<Record> {
        try await transaction { session in
            let isNew = try await !session.rows(shelf.retire, [.id(id), .text(person), .text(note)]).isEmpty
            let model = try await session.model(id, on: shelf)
            guard isNew else { throw HybridModelError.retiredBefore(model.label) }
            return model
        }
    }
}

extension Session {
    fileprivate func model<Record>(
        _ id: Identifier<KeptModel<Record>>, on shelf: ModelShelf<Record>
    ) async throws -> KeptModel<Record> {
        guard let row = try await rows(shelf.byID, [.id(id)]).first else {
            throw StorageError.notFound(shelf.kind, id.description)
        }
        return try KeptModel(row: row)
    }
}

extension KeptModel {
    init(row: Row) throws {
        let record: Record
        do { record = try Record(reading: Data(row.getJSON("record"))) } catch {
            throw StorageError.recordUnreadable(column: "record", reason: "\(error)")
        }
        let retired: Date? = try row.optional("retired_at")
        self.init(
            id: try row.identifier("id"), name: try row.get("name"), version: try row.get("version"), record: record,
            enteredBy: try row.get("entered_by"), enteredAt: try row.get("entered_at"),
            retirement: try retired.map {
                ModelRetirement(by: try row.get("retired_by"), at: $0, note: try row.optional("retirement_note"))
            })
    }
}
