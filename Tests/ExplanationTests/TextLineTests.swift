import Testing

@testable import Explanation

@Suite struct TextLineTests {
    @Test func englishBreaksAtSpacesAndJapaneseNeverBeforeAFullStop() {
        let english = textLines("one two three", width: 4.5)
        #expect(english == ["one two", "three"])
        let japanese = textLines("線を結ぶ。次の行", width: 4)
        #expect(japanese == ["線を結", "ぶ。次の", "行"])
    }

    @Test func aWordLongerThanALineIsBrokenAndNothingIsLost() {
        let lines = textLines("x abcdefghijklmnop", width: 2.2)
        #expect(lines.allSatisfy { $0.count <= 4 })
        #expect(lines.joined() == "xabcdefghijklmnop")
    }
}
