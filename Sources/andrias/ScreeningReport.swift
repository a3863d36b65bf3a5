import Crypto
import Foundation
import Identification
import Imaging
import Logging
import Registry
import Screening
import Storage
import Web

/// What the command line tells about one screened photograph.
struct ScreeningReport {
    let entry: PhotoListEntry
    let verdict: Verdict
    /// Under which it is kept; `nil` of a file that could not be read, of which nothing is.
    let screening: Identifier<Screening>?
    let page: String?

    /// Screens one photograph: stored, queued, answered, and read back.
    static func make(
        _ entry: PhotoListEntry, region: BodyRegion, mark: RegionMark?, agency: Agency, links: PageLinks,
        in registry: OpenRegistry
    ) async throws -> ScreeningReport {
        let bytes: [UInt8]
        let description: PhotoDescription
        do {
            bytes = try readPhoto(entry.file)
            description = try describePhoto(bytes)
        } catch let error as ImagingError {
            return ScreeningReport(
                entry: entry, verdict: .refused(error, engine: registry.engine), screening: nil,
                page: nil)
        }
        let photo = try await registry.store.addPhoto(
            bytes, description: description, agency: agency.id, idempotency: nil
        ).record
        let submission = Screening.Submission(
            photos: [photo.id], region: region, marks: mark.map { [photo.id: $0] } ?? [:],
            observedAt: try entry.observedAt(), position: try entry.position(), locality: entry["locality"],
            observer: entry["recordedBy"], tagCodes: entry.tagCodes, tagScan: try entry.tagScan(),
            occasion: try entry.occasion())
        let id = try await registry.store.createScreening(
            submission, agency: agency.id, key: nil, idempotency: nil
        ).record.id
        let worker = ScreeningWorker(
            lane: .interactive, queue: registry.queue(worker: "andrias screen \(getpid())"), engine: registry.engine,
            logger: Logger(label: "andrias.screen", factory: { StreamLogHandler.standardError(label: $0) }))
        // A running service may have taken it, so the answer is awaited, not assumed.
        for _ in 0..<600 {
            await worker.drain()
            if let verdict = try await registry.store.screening(id)?.verdict {
                return ScreeningReport(entry: entry, verdict: verdict, screening: id, page: links.address(of: id))
            }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw CommandError(
            "Screening \(id) was not answered within a minute. Look at it with the service, or try again.")
    }

    var isAsExpected: Bool {
        guard let outcome = entry["expected_outcome"] else { return true }
        guard outcome == verdict.outcome.name.rawValue else { return false }
        let expected = [
            (entry["expected_individual"], individual), (entry["expected_movement"], verdict.movement?.kind.rawValue),
            (entry["expected_tags"], verdict.tags?.agreement.rawValue),
        ]
        return expected.allSatisfy { wanted, obtained in wanted == nil || wanted == obtained }
    }

    var individual: String? {
        verdict.outcome.individual.flatMap { id in verdict.candidates.first { $0.individual == id }?.name }
    }

    var exitCode: Int32 {
        switch verdict.outcome {
        case .matched: 0
        case .undecided: 10
        case .unknown: 11
        case .unusable: 12
        case .failed: 13
        }
    }

    static func table(_ reports: [ScreeningReport], checking: Bool) -> String {
        var table = TextTable(
            header: ["photo", "outcome", "animal", "probability", "tag", "ms", "evidence"]
                + (checking ? ["expected"] : []) + ["screening"])
        for report in reports {
            let evidence = report.verdict.findings.first?.text(in: .user) ?? ""
            table.append(
                [
                    report.entry.file.lastPathComponent, report.verdict.outcome.name.rawValue,
                    report.individual ?? "–",
                    report.verdict.probability.map(reading) ?? "–",
                    report.verdict.tags?.agreement.rawValue ?? "–",
                    String(Int(report.verdict.milliseconds.rounded())), evidence,
                ] + (checking ? [report.isAsExpected ? "yes" : "NO: \(report.entry["expected_outcome"] ?? "")"] : [])
                    + [report.screening?.description ?? "–"])
        }
        let moved = reports.compactMap(\.movementText)
        let pages = reports.compactMap(\.page)
        return table.text + moved.joined() + (pages.first.map { "\n\nLook at one: \($0)" } ?? "")
    }

    /// What its place means, where it means that people moved it.
    private var movementText: String? {
        guard let movement = verdict.movement, movement.isAlert else { return nil }
        let sentences =
            [PageText(movement.kind).text(in: .user)]
            + (movement.reasons + movement.wouldChange).map { $0.text(in: .user) }
        return "\n\n\(entry.file.lastPathComponent), \(individual ?? ""):\n"
            + sentences.map { "  \($0)" }.joined(separator: "\n")
    }

    /// Rounded for reading, and never to a certainty that no photograph gives.
    private static func reading(_ probability: Double) -> String {
        probability > 0.9995 ? "> 0.999" : String(format: "%.3f", probability)
    }

    /// One JSON object on one line.
    var json: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(Document(self)), as: UTF8.self)
        }
    }

    private struct Document: Encodable {
        struct Candidate: Encodable {
            let individual: String
            let probability: Double
            let score: Double
        }
        struct Reason: Encodable {
            let code: String
            let text: String

            init(_ finding: Finding) {
                code = finding.code.rawValue
                text = finding.text(in: .user)
            }
        }
        struct Movement: Encodable {
            let kind: String
            let isAlert: Bool
            let isReturn: Bool
            let peopleProbability: Double?
            let reasons: [Reason]
            let wouldChange: [Reason]
        }
        let photo: String
        let outcome: String
        let individual: String?
        let probability: Double?
        let candidates: [Candidate]
        let quality: QualityReport?
        let reasons: [Reason]
        let movement: Movement?
        let milliseconds: Double
        let screening: Identifier<Screening>?
        let page: String?
        let tags: TagVerdict?

        init(_ report: ScreeningReport) {
            photo = report.entry.file.path
            outcome = report.verdict.outcome.name.rawValue
            individual = report.individual
            probability = report.verdict.probability
            candidates = report.verdict.candidates.map {
                Candidate(individual: $0.name, probability: $0.probability, score: $0.score)
            }
            quality = report.verdict.quality.first
            reasons = report.verdict.findings.map(Reason.init)
            movement = report.verdict.movement.map {
                Movement(
                    kind: $0.kind.rawValue, isAlert: $0.isAlert, isReturn: $0.isReturn,
                    peopleProbability: $0.peopleProbability, reasons: $0.reasons.map(Reason.init),
                    wouldChange: $0.wouldChange.map(Reason.init))
            }
            milliseconds = report.verdict.milliseconds
            screening = report.screening
            page = report.page
            tags = report.verdict.tags
        }

        enum CodingKeys: CodingKey {
            case photo, outcome, individual, probability, candidates, quality, reasons, movement, milliseconds,
                screening, page, tags
        }

        // Keys stay present when there is nothing to say: programs find `null`, not a missing key.
        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(photo, forKey: .photo)
            try container.encode(outcome, forKey: .outcome)
            try container.encode(individual, forKey: .individual)
            try container.encode(probability, forKey: .probability)
            try container.encode(candidates, forKey: .candidates)
            try container.encode(quality, forKey: .quality)
            try container.encode(reasons, forKey: .reasons)
            try container.encode(movement, forKey: .movement)
            try container.encode(milliseconds, forKey: .milliseconds)
            try container.encode(screening, forKey: .screening)
            try container.encode(page, forKey: .page)
            try container.encode(tags, forKey: .tags)
        }
    }
}

extension Verdict {
    /// The answer for a file that could not be read; nothing of it is stored.
    fileprivate static func refused(_ error: ImagingError, engine: ScreeningEngine) -> Verdict {
        Verdict(
            outcome: .unusable, probability: nil, candidates: [], findings: [error.finding],
            extractor: engine.extractor.version, decider: "", photosSearched: 0,
            individualsSearched: 0, milliseconds: 0)
    }
}
