import Foundation
import Hybrids
import Registry
import SampleAnimals
import Testing

@Suite("Record and card of a model")
struct CardTests {
    /// A model of drawn animals; the numbers are the machine's, the form is the golden file's.
    private func record(isDrawn: Bool = true) throws -> HybridModelRecord {
        let photographs = tested(SampleMeasures().photographs(animals: 0..<200, seed: 1))
        return HybridModelRecord(
            of: try HybridModel.learned(
                from: HybridTrainingData(names: characterNames, photographs: photographs, isDrawn: isDrawn),
                madeAt: someMoment))
    }

    @Test("The record's keys and the card's sentences are those of the golden files")
    func golden() throws {
        let record = try record()
        let json = try JSONSerialization.jsonObject(with: record.json())
        try expectGolden(form(of: json).joined(separator: "\n") + "\n", "model-form.txt")
        for language in Language.allCases {
            let card = try #require(record.card[language.rawValue])
            try expectGolden(
                card.replacing(/[0-9a-f]{64}/, with: "‹sha›").replacing(/\d+(\.\d+)?/, with: "‹n›"),
                "card.\(language.rawValue).md")
        }
    }

    /// Every key with the kind of its value; lists by their first element.
    private func form(of value: Any, _ path: String = "") -> [String] {
        switch value {
        case let object as [String: Any]:
            object.sorted { $0.key < $1.key }.flatMap {
                form(of: $0.value, path.isEmpty ? $0.key : "\(path).\($0.key)")
            }
        case let list as [Any]: list.first.map { form(of: $0, path + "[]") } ?? ["\(path)[]: empty"]
        case is String: ["\(path): text"]
        case is NSNull: ["\(path): null"]
        default: ["\(path): number"]
        }
    }

    private func expectGolden(_ text: String, _ name: String) throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appending(path: "../hybrids/\(name)").standardizedFileURL
        if ProcessInfo.processInfo.environment["ANDRIAS_WRITE_GOLDEN"] != nil {
            try Data(text.utf8).write(to: file)
        }
        #expect(text == (try String(contentsOf: file, encoding: .utf8)), "\(name)")
    }

    @Test("A record is read as it was written, and one of another form is refused")
    func reading() throws {
        let record = try record()
        let json = try record.json()
        #expect(try HybridModelRecord(reading: json) == record)
        let other = String(decoding: json, as: UTF8.self).replacing(HybridModel.form, with: "hybrid-model-99")
        #expect(throws: HybridModelRecord.OtherForm.self) {
            try HybridModelRecord(reading: Data(other.utf8))
        }
    }

    @Test("Drawn animals are said to be drawn in both languages, and real ones are not")
    func drawn() throws {
        let drawn = try record()
        #expect(drawn.figures.notice?.contains("Drawn, not real") == true)
        #expect(drawn.figures.notice?.contains("実在の個体ではありません") == true)
        #expect(drawn.card["en"]?.contains("Drawn, not real") == true)
        #expect(drawn.card["ja"]?.contains("実在の個体ではありません") == true)
        let real = try record(isDrawn: false)
        #expect(real.figures.notice == nil)
        #expect(real.card["en"]?.contains("Drawn") == false)
    }

    @Test("Every measure has a definition, a unit and a figure of repeatability")
    func measures() {
        #expect(Set(HeadMeasure.allCases.map(\.definition)).count == HeadMeasure.allCases.count)
        #expect(HeadMeasure.allCases.allSatisfy { !$0.unit.isEmpty && Repeatability.drawn[$0] != nil })
        #expect(HeadMeasure.allCases.allSatisfy { $0.needsLandmarks || Repeatability.newts[$0] != nil })
    }
}
