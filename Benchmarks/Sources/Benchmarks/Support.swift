import Foundation

/// A benchmark that could not run: why.
struct BenchmarkError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// Applies a function to every element, by default one for each processor at once, in order.
func concurrentMap<Element: Sendable, Result: Sendable>(
    _ elements: [Element], atOnce width: Int = ProcessInfo.processInfo.activeProcessorCount,
    _ transform: @escaping @Sendable (Element) async throws -> Result
) async throws -> [Result] {
    try await withThrowingTaskGroup(of: (Int, Result).self) { group in
        var results = [Result?](repeating: nil, count: elements.count)
        for (index, element) in elements.enumerated() {
            if index >= width, let (done, result) = try await group.next() {
                results[done] = result
            }
            group.addTask { (index, try await transform(element)) }
        }
        for try await (done, result) in group { results[done] = result }
        return results.compactMap(\.self)
    }
}

/// A number with a fixed count of decimals.
func fixed(_ value: Double, _ decimals: Int) -> String {
    String(format: "%.\(decimals)f", value)
}

/// A cell of a table.
func pad(_ text: String, _ width: Int) -> String { text.padding(toLength: width, withPad: " ", startingAt: 0) }

/// Milliseconds that something took.
func milliseconds<T>(_ body: () async throws -> T) async rethrows -> (result: T, time: Double) {
    let start = ContinuousClock.now
    let result = try await body()
    return (result, (ContinuousClock.now - start) / .milliseconds(1))
}

/// A line of a table of times, with one more of them at its end.
func row(_ name: String, _ spread: Spread, also last: Double? = nil) {
    print(
        pad(name, 46) + pad(fixed(spread.median, 2), 12) + pad("\(fixed(spread.low, 2))–\(fixed(spread.high, 2))", 19)
            + (last.map { fixed($0, 2) } ?? "–"))
}

/// Median and quartiles of measured values.
struct Spread {
    let median: Double
    let low: Double
    let high: Double
    /// 99 in a hundred are at most this.
    let p99: Double

    init(_ values: [Double]) {
        let sorted = values.sorted()
        let at = { (fraction: Double) in
            sorted.isEmpty ? .nan : sorted[Int((Double(sorted.count - 1) * fraction).rounded(.up))]
        }
        (median, low, high, p99) = (at(0.5), at(0.25), at(0.75), at(0.99))
    }
}
