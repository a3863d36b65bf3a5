import Foundation

/// A benchmark that could not run: why.
struct BenchmarkError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// Applies a function to every element, one for each processor at once, in order.
func concurrentMap<Element: Sendable, Result: Sendable>(
    _ elements: [Element], _ transform: @escaping @Sendable (Element) throws -> Result
) async throws -> [Result] {
    try await withThrowingTaskGroup(of: (Int, Result).self) { group in
        var results = [Result?](repeating: nil, count: elements.count)
        for (index, element) in elements.enumerated() {
            if index >= ProcessInfo.processInfo.activeProcessorCount, let (done, result) = try await group.next() {
                results[done] = result
            }
            group.addTask { (index, try transform(element)) }
        }
        for try await (done, result) in group { results[done] = result }
        return results.compactMap(\.self)
    }
}

/// A number with a fixed count of decimals.
func fixed(_ value: Double, _ decimals: Int) -> String {
    String(format: "%.\(decimals)f", value)
}

/// Median and quartiles of measured values.
struct Spread {
    let median: Double
    let low: Double
    let high: Double

    init(_ values: [Double]) {
        let sorted = values.sorted()
        let at = { (fraction: Double) in sorted.isEmpty ? .nan : sorted[Int(Double(sorted.count - 1) * fraction)] }
        (median, low, high) = (at(0.5), at(0.25), at(0.75))
    }
}
