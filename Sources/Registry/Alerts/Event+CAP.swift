import Foundation

extension Event {
    /// The media type of ``commonAlert(source:)``.
    public static let commonAlertMediaType = "application/cap+xml"

    /// The event in the Common Alerting Protocol 1.2 (OASIS), in Japanese and English, UTF-8.
    ///
    /// Its area is the generalised cell and no more; without a place there is none. Scope is `Restricted`, category
    /// `Env`. Mapped are: urgency immediate, prompt, routine to `Immediate`, `Expected`, `Future`; severity is always
    /// `Minor`, for no person is threatened; certainty is `Observed` of what people or laboratories recorded, `Likely` of
    /// what photographs, tags and places say together, and `Possible` of a suspicion.
    ///
    /// - Parameter source: The address of the registry without a slash at the end, or a URN; it becomes the sender, and
    ///   only an address is linked to.
    /// - Returns: The XML.
    public func commonAlert(source: String) -> [UInt8] {
        var xml = XMLText()
        xml.open("alert", " xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\"")
        xml.element("identifier", id.description)
        xml.element("sender", Self.capName(source))
        xml.element("sent", createdAt.formatted(Self.capMoment) + "+09:00")
        xml.element("status", type == .endpointTest ? "Test" : "Actual")
        xml.element("msgType", "Alert")
        xml.element("scope", "Restricted")
        xml.element(
            "restriction", Language.allCases.map { AlertText.restriction.text(in: $0) }.joined(separator: " "))
        for language in Language.allCases { info(in: language, source: source, to: &xml) }
        xml.close("alert")
        return Array(xml.text.utf8)
    }

    private func info(in language: Language, source: String, to xml: inout XMLText) {
        xml.open("info")
        xml.element("language", language == .ja ? "ja-JP" : "en")
        xml.element("category", "Env")
        xml.element("event", type.title(in: language))
        xml.element("urgency", capUrgency)
        xml.element("severity", "Minor")
        xml.element("certainty", type.capCertainty)
        xml.value("eventCode", "urn:andrias:event-type", type.versionedName)
        xml.element("headline", type.title(in: language))
        xml.element(
            "description", ([type.happened(in: language)] + particularWords(in: language)).joined(separator: "\n"))
        xml.element("instruction", type.advice(in: language))
        if Self.isAddress(source) { xml.element("web", "\(source)/v1/events/\(id)") }
        for record in EventRecord.allCases {
            if let id = identifier(of: record) { xml.value("parameter", "urn:andrias:\(record.rawValue)", id) }
        }
        if let place {
            xml.open("area")
            xml.element("areaDesc", AlertText.cell.text(in: language, place.words))
            xml.element("polygon", place.capPolygon)
            xml.close("area")
        }
        xml.close("info")
    }

    private var capUrgency: String {
        switch urgency {
        case .immediate: "Immediate"
        case .prompt: "Expected"
        case .routine: "Future"
        }
    }

    /// CAP takes neither spaces, commas, `<` nor `&` in a sender.
    private static func capName(_ source: String) -> String {
        String(String.UnicodeScalarView(source.unicodeScalars.filter { !" ,<&\n\r\t".unicodeScalars.contains($0) }))
    }

    /// Local time in Japan; CAP forbids the zone `Z`.
    private static let capMoment = Date.VerbatimFormatStyle(
        format: """
            \(year: .defaultDigits)-\(month: .twoDigits)-\(day: .twoDigits)T\
            \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\
            \(second: .twoDigits)
            """,
        timeZone: TimeZone(secondsFromGMT: 9 * 3600) ?? .gmt, calendar: Calendar(identifier: .gregorian))
}

extension EventType {
    fileprivate var capCertainty: String {
        switch self {
        case .screeningCompleted, .decisionMade, .caseOpened, .identityMerged, .identitySplit, .identityChangeUndone,
            .hybridConfirmed, .hybridCleared, .tagConflict, .endpointDisabled, .endpointTest:
            "Observed"
        case .identityMatched, .animalUnknown, .animalRelocated, .animalReturned, .tagLost: "Likely"
        case .hybridSuspected, .duplicateProposed: "Possible"
        }
    }
}

extension GeneralizedPlace {
    /// The corners of the cell, latitude first, the first again at the end.
    fileprivate var capPolygon: String {
        let corner = { (north: Double, east: Double) in
            // Half a cell has one digit more than its middle; four hold those of the finest class.
            let round = { (degrees: Double) in (degrees * 10_000).rounded() / 10_000 }
            return "\(round(latitude + north * precision / 2)),\(round(longitude + east * precision / 2))"
        }
        return [corner(-1, -1), corner(-1, 1), corner(1, 1), corner(1, -1), corner(-1, -1)].joined(separator: " ")
    }
}

/// XML in the making, one element a line; every text is escaped.
private struct XMLText {
    private(set) var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    private var depth = 0

    mutating func open(_ name: String, _ attributes: String = "") {
        line("<\(name)\(attributes)>")
        depth += 1
    }

    mutating func close(_ name: String) {
        depth -= 1
        line("</\(name)>")
    }

    mutating func element(_ name: String, _ content: String) { line("<\(name)>\(Self.escaped(content))</\(name)>") }

    /// A pair of `valueName` and `value`.
    mutating func value(_ name: String, _ key: String, _ content: String) {
        open(name)
        element("valueName", key)
        element("value", content)
        close(name)
    }

    private mutating func line(_ markup: String) {
        text += String(repeating: "  ", count: depth) + markup + "\n"
    }

    /// What XML 1.0 cannot hold is left out.
    private static func escaped(_ content: String) -> String {
        var escaped = ""
        for scalar in content.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\t", "\n", "\r": escaped.unicodeScalars.append(scalar)
            case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": continue
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
