import Registry
import Testing

@Suite("What DNA says")
struct DNAStandingTests {
    @Test("Mitochondrial DNA sets the maternal line and nothing else")
    func maternalLine() {
        #expect(DNAStanding([Question.result(.davidianus, .mitochondrial)]).kind == .maternalLine)
        #expect(Question.result(.japonicus, .mitochondrial).isNative == nil)
        let both = [Question.result(.davidianus, .mitochondrial), Question.result(.japonicus)]
        #expect(DNAStanding(both).kind == .native)
        #expect(DNAStanding.contradictions(both).isEmpty)
        #expect(!DNAResult.Markers.mitochondrial.classes.contains(.f1))
    }

    @Test("Undetermined stays undetermined, and a later class counts beside it")
    func undetermined() {
        #expect(DNAStanding([]).kind == .untested)
        #expect(DNAStanding([Question.result(.undetermined)]).kind == .undetermined)
        #expect(DNAStanding([Question.result(.undetermined), Question.result(.f1)]).kind == .notNative)
    }

    @Test("A hybrid of unstated generation agrees with any generation, and two generations contradict each other")
    func agreement() {
        #expect(DNAResult.Class.hybrid.agrees(with: .f2) && DNAResult.Class.f2.agrees(with: .hybrid))
        #expect(!DNAResult.Class.f1.agrees(with: .f2) && !DNAResult.Class.japonicus.agrees(with: .hybrid))
        let generations = [Question.result(.f1), Question.result(.backcrossJaponicus, laboratory: "B")]
        #expect(DNAStanding.contradictions(generations).count == 1)
        #expect(DNAStanding(generations).kind == .notNative)
        #expect(DNAStanding([Question.result(.f1), Question.result(.japonicus, laboratory: "B")]).kind == .disputed)
    }

    @Test("A result that was corrected does not count")
    func corrections() {
        let correction = Question.result(.japonicus)
        let wrong = Question.result(.f1, replacedBy: correction.id)
        #expect(DNAStanding([wrong, correction]).kind == .native)
        #expect(DNAStanding([wrong, correction]).records.map(\.result) == [correction.id])
    }

    @Test(
        "Sheets name classes and markers in their own way",
        arguments: [
            ("F1", DNAResult.Class.f1), ("ｆ１", .f1), ("交雑個体", .hybrid), ("backcross_japonicus", .backcrossJaponicus),
            ("Andrias davidianus", .davidianus), ("判定できず", .undetermined),
        ])
    func printedClasses(text: String, dnaClass: DNAResult.Class) {
        #expect(DNAResult.Class(printed: text) == dnaClass)
    }

    @Test func unknownWordsAreNoClassAndNoMarkers() {
        for text in ["", "-", "hybrid?!x", "F3", "native"] { #expect(DNAResult.Class(printed: text) == nil) }
        #expect(DNAResult.Markers(printed: "mtDNA") == .mitochondrial)
        #expect(DNAResult.Markers(printed: "マイクロサテライト") == .microsatellites)
        #expect(DNAResult.Markers(printed: "RAPD") == nil)
    }

    @Test func everyWordHasBothLanguages() {
        for text in HybridText.allCases {
            #expect(!text.text(in: .ja).isEmpty && !text.text(in: .en).isEmpty)
        }
    }
}
