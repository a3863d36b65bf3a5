import Explanation
import Foundation
import FoundationXML
import Imaging
import Registry
import Testing

/// What stands in a drawing, read back from its markup as a browser would.
final class Drawing: NSObject, XMLParserDelegate {
    struct Place: Hashable {
        let x: Double
        let y: Double
    }

    /// An embedded picture: its pixels, and the way from the photograph's pixels to the drawing.
    struct Picture {
        let jpeg: [UInt8]
        let image: PixelImage
        let place: (x: Double, y: Double, width: Double, height: Double)
        let matrix: [Double]

        /// Pixels of the photograph at a place of the drawing.
        func photoPlace(_ place: Place) -> Place {
            let (a, b) = (matrix[0], matrix[1])
            let (x, y) = (place.x - matrix[4], place.y - matrix[5])
            return Place(x: (a * x + b * y) / (a * a + b * b), y: (a * y - b * x) / (a * a + b * b))
        }

        /// The colour that is seen at a place of the drawing.
        func colour(_ place: Place) -> [Int] {
            let photo = photoPlace(place)
            let x = Int((photo.x - self.place.x) / self.place.width * Double(image.width))
            let y = Int((photo.y - self.place.y) / self.place.height * Double(image.height))
            guard (0..<image.width).contains(x), (0..<image.height).contains(y) else { return [] }
            return (0..<3).map { Int(image.pixels[3 * (y * image.width + x) + $0]) }
        }
    }

    private(set) var elements: [(name: String, attributes: [String: String])] = []
    private(set) var text = ""
    /// Ends of the joining lines in the order drawn, those on the photographs before those on the strips.
    private(set) var joined: [[(from: Place, to: Place)]] = []
    private var circles: [Place]?
    private var problem: (any Error)?

    init(_ svg: String) throws {
        super.init()
        let parser = XMLParser(data: Data(svg.utf8))
        parser.delegate = self
        #expect(parser.parse(), "\(String(describing: parser.parserError))")
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        elements.append((name, attributes))
        if attributes["class"] == "halo" { circles = nil }
        if attributes["class"] == "spots" {
            joined.append([])
            circles = []
        }
        guard name == "circle", circles != nil, let x = attributes["cx"].flatMap(Double.init),
            let y = attributes["cy"].flatMap(Double.init)
        else { return }
        circles?.append(Place(x: x, y: y))
        if let pair = circles, pair.count == 2 {
            joined[joined.count - 1].append((pair[0], pair[1]))
            circles = []
        }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

    /// The embedded pictures: submitted, reference, then the strips.
    func pictures() throws -> [Picture] {
        try elements.filter { $0.name == "image" }.map { _, attributes in
            let address = try #require(attributes["href"])
            #expect(address.hasPrefix("data:image/jpeg;base64,"))
            let jpeg = Array(try #require(Data(base64Encoded: String(address.dropFirst(23)))))
            let number = { (name: String) in try #require(attributes[name].flatMap(Double.init)) }
            let matrix = (attributes["transform"] ?? "").split { "(), ".contains($0) }.compactMap { Double($0) }
            return Picture(
                jpeg: jpeg, image: try decodePhoto(jpeg, longestSide: 4000).image,
                place: (try number("x"), try number("y"), try number("width"), try number("height")), matrix: matrix)
        }
    }
}

extension PairExplanation.Facts {
    static func plain(name: String = "Hanzaki 1", agreeing: Int, found: Int? = nil) -> Self {
        Self(
            name: name, agreeing: agreeing, found: found, score: 12.5, percent: "97", extractor: "extractor-1",
            decider: "decider-1")
    }
}

/// A body of many colours on grey, longer than wide.
func drawnBody(width: Int = 480, height: Int = 360) -> PixelImage {
    var image = PixelImage(width: width, height: height, repeating: (128, 128, 128))
    for y in 0..<height {
        for x in 0..<width {
            let (dx, dy) = (Double(x - width / 2) / Double(width) * 2.4, Double(y - height / 2) / Double(height) * 4)
            guard dx * dx + dy * dy < 1 else { continue }
            let index = 3 * (y * width + x)
            image.pixels[index] = UInt8(20 + 220 * x / width)
            image.pixels[index + 1] = UInt8(20 + 220 * y / height)
            image.pixels[index + 2] = (x / 24 + y / 24).isMultiple(of: 2) ? 20 : 60
        }
    }
    return image
}

/// Places on the drawn body, in fractions, the same every time.
func placesOnBody(_ count: Int) -> [(x: Double, y: Double)] {
    (0..<count).map { index in
        let (angle, radius) = (Double(index) * 2.399_963, (Double(index) + 0.5) / Double(count))
        return (0.5 + 0.36 * radius.squareRoot() * cos(angle), 0.5 + 0.2 * radius.squareRoot() * sin(angle))
    }
}
