import ArgumentParser
import Foundation

/// What a model is learned from: a table of photographs, or the registry's own.
struct TrainingSource: ParsableArguments {
    @OptionGroup var registry: DataOptions
    @Argument(help: "CSV table of photographs; left out with --from-registry.") var table: String?
    @Flag(help: "Learn from the registry's own photographs.") var fromRegistry = false
    @Option(help: "Folder that the table's file names are relative to; the table's own where it is left out.")
    var photos: String?

    /// The two places.
    enum Place {
        /// The registry.
        case registry
        /// A table, with the folder of its photographs where one was named.
        case table(URL, photos: URL?)
    }

    func validate() throws {
        guard (table == nil) == fromRegistry else {
            throw ValidationError("Give a table, or --from-registry, and not both.")
        }
        guard photos == nil || !fromRegistry else { throw ValidationError("--photos belongs to a table.") }
    }

    /// Where to learn from.
    var place: Place {
        guard let table else { return .registry }
        return .table(
            URL(fileURLWithPath: table), photos: photos.map { URL(fileURLWithPath: $0, isDirectory: true) })
    }
}
