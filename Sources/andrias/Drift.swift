import ArgumentParser
import Evaluation
import Foundation
import Registry

/// `andrias drift`: how the score of an animal falls with the years between its photographs.
struct Drift: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tell how an animal's score falls with the years between photographs, for each population.",
        discussion: """
            Every photograph is compared with each earlier encounter of its own animal, where people have settled who it \
            is and both dates are known. A straight line is fitted in which every animal weighs the same.
            """)

    @OptionGroup var data: DataOptions
    @Option(help: "Body region: head, trunk, belly or tail.") var region: String = "head"
    @Option(help: "The population; all of them where it is left out.") var population: String?
    @Flag(help: "Print everything as JSON.") var json = false

    func run() async throws {
        let region = try parseRegion(region)
        let drifts = try await OpenRegistry.with(data) { registry in
            PopulationDrift.all(
                try await ReviewedPhotographs(registry, population: population, region: region).agedScores())
        }
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            print(String(decoding: try encoder.encode(drifts), as: UTF8.self))
        } else if drifts.isEmpty {
            print("No animal was photographed at two known dates.")
        } else {
            print(drifts.text)
        }
    }
}

extension [PopulationDrift] {
    /// A table of the lines, and why there is none.
    var text: String {
        var table = TextTable(header: [
            "population", "animals", "pairs", "years", "score at 0", "a year", "95 % interval",
        ])
        var refusals: [String] = []
        for one in self {
            let name = one.population ?? "no population"
            if let refusal = one.refusal { refusals.append("\(name): \(refusal)") }
            let number = { (value: Double, digits: Int) in String(format: "%.\(digits)f", value) }
            table.append(
                [name, String(one.animals), String(one.pairs)]
                    + (one.drift.map { drift in
                        [
                            "\(number(drift.shortest, 1))–\(number(drift.longest, 1))", number(drift.intercept, 1),
                            "\(number(drift.slopePerYear, 2)) ± \(number(drift.standardError, 2))",
                            "\(number(drift.interval[0], 2)) to \(number(drift.interval[1], 2))",
                        ]
                    } ?? ["–", "–", "–", "–"]))
        }
        return ([table.text] + refusals).joined(separator: "\n")
    }
}
