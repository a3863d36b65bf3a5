import Registry
import Testing

@Suite struct TextsTests {
    @Test(arguments: Texts.Code.allCases)
    func bothLanguagesFillTheSamePlaceholders(code: Texts.Code) {
        let placeholders = { (text: String) in Set(text.matches(of: /\{\w+\}/).map { String($0.output) }) }
        let japanese = Texts.text(code, in: .ja)
        let english = Texts.text(code, in: .en)
        #expect(!japanese.isEmpty && !english.isEmpty)
        #expect(placeholders(japanese) == placeholders(english))
        #expect(japanese != english)
    }

    @Test(arguments: ExplanationText.allCases)
    func explanationsFillTheSamePlaceholdersInBothLanguages(text: ExplanationText) {
        let placeholders = { (text: String) in Set(text.matches(of: /\{\w+\}/).map { String($0.output) }) }
        #expect(placeholders(text.text(in: .ja)) == placeholders(text.text(in: .en)))
    }

    @Test func findingsAreWordedWithTheirValues() {
        let finding = Finding(.qualityGlare, ["percent": "31"])
        #expect(
            finding.text(in: .en)
                == "Reflection covers 31 % of the animal: shade it with an umbrella, or photograph it under water.")
        #expect(finding.text(in: .ja).contains("31 %"))
    }
}
