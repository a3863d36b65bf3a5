public import Hybrids
public import Registry

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
        return try await keep(record, named: name, keepsDrawn: keepsDrawn, by: person, on: .hybrids)
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
        try await models(on: .hybrids, after: after, limit: limit)
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
        try await retire(id, note: note, by: person, on: .hybrids)
    }
}
