import ArgumentParser
import Foundation
import Registry
import Storage

extension AgencyCommand {
    /// `andrias agency policy`: how sure an agency wants an answer to be.
    struct Policy: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show or set how sure an agency wants an answer to be.",
            discussion: """
                Costs share any one unit. An animal is named from a probability of 1 − review / wrong on, and called \
                unknown from 1 − review / missed on. Named is only what reaches a score that no more than the given \
                rate of searches for unknown animals reaches. What is not given stays as it is; what is set counts \
                from the next screening on, in running services too.
                """)

        @OptionGroup var data: DataOptions
        @Argument(help: "Name of the agency.") var name: String
        @Option(help: "How many searches for unknown animals may name one: more than 0, at most 0.1.")
        var falsePositiveRate: Double?
        @Option(help: "Cost of naming a wrong animal.") var costWrong: Double?
        @Option(help: "Cost of calling a known animal unknown.") var costMissed: Double?
        @Option(help: "Cost of leaving the question to a person.") var costReview: Double?
        @Option(help: "Who decides.") var by: String = NSUserName()

        func run() async throws {
            try await OpenRegistry.with(data) { registry in
                guard let agency = try await registry.store.agency(named: name) else {
                    throw CommandError("No agency is named “\(name)”. Enter it with `andrias agency add`.")
                }
                let before = try await registry.store.policy(of: agency.id)
                let policy = try DecisionPolicy(
                    falsePositiveIdentificationRate: falsePositiveRate ?? before.falsePositiveIdentificationRate,
                    costWrongName: costWrong ?? before.costWrongName,
                    costMissedAnimal: costMissed ?? before.costMissedAnimal,
                    costReview: costReview ?? before.costReview)
                if policy != before { try await registry.store.setPolicy(policy, of: agency.id, by: by) }
                var table = TextTable(header: ["what", "value"])
                table.append(["false-positive identification rate", "\(policy.falsePositiveIdentificationRate)"])
                table.append(["cost of a wrong name", "\(policy.costWrongName)"])
                table.append(["cost of a missed animal", "\(policy.costMissedAnimal)"])
                table.append(["cost of a review", "\(policy.costReview)"])
                table.append(["named from a probability of", "\(policy.namingThreshold)"])
                table.append(["called unknown from", "\(policy.unknownThreshold)"])
                print(table.text)
            }
        }
    }
}
