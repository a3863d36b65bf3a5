public import Hybrids
public import Registry

extension RegistryStore {
    /// Keeps a model of landmarks as the next version of a name; it is in force at once.
    ///
    /// - Parameters:
    ///   - record: The model.
    ///   - name: Its name: lower-case letters, digits, `.`, `_` and `-`.
    ///   - keepsDrawn: Whether a model that was learned from drawn animals may be kept.
    ///   - person: Who enters it, by name.
    /// - Returns: The model as it is kept.
    /// - Throws: ``HybridModelError/drawn``; ``StorageError/ruleBroken(rule:)`` for a name that cannot be.
    @discardableResult
    public func addLandmarkModel(
        _ record: LandmarkModel, named name: String, keepsDrawn: Bool = false, by person: String
    ) async throws -> KeptLandmarkModel {
        try await keep(record, named: name, keepsDrawn: keepsDrawn, by: person, on: .landmarks)
    }

    /// Models of landmarks in the order they were entered, retired ones too.
    ///
    /// - Parameters:
    ///   - after: The last one of the page before.
    ///   - limit: How many, 1 … 1000.
    /// - Returns: A page.
    /// - Throws: `PostgresError`, ``StorageError/recordUnreadable(column:reason:)``.
    public func landmarkModels(
        after: Identifier<KeptLandmarkModel>? = nil, limit: Int = 50
    ) async throws -> Page<KeptLandmarkModel> {
        try await models(on: .landmarks, after: after, limit: limit)
    }

    /// The model with an identifier.
    public func landmarkModel(_ id: Identifier<KeptLandmarkModel>) async throws -> KeptLandmarkModel? {
        try await rows(.landmarkModelByID, [.id(id)]).first.map(KeptLandmarkModel.init)
    }

    /// The model that suggests: the latest that is not retired and has the scheme and the form that are read.
    ///
    /// One that was learned from drawn animals is asked only where there is no other.
    public func landmarkModelInForce() async throws -> KeptLandmarkModel? {
        try await rows(.landmarkModelInForce, [.text(HeadLandmark.scheme), .text(LandmarkModel.form)]).first
            .map(KeptLandmarkModel.init)
    }

    /// Retires a model: from this moment on it suggests nothing more; landmarks placed before stay as they are.
    ///
    /// - Throws: ``HybridModelError/retiredBefore(_:)``; ``StorageError/notFound(_:_:)``.
    @discardableResult
    public func retireLandmarkModel(
        _ id: Identifier<KeptLandmarkModel>, note: String? = nil, by person: String
    ) async throws -> KeptLandmarkModel {
        try await retire(id, note: note, by: person, on: .landmarks)
    }
}
