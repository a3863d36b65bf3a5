import Evaluation
import Foundation
import Identification
import Imaging
import Registry
import Screening

/// Extracts and searches a protocol with the parts that the registry itself uses.
struct EvaluationRun {
    let plan: EvaluationProtocol
    let engine = ScreeningEngine()
    private let animals: [String: Identifier<Individual>]

    init(plan: EvaluationProtocol) {
        self.plan = plan
        animals = Dictionary(
            plan.individuals.values.map { ($0, Identifier<Individual>()) }, uniquingKeysWith: { first, _ in first })
    }

    struct Outcome {
        let results: [SearchResult]
        let failures: [AcquisitionFailure]
        let costs: SearchCosts
        let versions: [String: String]
    }

    func run() async throws -> Outcome {
        let names = plan.files.keys.sorted()
        let examined = try await inParallel(names, label: "extracting") { try await examine($0) }
        let photos = Dictionary(uniqueKeysWithValues: zip(names, examined))
        let extraction = try extractionTimes(names.filter { photos[$0]?.query != nil })
        let searches = try await inParallel(plan.probes, label: "searching") { try await search($0, among: photos) }
        let failures = zip(names, examined).compactMap { name, photo in
            photo.query == nil ? AcquisitionFailure(file: name, reason: photo.reason) : nil
        }
        let pairs = searches.reduce(0) { $0 + $1.pairs }
        let busy = searches.reduce(0) { $0 + $1.milliseconds }
        let costs = SearchCosts(
            extractMilliseconds: median(extraction), pairMicroseconds: pairs > 0 ? busy * 1000 / Double(pairs) : nil,
            queryMilliseconds: median(searches.filter { $0.pairs > 0 }.map(\.milliseconds)),
            templateBytes: median(examined.compactMap { $0.query.map { Double($0.template.encoded.count) } }).map(
                Int.init),
            peakMemoryBytes: peakMemory())
        return Outcome(
            results: searches.map(\.result), failures: failures, costs: costs,
            versions: ["extractor": engine.extractor.version, "matcher": Matcher.version])
    }

    private struct ExaminedPhoto: Sendable {
        /// Who is on it, where it stands in a gallery.
        let individual: String?
        let query: Query?
        let entry: GalleryEntry?
        let sharpness: Double?
        let reason: String
    }

    private func examine(_ name: String) async throws -> ExaminedPhoto {
        let individual = plan.individuals[name]
        let bytes: [UInt8]
        do {
            bytes = try readPhoto(try file(name))
        } catch let error as ImagingError {
            return ExaminedPhoto(
                individual: individual, query: nil, entry: nil, sharpness: nil, reason: error.finding.text(in: .en))
        } catch {
            return ExaminedPhoto(
                individual: individual, query: nil, entry: nil, sharpness: nil, reason: "\(error)")
        }
        let photo = SubmittedPhoto(id: Identifier(), sha256: name, bytes: bytes, box: nil)
        let examined = try await engine.examine(photo)
        let query = examined.template.map { Query(photo: photo.id, sha256: name, template: $0) }
        let entry = individual.flatMap { individual in
            query.map {
                GalleryEntry(
                    id: Identifier(), photo: $0.photo, sha256: name, individual: animals[individual] ?? Identifier(),
                    name: individual, region: .belly, template: $0.template)
            }
        }
        return ExaminedPhoto(
            individual: individual, query: query, entry: entry, sharpness: examined.quality?.sharpness,
            reason: examined.findings.map { $0.text(in: .en) }.joined(separator: " "))
    }

    /// Milliseconds of single extractions, one after the other, of up to 40 photographs spread over all.
    private func extractionTimes(_ names: [String]) throws -> [Double] {
        let step = max(1, names.count / 40)
        return try stride(from: 0, to: names.count, by: step).compactMap { index in
            guard let region = try locateRegion(in: try readPhoto(try file(names[index])), box: nil) else { return nil }
            let start = ContinuousClock.now
            _ = try engine.extractor.extract(region)
            return start.duration(to: .now) / .milliseconds(1)
        }
    }

    private struct TimedSearch: Sendable {
        let result: SearchResult
        let pairs: Int
        let milliseconds: Double
    }

    /// One search in one lane; a photograph is no evidence for its own recapture.
    private func search(
        _ probe: EvaluationProtocol.Probe, among photos: [String: ExaminedPhoto]
    ) async throws -> TimedSearch {
        let references = probe.gallery.filter { $0 != probe.file }.compactMap { photos[$0] }
        let own = references.count { $0.individual == probe.individual }
        let entries = references.compactMap(\.entry)
        var scores = Dictionary(references.compactMap(\.individual).map { ($0, 0.0) }, uniquingKeysWith: { $1 })
        let start = ContinuousClock.now
        if let query = photos[probe.file]?.query {
            for found in try await Identification.search([query], among: entries, lanes: 1) {
                scores[found.reference.name] = found.evidence.score
            }
        }
        return TimedSearch(
            result: SearchResult(
                probe: probe.file, individual: probe.individual, isNew: own == 0, months: probe.months,
                quality: photos[probe.file]?.sharpness, referencePhotosOfAnimal: own,
                photosSearched: references.count, scores: scores,
                photosOfAnimals: Dictionary(grouping: references.compactMap(\.individual), by: \.self)
                    .mapValues(\.count)),
            pairs: photos[probe.file]?.query == nil ? 0 : entries.count,
            milliseconds: start.duration(to: .now) / .milliseconds(1))
    }

    private func file(_ name: String) throws -> URL {
        guard let file = plan.files[name] else { throw CommandError("\(name) was not looked for.") }
        return file
    }
}

/// Applies a step to every element, one for each processor at once, showing progress; results in the elements' order.
private func inParallel<Element: Sendable, Result: Sendable>(
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

private func median(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.sorted()[values.count / 2]
}

/// Most memory that this process has held, in bytes.
private func peakMemory() -> Int? {
    var usage = rusage()
    // Linux counts in KiB.
    return getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 ? usage.ru_maxrss * 1024 : nil
}
