import Foundation
import Registry
import Testing

@testable import Web

@Suite
struct ProblemGoldenTests {
    /// Every problem in both languages, as it was agreed on; written anew where `ANDRIAS_WRITE_GOLDEN` is set.
    @Test func everyProblemDocumentReadsAsAgreed() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let lines = try ProblemText.allCases.flatMap { text in
            try Language.allCases.map { language in
                let document = ProblemDocument(Problem(text), instance: "/v1/example", language: language)
                return String(decoding: try encoder.encode(document), as: UTF8.self)
            }
        }
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../openapi/problems.jsonl")
        let found = lines.joined(separator: "\n") + "\n"
        if ProcessInfo.processInfo.environment["ANDRIAS_WRITE_GOLDEN"] != nil {
            try found.write(to: file, atomically: true, encoding: .utf8)
        }
        #expect(found == (try String(contentsOf: file, encoding: .utf8)))
    }
}
