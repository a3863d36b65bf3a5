public import Foundation

/// What the camera's clock showed when the photograph was taken, with its offset from UTC where it wrote one.
public struct CaptureTime: Sendable, Hashable {
    /// Year, 1 … 9999.
    public let year: Int
    /// Month, 1 … 12.
    public let month: Int
    /// Day of the month.
    public let day: Int
    /// Hour, 0 … 23.
    public let hour: Int
    /// Minute, 0 … 59.
    public let minute: Int
    /// Second, 0 … 59.
    public let second: Int
    /// Seconds east of UTC, where the camera wrote them.
    public let offset: Int?

    /// A time that exists in the Gregorian calendar; `nil` for one that does not.
    ///
    /// - Parameters:
    ///   - year: Year, 1 … 9999.
    ///   - month: Month, 1 … 12.
    ///   - day: Day of the month.
    ///   - hour: Hour, 0 … 23.
    ///   - minute: Minute, 0 … 59.
    ///   - second: Second, 0 … 59.
    ///   - offset: Seconds east of UTC, −12 h … +14 h in whole minutes.
    public init?(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int, offset: Int? = nil) {
        guard (1...9999).contains(year), (1...12).contains(month), (1...Self.days(in: month, of: year)).contains(day),
            (0..<24).contains(hour), (0..<60).contains(minute), (0..<60).contains(second)
        else { return nil }
        if let offset, !(-12 * 3600...14 * 3600).contains(offset) || !offset.isMultiple(of: 60) { return nil }
        self.year = year
        self.month = month
        self.day = day
        self.hour = hour
        self.minute = minute
        self.second = second
        self.offset = offset
    }

    /// What a clock at an offset shows at a moment, in whole seconds; `nil` for a moment or offset out of range.
    ///
    /// - Parameters:
    ///   - moment: A moment of the years 1 to 9999.
    ///   - offset: Seconds east of UTC, −12 h … +14 h in whole minutes.
    public init?(_ moment: Date, offset: Int) {
        let seconds = moment.timeIntervalSince1970.rounded(.down) + Double(offset)
        guard abs(seconds) < 1e12 else { return nil }
        let dayNumber = Int((seconds / 86_400).rounded(.down))
        let second = Int(seconds) - dayNumber * 86_400
        let date = Self.civil(dayNumber)
        self.init(
            year: date.year, month: date.month, day: date.day, hour: second / 3600, minute: second / 60 % 60,
            second: second % 60, offset: offset)
    }

    /// The moment on the Earth's clock.
    ///
    /// - Parameter fallback: Seconds east of UTC to assume where the camera wrote none; Japan is 32,400.
    /// - Returns: `nil` where neither the camera nor the caller knows the offset.
    public func moment(assuming fallback: Int? = nil) -> Date? {
        (offset ?? fallback).map { Date(timeIntervalSince1970: localSeconds - Double($0)) }
    }

    /// Seconds since 1970 as if the clock showed UTC.
    var localSeconds: Double {
        Double(Self.dayNumber(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second)
    }

    private static func days(in month: Int, of year: Int) -> Int {
        let leap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
        return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    }

    /// Days since 1970-01-01, counted in years that begin in March so that the leap day is the last.
    private static func dayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let years = month > 2 ? year : year - 1
        let months = (month + 9) % 12
        return 365 * years + years / 4 - years / 100 + years / 400 + (153 * months + 2) / 5 + day - 1 - 719_468
    }

    private static func civil(_ dayNumber: Int) -> (year: Int, month: Int, day: Int) {
        var year = 1970 + Int((Double(dayNumber) / 365.2425).rounded(.down))
        while self.dayNumber(year + 1, 1, 1) <= dayNumber { year += 1 }
        while self.dayNumber(year, 1, 1) > dayNumber { year -= 1 }
        var month = 12
        while self.dayNumber(year, month, 1) > dayNumber { month -= 1 }
        return (year, month, dayNumber - self.dayNumber(year, month, 1) + 1)
    }
}
