public import Foundation
import Postgres
public import Registry

/// One line of a list of tags, as the file says it.
public struct TagListLine: Hashable, Sendable {
    /// Its number in the file, the header counted.
    public let number: Int
    /// The code as it stands there.
    public let text: String
    /// The animal's catalogue name; `nil` enters the code alone.
    public let individual: String?
    /// Since when the animal bears it.
    public let validFrom: Date?
    /// What it rests on; the list's own name where it says nothing.
    public let evidence: String?

    /// A line.
    public init(number: Int, text: String, individual: String?, validFrom: Date? = nil, evidence: String? = nil) {
        self.number = number
        self.text = text
        self.individual = individual
        self.validFrom = validFrom
        self.evidence = evidence
    }
}

/// What became of one line of a list of tags.
public struct TagListOutcome: Hashable, Sendable {
    /// The line.
    public let line: TagListLine
    /// The code in it, where there is one.
    public let code: TagCode?
    /// What is remarkable about it.
    public let flags: [TagFlag]
    /// What was done.
    public let result: Result

    /// The possible results.
    public enum Result: Hashable, Sendable {
        /// The animal bears it from here on.
        case assigned
        /// The code is entered, without an animal.
        case entered
        /// The registry said the same before.
        case known
        /// Nothing was done, and why.
        case refused(String)
    }

    /// Why the line was refused, if it was.
    public var refusal: String? {
        guard case .refused(let reason) = result else { return nil }
        return reason
    }
}

/// A list with lines that were refused, of which therefore nothing was kept.
public struct TagListRefused: Error, Sendable {
    /// What became, or would have become, of each line.
    public let outcomes: [TagListOutcome]
}

extension RegistryStore {
    /// Enters a list of tags in one transaction.
    ///
    /// - Parameters:
    ///   - lines: The list.
    ///   - keepGood: Whether good lines are kept where others are refused; else all or nothing is.
    ///   - source: What the assignments rest on, for instance the file's name.
    ///   - reviewer: Who enters it.
    /// - Returns: What became of each line, in their order.
    /// - Throws: ``TagListRefused`` where a line was refused and `keepGood` is false; nothing is kept then.
    public func enterTags(
        _ lines: [TagListLine], keepGood: Bool, source: String, by reviewer: Reviewer
    ) async throws -> [TagListOutcome] {
        try await transaction { session in
            _ = try await session.rows(.identityLockShared)
            var outcomes: [TagListOutcome] = []
            var earlier: [String: Int] = [:]
            for line in lines {
                outcomes.append(try await session.enter(line, earlier: &earlier, source: source, by: reviewer))
            }
            if !keepGood, outcomes.contains(where: { $0.refusal != nil }) { throw TagListRefused(outcomes: outcomes) }
            return outcomes
        }
    }
}

extension Session {
    /// Enters one line; everything foreseeable is checked before it could break the transaction.
    fileprivate func enter(
        _ line: TagListLine, earlier: inout [String: Int], source: String, by reviewer: Reviewer
    ) async throws -> TagListOutcome {
        let reading: TagReading
        do { reading = try TagReading(line.text) } catch {
            return TagListOutcome(line: line, code: nil, flags: [], result: .refused(error.description))
        }
        let result: TagListOutcome.Result
        if let first = earlier[reading.code.canonical] {
            result = .refused(
                "The code \(reading.code.canonical) stands in line \(first) already: keep one of the two.")
        } else {
            earlier[reading.code.canonical] = line.number
            result = try await enter(reading.code, of: line, source: source, by: reviewer)
        }
        return TagListOutcome(line: line, code: reading.code, flags: reading.flags, result: result)
    }

    private func enter(
        _ code: TagCode, of line: TagListLine, source: String, by reviewer: Reviewer
    ) async throws -> TagListOutcome.Result {
        guard let name = line.individual else {
            let isKnown = try await !rows(.tagByCode, [.text(code.canonical)]).isEmpty
            _ = try await tag(code)
            return isKnown ? .known : .entered
        }
        guard let animal = try await individual(printedAs: name) else {
            return .refused("No animal is named “\(name)”: correct the name, or enter the animal first.")
        }
        let individual = try await settledIndividual(animal.id) ?? animal
        let known = try await rows(.tagAssignmentsOfCode, [.text(code.canonical)]).map(TagAssignment.init)
        if known.contains(where: { $0.individual == individual.id && $0.end == nil }) { return .known }
        if let moment = line.validFrom, moment > Date() + 3600 {
            return .refused("\(moment.formatted(.iso8601)) lies in the future: correct the date.")
        }
        do {
            _ = try await assign(
                code, to: individual.id, from: line.validFrom, encounter: nil, evidence: line.evidence ?? source,
                by: reviewer)
            return .assigned
        } catch let error as TagError {
            return .refused(error.description)
        }
    }

    /// The animal of a name, also where a list prints it in half-width kana or full-width digits.
    private func individual(printedAs name: String) async throws -> Individual? {
        for spelling in [name, name.precomposedStringWithCompatibilityMapping] {
            if let row = try await rows(.individualByName, [.text(spelling)]).first { return try Individual(row: row) }
        }
        return nil
    }
}

extension TagListOutcome {
    /// A line that could not be understood as far as to be entered.
    public static func unreadable(_ line: TagListLine, _ reason: String) -> TagListOutcome {
        TagListOutcome(line: line, code: nil, flags: [], result: .refused(reason))
    }
}
