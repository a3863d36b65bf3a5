public import Foundation
public import Hybrids
import Postgres
public import Registry

/// A model as the registry keeps it: one version of a name.
public struct KeptHybridModel: Hashable, Sendable {
    /// Identifier.
    public let id: Identifier<KeptHybridModel>
    /// Name, shared by the versions of one model.
    public let name: String
    /// Version of the name, from 1.
    public let version: Int
    /// The model with its figures and card.
    public let record: HybridModelRecord
    /// Who entered it, by name.
    public let enteredBy: String
    /// When.
    public let enteredAt: Date
    /// Since when it says nothing more; `nil` while it may be asked.
    public let retirement: Retirement?

    /// That a model says nothing more.
    public struct Retirement: Hashable, Sendable {
        /// Who retired it, by name.
        public let by: String
        /// When.
        public let at: Date
        /// Why.
        public let note: String?
    }

    /// Name and version, as assessments call it; a model of drawn animals says so wherever it is named.
    public var label: String {
        "\(name) \(version)" + (record.model.data.isDrawn ? " (drawn, not real)" : "")
    }
}

/// Why a model was not kept or not retired.
public enum HybridModelError: Error, Hashable, Sendable, CustomStringConvertible {
    /// It was learned from drawn animals, and nobody said that it may be kept all the same.
    case drawn
    /// It weighs what the registry does not measure.
    case otherMeasures(found: String?)
    /// It was retired before.
    case retiredBefore(String)

    /// What happened, to what, and what to do.
    public var description: String {
        switch self {
        case .drawn:
            "The model was learned from drawn animals, not real ones. To keep it for a demonstration, say so with --drawn."
        case .otherMeasures(let found):
            "The model weighs \(found ?? "values measured elsewhere"), and the registry measures \(HeadMeasurement.scheme) "
                + "alone: train one from landmarks, without further values."
        case .retiredBefore(let name):
            "\(name) was retired before: enter it as another version to use it again."
        }
    }
}

extension RegistryStore {
    /// Keeps a model as the next version of a name; it is in force at once.
    ///
    /// - Parameters:
    ///   - record: The model.
    ///   - name: Its name: lower-case letters, digits, `.`, `_` and `-`.
    ///   - keepsDrawn: Whether a model that was learned from drawn animals may be kept.
    ///   - person: Who enters it, by name.
    /// - Returns: The model as it is kept.
    /// - Throws: ``HybridModelError``; ``StorageError/ruleBroken(rule:)`` for a name that cannot be.
    @discardableResult
    public func addHybridModel(
        _ record: HybridModelRecord, named name: String, keepsDrawn: Bool = false, by person: String
    ) async throws -> KeptHybridModel {
        guard record.model.data.measures == HeadMeasurement.scheme,
            record.model.names == HeadMeasure.allCases.map(\.rawValue)
        else { throw HybridModelError.otherMeasures(found: record.model.data.measures) }
        guard keepsDrawn || !record.model.data.isDrawn else { throw HybridModelError.drawn }
        let json = Array(try record.json())
        return try await transaction { session in
            _ = try await session.rows(.hybridModelLock, [.text(name)])
            let id = Identifier<KeptHybridModel>()
            _ = try await session.rows(.hybridModelInsert, [.id(id), .text(name), .json(json), .text(person)])
            return try await session.hybridModel(id)
        }
    }

    /// Models in the order they were entered, retired ones too.
    ///
    /// - Parameters:
    ///   - after: The last one of the page before.
    ///   - limit: How many, 1 … 1000.
    /// - Returns: A page.
    /// - Throws: `PostgresError`, ``StorageError/recordUnreadable(column:reason:)``.
    public func hybridModels(
        after: Identifier<KeptHybridModel>? = nil, limit: Int = 50
    ) async throws -> Page<KeptHybridModel> {
        let limit = Page<KeptHybridModel>.bounded(limit)
        let rows = try await rows(.hybridModels, [.after(after), .count(limit + 1)])
        return Page(try rows.map(KeptHybridModel.init), limit: limit, id: \.id)
    }

    /// The model with an identifier.
    public func hybridModel(_ id: Identifier<KeptHybridModel>) async throws -> KeptHybridModel? {
        try await rows(.hybridModelByID, [.id(id)]).first.map(KeptHybridModel.init)
    }

    /// The model that assessments ask: the latest that is not retired, weighs the present measures and has the form
    /// that is read.
    ///
    /// One that was learned from drawn animals is asked only where there is no other.
    public func hybridModelInForce() async throws -> KeptHybridModel? {
        try await rows(.hybridModelInForce, [.text(HeadMeasurement.scheme), .text(HybridModel.form)]).first
            .map(KeptHybridModel.init)
    }

    /// Retires a model: from this moment on it says nothing more; assessments made before stay as they are.
    ///
    /// - Throws: ``HybridModelError/retiredBefore(_:)``; ``StorageError/notFound(_:_:)``.
    @discardableResult
    public func retireHybridModel(
        _ id: Identifier<KeptHybridModel>, note: String? = nil, by person: String
    ) async throws -> KeptHybridModel {
        try await transaction { session in
            let isNew = try await !session.rows(.hybridModelRetire, [.id(id), .text(person), .text(note)]).isEmpty
            let model = try await session.hybridModel(id)
            guard isNew else { throw HybridModelError.retiredBefore(model.label) }
            return model
        }
    }
}

extension Session {
    fileprivate func hybridModel(_ id: Identifier<KeptHybridModel>) async throws -> KeptHybridModel {
        guard let row = try await rows(.hybridModelByID, [.id(id)]).first else {
            throw StorageError.notFound(.hybridModel, id.description)
        }
        return try KeptHybridModel(row: row)
    }
}

extension KeptHybridModel {
    fileprivate init(row: Row) throws {
        let record: HybridModelRecord
        do { record = try HybridModelRecord(reading: Data(row.getJSON("record"))) } catch {
            throw StorageError.recordUnreadable(column: "hybrid_models.record", reason: "\(error)")
        }
        let retired: Date? = try row.optional("retired_at")
        self.init(
            id: try row.identifier("id"), name: try row.get("name"), version: try row.get("version"), record: record,
            enteredBy: try row.get("entered_by"), enteredAt: try row.get("entered_at"),
            retirement: try retired.map {
                Retirement(by: try row.get("retired_by"), at: $0, note: try row.optional("retirement_note"))
            })
    }
}
