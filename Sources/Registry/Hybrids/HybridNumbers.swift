internal import Foundation

extension Double {
    /// A probability in percent for reading, without the sign; never 0 and never 100, for nothing here is certain.
    public var inPercent: String {
        let hundred = self * 100
        if hundred < 0.1 { return "<0.1" }
        if hundred > 99.9 { return ">99.9" }
        let isNearAnEnd = hundred < 10 || hundred > 90
        return Self.plain(isNearAnEnd ? (hundred * 10).rounded() / 10 : hundred.rounded())
    }

    /// A positive number with the two digits that count, for reading; 0 for any other.
    public var inTwoDigits: String {
        guard self > 0, isFinite else { return "0" }
        let scale = pow(10, 1 - floor(log10(self)))
        return Self.plain((self * scale).rounded() / scale)
    }

    private static func plain(_ number: Double) -> String {
        number == number.rounded() && number < 1e9 ? String(Int(number)) : String(number)
    }
}

extension HybridAssessment.Interval {
    /// Both ends in percent for reading.
    public var rangeInPercent: String { "\(low.inPercent)–\(high.inPercent) %" }
}

extension HybridAssessment.Ratio {
    /// Ends of the 95 % interval.
    public var interval: (low: Double, high: Double) {
        (exp(logRatio - 1.96 * standardError), exp(logRatio + 1.96 * standardError))
    }

    /// Both ends of the 95 % interval for reading.
    public var rangeInTwoDigits: String { "\(interval.low.inTwoDigits)–\(interval.high.inTwoDigits)" }
}
