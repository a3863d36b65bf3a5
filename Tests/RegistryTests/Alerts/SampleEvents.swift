import Foundation

@testable import Registry

/// One event of each type with everything that it can tell, always the same.
enum SampleEvents {
    static let all = EventType.allCases.map { event($0) }

    static func event(
        _ type: EventType, place: GeneralizedPlace? = .init(latitude: 35.2, longitude: 134.6, precision: 0.1)
    ) -> Event {
        let content = type.content
        let records = Set(content.records.map(\.record))
        let number = EventType.allCases.firstIndex(of: type) ?? 0
        return Event(
            id: id(100 + number), position: Int64(number + 1), type: type, urgency: type.urgency(on: .rescue),
            agency: records.contains(.agency) ? id(1) : nil, screening: records.contains(.screening) ? id(2) : nil,
            individual: records.contains(.individual) ? id(3) : nil,
            endpoint: records.contains(.endpoint) ? id(4) : nil, place: content.mayHavePlace ? place : nil,
            payload: payload(content), createdAt: Date(timeIntervalSince1970: 1_777_595_400.25))
    }

    static func id<Subject>(_ number: Int) -> Identifier<Subject> {
        let digits = String(number)
        let text = "0192f0c1-0000-7abc-8def-" + String(repeating: "0", count: 12 - digits.count) + digits
        return Identifier(text) ?? Identifier()
    }

    private static func payload(_ content: EventContent) -> [UInt8] {
        let pairs = content.particulars.enumerated().map { index, particular in
            let value =
                switch particular.value {
                case .record: (id(10 + index) as Identifier<Event>).description
                case .oneOf(let words): words[0]
                case .words: "certain <words> & \"signs\""
                }
            return (particular.key, JSONValue.text(value))
        }
        return (try? JSONValue.object(Dictionary(uniqueKeysWithValues: pairs)).bytes) ?? []
    }
}

/// A file that holds what was agreed on; written anew where `ANDRIAS_WRITE_GOLDEN` is set.
func golden(_ name: String, _ found: String) throws -> String {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../events/\(name)")
    if ProcessInfo.processInfo.environment["ANDRIAS_WRITE_GOLDEN"] != nil {
        try found.write(to: file, atomically: true, encoding: .utf8)
    }
    return try String(contentsOf: file, encoding: .utf8)
}
