import Foundation
public import Provenance
import Registry

/// Draws a way along the water: the network around it in grey, the way with its direction, weirs, and both places.
public struct WayDrawing: Sendable {
    private static let width = 900.0
    private static let margin = 40.0
    private static let head = 96.0

    private let map: WaterMap
    private let way: WaterWay
    private let legs: [WayLeg]
    private let ends: [(place: NetworkPlace, name: WaterText)]
    private let courses: [Int64: [Coordinate]]

    /// A drawing of a way on a map that holds its segments.
    public init(map: WaterMap, way: WaterWay, legs: [WayLeg], from start: NetworkPlace, to end: NetworkPlace) {
        self.map = map
        self.way = way
        self.legs = legs
        ends = [(start, .from), (end, .to)]
        courses = Dictionary(map.waters.map { ($0.segment, $0.course) }, uniquingKeysWith: { first, _ in first })
    }

    /// The drawing as SVG 1.1, 900 units wide.
    public var markup: String {
        let frame = Frame(map.waters.flatMap(\.course), width: Self.width, margin: Self.margin, top: Self.head)
        let sentences = [Language.ja, .en].map { sentence(in: $0) }
        let drawing: SVG = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Self.width) \(frame.height)" width="\(Self.width)" \
            height="\(frame.height)" font-family="'Noto Sans CJK JP', 'Noto Sans JP', sans-serif">
            <title>\(sentences[1])</title>
            <rect width="100%" height="100%" fill="#fff"/>
            <text x="\(Self.margin)" y="38" font-size="20" fill="#222">\(sentences[0])</text>
            <text x="\(Self.margin)" y="66" font-size="17" fill="#444">\(sentences[1])</text>
            <g fill="none" stroke="#b9c0c6" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">
            \(map.waters.map { line($0.course, frame) })
            </g>
            <g font-size="14" fill="#737b82" paint-order="stroke" stroke="#fff" stroke-width="4" stroke-linejoin="round">
            \(riverNames(frame))
            </g>
            <g fill="none" stroke="#0b6fb8" stroke-width="5" stroke-linecap="round" stroke-linejoin="round">
            \(legs.compactMap { leg in course(of: leg).map { line($0, frame) } })
            </g>
            <g fill="#fff" stroke="#0b6fb8" stroke-width="1.5" stroke-linejoin="round">
            \(arrows(frame))
            </g>
            \(map.weirs.map { weir($0, isPassed: isPassed($0), frame) })
            \(zip(ends, ["#1a7f37", "#c4320a"]).compactMap { end($0.place, $0.name, colour: $1, frame) })
            </svg>
            """
        return drawing.markup + "\n"
    }

    private func sentence(in language: Language) -> String {
        switch way {
        case .route(let route):
            WaterText.way(
                downMeters: route.downstreamMeters, upMeters: route.upstreamMeters, weirsDown: route.weirsDown.count,
                weirsUp: route.weirsUp.count, in: language)
        case .otherSystem(let from, let to): WaterText.otherSystem.text(in: language, ["from": from, "to": to])
        case .notConnected: WaterText.notConnected.text(in: language)
        }
    }

    private func line(_ course: [Coordinate], _ frame: Frame) -> SVG {
        "<polyline points=\"\(course.map { frame.text($0) }.joined(separator: " "))\"/>"
    }

    /// The piece's line in the direction in which it is gone.
    private func course(of leg: WayLeg) -> [Coordinate]? {
        guard let part = courses[leg.segment]?.part(from: min(leg.from, leg.to), to: max(leg.from, leg.to)) else {
            return nil
        }
        return leg.isDownstream ? part : part.reversed()
    }

    /// Arrows every 70 units along the way, in its direction.
    private func arrows(_ frame: Frame) -> [SVG] {
        let points = legs.compactMap(course).flatMap { $0 }.map(frame.point)
        var arrows: [SVG] = []
        var left = 35.0
        for (start, end) in zip(points, points.dropFirst()) {
            let length = hypot(end.x - start.x, end.y - start.y)
            while length > 0, left <= length {
                let x = start.x + (end.x - start.x) * left / length
                let y = start.y + (end.y - start.y) * left / length
                let turn = atan2(end.y - start.y, end.x - start.x) * 180 / .pi
                arrows.append(
                    "<path d=\"M-5,-6 L8,0 L-5,6 Z\" transform=\"translate(\(x) \(y)) rotate(\(turn))\"/>")
                left += 70
            }
            left -= length
        }
        return arrows
    }

    /// Each river's name once, at the middle of its longest segment.
    private func riverNames(_ frame: Frame) -> [SVG] {
        let rivers = Dictionary(grouping: map.waters.filter { $0.river != nil }) { "\($0.system) \($0.river ?? "")" }
        return rivers.sorted { $0.key < $1.key }.prefix(40).compactMap { _, waters in
            let lengths = waters.map { (water: $0, meters: $0.course.meters) }
            guard let longest = lengths.max(by: { $0.meters < $1.meters })?.water,
                let middle = longest.course.point(at: 0.4)
            else { return nil }
            let point = frame.point(middle)
            return "<text x=\"\(point.x + 12)\" y=\"\(point.y)\">\(longest.river ?? "")</text>"
        }
    }

    private func isPassed(_ weir: WaterMap.Weir) -> Bool {
        legs.contains {
            $0.segment == weir.segment && min($0.from, $0.to) <= weir.fraction && weir.fraction <= max($0.from, $0.to)
        }
    }

    private func weir(_ weir: WaterMap.Weir, isPassed: Bool, _ frame: Frame) -> SVG {
        guard let place = courses[weir.segment]?.point(at: weir.fraction) else { return "" }
        let point = frame.point(place)
        let height = weir.weir.heightMeters.map { " \(SVG.decimal($0, digits: 1)) m" } ?? ""
        let colour = isPassed ? "#7a1f6b" : "#8a9096"
        return """
            <g><rect x="\(point.x - 9)" y="\(point.y - 3)" width="18" height="6" fill="\(colour)" stroke="#fff"/>
            <text x="\(point.x + 13)" y="\(point.y + 5)" font-size="13" fill="\(colour)" paint-order="stroke" stroke="#fff" \
            stroke-width="4">\((weir.weir.name ?? "堰 weir") + height)</text></g>
            """
    }

    private func end(_ place: NetworkPlace, _ name: WaterText, colour: String, _ frame: Frame) -> SVG? {
        guard let position = courses[place.segment]?.point(at: place.fraction) else { return nil }
        let point = frame.point(position)
        let words = "\(name.text(in: .ja)) \(name.text(in: .en))" + (place.river.map { "：\($0)" } ?? "")
        // Beside the right edge the words stand on the left.
        let isRight = point.x > Self.width - 190
        return """
            <g><circle cx="\(point.x)" cy="\(point.y)" r="9" fill="\(colour)" stroke="#fff" stroke-width="2"/>
            <text x="\(point.x + (isRight ? -15 : 15))" y="\(point.y - 10)" font-size="16" font-weight="bold" \
            fill="\(colour)" text-anchor="\(isRight ? "end" : "start")" paint-order="stroke" stroke="#fff" \
            stroke-width="5">\(words)</text></g>
            """
    }

    /// Degrees to units: north up, one scale both ways.
    private struct Frame {
        let west: Double
        let north: Double
        let plane: LocalPlane
        let scale: Double
        let margin: Double
        let top: Double
        let height: Double

        init(_ points: [Coordinate], width: Double, margin: Double, top: Double) {
            let (longitudes, latitudes) = (points.map(\.longitude), points.map(\.latitude))
            west = longitudes.min() ?? 0
            north = latitudes.max() ?? 0
            let south = latitudes.min() ?? 0
            plane = LocalPlane(latitude: (north + south) / 2)
            let across = max(1, ((longitudes.max() ?? 0) - west) * plane.metersPerDegreeEast)
            let down = max(1, (north - south) * plane.metersPerDegreeNorth)
            scale = min((width - 2 * margin) / across, 1400 / down)
            self.margin = margin + (width - 2 * margin - across * scale) / 2
            self.top = top
            height = top + down * scale + margin
        }

        func point(_ place: Coordinate) -> (x: Double, y: Double) {
            (
                margin + (place.longitude - west) * plane.metersPerDegreeEast * scale,
                top + (north - place.latitude) * plane.metersPerDegreeNorth * scale
            )
        }

        func text(_ place: Coordinate) -> String {
            let point = point(place)
            return "\(SVG.decimal(point.x, digits: 1)),\(SVG.decimal(point.y, digits: 1))"
        }
    }
}
