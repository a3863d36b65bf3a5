import Foundation

/// A giant salamander in simple lines, 260 × 300 units.
struct AnimalSketch: Sendable {
    enum View { case headFromAbove, headFromBelow, wholeFromAbove }
    enum Blotches { case none, fine, coarse, dots }
    enum Warts { case none, few, single, paired }

    var view = View.headFromAbove
    /// Half of the head's width.
    var halfWidth = 80.0
    /// From the cheeks to the tip of the snout.
    var snout = 110.0
    var eye = 4.0
    /// How far back the corners of the mouth lie, as a share of the way from the tip to the cheeks; 0 draws no mouth.
    var mouth = 0.0
    var tail = 84.0
    var ground = "#9a7b5c"
    var blotch = "#2c2620"
    var blotches = Blotches.fine
    var warts = Warts.none
    var hasTubercles = false

    var svg: SVG {
        switch view {
        case .headFromAbove: "\(outline)\(spots)\(wartCircles)\(eyes)\(mouthLine)"
        case .headFromBelow: "\(outline)\(throat)\(tubercles)"
        case .wholeFromAbove: wholeAnimal
        }
    }

    private static let centre = 130.0
    private static let cheeks = 190.0

    private var outline: SVG {
        let (c, y, w) = (Self.centre, Self.cheeks, halfWidth)
        let tip = y - snout
        let shoulder = 0.74 * w
        return """
            <path d="M \(c - shoulder) 290 C \(c - shoulder) 250 \(c - 1.02 * w) 245 \(c - w) \(y) \
            C \(c - w) \(y - 0.78 * snout) \(c - 0.62 * w) \(tip) \(c) \(tip) \
            C \(c + 0.62 * w) \(tip) \(c + w) \(y - 0.78 * snout) \(c + w) \(y) \
            C \(c + 1.02 * w) 245 \(c + shoulder) 250 \(c + shoulder) 290 Z" \
            fill="\(ground)" stroke="#3a3026" stroke-width="2.5" stroke-linejoin="round"/>
            """
    }

    private var eyes: SVG {
        let y = Self.cheeks - 0.52 * snout
        let sides = [-1.0, 1.0].map { side -> SVG in
            let x = Self.centre + side * 0.64 * halfWidth
            return """
                <circle cx="\(x)" cy="\(y)" r="\(eye + 3)" fill="none" stroke="#3a3026" stroke-width="1.5"/>
                <circle cx="\(x)" cy="\(y)" r="\(eye)" fill="#111"/>
                """
        }
        let nostrils = [-1.0, 1.0].map { side -> SVG in
            "<circle cx=\"\(Self.centre + side * 11)\" cy=\"\(Self.cheeks - snout + 8)\" r=\"1.8\" fill=\"#111\"/>"
        }
        return "\(sides)\(nostrils)"
    }

    /// Where the mouth runs below the edge, dashed, its corners marked.
    private var mouthLine: SVG {
        guard mouth > 0 else { return "" }
        let (c, w) = (Self.centre, halfWidth)
        let tip = Self.cheeks - snout
        let corner = tip + mouth * snout
        let x = 0.86 * w * min(1, (mouth * (2 - mouth)).squareRoot())
        return """
            <path d="M \(c - x) \(corner) C \(c - x) \(tip + 0.3 * snout) \(c - 0.5 * w) \(tip + 12) \(c) \(tip + 12) \
            C \(c + 0.5 * w) \(tip + 12) \(c + x) \(tip + 0.3 * snout) \(c + x) \(corner)" fill="none" stroke="#111" \
            stroke-width="2.5" stroke-dasharray="7 5"/>
            <circle cx="\(c - x)" cy="\(corner)" r="5" fill="#c4320a"/><circle cx="\(c + x)" cy="\(corner)" r="5" fill="#c4320a"/>
            """
    }

    private var throat: SVG {
        let (c, w) = (Self.centre, halfWidth)
        return """
            <path d="M \(c - 0.86 * w) 205 C \(c - 0.86 * w) 120 \(c - 0.5 * w) \(Self.cheeks - snout + 16) \(c) \
            \(Self.cheeks - snout + 16) C \(c + 0.5 * w) \(Self.cheeks - snout + 16) \(c + 0.86 * w) 120 \(c + 0.86 * w) 205" \
            fill="none" stroke="#6b5844" stroke-width="2"/>
            <path d="M \(c - 0.8 * w) 248 C \(c - 0.3 * w) 262 \(c + 0.3 * w) 262 \(c + 0.8 * w) 248" fill="none" \
            stroke="#6b5844" stroke-width="2"/>
            """
    }

    /// Two rows along the jaw and some on the throat.
    private var tubercles: [SVG] {
        guard hasTubercles else { return [] }
        let (c, w) = (Self.centre, halfWidth)
        let centreY = 200.0
        var points: [(x: Double, y: Double)] = []
        for (radius, count) in [(0.74, 9), (0.58, 7)] {
            for step in 0..<count {
                let angle = Double.pi * (0.08 + 0.84 * Double(step) / Double(count - 1))
                points.append((c - radius * w * cos(angle), centreY - radius * 1.28 * w * sin(angle)))
            }
        }
        points += [(-0.3, 205), (0, 212), (0.3, 205), (-0.15, 228), (0.15, 228)].map { (c + $0.0 * w, $0.1) }
        return points.map {
            "<circle cx=\"\($0.x)\" cy=\"\($0.y)\" r=\"4\" fill=\"#efe3d2\" stroke=\"#3a3026\" stroke-width=\"1.4\"/>"
        }
    }

    /// Places on the back of a head in shares of its half-width and from the cheeks to the tip.
    private static let places: [(x: Double, y: Double)] = [
        (-0.55, -0.1), (-0.2, 0.05), (0.2, -0.02), (0.55, 0.1), (-0.7, 0.25), (-0.35, 0.3), (0.05, 0.25), (0.4, 0.32),
        (0.72, 0.28), (-0.3, 0.62), (0.05, 0.55), (0.32, 0.68), (-0.1, 0.82), (0.2, 0.86), (-0.45, -0.45), (0, -0.35),
        (0.42, -0.42), (-0.2, -0.65), (0.25, -0.68), (-0.5, 0.8), (0.52, 0.78),
    ]

    private func point(_ place: (x: Double, y: Double)) -> (x: Double, y: Double) {
        (Self.centre + place.x * halfWidth, Self.cheeks - place.y * snout)
    }

    private var spots: [SVG] {
        let chosen: [(place: (x: Double, y: Double), radius: Double)] =
            switch blotches {
            case .none: []
            case .fine: Self.places.enumerated().map { ($0.element, [4.5, 6, 3.5, 5, 7][$0.offset % 5]) }
            case .dots: Self.places.enumerated().map { ($0.element, $0.offset % 2 == 0 ? 2.5 : 1.8) }
            case .coarse:
                [(0, 21), (3, 19), (6, 17), (9, 15), (11, 16), (15, 22)].map { (Self.places[$0.0], $0.1) }
            }
        return chosen.map { place, radius in
            let (x, y) = point(place)
            return """
                <ellipse cx="\(x)" cy="\(y)" rx="\(1.25 * radius)" ry="\(radius)" fill="\(blotch)" \
                transform="rotate(\((x + y).truncatingRemainder(dividingBy: 90)) \(x) \(y))"/>
                """
        }
    }

    private var wartCircles: [SVG] {
        let places: [(x: Double, y: Double)] =
            switch warts {
            case .none: []
            case .few: [1, 8, 14].map { Self.places[$0] }
            case .single: Self.places
            case .paired:
                stride(from: 0, to: Self.places.count, by: 2).flatMap { index in
                    [-0.055, 0.055].map { (Self.places[index].x + $0, Self.places[index].y) }
                }
            }
        return places.map {
            let (x, y) = point($0)
            return
                "<circle cx=\"\(x)\" cy=\"\(y)\" r=\"3.6\" fill=\"#d9c7ae\" stroke=\"#3a3026\" stroke-width=\"1.2\"/>"
        }
    }

    /// Head, trunk, legs and tail from above, the head up.
    private var wholeAnimal: SVG {
        let c = Self.centre
        let (vent, end) = (168.0, 168 + tail)
        let legs = [(-1.0, 92.0), (1, 92), (-1, 156), (1, 156)].map { side, y -> SVG in
            """
            <path d="M \(c + side * 20) \(y) Q \(c + side * 44) \(y - 4) \(c + side * 50) \(y + 14)" fill="none" \
            stroke="#3a3026" stroke-width="13" stroke-linecap="round"/>
            <path d="M \(c + side * 20) \(y) Q \(c + side * 44) \(y - 4) \(c + side * 50) \(y + 14)" fill="none" \
            stroke="\(ground)" stroke-width="9" stroke-linecap="round"/>
            """
        }
        return """
            \(legs)
            <path d="M \(c) 40 C \(c + 26) 40 \(c + 31) 62 \(c + 27) 78 C \(c + 24) 90 \(c + 25) 100 \(c + 26) 120 \
            C \(c + 27) 150 \(c + 20) 160 \(c + 15) \(vent) C \(c + 11) \(vent + 0.5 * tail) \(c + 6) \(end - 12) \(c) \(end) \
            C \(c - 6) \(end - 12) \(c - 11) \(vent + 0.5 * tail) \(c - 15) \(vent) C \(c - 20) 160 \(c - 27) 150 \(c - 26) 120 \
            C \(c - 25) 100 \(c - 24) 90 \(c - 27) 78 C \(c - 31) 62 \(c - 26) 40 \(c) 40 Z" fill="\(ground)" \
            stroke="#3a3026" stroke-width="2.5"/>
            <line x1="\(c + 70)" y1="\(vent)" x2="\(c + 70)" y2="\(end)" stroke="#c4320a" stroke-width="3"/>
            <path d="M \(c + 63) \(vent) h 14 M \(c + 63) \(end) h 14" stroke="#c4320a" stroke-width="3"/>
            """
    }
}
