import Registry
import Testing

@Suite struct RegionMarkTests {
    private func points(_ pairs: [(Double, Double)]) -> [PhotoPoint] { pairs.map { PhotoPoint(x: $0.0, y: $0.1) } }

    @Test func anOutlineIsFramedByItsOutermostPoints() throws {
        let outline = try RegionOutline(points([(0.5, 0.1), (0.9, 0.5), (0.5, 0.75), (0.25, 0.5)]))
        #expect(RegionMark(.outline(outline)).box == (try RegionBox(x: 0.25, y: 0.1, width: 0.65, height: 0.65)))
    }

    @Test func whatEnclosesNothingOrLeavesThePhotographIsNoOutline() {
        #expect(throws: RegionOutline.Rejection.pointCount(2)) { try RegionOutline(points([(0, 0), (1, 1)])) }
        #expect(throws: RegionOutline.Rejection.pointCount(501)) {
            try RegionOutline(points((0...500).map { (Double($0) / 500, Double($0 % 2)) }))
        }
        #expect(throws: RegionOutline.Rejection.outsidePhoto(1)) {
            try RegionOutline(points([(0, 0), (1.01, 0), (1, 1)]))
        }
        #expect(throws: RegionOutline.Rejection.outsidePhoto(0)) {
            try RegionOutline(points([(.nan, 0), (1, 0), (1, 1)]))
        }
        #expect(throws: RegionOutline.Rejection.flat) { try RegionOutline(points([(0, 0), (0.5, 0.5), (1, 1)])) }
    }

    @Test func landmarksLieApartAndOnThePhotograph() throws {
        let snout = PhotoPoint(x: 0.5, y: 0.2)
        _ = try HeadAxis(snout: snout, neck: PhotoPoint(x: 0.5, y: 0.23))
        #expect(throws: HeadAxis.Rejection.tooShort) {
            try HeadAxis(snout: snout, neck: PhotoPoint(x: 0.51, y: 0.21))
        }
        #expect(throws: HeadAxis.Rejection.outsidePhoto) {
            try HeadAxis(snout: snout, neck: PhotoPoint(x: 0.5, y: -0.1))
        }
    }
}
