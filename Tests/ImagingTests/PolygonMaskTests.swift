import Imaging
import Testing

struct PolygonMaskTests {
    @Test func aRectangleFillsThePixelsWhoseCentresItHolds() {
        let mask = GreyMask(
            filling: [SIMD2(1.5, 0.5), SIMD2(4.5, 0.5), SIMD2(4.5, 2.5), SIMD2(1.5, 2.5)], width: 6, height: 4)
        #expect(mask.count == 6)
        #expect(mask.bounds.map { [$0.x, $0.y, $0.width, $0.height] } == [2, 1, 3, 2])
    }

    @Test func aHollowStaysOutAndWhatLeavesThePictureIsCut() {
        // An U open to the top, wider than the picture.
        let corners: [SIMD2<Float>] = [
            SIMD2(-5, -5), SIMD2(2.5, -5), SIMD2(2.5, 5.5), SIMD2(6.5, 5.5), SIMD2(6.5, -5), SIMD2(14, -5),
            SIMD2(14, 14), SIMD2(-5, 14),
        ]
        let mask = GreyMask(filling: corners, width: 10, height: 10)
        #expect(mask.count == 10 * 10 - 4 * 6)
        #expect(mask.values[0 * 10 + 4] == 0 && mask.values[6 * 10 + 4] == 255)
    }

    @Test func theAreaOfATurnedSquareIsKept() {
        let corners: [SIMD2<Float>] = [SIMD2(50, 10), SIMD2(90, 50), SIMD2(50, 90), SIMD2(10, 50)]
        let mask = GreyMask(filling: corners, width: 100, height: 100)
        #expect(abs(mask.count - 3_200) < 90)
        #expect(mask == GreyMask(filling: corners.reversed(), width: 100, height: 100))
    }
}
