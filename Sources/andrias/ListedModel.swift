import Foundation
import Hybrids
import Registry
import Storage

/// A model in a file, of either kind.
enum ModelFile {
    case hybrids(HybridModelRecord)
    case landmarks(LandmarkModel)

    private struct Form: Decodable { let form: String }

    /// Reads a file.
    ///
    /// - Throws: `CommandError` where it is no model.
    init(_ path: String) throws {
        let json = try modelBytes(path)
        // A record of landmarks names its form first of all, one of natives and others within its model.
        let isOfLandmarks = (try? JSONDecoder().decode(Form.self, from: json)) != nil
        self = isOfLandmarks ? .landmarks(try readLandmarkModel(path)) : .hybrids(try readHybridModel(path))
    }
}

/// The bytes of a model's file; a larger one than any model is not read.
///
/// - Throws: `CommandError`.
func modelBytes(_ path: String) throws -> Data {
    let most = LandmarkModel.mostBytes
    guard let file = FileHandle(forReadingAtPath: path), let bytes = try file.read(upToCount: most + 1) else {
        throw CommandError("\(path) cannot be read. Check the path.")
    }
    guard bytes.count <= most else { throw CommandError("\(path) has more than \(most) bytes, and no model has.") }
    return bytes
}

/// A model that the registry keeps, of either kind.
enum ListedModel {
    case hybrids(KeptHybridModel)
    case landmarks(KeptLandmarkModel)

    /// The model as its file has it.
    var whole: Data {
        get throws {
            switch self {
            case .hybrids(let kept): try kept.record.json()
            case .landmarks(let kept): try kept.record.json()
            }
        }
    }

    /// Its figures as JSON.
    var figures: Data {
        get throws {
            switch self {
            case .hybrids(let kept): try hybridJSON(kept.record.figures)
            case .landmarks(let kept): try hybridJSON(kept.record.figures)
            }
        }
    }

    /// Its card and figures for a person at a terminal.
    var text: String {
        switch self {
        case .hybrids(let kept):
            (kept.record.card[Language.user.rawValue] ?? "") + "\n"
                + HybridFiguresText(figures: kept.record.figures).text
        case .landmarks(let kept): LandmarkFiguresText(model: kept.record).text
        }
    }

    fileprivate func cells(
        hybridInForce: Identifier<KeptHybridModel>?, landmarksInForce: Identifier<KeptLandmarkModel>?
    ) -> [String] {
        switch self {
        case .hybrids(let kept):
            let source = kept.record.model.data
            return kept.cells(
                tells: "native or not, \(kept.record.model.method.rawValue)",
                animals: "\(source.natives) natives, \(source.others) others", photographs: source.photographs,
                fingerprint: source.fingerprint, inForce: hybridInForce)
        case .landmarks(let kept):
            let source = kept.record.data
            return kept.cells(
                tells: "landmarks", animals: "\(source.animals)", photographs: source.photographs,
                fingerprint: source.fingerprint, inForce: landmarksInForce)
        }
    }
}

extension KeptModel {
    fileprivate func cells(
        tells: String, animals: String, photographs: Int, fingerprint: String, inForce: Identifier<KeptModel<Record>>?
    ) -> [String] {
        let state = retirement.map { "retired \($0.at.formatted(.iso8601))" } ?? (id == inForce ? "in force" : "–")
        return [
            label, tells, record.isDrawn ? "drawn, not real" : "real", animals, "\(photographs)",
            String(fingerprint.prefix(12)), state, enteredBy, id.description,
        ]
    }
}

extension OpenRegistry {
    /// The model with an identifier, of either kind.
    ///
    /// - Throws: `CommandError` where there is none.
    func keptModel(_ text: String) async throws -> ListedModel {
        let hybrids: KeptHybridModel? = try await store.model(parseIdentifier(text, of: "a model"))
        if let hybrids { return .hybrids(hybrids) }
        let landmarks: KeptLandmarkModel? = try await store.model(parseIdentifier(text, of: "a model"))
        if let landmarks { return .landmarks(landmarks) }
        throw CommandError("There is no model \(text). `andrias hybrid model list` lists them.")
    }

    /// Models side by side; what was learned from drawn animals says so.
    func table(_ models: [ListedModel]) async throws -> String {
        let hybridInForce = try await store.modelInForce(HybridModelRecord.self)?.id
        let landmarksInForce = try await store.modelInForce(LandmarkModel.self)?.id
        var table = TextTable(
            header: ["model", "tells", "of animals", "animals", "photographs", "data", "state", "by", "id"])
        for model in models {
            table.append(model.cells(hybridInForce: hybridInForce, landmarksInForce: landmarksInForce))
        }
        return table.text
    }
}
