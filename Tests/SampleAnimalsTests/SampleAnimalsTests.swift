import Foundation
import Imaging
import SampleAnimals
import Testing

@Suite("Sample animals")
struct SampleAnimalsTests {
    /// Small frames, since tests run without optimisation.
    static func conditions(
        _ seed: UInt64, _ difficulty: SampleConditions.Difficulty = .ordinary, width: Int = 320, height: Int = 240
    ) -> SampleConditions {
        var conditions = SampleConditions.random(seed: seed, difficulty: difficulty)
        conditions.width = width
        conditions.height = height
        return conditions
    }

    @Test("The same animal under the same conditions gives the same bytes")
    func determinism() throws {
        let first = try renderPhoto(of: SampleAnimal(seed: 7), under: Self.conditions(1))
        let second = try renderPhoto(of: SampleAnimal(seed: 7), under: Self.conditions(1))
        #expect(first.image == second.image)
        #expect(first.jpeg == second.jpeg)
        #expect(first.headBox == second.headBox)
    }

    @Test("Another animal, other conditions or another river bed give another picture")
    func seedsMatter() throws {
        var elsewhere = Self.conditions(1)
        elsewhere.backgroundSeed += 1
        let photo = try renderPhoto(of: SampleAnimal(seed: 7), under: Self.conditions(1)).image
        #expect(try renderPhoto(of: SampleAnimal(seed: 8), under: Self.conditions(1)).image != photo)
        #expect(try renderPhoto(of: SampleAnimal(seed: 7), under: Self.conditions(2)).image != photo)
        #expect(try renderPhoto(of: SampleAnimal(seed: 7), under: elsewhere).image != photo)
    }

    @Test("The box holds the head: the animal is seen inside, and in front of the snout lies bare river bed")
    func headBox() throws {
        var conditions = SampleConditions()
        (conditions.width, conditions.height, conditions.headWidthFraction) = (320, 240, 0.3)
        (conditions.noise, conditions.caustics) = (0, 0)
        conditions.backgroundSeed = 5
        let bed = try renderPhoto(of: nil, under: conditions)
        let photo = try renderPhoto(of: SampleAnimal(seed: 3), under: conditions)
        #expect(bed.headBox == nil)
        let box = try #require(photo.headBox)
        #expect(abs(box.width - 0.3) < 0.05)

        let inside = changed(photo.image, bed.image, box.x, box.y, box.width, box.height)
        #expect(inside > 0.75)
        let above = changed(photo.image, bed.image, 0, 0, 1, box.y - 0.12)
        #expect(above < 0.02)
    }

    /// Share of pixels in a rectangle (fractions of the frame) that differ clearly between two pictures.
    private func changed(
        _ one: PixelImage, _ other: PixelImage, _ x: Double, _ y: Double, _ width: Double, _ height: Double
    ) -> Double {
        let columns = Int(x * Double(one.width))..<Int((x + width) * Double(one.width))
        let rows = Int(y * Double(one.height))..<Int((y + height) * Double(one.height))
        var differing = 0
        for row in rows {
            for column in columns {
                let i = 3 * (row * one.width + column)
                let distance = (0..<3).map { abs(Int(one.pixels[i + $0]) - Int(other.pixels[i + $0])) }.reduce(0, +)
                if distance > 20 { differing += 1 }
            }
        }
        return Double(differing) / Double(rows.count * columns.count)
    }

    @Test("The box follows the animal when it turns and moves")
    func boxFollows() throws {
        var conditions = Self.conditions(4, .good)
        conditions.tiltRadians = .zero
        (conditions.headingRadians, conditions.offset) = (.pi / 2, SIMD2(0.2, -0.1))
        let box = try #require(try renderPhoto(of: SampleAnimal(seed: 3), under: conditions).headBox)
        #expect(abs(box.x + box.width / 2 - 0.7) < 0.06)
        #expect(abs(box.y + box.height / 2 - 0.4) < 0.06)
        conditions.offset = SIMD2(1, 1)
        #expect(try renderPhoto(of: SampleAnimal(seed: 3), under: conditions).headBox == nil)
    }

    @Test("Capture time with Japan's offset, place and the camera that owns up are in the EXIF")
    func exif() throws {
        let moment = Date(timeIntervalSince1970: 1_690_000_000)
        let photo = try renderPhoto(
            of: SampleAnimal(seed: 1), under: Self.conditions(1), capturedAt: moment, position: (35.25, 133.5))
        let metadata = try readHeader(photo.jpeg).metadata
        #expect(metadata.capturedAt?.offset == 32_400)
        #expect(metadata.capturedAt?.moment() == moment)
        let coordinates = try #require(metadata.coordinates)
        #expect(abs(coordinates.latitude - 35.25) < 1e-4)
        #expect(abs(coordinates.longitude - 133.5) < 1e-4)
        #expect(metadata.camera?.contains("andrias sample") == true)

        let bare = try readHeader(try renderPhoto(of: nil, under: Self.conditions(1)).jpeg)
        #expect(bare.metadata.capturedAt == nil)
        #expect(bare.metadata.coordinates == nil)
        #expect(bare.width == 320)
        #expect(bare.height == 240)
    }

    @Test("Every difficulty gives a picture with the head inside and tones between black and white")
    func difficulties() throws {
        for difficulty in SampleConditions.Difficulty.allCases {
            for seed in UInt64(0)..<4 {
                let photo = try renderPhoto(of: SampleAnimal(seed: seed), under: Self.conditions(seed, difficulty))
                let box = try #require(photo.headBox)
                #expect(box.x > 0 && box.y > 0 && box.x + box.width < 1 && box.y + box.height < 1)
                let luma = photo.image.luma()
                let mean = luma.reduce(0) { $0 + Int($1) } / luma.count
                #expect((25...200).contains(mean), "\(difficulty) \(seed): mean \(mean)")
            }
        }
    }

    @Test("Drawn conditions are the same for the same seed and differ between seeds")
    func drawnConditions() {
        #expect(SampleConditions.random(seed: 3, difficulty: .poor) == .random(seed: 3, difficulty: .poor))
        let many = (0..<50).map { SampleConditions.random(seed: $0, difficulty: .ordinary) }
        #expect(Set(many).count == 50)
    }

    @Test("Visits of a study: one in five poor, up to 30° off the vertical in any heading, grown with the years")
    func visits() {
        let visits = (0..<2000).map { StudyVisit(seed: $0, years: 5) }
        #expect(visits[3] == StudyVisit(seed: 3, years: 5))
        let poor = visits.count { $0.difficulty == .poor }
        #expect((340...460).contains(poor))
        let conditions = visits.map(\.conditions)
        #expect(conditions.allSatisfy { $0.growthYears == 5 })
        let views = conditions.map { ($0.tiltRadians * $0.tiltRadians).sum().squareRoot() }
        #expect(views.allSatisfy { $0 <= 0.5201 })
        #expect(views.contains { $0 > 0.5 } && views.contains { $0 < 0.1 })
        for quarter in 0..<4 {
            let low = -Double.pi + Double(quarter) * .pi / 2
            #expect(conditions.count { (low..<(low + .pi / 2)).contains($0.headingRadians) } > 400)
        }
    }

    @Test("Absurd conditions are brought into range and still give a picture")
    func extremes() throws {
        for extreme in [-1e300, 1e300, .infinity, -.infinity, .nan] {
            var conditions = SampleConditions()
            (conditions.headingRadians, conditions.tiltRadians) = (extreme, SIMD2(extreme, -extreme))
            (conditions.headWidthFraction, conditions.offset) = (extreme, SIMD2(extreme, extreme))
            (conditions.bend, conditions.waterDepth, conditions.turbidity) = (extreme, extreme, extreme)
            (conditions.tint, conditions.lightHour, conditions.glare) = (extreme, extreme, extreme)
            (conditions.caustics, conditions.blurPixels, conditions.motionPixels) = (extreme, extreme, extreme)
            (conditions.noise, conditions.exposure, conditions.growthYears) = (extreme, extreme, extreme)
            (conditions.width, conditions.height) = (-5, 70)
            conditions.jpegQuality = extreme > 0 ? Int.max : Int.min
            let photo = try renderPhoto(of: SampleAnimal(seed: .max), under: conditions)
            #expect(photo.image.width == 64)
            #expect(photo.image.height == 70)
            #expect(!photo.jpeg.isEmpty)
        }
    }
}
