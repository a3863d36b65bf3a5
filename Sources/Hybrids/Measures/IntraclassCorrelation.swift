/// How well a measure repeats on other photographs of the same animal.
///
/// ICC(1,1), one-way random effects (Shrout and Fleiss 1979): the part of the variance that lies between animals. 1 repeats
/// exactly, 0 says nothing of the animal.
public struct IntraclassCorrelation: Hashable, Sendable, Codable {
    /// The estimate, at most 1; below 0 it is 0 within its error.
    public let value: Double
    /// Standard error by leaving one animal out at a time.
    public let standardError: Double
    /// Animals with two photographs or more.
    public let animals: Int

    /// A figure as it was measured.
    public init(value: Double, standardError: Double, animals: Int) {
        self.value = value
        self.standardError = standardError
        self.animals = animals
    }

    /// Estimates it.
    ///
    /// It is `nil` with fewer than three animals, or where all values are equal.
    ///
    /// - Parameter groups: Values of each animal's photographs; animals with one photograph are left out.
    public init?(_ groups: [[Double]]) {
        let groups = groups.filter { $0.count > 1 }
        guard groups.count >= 3, let value = Self.estimate(groups) else { return nil }
        let left = groups.indices.compactMap { place in
            Self.estimate(groups.enumerated().filter { $0.offset != place }.map(\.element))
        }
        let mean = left.reduce(0, +) / Double(max(1, left.count))
        let n = Double(left.count)
        self.init(
            value: value,
            standardError: (left.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } * (n - 1) / max(1, n)).squareRoot(),
            animals: groups.count)
    }

    private static func estimate(_ groups: [[Double]]) -> Double? {
        let total = Double(groups.reduce(0) { $0 + $1.count })
        let count = Double(groups.count)
        let grand = groups.reduce(0) { $0 + $1.reduce(0, +) } / total
        var (between, within) = (0.0, 0.0)
        for group in groups {
            let mean = group.reduce(0, +) / Double(group.count)
            between += Double(group.count) * (mean - grand) * (mean - grand)
            within += group.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        }
        between /= count - 1
        within /= total - count
        // The mean number of photographs where animals have different numbers.
        let squares = groups.reduce(0.0) { $0 + Double($1.count * $1.count) }
        let size = (total - squares / total) / (count - 1)
        let variance = between + (size - 1) * within
        return variance > 0 ? (between - within) / variance : nil
    }
}
