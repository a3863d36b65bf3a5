public import Foundation
import Registry

/// A model with its figures and its card, as it is kept and handed on: one JSON document.
public struct HybridModelRecord: Hashable, Sendable, Codable {
    /// What was learned.
    public let model: HybridModel
    /// How well it tells animals apart that it did not learn from.
    public let figures: HybridFigures
    /// What it is for, what it is not for and how good it is, in every language.
    public let card: [String: String]

    /// The record of a model.
    public init(of model: HybridModel) {
        self.model = model
        figures = HybridFigures(of: model)
        let figures = figures
        card = Dictionary(
            uniqueKeysWithValues: Language.allCases.map {
                ($0.rawValue, HybridModelCard(model: model, figures: figures).text(in: $0))
            })
    }

    /// Reads a record.
    ///
    /// - Throws: `DecodingError` where it is none, or ``OtherForm`` where it has another form.
    public init(reading json: Data) throws {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        self = try decoder.decode(Self.self, from: json)
        guard model.form == HybridModel.form else { throw OtherForm(form: model.form) }
    }

    /// The record as JSON, keys in snake case and in order.
    ///
    /// - Throws: `EncodingError`.
    public func json() throws -> Data { try hybridJSON(self) }

    /// A record of a form that this version does not read.
    public struct OtherForm: Error, Hashable, Sendable, CustomStringConvertible {
        /// Its form.
        public let form: String

        /// What to do.
        public var description: String {
            "The model has the form \(form), and \(HybridModel.form) is read. Train it again."
        }
    }
}

/// Anything of a model as JSON: keys in snake case and in order, dates in ISO 8601.
///
/// - Throws: `EncodingError`.
public func hybridJSON(_ value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.dateEncodingStrategy = .iso8601
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(value) + Data("\n".utf8)
}

/// What a model is for, what it is not for and how good it is, for people (after Mitchell and others 2019).
struct HybridModelCard {
    let model: HybridModel
    let figures: HybridFigures

    func text(in language: Language) -> String {
        func say(_ text: HybridModelText, _ values: [String: String] = [:]) -> String {
            text.text(in: language, values)
        }
        let source = model.data
        var lines = ["# " + say(.title), ""]
        if source.isDrawn { lines += ["**" + say(.drawnNotReal) + "**", ""] }
        lines += [say(.whatFor), "", say(.notFor), ""]
        lines.append(
            "- "
                + say(
                    .learnedFrom,
                    [
                        "natives": "\(source.natives)", "others": "\(source.others)",
                        "photographs": "\(source.photographs)", "fingerprint": source.fingerprint,
                    ]))
        let method =
            switch model.method {
            case .discriminant: say(.discriminant)
            case .logistic: say(.logistic, ["ridge": number(model.ridge, 1)])
            }
        lines.append("- " + say(.method, ["method": method, "count": "\(model.names.count)"]))
        lines.append("- " + say(.wrong, figures.calibration.wrong.values))
        for one in figures.sensitivity {
            let wanted = ["wanted": number(100 * one.wanted, 0)]
            lines.append(
                "- " + say(one.isShown ? .sensitivity : .notShown, one.found.values.merging(wanted) { $1 }))
        }
        lines.append(
            "- "
                + say(
                    .abstention,
                    figures.abstentions.values.merging(["rate": number(100 * figures.errorRate, 0)]) { $1 }))
        lines.append("- " + say(.calibration, figures.calibration.fit))
        if let others = figures.otherRivers {
            lines.append("- " + say(.otherRivers, others.fit.merging(others.wrong.values) { $1 }))
        } else {
            lines.append("- " + say(.noOtherRivers))
        }
        if model.scaling.floor > 0 {
            lines.append("- " + say(.floor, ["percent": number(100 * model.scaling.floor, 0)]))
        }
        let separator = language == .ja ? "、" : ", "
        func list(_ names: [String]) -> String { names.isEmpty ? "–" : names.joined(separator: separator) }
        lines.append(
            "- "
                + say(
                    .scope,
                    [
                        "rivers": list(model.scope.rivers), "cameras": list(model.scope.cameras),
                        "sharpness": number(model.scope.leastSharpness, 2),
                        "pixels": number(model.scope.leastHeadPixels, 0),
                    ]))
        lines.append("- " + say(.least, ["count": "\(HybridModel.leastAnimals)"]))
        return lines.joined(separator: "\n") + "\n"
    }
}

extension HybridFigures.Rate {
    fileprivate var values: [String: String] {
        ["count": "\(count)", "of": "\(of)", "low": number(100 * low, 1), "high": number(100 * high, 1)]
    }
}

extension HybridFigures.Calibration {
    fileprivate var fit: [String: String] { ["ece": number(ece, 3), "loss": number(logLoss, 3)] }
}

private func number(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }
