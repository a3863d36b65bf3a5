import Identification
import Imaging
import Registry
import SampleAnimals
import Screening
import Testing

/// What people draw on a photograph changes what is compared.
@Suite struct MarkTests {
    private let extractor = Extractor.siftLightnessYellow

    private func template(_ photo: SamplePhoto, landmarks: Bool) throws -> Template {
        let box = try #require(photo.headBox)
        let points = try #require(photo.headLandmarks?.misplaced(by: 0.02, seed: 5))
        let axis = try HeadAxis(
            snout: PhotoPoint(x: points.snout.x, y: points.snout.y),
            neck: PhotoPoint(x: points.neck.x, y: points.neck.y))
        let mark = RegionMark(
            .box(try RegionBox(x: box.x, y: box.y, width: box.width, height: box.height)), axis: landmarks ? axis : nil)
        return try extractor.extract(try #require(try locateRegion(in: photo.jpeg, mark: mark)))
    }

    private func conditions(heading: Double, seed: UInt64) -> SampleConditions {
        var conditions = SampleConditions()
        (conditions.width, conditions.height) = (640, 480)
        conditions.headingRadians = heading
        conditions.backgroundSeed = seed
        return conditions
    }

    @Test func headsWithLandmarksAreComparedUprightHoweverTheyLie() throws {
        let animals = [SampleAnimal(seed: 3), SampleAnimal(seed: 4)]
        let turned = try renderPhoto(of: animals[0], under: conditions(heading: 2, seed: 1))
        let upright = try renderPhoto(of: animals[0], under: conditions(heading: 0, seed: 2))
        let other = try renderPhoto(of: animals[1], under: conditions(heading: 0, seed: 3))
        let query = Matcher(try template(turned, landmarks: true))
        let evidence = query.evidence(against: try template(upright, landmarks: true))
        let stranger = query.evidence(against: try template(other, landmarks: true))
        #expect(evidence.isStraightened && stranger.isStraightened)
        #expect(evidence.pairs.count { $0.branch == .strip } > 2 * stranger.pairs.count { $0.branch == .strip })
        #expect(evidence.score > stranger.score + 8)
        // Landmarks on one of the two say nothing, and take nothing away.
        let half = query.evidence(against: try template(upright, landmarks: false))
        #expect(!half.isStraightened)
        #expect(half.pairs.allSatisfy { $0.branch == .free })
        #expect(
            half
                == Matcher(try template(turned, landmarks: false)).evidence(
                    against: try template(upright, landmarks: false)))
    }

    @Test func anOutlineLeavesTheRiverBedOut() throws {
        let photo = try renderPhoto(of: SampleAnimal(seed: 3), under: conditions(heading: 0, seed: 1))
        let box = try #require(photo.headBox)
        let corners = [(0.5, 0.1), (0.85, 0.4), (0.85, 0.95), (0.15, 0.95), (0.15, 0.4)].map {
            PhotoPoint(x: box.x + $0.0 * box.width, y: box.y + $0.1 * box.height)
        }
        let region = try #require(
            try locateRegion(in: photo.jpeg, mark: RegionMark(.outline(try RegionOutline(corners)))))
        #expect(region.source == .outline)
        let mask = try #require(region.mask)
        let template = try extractor.extract(region)
        #expect(template.featureCount > 50)
        let inside = template.free.flatMap(\.keypoints).count { point in
            mask.values[Int(point.y.rounded()) * mask.width + Int(point.x.rounded())] != 0
        }
        #expect(inside == template.featureCount)
    }
}
