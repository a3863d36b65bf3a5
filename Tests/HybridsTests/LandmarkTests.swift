import Foundation
import Hybrids
import Registry
import Testing

@Suite("Landmarks of the head")
struct LandmarkTests {
    private func head(_ placed: [(name: String, point: PhotoPoint)]) throws(LandmarkRejection) -> DorsalHead {
        try DorsalHead(placed, width: 1000, height: 500)
    }

    private func moved(_ name: String, _ x: Double, _ y: Double) -> [(name: String, point: PhotoPoint)] {
        plainHead.map { $0.name == name ? (name, PhotoPoint(x: x / 1000, y: y / 500)) : $0 }
    }

    @Test("Landmarks in the scheme's order make a head, in pixels whatever the photograph's sides")
    func accepted() throws {
        let head = try head(plainHead)
        #expect(abs(head.headLength - 230) < 1e-9)
        #expect(abs(head.distance(.eyeLeft, .eyeRight) - 140) < 1e-9)
    }

    @Test("A landmark beside the photograph is refused by its name")
    func outside() {
        #expect(throws: LandmarkRejection.outsidePhoto(.eyeRight)) { try head(moved("eye_right", 1010, 190)) }
        #expect(throws: LandmarkRejection.notFinite(.snoutTip)) { try head(moved("snout_tip", 500, .nan)) }
    }

    @Test("Landmarks on a mirrored photograph are refused as mirrored, one exchanged pair as exchanged")
    func mirrored() {
        let mirror = plainHead.map { ($0.name, PhotoPoint(x: 1 - $0.point.x, y: $0.point.y)) }
        #expect(throws: LandmarkRejection.mirrored) { try head(mirror) }
        var exchanged = plainHead
        (exchanged[3].point, exchanged[4].point) = (exchanged[4].point, exchanged[3].point)
        #expect(throws: LandmarkRejection.sidesExchanged(.eyeLeft, .eyeRight)) { try head(exchanged) }
        // Turning the photograph is no mirroring.
        let turned = plainHead.map { ($0.name, PhotoPoint(x: 1 - $0.point.x, y: 1 - $0.point.y)) }
        #expect(throws: Never.self) { try head(turned) }
    }

    @Test("A list in another order, with an unknown name, a name twice or one missing is refused")
    func lists() {
        var swapped = plainHead
        swapped.swapAt(1, 3)
        #expect(throws: LandmarkRejection.listedOutOfOrder(found: .eyeLeft, expected: .nostrilLeft)) {
            try head(swapped)
        }
        #expect(throws: LandmarkRejection.missing([.neckMiddle])) { try head(plainHead.dropLast()) }
        #expect(throws: LandmarkRejection.unknownName("chin")) {
            try head(plainHead + [("chin", PhotoPoint(x: 0.5, y: 0.5))])
        }
        #expect(throws: LandmarkRejection.givenTwice(.snoutTip)) { try head(plainHead + plainHead.prefix(1)) }
    }

    @Test("Eyes in front of the nostrils, or nearer to each other than they, are refused; a small head too")
    func order() {
        #expect(throws: LandmarkRejection.wrongOrder(.eyeLeft, behind: .mouthLeft)) {
            try head(moved("eye_left", 430, 300))
        }
        #expect(throws: LandmarkRejection.wrongOrder(.eyeRight, behind: .headRight)) {
            try head(moved("head_right", 530, 250))
        }
        let small = plainHead.map { ($0.name, PhotoPoint(x: $0.point.x / 10, y: $0.point.y / 10)) }
        #expect(throws: LandmarkRejection.tooSmall(pixels: 23)) { try head(small) }
    }

    @Test("Every refusal says what to do")
    func words() {
        let all: [LandmarkRejection] = [
            .unknownName("x"), .givenTwice(.eyeLeft), .missing([.eyeLeft]),
            .listedOutOfOrder(found: .eyeLeft, expected: .eyeRight), .outsidePhoto(.eyeLeft), .tooSmall(pixels: 1),
            .mirrored, .sidesExchanged(.eyeLeft, .eyeRight), .wrongOrder(.eyeLeft, behind: .headLeft),
        ]
        #expect(Set(all.map(\.description)).count == all.count)
        for language in Language.allCases {
            let texts = all.map { $0.text(in: language) }
            #expect(Set(texts).count == all.count && texts.allSatisfy { !$0.contains("{") && !$0.contains("_") })
            #expect(HeadLandmark.allCases.allSatisfy { $0.name(in: language) != $0.rawValue })
            #expect(HeadMeasure.allCases.allSatisfy { $0 == .contrast || $0.name(in: language) != $0.rawValue })
        }
    }
}

@Suite("Shape of the head")
struct ShapeTests {
    private func turned(_ points: [SIMD2<Double>], by angle: Double, scale: Double) -> [SIMD2<Double>] {
        points.map { point in
            SIMD2(
                scale * (point.x * cos(angle) - point.y * sin(angle)) + 40,
                scale * (point.x * sin(angle) + point.y * cos(angle)) - 7)
        }
    }

    @Test("A shape moved, turned and enlarged is the same shape; a mirrored one is not")
    func invariance() throws {
        let points = [SIMD2(0.0, 0), SIMD2(3, 1), SIMD2(2, 5), SIMD2(-1, 4)]
        let shape = try #require(HeadShape(points))
        let same = try #require(HeadShape(turned(points, by: 2.1, scale: 7)))
        #expect(shape.distance(to: same) < 1e-7)
        let mirrored = try #require(HeadShape(points.map { SIMD2(-$0.x, $0.y) }))
        #expect(shape.distance(to: mirrored) > 0.1)
        #expect(HeadShape([SIMD2(1, 1), SIMD2(1, 1)]) == nil)
    }

    @Test("The mean of a sample lies nearer to its members than they lie to each other")
    func mean() throws {
        let points = [SIMD2(0.0, 0), SIMD2(3, 1), SIMD2(2, 5), SIMD2(-1, 4), SIMD2(0, 2)]
        let shapes = (0..<9).compactMap { number in
            let bent = points.enumerated().map { place, point in
                point + 0.3 * SIMD2(sin(Double(number * 7 + place)), cos(Double(number * 3 + 2 * place)))
            }
            return HeadShape(turned(bent, by: Double(number), scale: Double(number + 1)))
        }
        let aligned = try #require(HeadShape.aligned(shapes))
        let fromMean = shapes.map { aligned.mean.distance(to: $0) }.reduce(0, +) / 9
        let pairs = shapes.dropFirst().map { shapes[0].distance(to: $0) }.reduce(0, +) / 8
        #expect(fromMean < pairs)
        for shape in aligned.shapes { #expect(shape.turned(onto: aligned.mean) != shape || shape == aligned.mean) }
    }

    @Test("The symmetric shape of a head needs no turn onto any other, so it is aligned without knowing the sample")
    func symmetric() throws {
        let head = try DorsalHead(plainHead, width: 1000, height: 500)
        let tilted = try DorsalHead(
            plainHead.map { name, point in
                let (x, y) = (point.x * 1000 - 500, point.y * 500 - 230)
                let (c, s) = (cos(0.7), sin(0.7))
                // One eye is placed off.
                let slip = name == "eye_left" ? 8.0 : 0
                return (name, PhotoPoint(x: (500 + c * x - s * y + slip) / 1000, y: (230 + s * x + c * y) / 500))
            }, width: 1000, height: 500)
        let (one, other) = (try #require(head.symmetricShape), try #require(tilted.symmetricShape))
        let turned = other.turned(onto: one)
        #expect(zip(turned.points, other.points).allSatisfy { abs($0.x - $1.x) < 1e-12 && abs($0.y - $1.y) < 1e-12 })
        #expect(one.distance(to: other) > 0 && one.distance(to: other) < 0.03)
        #expect(abs((head.shapeMeasures[.headWidthRatio] ?? 0) - 200.0 / 230) < 1e-9)
        #expect(abs((head.shapeMeasures[.interocularRatio] ?? 0) - 140.0 / 230) < 1e-9)
    }
}
