import Foundation
import Identification
import Imaging
import Registry
import SampleAnimals
import Screening

/// Times each step of a screening on a drawn 12-megapixel photograph, in CPU time of this process.
struct Steps {
    func run() async throws {
        var conditions = SampleConditions.random(seed: 7, difficulty: .good)
        conditions.width = 4032
        conditions.height = 3024
        let photo = try renderPhoto(of: SampleAnimal(seed: 1), under: conditions, capturedAt: nil, position: nil)
        guard let head = photo.headBox else { throw BenchmarkError("the drawn photograph has no head") }
        let box = try RegionBox(x: head.x, y: head.y, width: head.width, height: head.height)
        let jpeg = photo.jpeg
        let upright = SampleConditions.random(seed: 8, difficulty: .good)
        let other = try renderPhoto(of: SampleAnimal(seed: 2), under: upright, capturedAt: nil, position: nil)
        let region = try located(jpeg, box: box)
        let extractor = Extractor.siftLightnessYellow
        let template = try extractor.extract(region)
        let otherRegion = try located(
            other.jpeg, box: other.headBox.map { try RegionBox(x: $0.x, y: $0.y, width: $0.width, height: $0.height) })
        let reference = try extractor.extract(otherRegion)
        let matcher = Matcher(template)

        let plain = try PlainFeatures(region)
        let plainReference = try PlainFeatures(otherRegion)

        print("step                                          median ms   quartiles          CPU ms")
        try measure("12 MP JPEG to 1,024 px upright (\(jpeg.count >> 10) kB)") {
            _ = try decodePhoto(jpeg, longestSide: 1024)
        }
        try measure("12 MP JPEG decoded whole (peer)") { _ = try decodePhoto(jpeg, longestSide: 4032) }
        try measure("12 MP JPEG to the head at 512 px") { _ = try located(jpeg, box: box) }
        try measure("template of the head") { _ = try extractor.extract(region) }
        try measure("features of the head, plain OpenCV (peer)") { _ = try PlainFeatures(region) }
        try measure("one pair of templates") { _ = matcher.evidence(against: reference) }
        try measure("one quick look") { _ = matcher.resemblance(to: reference) }
        try measure("one pair, plain OpenCV (peer)") { _ = try plain.inliers(with: plainReference) }
        try measure("300 references, plain OpenCV (peer)", times: 1) {
            for _ in 0..<300 { _ = try plain.inliers(with: plainReference) }
        }
        print("template: \(template.featureCount) features, \(template.encoded.count) bytes")
        try await screening(jpeg, box: box, reference: reference)
        print("peak memory of this process: \(peakMemory()) MB (the drawn photograph included)")
    }

    private func screening(_ jpeg: [UInt8], box: RegionBox, reference: Template) async throws {
        var gallery = Gallery()
        let entries = (0..<300).map { index in
            GalleryEntry(
                id: Identifier(), photo: Identifier(), sha256: "", individual: Identifier(), name: "\(index)",
                region: .head, template: reference)
        }
        gallery.advance(to: 1, changed: entries, removed: [])
        let engine = ScreeningEngine()
        var times: [Double] = []
        for _ in 0..<7 {
            let start = ContinuousClock.now
            _ = try await engine.screen(
                [SubmittedPhoto(id: Identifier(), sha256: "x", bytes: jpeg, mark: RegionMark(.box(box)))],
                region: .head, gallery: gallery)
            times.append((ContinuousClock.now - start) / .milliseconds(1))
        }
        row("12 MP JPEG to verdict, 300 references", Spread(times))
    }

    private func located(_ bytes: [UInt8], box: RegionBox?) throws -> LocatedRegion {
        guard let region = try locateRegion(in: bytes, mark: box.map { RegionMark(.box($0)) }) else {
            throw BenchmarkError("nothing was located")
        }
        return region
    }

    private func measure(_ name: String, times count: Int = 15, _ body: () throws -> Void) throws {
        if count > 1 { try body() }
        var times: [Double] = []
        var cpu: [Double] = []
        for _ in 0..<count {
            let start = ContinuousClock.now
            let before = cpuMilliseconds()
            try body()
            cpu.append(cpuMilliseconds() - before)
            times.append((ContinuousClock.now - start) / .milliseconds(1))
        }
        row(name, Spread(times), also: Spread(cpu).median)
    }

    private func cpuMilliseconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1e6
    }

    private func peakMemory() -> Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss / 1024
    }
}
