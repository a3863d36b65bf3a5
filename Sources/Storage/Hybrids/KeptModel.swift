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
    /// Under which name models of its kind are kept.
    static var kind: ModelKind { get }
    /// The form and the scheme of measures or landmarks that are read; others are kept and not asked.
    static var readable: (form: String, scheme: String) { get }
    /// Whether it was learned from drawn animals and not from real ones.
    var isDrawn: Bool { get }
    /// Why the registry could not ask it; `nil` where it can.
    var obstacle: ModelError? { get }

    /// Reads a record.
    ///
    /// - Throws: Why it is none.
    init(reading json: Data) throws

    /// The record as JSON.
    ///
    /// - Throws: `EncodingError`.
    func json() throws -> Data
}

/// The kinds of models.
public enum ModelKind: String, Sendable {
    /// What tells natives from others.
    case hybrids
    /// What suggests landmarks.
    case landmarks
}

extension HybridModelRecord: KeptRecord {
    /// Native or not.
    public static var kind: ModelKind { .hybrids }
    /// The form and the measures that are read.
    public static var readable: (form: String, scheme: String) { (HybridModel.form, HeadMeasurement.scheme) }
    /// Whether it was learned from drawn animals and not from real ones.
    public var isDrawn: Bool { model.data.isDrawn }
    /// That it weighs what the registry does not measure.
    public var obstacle: ModelError? {
        let isMeasured =
            model.data.measures == HeadMeasurement.scheme && model.names == HeadMeasure.allCases.map(\.rawValue)
        return isMeasured ? nil : .otherMeasures(found: model.data.measures)
    }
}

extension LandmarkModel: KeptRecord {
    /// Where landmarks lie.
    public static var kind: ModelKind { .landmarks }
    /// The form and the scheme of landmarks that are read.
    public static var readable: (form: String, scheme: String) { (form, HeadLandmark.scheme) }
    /// Whether it was learned from drawn animals and not from real ones.
    public var isDrawn: Bool { data.isDrawn }
    /// None: one of another scheme is not read at all.
    public var obstacle: ModelError? { nil }
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
