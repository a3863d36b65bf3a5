import ArgumentParser
import Foundation
import Hybrids
import Registry
import Storage

extension HybridCommand {
    /// `andrias hybrid prior`: the odds of a water.
    struct Prior: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The odds of a water: counts of DNA-tested animals, and how they fade.",
            subcommands: [Load.self, List.self, At.self, Set.self], defaultSubcommand: List.self)

        struct Load: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "Enter counts of DNA-tested animals (CSV), whole or not at all.",
                discussion: """
                    Columns: reach, system, latitude, longitude, uncertainty_m, first_year, last_year, native, hybrid, \
                    exotic, undetermined, source. A reach has a water system or a position; years may be empty. A reach \
                    that is entered again with the same years replaces itself. Animals whose samples stand in the \
                    registry are counted anyway: leave them out.
                    """)

            @OptionGroup var data: DataOptions
            @Argument(help: "The table.") var file: String?
            @Flag(help: "Enter the published counts of Kyoto, Hiroshima and the Kiso River.") var examples = false
            @Option(help: "Who enters it.") var by: String = NSUserName()

            func validate() throws {
                guard (file == nil) == examples else { throw ValidationError("Give a table, or --examples.") }
            }

            func run() async throws {
                let counts =
                    if let file {
                        try TestedCountList(URL(fileURLWithPath: file)).counts
                    } else {
                        try TestedCountList(TestedExamples.csv, name: "the examples").counts
                    }
                try await OpenRegistry.with(data) { registry in
                    try await registry.store.addTestedCounts(counts, by: by)
                    print(try await registry.store.testedCounts().table)
                }
            }
        }

        struct List: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "List the counts, and the numbers by which they fade, each with its source.")

            @OptionGroup var data: DataOptions

            func run() async throws {
                try await OpenRegistry.with(data) { registry in
                    print(try await registry.store.testedCounts().table)
                    print("\n" + (try await registry.store.hybridParameterRows().table))
                }
            }
        }

        struct At: AsyncParsableCommand {
            static let configuration = CommandConfiguration(abstract: "Show the odds at a place.")

            @OptionGroup var data: DataOptions
            @Option(help: "Degrees north.") var latitude: Double
            @Option(help: "Degrees east.") var longitude: Double
            @Option(help: "Uncertainty in metres.") var uncertainty: Double?
            @Option(help: "The day, such as 2026-06-15; today where it is left out.") var on: String?

            func run() async throws {
                let position = try parsePlaceInJapan(latitude, longitude, uncertainty: uncertainty)
                let day = try on.map(parseDay) ?? Date()
                try await OpenRegistry.with(data) { registry in
                    let prior = try await registry.store.hybridPrior(at: position, on: day)
                    print(
                        String(
                            format: "%@: %.3f (%.3f–%.3f)", prior.basis.rawValue, prior.share.mean, prior.share.low,
                            prior.share.high))
                    var table = TextTable(header: ["reach", "years", "tested", "not native", "weight", "source"])
                    for each in prior.counts {
                        table.append([
                            each.label, each.years, String(each.tested), String(each.notNative),
                            String(format: "%.3f", each.weight), each.source,
                        ])
                    }
                    print(table.text)
                }
            }
        }

        struct Set: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "Set a number by which counts fade or evidence is weighed, from the next assessment on.")

            @OptionGroup var data: DataOptions
            @Argument(help: "Name of the parameter.") var name: String
            @Argument(help: "Its value.") var value: Double
            @Option(help: "Where the value comes from.") var source: String
            @Option(help: "Who decides.") var by: String = NSUserName()

            func run() async throws {
                guard let parameter = HybridParameters.Name(rawValue: name) else {
                    let known = HybridParameters.Name.allCases.map(\.rawValue).joined(separator: ", ")
                    throw CommandError("“\(name)” is not a parameter. Known: \(known).")
                }
                try await OpenRegistry.with(data) { registry in
                    let set = try await registry.store.setHybridParameter(parameter, to: value, source: source, by: by)
                    print([set].table)
                }
            }
        }
    }
}

extension [TestedCount] {
    fileprivate var table: String {
        var table = TextTable(
            header: ["reach", "years", "native", "hybrid", "exotic", "undetermined", "where", "source"])
        for count in self {
            let place = count.position.map { "\($0.latitude), \($0.longitude)" }
            table.append([
                count.label, count.yearsInWords, String(count.animals.native), String(count.animals.hybrid),
                String(count.animals.exotic), String(count.animals.undetermined),
                [count.system, place].compactMap { $0 }.joined(separator: " · "), count.source,
            ])
        }
        return table.text
    }
}

extension [HybridParameter] {
    fileprivate var table: String {
        var table = TextTable(header: ["name", "value", "unit", "source"])
        for each in self { table.append([each.name.rawValue, "\(each.value)", each.unit, each.source]) }
        return table.text
    }
}
