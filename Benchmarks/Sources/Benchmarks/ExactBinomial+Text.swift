import Statistics

extension ExactBinomial {
    /// The rate with its bounds.
    var text: String {
        let bounds = bounds
        return "\(fixed(rate, 4)) (\(fixed(bounds.low, 4))–\(fixed(bounds.high, 4)))"
    }
}
