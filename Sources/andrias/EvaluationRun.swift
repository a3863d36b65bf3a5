import Evaluation
import Foundation
import Identification
import Imaging
import Registry
import Screening

/// What is searched, from a protocol or from the registry's history.
struct EvaluationPlan: Sendable {
    /// Every photograph that is searched for or among.
    let photographs: [KnownPhotograph]
    let searches: [KnownSearch]
    /// Reads a photograph's file and the box drawn on it once more.
    let read: @Sendable (KnownPhotograph) throws -> (bytes: [UInt8], mark: RegionMark?)
    /// The steps that led here.
    let steps: [SearchCosts.Step]
}

/// Searches a plan with the parts that the registry itself uses, then measures what that costs.
struct EvaluationRun {
    let plan: EvaluationPlan
    let engine: ScreeningEngine

    struct Outcome {
        let results: [SearchResult]
        let failures: [AcquisitionFailure]
        let costs: SearchCosts
        let versions: [String: String]
    }

    func run() async throws -> Outcome {
        let (results, step) = try await measured("searching", plan.searches) { try await $0.result() }
        let failures = plan.photographs.filter { $0.query == nil }
            .map { AcquisitionFailure(file: $0.name, reason: $0.reason) }
        return Outcome(
            results: results, failures: failures, costs: try await costs(plan.steps + [step]),
            versions: ["extractor": engine.extractor.version, "matcher": Matcher.version])
    }

    /// Measured on a sample after the searches, one thing after the other: side by side, searches wait for each other.
    ///
    /// Single steps count processor time, which other programs do not lengthen; a search counts the time that a person
    /// waits for it.
    private func costs(_ steps: [SearchCosts.Step]) async throws -> SearchCosts {
        let queries = plan.photographs.compactMap(\.query)
        return SearchCosts(
            extractMilliseconds: median(try extractionTimes()), pairMicroseconds: pairTime(),
            queryMilliseconds: median(try await searchTimes()),
            templateBytes: median(queries.map { Double($0.template.encoded.count) }).map(Int.init),
            peakMemoryBytes: peakMemory(), steps: steps)
    }

    private func extractionTimes() throws -> [Double] {
        try spread(plan.photographs.filter { $0.query != nil }, count: 40).compactMap { photograph in
            let file = try plan.read(photograph)
            guard let region = try locateRegion(in: file.bytes, mark: file.mark) else { return nil }
            let start = processorMilliseconds()
            _ = try engine.extractor.extract(region)
            return processorMilliseconds() - start
        }
    }

    /// Mean microseconds of one comparison, up to 40 references of up to 20 probes.
    private func pairTime() -> Double? {
        var (milliseconds, pairs) = (0.0, 0)
        for search in spread(plan.searches, count: 20) {
            guard let query = search.probe.query else { continue }
            let references = spread(search.references.compactMap(\.entry?.template), count: 40)
            let start = processorMilliseconds()
            let matcher = Matcher(query.template)
            for reference in references { _ = matcher.evidence(against: reference) }
            milliseconds += processorMilliseconds() - start
            pairs += references.count
        }
        return pairs > 0 ? milliseconds * 1000 / Double(pairs) : nil
    }

    private func searchTimes() async throws -> [Double] {
        var times: [Double] = []
        let searches = plan.searches.filter { $0.probe.query != nil && !$0.references.isEmpty }
        for search in spread(searches, count: 20) {
            let start = ContinuousClock.now
            _ = try await search.found(lanes: engine.lanes)
            times.append(start.duration(to: .now) / .milliseconds(1))
        }
        return times
    }
}

/// Up to `count` elements, evenly spread over all.
private func spread<Element>(_ elements: [Element], count: Int) -> [Element] {
    let number = min(count, elements.count)
    return (0..<number).map { elements[$0 * elements.count / number] }
}

/// As ``inParallel(_:label:_:)``, with what it took.
func measured<Element: Sendable, Result: Sendable>(
    _ label: String, _ elements: [Element], _ step: @escaping @Sendable (Element) async throws -> Result
) async throws -> (results: [Result], step: SearchCosts.Step) {
    let start = ContinuousClock.now
    let results = try await inParallel(elements, label: label, step)
    return (
        results,
        SearchCosts.Step(
            step: label, count: elements.count, seconds: start.duration(to: .now) / .seconds(1),
            peakMemoryBytes: peakMemory())
    )
}

private func median(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.sorted()[values.count / 2]
}

/// Processor time that all threads of this process have taken.
private func processorMilliseconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1e6
}

/// Most memory that this process has held, in bytes.
private func peakMemory() -> Int? {
    var usage = rusage()
    // Linux counts in KiB.
    return getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 ? usage.ru_maxrss * 1024 : nil
}
