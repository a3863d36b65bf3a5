import ArgumentParser
import Foundation
import Registry
import Storage

extension AgencyCommand {
    /// `andrias agency movement`: how far animals are taken to move by themselves.
    struct Movement: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show or set how far animals are taken to move by themselves.",
            discussion: """
                Without --set it lists the parameters that count, each with its source. What is set counts from the next \
                screening on, for the agency named, or without one for all that have set nothing of their own.
                """)

        @OptionGroup var data: DataOptions
        @Argument(help: "Name of the agency; what counts for all where it is left out.") var name: String?
        @Option(help: "Name of the parameter to set.") var set: String?
        @Option(help: "Its value.") var value: Double?
        @Option(help: "Where the value comes from.") var source: String?
        @Option(help: "Who decides.") var by: String = NSUserName()

        func validate() throws {
            guard [set != nil, value != nil, source != nil].allSatisfy({ $0 == (set != nil) }) else {
                throw ValidationError("--set, --value and --source belong together.")
            }
        }

        func run() async throws {
            try await OpenRegistry.with(data) { registry in
                var agency: Agency?
                if let name { agency = try await registry.knownAgency(named: name) }
                if let set, let value, let source {
                    guard let parameter = MovementParameters.Name(rawValue: set) else {
                        let known = MovementParameters.Name.allCases.map(\.rawValue).joined(separator: ", ")
                        throw CommandError("“\(set)” is not a movement parameter. Known: \(known).")
                    }
                    guard parameter.range.contains(value) else {
                        throw CommandError(
                            "\(set) is \(parameter.range.lowerBound) to \(parameter.range.upperBound), not \(value).")
                    }
                    try await registry.store.setMovementParameter(
                        parameter, to: value, source: source, of: agency?.id, by: by)
                }
                var table = TextTable(header: ["name", "value", "unit", "for", "source"])
                for row in try await registry.store.movementParameterRows(of: agency?.id) {
                    table.append([
                        row.name.rawValue, "\(row.value)", row.unit, row.agency == nil ? "all" : name ?? "–",
                        row.source,
                    ])
                }
                print(table.text)
            }
        }
    }

    /// `andrias agency responsible`: which agency decides on animals of which water.
    struct Responsible: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say which agency decides on animals of a water system, or list them.")

        @OptionGroup var data: DataOptions
        @Argument(help: "Code of the water system; all are listed where it is left out.") var system: String?
        @Argument(help: "Name of the agency.") var name: String?
        @Option(help: "Who says so.") var by: String = NSUserName()

        func run() async throws {
            try await OpenRegistry.with(data) { registry in
                if let system, let name {
                    let agency = try await registry.knownAgency(named: name)
                    try await registry.store.setResponsible(agency.id, forSystem: system, by: by)
                }
                var table = TextTable(header: ["water system", "agency", "contact"])
                for (code, agency) in try await registry.store.responsibleAgencies()
                where system == nil || system == code {
                    table.append([code, agency.name, agency.contact ?? "–"])
                }
                print(table.text)
            }
        }
    }

    /// `andrias agency privacy`: how coarse an agency's positions are shown to others.
    struct Privacy: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show or set how coarse an agency's positions are shown to those who may not see exact ones.")

        @OptionGroup var data: DataOptions
        @Argument(help: "Name of the agency.") var name: String
        @Argument(help: "Degrees to which they are rounded, 0.1, 0.01 or 0.001, or withheld.") var generalization:
            String?
        @Option(help: "Who decides.") var by: String = NSUserName()

        func run() async throws {
            let chosen = try generalization.map { text in
                guard let chosen = PositionGeneralization(rawValue: text) else {
                    let known = PositionGeneralization.allCases.map(\.rawValue).joined(separator: ", ")
                    throw CommandError("“\(text)” is none of \(known).")
                }
                return chosen
            }
            try await OpenRegistry.with(data) { registry in
                let agency = try await registry.knownAgency(named: name)
                if let chosen {
                    try await registry.store.setPositionGeneralization(chosen, of: agency.id, by: by)
                }
                let counts = try await registry.store.positionGeneralizations()[agency.id] ?? .standard
                print("\(agency.name): \(counts.rawValue)")
            }
        }
    }
}
