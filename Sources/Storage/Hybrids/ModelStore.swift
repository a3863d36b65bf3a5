import Foundation
import Hybrids
import Postgres
public import Registry

/// Why a model was not kept or not retired.
public enum ModelError: Error, Hashable, Sendable, CustomStringConvertible {
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
    /// - Throws: ``ModelError``; ``StorageError/ruleBroken(rule:)`` for a name that cannot be.
    @discardableResult
    public func addModel<Record>(
        _ record: Record, named name: String, keepsDrawn: Bool = false, by person: String
    ) async throws -> KeptModel<Record> {
        if let obstacle = record.obstacle { throw obstacle }
        guard keepsDrawn || !record.isDrawn else { throw ModelError.drawn }
        let json = Array(try record.json())
        let kind = PostgresValue.text(Record.kind.rawValue)
        return try await transaction { session in
            _ = try await session.rows(.modelLock, [kind, .text(name)])
            let id = Identifier<KeptModel<Record>>()
            _ = try await session.rows(.modelInsert, [.id(id), kind, .text(name), .json(json), .text(person)])
            return try await session.model(id)
        }
    }

    /// Models of a kind in the order they were entered, retired ones too.
    ///
    /// - Parameters:
    ///   - kind: The kind.
    ///   - after: The last one of the page before.
    ///   - limit: How many, 1 … 1000.
    /// - Returns: A page.
    /// - Throws: `PostgresError`, ``StorageError/recordUnreadable(column:reason:)``.
    public func models<Record>(
        _ kind: Record.Type = Record.self, after: Identifier<KeptModel<Record>>? = nil, limit: Int = 50
    ) async throws -> Page<KeptModel<Record>> {
        let limit = Page<KeptModel<Record>>.bounded(limit)
        let rows = try await rows(.models, [.text(Record.kind.rawValue), .after(after), .count(limit + 1)])
        return Page(try rows.map(KeptModel<Record>.init), limit: limit, id: \.id)
    }

    /// The model with an identifier; `nil` where its kind has none.
    public func model<Record>(_ id: Identifier<KeptModel<Record>>) async throws -> KeptModel<Record>? {
        try await rows(.modelByID, [.id(id), .text(Record.kind.rawValue)]).first.map(KeptModel<Record>.init)
    }

    /// The model of a kind that is asked: the latest that is not retired and has the form and the scheme that are read.
    ///
    /// One that was learned from drawn animals is asked only where there is no other.
    public func modelInForce<Record: KeptRecord>(_ kind: Record.Type) async throws -> KeptModel<Record>? {
        let (form, scheme) = Record.readable
        return try await rows(.modelInForce, [.text(Record.kind.rawValue), .text(form), .text(scheme)]).first
            .map(KeptModel<Record>.init)
    }

    /// Retires a model: from this moment on it says nothing more; what it said before stays.
    ///
    /// - Throws: ``ModelError/retiredBefore(_:)``; ``StorageError/notFound(_:_:)``.
    @discardableResult
    public func retireModel<Record>(
        _ id: Identifier<KeptModel<Record>>, note: String? = nil, by person: String
    ) async throws -> KeptModel<Record> {
        try await transaction { session in
            let retired = try await session.rows(
                .modelRetire, [.id(id), .text(Record.kind.rawValue), .text(person), .text(note)])
            let model = try await session.model(id)
            guard !retired.isEmpty else { throw ModelError.retiredBefore(model.label) }
            return model
        }
    }
}

extension Session {
    fileprivate func model<Record>(_ id: Identifier<KeptModel<Record>>) async throws -> KeptModel<Record> {
        guard let row = try await rows(.modelByID, [.id(id), .text(Record.kind.rawValue)]).first else {
            throw StorageError.notFound(.model, id.description)
        }
        return try KeptModel(row: row)
    }
}
