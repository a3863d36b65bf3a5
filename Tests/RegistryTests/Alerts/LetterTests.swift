import Foundation
import Registry
import Testing

@Suite struct LetterTests {
    @Test("Every letter reads as agreed in both languages")
    func everyLetterReadsAsAgreed() throws {
        let letters = SampleEvents.all.flatMap { event in
            Language.allCases.map { language in
                let letter = event.letter(in: language, site: "https://registry.example")
                return "\(letter.subject)\n\n\(letter.text)"
            }
        }
        let found = letters.joined(separator: "\n————\n")
        #expect(try golden("letters.txt", found) == found)
    }

    @Test("A subject is one line, and a letter tells what to do, in either language", arguments: SampleEvents.all)
    func lettersTellWhatToDo(event: Event) {
        for language in Language.allCases {
            let letter = event.letter(in: language, site: nil)
            #expect(letter.subject.split(separator: /\R/).count == 1)
            #expect(letter.text.contains(event.type.advice(in: language)))
            #expect(!letter.text.contains("{") && !letter.text.contains("https://"))
            #expect(letter.text.hasSuffix("\n"))
        }
        #expect(event.type.title(in: .ja) != event.type.title(in: .en))
    }

    @Test("Without a place that may be told, a letter says so")
    func withoutAPlace() {
        let letter = SampleEvents.event(.animalRelocated, place: nil).letter(in: .en, site: nil)
        #expect(letter.text.contains("Roughly where: not told here"))
    }

    @Test(arguments: AlertText.allCases)
    func alertsFillTheSamePlaceholdersInBothLanguages(text: AlertText) {
        let placeholders = { (text: String) in Set(text.matches(of: /\{\w+\}/).map { String($0.output) }) }
        #expect(placeholders(text.text(in: .ja)) == placeholders(text.text(in: .en)))
    }
}
