import Foundation
import Registry

/// A code, or why a text is none, as one JSON object.
struct TagDocument: Encodable {
    private let text: String
    private let reading: TagReading?
    private let refusal: TagRefusal?

    init(_ reading: TagReading) {
        text = reading.text
        self.reading = reading
        refusal = nil
    }

    init(_ refusal: TagRefusal) {
        text = refusal.text
        reading = nil
        self.refusal = refusal
    }

    private enum CodingKeys: String, CodingKey {
        case text, kind, canonical, decimal, flags, alternative, error, nearest
        case dottedHex = "dotted_hex"
        case leftHex = "left_hex"
        case reversedHex = "reversed_hex"
    }

    // Keys stay present when there is nothing to say: programs find `null`, not a missing key.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(text, forKey: .text)
        if let refusal {
            try container.encode(refusal.description, forKey: .error)
            try container.encode(refusal.nearest.map(\.canonical), forKey: .nearest)
        }
        guard let reading else { return }
        try container.encode(reading.code.kind, forKey: .kind)
        try container.encode(reading.code.canonical, forKey: .canonical)
        try container.encode(reading.iso?.decimal, forKey: .decimal)
        try container.encode(reading.iso?.dottedHex, forKey: .dottedHex)
        try container.encode(reading.iso?.leftHex, forKey: .leftHex)
        try container.encode(reading.iso?.reversedHex, forKey: .reversedHex)
        try container.encode(reading.flags, forKey: .flags)
        try container.encodeIfPresent(reading.alternative?.canonical, forKey: .alternative)
    }

    /// The object on one line.
    var line: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }
}

extension TagReading {
    /// Every form of the code, one a line.
    var lines: String {
        var lines = ["\(code.kind.rawValue)  \(code.printed)"]
        if let iso {
            lines += [
                "  decimal   \(iso.decimal)", "  dotted    \(iso.dottedHex)", "  left      \(iso.leftHex)",
                "  reversed  \(iso.reversedHex)",
            ]
            if let country = iso.countryName(in: .user) { lines.append("  country   \(country)") }
        }
        if !flags.isEmpty { lines.append("  flags     \(flags.map(\.rawValue).joined(separator: ", "))") }
        if let alternative { lines.append("  or        \(alternative.canonical), read from the other end") }
        return lines.joined(separator: "\n")
    }

    /// Says what is remarkable about the code, beside the result.
    func warn() {
        let remarkable = flags.filter { ![.country, .manufacturer].contains($0) }
        if !remarkable.isEmpty {
            note("andrias: \(code.printed): \(remarkable.map(\.rawValue).joined(separator: ", "))")
        }
    }
}

extension [TagAssignment] {
    /// The assignments as a table for people.
    var table: String {
        var table = TextTable(header: ["tag", "animal", "from", "until", "ended", "evidence", "by", "id"])
        for assignment in self {
            table.append([
                assignment.code.printed, assignment.individualName, assignment.validFrom?.formatted(.iso8601) ?? "–",
                assignment.end?.at.formatted(.iso8601) ?? "–", assignment.end?.reason.rawValue ?? "–",
                assignment.evidence, assignment.decidedBy.name, assignment.id.description,
            ])
        }
        return table.text
    }
}

extension [TagRead] {
    /// The reads as a table for people.
    var table: String {
        var table = TextTable(header: ["read", "text", "code", "reader", "kHz", "where", "by", "screening"])
        for read in self {
            table.append([
                (read.observedAt ?? read.createdAt).formatted(.iso8601), read.text ?? "none found",
                read.code?.printed ?? "–", read.reader ?? "–",
                read.frequencies.map(\.rawValue).joined(separator: ", "), read.locality ?? "–", read.observer ?? "–",
                read.screening?.description ?? "–",
            ])
        }
        return table.text
    }
}

/// Reads the code of a tag.
func parseTag(_ text: String) throws -> TagReading {
    do { return try TagReading(text) } catch { throw CommandError(error.description) }
}

/// Reads a reader's frequency in kHz.
func parseFrequency(_ text: String) throws -> ReaderFrequency {
    guard let frequency = ReaderFrequency(rawValue: text) else {
        let known = ReaderFrequency.allCases.map(\.rawValue).joined(separator: ", ")
        throw CommandError("“\(text)” is not a frequency of tag readers. Known frequencies (kHz): \(known).")
    }
    return frequency
}
