import ArgumentParser
import Foundation
import Identification
import Postgres
import Registry
import Screening
import Storage

/// `andrias doctor`: checks everything the registry stands on, and says how to mend it.
struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check everything, and say how to mend it. Exit code 1 where something is broken.")

    @OptionGroup var data: DataOptions

    func run() async throws {
        var table = TextTable(header: ["", "check", "found", "what to do"])
        var checks = [kernels, processors, freeSpace]
        checks += await database()
        for check in checks { table.append([check.state.rawValue, check.subject, check.found, check.advice]) }
        print(table.text)
        if checks.contains(where: { $0.state == .broken }) { throw ExitCode(1) }
    }

    private struct Check {
        enum State: String {
            case fine = "✓"
            case doubtful = "!"
            case broken = "✗"
        }
        let state: State
        let subject: String
        let found: String
        var advice = ""
    }

    private var kernels: Check {
        let core = LinearAlgebraLibrary.core
        guard let better = LinearAlgebraLibrary.betterCore(than: core, features: LinearAlgebraLibrary.processorFeatures)
        else { return Check(state: .fine, subject: "linear algebra kernels", found: core) }
        return Check(
            state: .doubtful, subject: "linear algebra kernels", found: core,
            advice: "Slow for this processor: set OPENBLAS_CORETYPE=\(better).")
    }

    private var processors: Check {
        Check(
            state: .fine, subject: "processors", found: "\(ProcessInfo.processInfo.activeProcessorCount)")
    }

    private var freeSpace: Check {
        let directory = data.directory
        do {
            try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
            let attributes = try FileManager.default.attributesOfFileSystem(forPath: directory.path)
            let free = (attributes[.systemFreeSize] as? NSNumber)?.int64Value ?? 0
            let found = "\(free >> 20) MiB free in \(directory.path)"
            return free >> 20 >= 1024
                ? Check(state: .fine, subject: "disk", found: found)
                : Check(
                    state: .doubtful, subject: "disk", found: found,
                    advice: "Less than 1 GiB: make room, or choose another folder with --data.")
        } catch {
            return Check(
                state: .broken, subject: "disk", found: "\(error)",
                advice: "The data directory must be writable; choose one with --data.")
        }
    }

    private func database() async -> [Check] {
        let kind = data.databaseURL == nil ? "private cluster" : "ANDRIAS_DATABASE_URL"
        do {
            return try await OpenRegistry.with(data) { registry in
                let counts = try await registry.store.counts()
                var checks = [
                    Check(state: .fine, subject: "database", found: "\(kind), \(registry.endpoint)"),
                    Check(
                        state: .fine, subject: "registry",
                        found: "\(counts.individuals) animals, \(counts.photos) photographs, "
                            + "\(counts.screenings) screenings"),
                    await gallery(of: registry), try await calibrations(of: registry),
                ]
                let waiting = counts.interactiveWaiting + counts.batchWaiting
                checks.append(
                    Check(
                        state: waiting > 100 ? .doubtful : .fine, subject: "queue", found: "\(waiting) waiting",
                        advice: waiting > 100 ? "Start `andrias serve`, or another one beside it." : ""))
                return checks
            }
        } catch {
            return [
                Check(
                    state: .broken, subject: "database", found: "\(kind): \(error)",
                    advice: "Mend what the message names, then run `andrias doctor` again.")
            ]
        }
    }

    /// What was activated and no longer weighs anything, for its scores are another scorer's.
    private func calibrations(of registry: OpenRegistry) async throws -> Check {
        let all = try await allPages { after in try await registry.store.calibrations(after: after, limit: 200) }
        let used = all.filter { $0.activeSince != nil && $0.isWeighed(by: registry.scorer) }
        let lost = all.placesToLearnAgain(for: registry.scorer)
        guard !lost.isEmpty else { return Check(state: .fine, subject: "calibrations", found: "\(used.count) in use") }
        return Check(
            state: .doubtful, subject: "calibrations",
            found: "\(used.count) in use, learned for another scorer: \(lost.joined(separator: "; "))",
            advice: "Screenings do without them: `andrias calibration learn` again, then activate.")
    }

    private func gallery(of registry: OpenRegistry) async -> Check {
        do {
            let gallery = try await registry.gallery.current()
            let current = BodyRegion.allCases.reduce(0) {
                $0 + gallery.references(region: $1, extractor: registry.engine.extractor.version).count
            }
            let old = gallery.count - current
            return Check(
                state: old == 0 ? .fine : .doubtful, subject: "gallery",
                found: "\(current) templates of \(registry.engine.extractor.version), \(old) of other versions",
                advice: old == 0 ? "" : "Enrol those photographs again; only equal versions are compared.")
        } catch {
            return Check(state: .broken, subject: "gallery", found: "\(error)", advice: "Enrol the photograph again.")
        }
    }
}
