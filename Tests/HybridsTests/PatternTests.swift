import Foundation
import Hybrids
import Imaging
import Registry
import SampleAnimals
import TestSupport
import Testing

@Suite("Measures of the pattern")
struct PatternTests {
    /// A head of one colour with discs on a bed of another.
    private func drawn(
        skin: (UInt8, UInt8, UInt8), bed: (UInt8, UInt8, UInt8), discs: [(x: Double, y: Double, radius: Double)] = [],
        disc: (UInt8, UInt8, UInt8) = (0, 0, 0)
    ) -> PixelImage {
        var image = PixelImage(width: 1000, height: 500, repeating: bed)
        for y in 0..<500 {
            for x in 0..<1000 {
                let (u, v) = ((Double(x) - 500) / 106, (Double(y) - 225) / 126)
                guard u * u + v * v <= 1 else { continue }
                let isDisc = discs.contains { hypot(Double(x) - $0.x, Double(y) - $0.y) <= $0.radius }
                let colour = isDisc ? disc : skin
                let index = 3 * (y * 1000 + x)
                (image.pixels[index], image.pixels[index + 1], image.pixels[index + 2]) = colour
            }
        }
        return image
    }

    private func measures(_ image: PixelImage) throws -> [HeadMeasure: Double] {
        try HeadField(of: image, head: try DorsalHead(plainHead, width: 1000, height: 500)).patternMeasures
    }

    @Test("Coverage, size and number of dark discs are what was drawn")
    func spots() throws {
        let discs = [(x: 470.0, y: 180.0, radius: 10.0), (530, 180, 10), (470, 250, 10), (530, 250, 10)]
        let values = try measures(drawn(skin: (150, 140, 130), bed: (120, 120, 120), discs: discs, disc: (40, 36, 34)))
        // A head of 230 pixels: 20 pixels are 0.087 head lengths.
        #expect(abs((values[.spotSize] ?? 0) - 20 / 230) < 0.008)
        #expect((values[.spotSizeSpread] ?? 1) < 0.1)
        let area = 4 / (values[.spotDensity] ?? 1)
        #expect(abs((values[.spotCoverage] ?? 0) - 4 * .pi * 100 / (230 * 230) / area) < 0.008)
        #expect(values[.blotchCoverage] == 0)
        #expect(values[.blotchPaleness] == 0)
    }

    @Test("Pale blotches are measured in size and paleness, and are no spots")
    func blotches() throws {
        let discs = [(x: 470.0, y: 190.0, radius: 14.0), (525, 260, 14)]
        let values = try measures(
            drawn(skin: (120, 110, 100), bed: (120, 120, 120), discs: discs, disc: (170, 160, 145)))
        #expect(abs((values[.blotchSize] ?? 0) - 28 / 230) < 0.02)
        #expect((0.4...0.9).contains(values[.blotchPaleness] ?? 0))
        #expect(values[.spotCoverage] == 0)
    }

    @Test("Half the light and a blue cast change neither colour nor coverage, for the bed changes with the animal")
    func light() throws {
        let image = drawn(
            skin: (150, 130, 110), bed: (120, 120, 120), discs: [(x: 480, y: 200, radius: 12)], disc: (40, 36, 34))
        var cast = image
        for index in cast.pixels.indices {
            let linear = pow(Double(cast.pixels[index]) / 255, 2.2) * [0.35, 0.45, 0.6][index % 3]
            cast.pixels[index] = UInt8(255 * pow(linear, 1 / 2.2))
        }
        let (plain, blue) = (try measures(image), try measures(cast))
        for measure in [HeadMeasure.groundRedness, .groundYellowness] {
            #expect(abs((plain[measure] ?? 0) - (blue[measure] ?? 99)) < 2.5, "\(measure)")
        }
        #expect((plain[.groundYellowness] ?? 0) > 5)
        #expect(abs((plain[.groundLightness] ?? 0) - (blue[.groundLightness] ?? 9)) < 0.12)
        #expect(abs((plain[.spotCoverage] ?? 0) - (blue[.spotCoverage] ?? 9)) < 0.004)
    }

    @Test("A head that fills the photograph has no bed to judge its colour by, and says so")
    func noBed() throws {
        let axis = try HeadAxis(snout: PhotoPoint(x: 0.5, y: 0.02), neck: PhotoPoint(x: 0.5, y: 0.98))
        #expect(throws: HeadField.Rejection.bedMissing) {
            _ = try HeadField(of: PixelImage(width: 400, height: 500, repeating: (90, 80, 70)), axis: axis)
        }
        #expect(throws: HeadField.Rejection.headCovered) {
            _ = try HeadField(
                of: drawn(skin: (255, 255, 255), bed: (120, 120, 120)),
                head: try DorsalHead(plainHead, width: 1000, height: 500))
        }
    }

    @Test("A grey, pale-blotched animal measures as one, against the same animal plain")
    func drawnCharacters() throws {
        func measured(_ characters: SampleCharacters) throws -> [HeadMeasure: Double] {
            var conditions = SampleConditions.random(seed: 4, difficulty: .good)
            (conditions.width, conditions.height) = (400, 300)
            let photo = try renderPhoto(of: SampleAnimal(seed: 12, characters: characters), under: conditions)
            return try HeadMeasurement(of: try #require(try markedHead(photo)), on: photo.image).values
        }
        let plain = try measured(.plain)
        let grey = try measured(SampleCharacters([.groundGreyness: 3, .groundLightness: -2]))
        #expect((grey[.groundYellowness] ?? 9) < (plain[.groundYellowness] ?? 0) - 1)
        #expect((grey[.groundLightness] ?? 9) < (plain[.groundLightness] ?? 0) - 0.15)
        let blotched = try measured(SampleCharacters([.blotchPaleness: 4, .blotchSize: 1]))
        #expect((blotched[.blotchCoverage] ?? 0) > (plain[.blotchCoverage] ?? 1))
        #expect(plain.count == HeadMeasure.allCases.count)
    }

    @Test("The more a drawn photograph is blurred, the less sharp its head is measured to be")
    func blurred() throws {
        let sharpness = try [0.5, 1.5, 3].map { blur -> Double in
            var conditions = SampleConditions.random(seed: 4, difficulty: .good)
            (conditions.width, conditions.height, conditions.blurPixels) = (400, 300, blur)
            let photo = try renderPhoto(of: SampleAnimal(seed: 12), under: conditions)
            return try HeadMeasurement(of: try #require(try markedHead(photo)), on: photo.image).quality.sharpness
        }
        #expect(sharpness[0] > sharpness[1] && sharpness[1] > sharpness[2], "\(sharpness)")
    }

    @Test("Repeatability is 1 without noise, about a half where noise equals the animals' spread, and needs animals")
    func intraclass() throws {
        #expect(IntraclassCorrelation([[1, 1], [2, 2], [3, 3]])?.value == 1)
        #expect(IntraclassCorrelation([[1, 2], [2, 1]]) == nil)
        // Shrout and Fleiss 1979, table 2: six targets, four judges, ICC(1,1) = 0.17.
        let table: [[Double]] = [
            [9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7],
        ]
        let figure = try #require(IntraclassCorrelation(table))
        #expect(abs(figure.value - 0.17) < 0.005)
        #expect(figure.standardError > 0.01)
    }

    @Test("Real newts, where they are present, can be measured", .enabled(if: SharedData.isPresent))
    func newts() throws {
        let files = try FileManager.default.contentsOfDirectory(
            atPath: SharedData.folder.appending(path: "newts/photos").path
        ).sorted().filter { $0.hasSuffix(".jpg") }
        var coverages: Set<Double> = []
        for file in stride(from: 0, to: files.count, by: max(1, files.count / 5)).map({ files[$0] }) {
            let photo = try decodePhoto(SharedData.bytes("newts/photos/\(file)"), longestSide: 512)
            let background = try #require(uniformBackground(photo.image))
            let values = try HeadField(cutOut: photo.image, animal: background.animal).patternMeasures
            #expect(values.values.allSatisfy { $0.isFinite }, "\(file)")
            let coverage = try #require(values[.spotCoverage])
            #expect((0.01...0.8).contains(coverage), "\(file): \(coverage)")
            coverages.insert(coverage)
        }
        #expect(coverages.count >= 5)
    }
}
