import ArgumentParser
import Foundation
import Storage

/// `andrias verify`: compares the photograph files with the registry's rows.
struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Find photograph files that are missing, extra or changed. Exit code 1 where any is.")

    @OptionGroup var data: DataOptions

    func run() async throws {
        let result = try await OpenRegistry.with(data) { registry in
            try await registry.store.verifyPhotos()
        }
        for finding in result.findings { print("\(finding)") }
        print(
            "\(result.filesChecked) files checked: \(result.missing) missing, \(result.extra) extra, "
                + "\(result.changed) changed, \(result.unreadable) unreadable.")
        if !result.isSound { throw ExitCode(1) }
    }
}
