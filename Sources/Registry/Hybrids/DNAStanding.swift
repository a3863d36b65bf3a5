internal import Foundation

/// What an animal's DNA is known to say, all results in force together.
public struct DNAStanding: Hashable, Sendable, Codable {
    /// What they say together.
    public let kind: Kind
    /// The results that say so, oldest first.
    public let records: [Record]

    /// What results say together.
    public enum Kind: String, CaseIterable, Codable, Sendable {
        /// There is none.
        case untested
        /// Mitochondrial DNA alone: the maternal line, and nothing else.
        case maternalLine = "maternal_line"
        /// Nuclear markers that did not tell.
        case undetermined
        /// *Andrias japonicus* by nuclear markers.
        case native
        /// A hybrid or another species by nuclear markers.
        case notNative = "not_native"
        /// Nuclear markers that contradict each other.
        case disputed
    }

    /// One result, as far as a screener needs it.
    public struct Record: Hashable, Sendable, Codable {
        /// The result.
        public let result: Identifier<DNAResult>
        /// What was looked at.
        public let markers: DNAResult.Markers
        /// What was found.
        public let dnaClass: DNAResult.Class
        /// Who found it.
        public let laboratory: String
        /// The day it was reported in Japan, such as 2024-07-01.
        public let day: String
    }

    /// Nothing is known.
    public static let untested = DNAStanding([])

    /// What results say together; those that were corrected do not count.
    public init(_ results: [DNAResult]) {
        let inForce = results.filter(\.isInForce)
        let nuclear = inForce.filter { $0.markers != .mitochondrial }
        let conclusive = Set(nuclear.compactMap(\.isNative))
        kind =
            if conclusive.count == 2 {
                .disputed
            } else if let isNative = conclusive.first {
                isNative ? .native : .notNative
            } else if !nuclear.isEmpty {
                .undetermined
            } else {
                inForce.isEmpty ? .untested : .maternalLine
            }
        records = inForce.map { result in
            Record(
                result: result.id, markers: result.markers, dnaClass: result.dnaClass, laboratory: result.laboratory,
                day: result.reportedAt.formatted(Self.dayInJapan))
        }
    }

    /// A report names a day, which is one of Japan.
    private static let dayInJapan = Date.ISO8601FormatStyle(timeZone: TimeZone(secondsFromGMT: 9 * 3600) ?? .gmt)
        .year().month().day()

    /// Pairs of conclusive results in force that cannot both be right.
    public static func contradictions(_ results: [DNAResult]) -> [(DNAResult, DNAResult)] {
        let conclusive = results.filter { $0.isInForce && $0.isNative != nil }
        var pairs: [(DNAResult, DNAResult)] = []
        for (index, first) in conclusive.enumerated() {
            for second in conclusive.dropFirst(index + 1) where !first.dnaClass.agrees(with: second.dnaClass) {
                pairs.append((first, second))
            }
        }
        return pairs
    }
}
