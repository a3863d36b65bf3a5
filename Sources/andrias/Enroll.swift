import ArgumentParser
import Foundation
import Identification
import Imaging
import Registry
import Screening
import Storage

/// `andrias enroll`: enters photographs of known animals.
struct Enroll: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Enter photographs of known animals from a CSV list.",
        discussion: """
            Columns: file and individual; as far as present species, population, region, box_x, box_y, box_width, \
            box_height, eventDate, decimalLatitude, decimalLongitude, locality, recordedBy. Where a column “role” \
            stands, only its “gallery” lines are entered; lines with “yes” under “new_animal” are left out. Entering \
            a list twice changes nothing. A service on the same registry is not held up: enrolment takes what it leaves of \
            the processors.
            """)

    @OptionGroup var data: DataOptions
    @Argument(help: "CSV list of photographs.") var list: String
    @Option(help: "Body region of lines that name none: head, trunk, belly or tail.") var region: String = "head"
    @Option(help: "Agency that answers for the photographs; entered where it is new.") var agency: String = "local"

    func run() async throws {
        let fallback = try parseRegion(region)
        let lines = try PhotoListEntry.read(URL(fileURLWithPath: list))
        let chosen = lines.filter { $0["role"].map { $0 == "gallery" } ?? true && $0["new_animal"] != "yes" }
        try await OpenRegistry.with(data) { registry in
            try yieldProcessors()
            let agency = try await registry.agency(named: agency)
            var tally = Tally()
            var progress = Progress("enrolling", total: chosen.count)
            try await withThrowingTaskGroup(of: Entry.self) { group in
                var waiting = chosen[...]
                for line in waiting.prefix(ProcessInfo.processInfo.activeProcessorCount) {
                    waiting = waiting.dropFirst()
                    group.addTask { await enter(line, region: fallback, agency: agency, in: registry) }
                }
                for try await entry in group {
                    tally.count(entry)
                    progress.advance(to: tally.total)
                    guard let line = waiting.popFirst() else { continue }
                    group.addTask { await enter(line, region: fallback, agency: agency, in: registry) }
                }
            }
            print(tally.summary(leftOut: lines.count - chosen.count))
            for refusal in tally.refusals.sorted(by: { $0.line < $1.line }) {
                note("line \(refusal.line), \(refusal.file): \(refusal.reason)")
            }
            if !tally.refusals.isEmpty { throw ExitCode(1) }
        }
    }

    private func enter(
        _ line: PhotoListEntry, region fallback: BodyRegion, agency: Agency, in registry: OpenRegistry
    ) async -> Entry {
        do {
            guard let individual = line["individual"] else {
                throw CommandError("The column “individual” is missing or empty.")
            }
            let bytes = try readPhoto(line.file)
            let region = try line.region() ?? fallback
            let mark = try line.mark(of: region)
            let description = try describePhoto(bytes)
            let examined = try await registry.engine.examine(
                SubmittedPhoto(id: Identifier(), sha256: "", bytes: bytes, mark: mark),
                chance: try await registry.store.activeMatchChance(
                    region: region, scorer: registry.scorer))
            guard examined.isPromising, let template = examined.template else {
                throw CommandError(examined.findings.map { $0.text(in: .user) }.joined(separator: " "))
            }
            let result = try await registry.store.enroll(
                Enrolment(
                    individual: individual, species: line["species"] ?? "Andrias japonicus",
                    population: line["population"], agency: agency.id,
                    observedAt: try line.observedAt() ?? description.capturedAt, position: try line.position(),
                    locality: line["locality"], observer: line["recordedBy"], photo: bytes, description: description,
                    region: region, mark: mark, template: template.encoded,
                    extractor: template.extractor))
            return .entered(result.change, individual: individual)
        } catch let error as ImagingError {
            return .refused(line: line.line, file: line.file.path, reason: error.finding.text(in: .user))
        } catch {
            return .refused(line: line.line, file: line.file.path, reason: "\(error)")
        }
    }
}

private enum Entry: Sendable {
    case entered(EnrolmentResult.Change, individual: String)
    case refused(line: Int, file: String, reason: String)
}

private struct Tally {
    var enrolled = 0
    var known = 0
    var individuals: Set<String> = []
    var refusals: [(line: Int, file: String, reason: String)] = []

    var total: Int { enrolled + known + refusals.count }

    mutating func count(_ entry: Entry) {
        switch entry {
        case .entered(let change, let individual):
            individuals.insert(individual)
            if change == .alreadyEnrolled { known += 1 } else { enrolled += 1 }
        case .refused(let line, let file, let reason): refusals.append((line, file, reason))
        }
    }

    func summary(leftOut: Int) -> String {
        "\(enrolled) photographs enrolled, \(known) were there already, \(refusals.count) refused; "
            + "\(individuals.count) animals. \(leftOut) lines left out by role."
    }
}

/// Reads a photograph's file, refusing one that is too large before it is read.
func readPhoto(_ file: URL) throws -> [UInt8] {
    let size: Int
    do {
        let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
        size = attributes[.size] as? Int ?? 0
    } catch {
        throw CommandError("\(file.path) cannot be read. Check the path and its permissions.")
    }
    guard size <= ImageLimits.standard.maximumBytes else {
        throw ImagingError.tooManyBytes(size, limit: ImageLimits.standard.maximumBytes)
    }
    return Array(try Data(contentsOf: file))
}

extension Language {
    /// The language of the person at the terminal: Japanese where the locale says so, else English.
    static var user: Language {
        let environment = ProcessInfo.processInfo.environment
        // An empty variable counts as none (POSIX).
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].compactMap { environment[$0] }.first { !$0.isEmpty }
        return locale?.hasPrefix("ja") == true ? .ja : .en
    }
}
