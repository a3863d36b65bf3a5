import Foundation

/// A line on standard error that tells how far a long step is.
///
/// On a terminal the line is rewritten; elsewhere a line is printed every ten seconds. Steps under a second stay silent.
struct Progress {
    private let label: String
    private let total: Int
    private let start = ContinuousClock.now
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private var lastShown = ContinuousClock.now

    init(_ label: String, total: Int) {
        self.label = label
        self.total = total
    }

    mutating func advance(to count: Int) {
        let moment = ContinuousClock.now
        let isDue = moment - lastShown > (isTerminal ? .milliseconds(200) : .seconds(10))
        guard moment - start > .seconds(1), isDue || count == total else { return }
        lastShown = moment
        let elapsed = (moment - start) / .seconds(1)
        let left = count > 0 ? Int(elapsed / Double(count) * Double(total - count)) : 0
        let text = "\(label): \(count) of \(total), about \(left) s left"
        let line = isTerminal ? "\r\u{1B}[K\(text)" + (count == total ? "\n" : "") : text + "\n"
        FileHandle.standardError.write(Data(line.utf8))
    }
}

/// Writes a remark for people to standard error.
func note(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
}

/// Applies a step to every element, one for each processor at once, showing progress; results in the elements' order.
func inParallel<Element: Sendable, Result: Sendable>(
    _ elements: [Element], label: String, _ step: @escaping @Sendable (Element) async throws -> Result
) async throws -> [Result] {
    try await withThrowingTaskGroup(of: (Int, Result).self) { group in
        var results: [Int: Result] = [:]
        var progress = Progress(label, total: elements.count)
        for (index, element) in elements.enumerated() {
            if index >= ProcessInfo.processInfo.activeProcessorCount, let (done, result) = try await group.next() {
                results[done] = result
                progress.advance(to: results.count)
            }
            group.addTask { (index, try await step(element)) }
        }
        for try await (done, result) in group {
            results[done] = result
            progress.advance(to: results.count)
        }
        return results.sorted { $0.key < $1.key }.map(\.value)
    }
}
