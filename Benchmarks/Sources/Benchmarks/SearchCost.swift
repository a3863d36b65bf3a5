import Foundation
import Identification
import Registry

/// Times one query against galleries of rising size, and weighs them.
struct SearchCost {
    let folder: URL
    let sizes: [Int]

    func run() async throws {
        let study = try Study(folder: folder)
        let extractor = try TemplateCache(in: folder).caching(.siftLightnessYellow)
        let templates = try await concurrentMap(Array(study.photos.filter { !$0.isUnknown }.prefix(500))) {
            try extractor.extract(try study.region(of: $0))
        }
        let queries = try await concurrentMap(Array(study.photos.filter(\.isUnknown).prefix(8))) {
            Query(
                photo: Identifier(), sha256: $0.file, template: try extractor.extract(try study.region(of: $0)))
        }
        guard !templates.isEmpty, !queries.isEmpty else {
            throw BenchmarkError("\(folder.path) needs known and unknown animals. Draw it with andrias sample --study.")
        }
        let variations = try await TemplateVariations(of: templates)
        let lanes = ProcessInfo.processInfo.activeProcessorCount
        print("one query of an unknown animal, \(lanes) lanes           median ms   quartiles          p99 ms")
        for size in sizes {
            let before = residentBytes()
            let gallery = try await self.gallery(of: size, variations)
            let held = max(0, residentBytes() - before)
            let shelf = gallery.shelf(region: .head, extractor: templates[0].extractor)
            let exact = GalleryShelf(shelf.entries, exactLimit: .max)
            let ways = [("every photograph", exact)] + (size > GalleryShelf.exactLimit ? [("the index", shelf)] : [])
            for (way, shelf) in ways {
                var times: [Double] = []
                for query in queries + queries {
                    times.append(
                        try await milliseconds { _ = try await search([query], among: shelf, lanes: lanes) }.time)
                }
                let spread = Spread(Array(times.dropFirst()))
                row("\(size) photographs, \(way)", spread, also: spread.p99)
            }
            // Smaller galleries fit into memory that was used before.
            if size >= 3000 { print("    \(fixed(Double(held) / Double(size) / 1000, 1)) kB of memory a photograph") }
        }
    }

    /// A gallery whose templates were each read from their stored form, as after a start.
    private func gallery(of size: Int, _ variations: TemplateVariations) async throws -> Gallery {
        var gallery = Gallery()
        for start in stride(from: 0, to: size, by: 500) {
            let entries = try await concurrentMap(Array(start..<min(size, start + 500))) { number in
                GalleryEntry(
                    id: Identifier(), photo: Identifier(), sha256: "variation \(number)", individual: Identifier(),
                    name: "variation \(number / 3)", region: .head,
                    template: try Template(decoding: variations.encoded(number)))
            }
            gallery.advance(to: Int64(start + 1), changed: entries, removed: [])
        }
        return gallery
    }
}

/// Memory that this process holds.
func residentBytes() -> Int {
    let statm = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
    return (statm?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * sysconf(Int32(_SC_PAGESIZE))
}
