import Foundation

/// Reads a day, noon in Japan, or a moment after ISO 8601; `2007/6/15` is a day too.
///
/// - Throws: `CommandError` where it is neither.
func parseDay(_ text: String) throws -> Date {
    if let moment = try? Date(text, strategy: .iso8601) { return moment }
    let parts = text.split(whereSeparator: { "-/.".contains($0) }).compactMap { Int($0) }
    if parts.count == 3, (1800...2200).contains(parts[0]), (1...12).contains(parts[1]), (1...31).contains(parts[2]) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(secondsFromGMT: 9 * 3600) ?? .gmt
        let day = DateComponents(year: parts[0], month: parts[1], day: parts[2], hour: 12)
        if let date = calendar.date(from: day), calendar.component(.day, from: date) == parts[2] { return date }
    }
    throw CommandError("“\(text)” is not a date, for instance 2007-06-15 or 2026-05-01T09:30:00+09:00.")
}

/// Reads a day in Japan, from its first moment on, or a moment with an offset that a person typed.
///
/// - Throws: `CommandError` where it is neither, or lies after today.
func parsePastMoment(_ text: String, of option: String) throws -> Date {
    let zone = TimeZone(secondsFromGMT: 9 * 3600) ?? .gmt
    let day = Date.ISO8601FormatStyle(timeZone: zone).year().month().day()
    guard let moment = (try? Date(text, strategy: .iso8601)) ?? (try? Date(text, strategy: day)) else {
        throw CommandError("\(option) “\(text)” is not a day such as 2015-10-01 or a moment with an offset.")
    }
    guard moment <= Date() + 60 else { throw CommandError("\(option) “\(text)” lies in the future.") }
    return moment
}

/// Reads a span of time: a number with s, m, h or d, or 0.
///
/// - Throws: `CommandError` where it is none, or longer than what is taken.
func parseSpan(_ text: String, of option: String, atMost longest: Duration) throws -> Duration {
    let seconds = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
    let unit = text.last.flatMap { seconds[String($0)] }
    let digits = unit == nil ? text : String(text.dropLast())
    let days = longest.components.seconds / 86_400
    guard let number = Int64(digits), (0...1_000_000).contains(number), unit != nil || number == 0,
        case let span = Duration.seconds(number * Int64(unit ?? 1)), span <= longest
    else { throw CommandError("\(option) “\(text)” is no span such as 24h, 90m or 7d, at most \(days)d.") }
    return span
}
