public import Foundation
import Postgres
public import Registry

/// One line of a sheet of results, as the file says it.
public struct DNAListLine: Hashable, Sendable {
    /// Its number in the file, the header counted.
    public let number: Int
    /// Label or identifier of the sample.
    public let sample: String
    /// What was looked at.
    public let markers: String
    /// The class.
    public let dnaClass: String
    /// Who found it.
    public let laboratory: String
    /// When the laboratory reported it.
    public let reportedAt: Date
    /// SHA-256 of the report.
    public let documentSHA256: String?
    /// What else is to be known.
    public let note: String?

    /// A line.
    public init(
        number: Int, sample: String, markers: String, dnaClass: String, laboratory: String, reportedAt: Date,
        documentSHA256: String? = nil, note: String? = nil
    ) {
        self.number = number
        self.sample = sample
        self.markers = markers
        self.dnaClass = dnaClass
        self.laboratory = laboratory
        self.reportedAt = reportedAt
        self.documentSHA256 = documentSHA256
        self.note = note
    }
}

/// What became of one line of a sheet of results.
public struct DNAListOutcome: Hashable, Sendable {
    /// The line's number.
    public let number: Int
    /// The sample as the line calls it.
    public let sample: String
    /// What was done.
    public let result: Result

    /// The possible results.
    public enum Result: Hashable, Sendable {
        /// It is entered.
        case entered(Identifier<DNAResult>)
        /// The registry holds the same already.
        case known
        /// Nothing was done, and why.
        case refused(String)
    }

    /// What became of a line.
    public init(number: Int, sample: String, result: Result) {
        self.number = number
        self.sample = sample
        self.result = result
    }

    /// Why the line was refused, if it was.
    public var refusal: String? {
        guard case .refused(let reason) = result else { return nil }
        return reason
    }
}

/// A sheet with lines that were refused, of which therefore nothing was kept.
public struct DNAListRefused: Error, Sendable {
    /// What became, or would have become, of each line.
    public let outcomes: [DNAListOutcome]
}

extension RegistryStore {
    /// Enters a sheet of results in one transaction, whole or not at all.
    ///
    /// - Returns: What became of each line, in their order.
    /// - Throws: ``DNAListRefused`` where a line was refused; nothing is kept then.
    public func enterResults(_ lines: [DNAListLine], by reviewer: Reviewer) async throws -> [DNAListOutcome] {
        try await transaction { session in
            try await session.lockSamples(of: lines)
            var outcomes: [DNAListOutcome] = []
            for line in lines {
                let result: DNAListOutcome.Result
                do { result = try await session.enter(line, by: reviewer) } catch let error as DNAError {
                    result = .refused(error.description)
                }
                outcomes.append(DNAListOutcome(number: line.number, sample: line.sample, result: result))
            }
            if outcomes.contains(where: { $0.refusal != nil }) { throw DNAListRefused(outcomes: outcomes) }
            return outcomes
        }
    }
}

extension Session {
    /// Everything that a sheet concerns at once, for two sheets may name the same animals in another order.
    fileprivate func lockSamples(of lines: [DNAListLine]) async throws {
        var screenings: [Identifier<Screening>] = []
        for line in lines {
            if let screening = try await sample(called: line.sample)?.screening { screenings.append(screening) }
        }
        try await lock(screenings)
        var subjects: [DNASubject] = []
        for line in lines {
            if let subject = try await sample(called: line.sample)?.subject { subjects.append(subject) }
        }
        try await lock(subjects)
    }

    fileprivate func enter(_ line: DNAListLine, by reviewer: Reviewer) async throws -> DNAListOutcome.Result {
        guard let sample = try await sample(called: line.sample) else { throw DNAError.unknownSample(line.sample) }
        guard let markers = DNAResult.Markers(printed: line.markers) else {
            return .refused(
                "“\(line.markers)” are no markers. Known: \(DNAResult.Markers.allCases.map(\.rawValue).listed).")
        }
        guard let dnaClass = DNAResult.Class(printed: line.dnaClass) else {
            return .refused("“\(line.dnaClass)” is no class. Known: \(markers.classes.map(\.rawValue).listed).")
        }
        guard line.reportedAt <= Date() + 3600 else {
            return .refused("\(line.reportedAt.formatted(.iso8601)) lies in the future: correct the date.")
        }
        guard (1...200).contains(line.laboratory.count) else { return .refused("Name the laboratory.") }
        let known = try await rows(.dnaResultsOfSample, [.id(sample.id)]).map(DNAResult.init)
        if known.contains(where: {
            $0.isInForce && $0.markers == markers && $0.dnaClass == dnaClass && $0.laboratory == line.laboratory
                && $0.reportedAt == line.reportedAt
        }) {
            return .known
        }
        let result = SubmittedResult(
            markers: markers, dnaClass: dnaClass, laboratory: line.laboratory, reportedAt: line.reportedAt,
            documentSHA256: line.documentSHA256, note: line.note)
        return .entered(try await enter(result, of: sample.id, by: reviewer).id)
    }

    private func sample(called text: String) async throws -> DNASample? {
        for spelling in [text, text.precomposedStringWithCompatibilityMapping] {
            if let row = try await rows(.dnaSampleByLabel, [.text(spelling)]).first { return try DNASample(row: row) }
        }
        guard let id = Identifier<DNASample>(text) else { return nil }
        return try await rows(.dnaSampleByID, [.id(id)]).first.map(DNASample.init)
    }
}

extension [String] {
    fileprivate var listed: String { joined(separator: ", ") }
}
