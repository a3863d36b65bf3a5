import Explanation
import Foundation
import Imaging
import Registry
import Testing

@Suite struct PairExplanationTests {
    /// The drawn body, and the same photograph turned by 90° and half the size, with the spots that agree.
    func turnedPair(spots: Int) throws -> (photo: PhotoFile, reference: PhotoFile, pairs: [Correspondence]) {
        let body = drawnBody()
        let turned = body.shrunk(width: 240, height: 180).upright(from: .right)
        return (
            PhotoFile(bytes: try encodeJPEG(body, quality: 98), mark: nil),
            PhotoFile(bytes: try encodeJPEG(turned, quality: 98), mark: nil),
            placesOnBody(spots).map {
                // Turned clockwise, what was at the top is at the right.
                Correspondence(queryX: $0.x, queryY: $0.y, referenceX: 1 - $0.y, referenceY: $0.x)
            }
        )
    }

    func drawing(spots: Int, wrong: Int = 0, language: Language = .en) throws -> Drawing {
        var (photo, reference, pairs) = try turnedPair(spots: spots)
        for index in 0..<wrong {
            let place = Double(index + 1) / Double(wrong + 2)
            pairs.append(Correspondence(queryX: 0.3, queryY: place, referenceX: place, referenceY: 0.7 - place / 3))
        }
        let explanation = try PairExplanation(
            submitted: photo, reference: reference, correspondences: pairs,
            facts: .plain(agreeing: pairs.count, found: 200))
        return try Drawing(explanation.svg(in: language))
    }

    @Test(arguments: [8, 25, 200]) func linesJoinTheSameSpots(spots: Int) throws {
        let drawing = try drawing(spots: spots)
        let pictures = try drawing.pictures()
        let joined = try #require(drawing.joined.first)
        #expect(joined.count == min(spots, 30))
        for line in joined {
            let (from, to) = (pictures[0].photoPlace(line.from), pictures[1].photoPlace(line.to))
            #expect(hypot(to.x - (360 - from.y) / 2, to.y - from.x / 2) < 1)
            let colours = zip(pictures[0].colour(line.from), pictures[1].colour(line.to)).map { abs($0 - $1) }
            #expect(colours.count == 3 && colours.prefix(2).allSatisfy { $0 <= 12 }, "\(colours)")
        }
    }

    @Test func bothAnimalsAreDrawnToOneScaleAndPointTheSameWay() throws {
        let drawing = try drawing(spots: 40, wrong: 10)
        let lines = try #require(drawing.joined.first)
        let pictures = try drawing.pictures()
        let right = lines.filter { line in
            let (from, to) = (pictures[0].photoPlace(line.from), pictures[1].photoPlace(line.to))
            return hypot(to.x - (360 - from.y) / 2, to.y - from.x / 2) < 1
        }
        #expect(right.count >= 20)
        let first = try #require(right.first)
        for line in right {
            // One shift takes every spot of one panel to its place on the other.
            #expect(abs((line.to.x - line.from.x) - (first.to.x - first.from.x)) < 3)
            #expect(abs((line.to.y - line.from.y) - (first.to.y - first.from.y)) < 3)
        }
        #expect(drawing.text.contains("turned by 90°"))
        #expect(drawing.text.contains("to one scale"))
    }

    @Test func spotsFoundTwiceAreDrawnOnceAndCounted() throws {
        let (photo, reference, pairs) = try turnedPair(spots: 9)
        let explanation = try PairExplanation(
            submitted: photo, reference: reference, correspondences: pairs + pairs, facts: .plain(agreeing: 18))
        let drawing = try Drawing(explanation.svg(in: .en))
        #expect(drawing.joined.first?.count == 9)
        #expect(drawing.text.contains("Spots that agree: 18, at 9 places"))
        #expect(drawing.text.contains("Lines join them all."))
    }

    @Test func fewSpotsGiveNoScale() throws {
        let drawing = try drawing(spots: 4)
        #expect(drawing.text.contains("Scale and direction are not matched"))
        #expect(!drawing.text.contains("turned"))
        let none = try self.drawing(spots: 0)
        #expect(none.text.contains("No spots agree."))
        #expect(none.joined.allSatisfy { $0.isEmpty })
    }

    @Test func stripsLieHeadToHead() throws {
        let body = drawnBody()
        let photo = PhotoFile(bytes: try encodeJPEG(body, quality: 98), mark: nil)
        let upsideDown = PhotoFile(bytes: try encodeJPEG(body.upright(from: .down), quality: 98), mark: nil)
        let pairs = placesOnBody(20).map {
            Correspondence(queryX: $0.x, queryY: $0.y, referenceX: 1 - $0.x, referenceY: 1 - $0.y)
        }
        let explanation = try PairExplanation(
            submitted: photo, reference: upsideDown, correspondences: pairs, facts: .plain(agreeing: 20))
        let drawing = try Drawing(explanation.svg(in: .en))
        #expect(try drawing.pictures().count == 4)
        let lines = try #require(drawing.joined.dropFirst().first)
        #expect(lines.count >= 15)
        for line in lines { #expect(abs(line.to.x - line.from.x) < 8) }
    }

    @Test func aBoxAloneGivesNoStrip() throws {
        let (photo, reference, pairs) = try turnedPair(spots: 20)
        let boxed = PhotoFile(
            bytes: photo.bytes, mark: RegionMark(.box(try RegionBox(x: 0.05, y: 0.1, width: 0.9, height: 0.8))))
        let explanation = try PairExplanation(
            submitted: boxed, reference: reference, correspondences: pairs, facts: .plain(agreeing: 20))
        let drawing = try Drawing(explanation.svg(in: .en))
        #expect(try drawing.pictures().count == 2)
        #expect(!drawing.text.contains("straightened"))
    }

    @Test func nothingOfThePhotographsFilesButTheirPixelsIsInTheDrawing() throws {
        let time = CaptureTime(year: 2024, month: 7, day: 31, hour: 18, minute: 5, second: 9, offset: 9 * 3600)
        let fields = ExifFields(
            orientation: .right, capturedAt: time, coordinates: GPSCoordinates(latitude: 35.1, longitude: 134.2),
            make: "Maker", model: "Model 7")
        let bytes = try encodeJPEG(drawnBody(), exif: fields)
        #expect(try readHeader(bytes).metadata.coordinates != nil)
        let file = PhotoFile(bytes: bytes, mark: nil)
        let pairs = placesOnBody(12).map {
            Correspondence(queryX: $0.y, queryY: $0.x, referenceX: $0.y, referenceY: $0.x)
        }
        let explanation = try PairExplanation(
            submitted: file, reference: file, correspondences: pairs, facts: .plain(agreeing: 12))
        let pictures = try Drawing(explanation.svg(in: .ja)).pictures()
        #expect(pictures.count == 4)
        for picture in pictures {
            let header = try readHeader(picture.jpeg)
            #expect(header.metadata.coordinates == nil)
            #expect(header.metadata.capturedAt == nil)
            #expect(header.metadata.camera == nil)
            for secret in ["Exif", "GPS", "Maker", "Model 7", "2024:07:31"] {
                #expect(picture.jpeg.firstRange(of: Array(secret.utf8)) == nil)
            }
            #expect(max(picture.image.width, picture.image.height) <= 800)
        }
        // Stored on its side, drawn upright.
        #expect(pictures[0].place.height > pictures[0].place.width)
    }

    @Test func theNumbersStandInWordsOfBothLanguages() throws {
        let english = try drawing(spots: 50)
        for words in [
            "Spots that agree: 50", "Lines join 30", "25 %", "200 features", "12.5", "97 %", "extractor-1", "decider-1",
            "Registered: Hanzaki 1", "people and DNA decide",
        ] {
            #expect(english.text.replacing("\n", with: " ").contains(words), "\(words)")
        }
        let japanese = try drawing(spots: 50, language: .ja)
        for words in ["一致する斑紋：50 個", "送った写真", "登録写真", "DNA"] {
            #expect(japanese.text.contains(words))
        }
        #expect(!japanese.text.contains("Spots"))
        let root = try #require(japanese.elements.first)
        #expect(root.attributes["lang"] == "ja")
        #expect(root.attributes["role"] == "img")
        #expect(japanese.elements.contains { $0.name == "title" } && japanese.elements.contains { $0.name == "desc" })
    }

    @Test func anyNameKeepsTheDrawingWellFormed() throws {
        let (photo, reference, pairs) = try turnedPair(spots: 8)
        let name = "<script>alert(1)</script>&\"'\u{1}\u{8}" + String(repeating: "長い名前", count: 40)
        let explanation = try PairExplanation(
            submitted: photo, reference: reference, correspondences: pairs, facts: .plain(name: name, agreeing: 8))
        let drawing = try Drawing(explanation.svg(in: .ja))
        #expect(!drawing.elements.contains { $0.name == "script" })
        #expect(drawing.text.contains("<script>alert(1)</script>&\"'"))
    }

    @Test func aPhotographThatCannotBeReadIsRefused() throws {
        let (photo, _, _) = try turnedPair(spots: 0)
        #expect(throws: ImagingError.empty) {
            try PairExplanation(
                submitted: photo, reference: PhotoFile(bytes: [], mark: nil), correspondences: [],
                facts: .plain(agreeing: 0))
        }
    }
}
