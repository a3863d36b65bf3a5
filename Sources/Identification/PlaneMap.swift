import Foundation
import OpenCVBridge

/// A place on a picture in pixels.
struct Place {
    let x: Double
    let y: Double
}

/// A projective map of the plane, by which a picture is seen on a screen or a print that is tilted.
struct PlaneMap {
    /// A row-major 3 × 3 matrix on homogeneous coordinates.
    private let terms: [Double]

    /// A place on each of two pictures.
    struct Pair {
        let from: Place
        let to: Place
    }

    /// The map that explains most of the given pairs.
    ///
    /// An affine map by RANSAC begins; projective ones are fitted to what lies within a narrowing distance. It is `nil`
    /// where no map explains ``leastPairs``.
    ///
    /// - Parameters:
    ///   - pairs: Places on two pictures.
    ///   - pixel: Pixels of the second picture for one of a picture of 512.
    /// - Throws: ``IdentificationError``.
    init?(explaining pairs: [Pair], pixel: Double) throws(IdentificationError) {
        guard pairs.count >= Self.leastPairs else { return nil }
        var affine = [Double](repeating: 0, count: 6)
        var flags = [UInt8](repeating: 0, count: pairs.count)
        var found: Int32 = 0
        try vision("the check for a copy") {
            cv_bridge_ransac(
                pairs.flatMap { [Float($0.from.x), Float($0.from.y)] },
                pairs.flatMap { [Float($0.to.x), Float($0.to.y)] }, Int32(pairs.count), 1, 8 * pixel, &affine, &flags,
                &found)
        }
        guard found == 1 else { return nil }
        var map = PlaneMap(terms: affine + [0, 0, 1])
        for reach in [12.0, 8, 5, 4, 3] {
            let near = pairs.filter { map.miss($0) <= reach * pixel }
            guard near.count >= Self.leastPairs, let next = PlaneMap(fitting: near) else { return nil }
            map = next
        }
        self = map
    }

    /// Twice as many as determine a map.
    private static let leastPairs = 8

    private init(terms: [Double]) { self.terms = terms }

    /// Least squares of the equations made linear, with places centred and scaled first (Hartley 1997).
    private init?(fitting pairs: [Pair]) {
        let (own, other) = (PlaneMap(normalising: pairs.map(\.from)), PlaneMap(normalising: pairs.map(\.to)))
        var rows = [[Double]](repeating: [Double](repeating: 0, count: 9), count: 8)
        for pair in pairs {
            let (p, q) = (own.apply(pair.from), other.apply(pair.to))
            let equations = [
                [p.x, p.y, 1, 0, 0, 0, -p.x * q.x, -p.y * q.x, q.x],
                [0, 0, 0, p.x, p.y, 1, -p.x * q.y, -p.y * q.y, q.y],
            ]
            for equation in equations {
                for row in 0..<8 {
                    for column in 0..<9 { rows[row][column] += equation[row] * equation[column] }
                }
            }
        }
        guard let solution = solved(rows), let back = other.inverse else { return nil }
        self = back.after(PlaneMap(terms: solution + [1])).after(own)
    }

    private init(normalising places: [Place]) {
        let count = Double(places.count)
        let centre = Place(x: places.reduce(0) { $0 + $1.x } / count, y: places.reduce(0) { $0 + $1.y } / count)
        let spread = places.reduce(0) { $0 + hypot($1.x - centre.x, $1.y - centre.y) } / count
        let scale = 1 / max(spread, 1e-9)
        self.init(terms: [scale, 0, -scale * centre.x, 0, scale, -scale * centre.y, 0, 0, 1])
    }

    /// Where a place comes to lie.
    func apply(_ place: Place) -> Place {
        let depth = terms[6] * place.x + terms[7] * place.y + terms[8]
        return Place(
            x: (terms[0] * place.x + terms[1] * place.y + terms[2]) / depth,
            y: (terms[3] * place.x + terms[4] * place.y + terms[5]) / depth)
    }

    /// How far from its second place a pair's first comes to lie, in pixels of the second picture.
    func miss(_ pair: Pair) -> Double {
        let place = apply(pair.from)
        return hypot(place.x - pair.to.x, place.y - pair.to.y)
    }

    /// This map applied to the result of another.
    private func after(_ first: PlaneMap) -> PlaneMap {
        var product = [Double](repeating: 0, count: 9)
        for row in 0..<3 {
            for column in 0..<3 {
                for inner in 0..<3 {
                    product[3 * row + column] += terms[3 * row + inner] * first.terms[3 * inner + column]
                }
            }
        }
        return PlaneMap(terms: product)
    }

    /// The way back; `nil` where the map folds the plane into a line.
    var inverse: PlaneMap? {
        func minor(_ first: (Int, Int), _ second: (Int, Int)) -> Double {
            terms[first.0] * terms[first.1] - terms[second.0] * terms[second.1]
        }
        let cofactors = [
            minor((4, 8), (5, 7)), minor((2, 7), (1, 8)), minor((1, 5), (2, 4)),
            minor((5, 6), (3, 8)), minor((0, 8), (2, 6)), minor((2, 3), (0, 5)),
            minor((3, 7), (4, 6)), minor((1, 6), (0, 7)), minor((0, 4), (1, 3)),
        ]
        let determinant = terms[0] * cofactors[0] + terms[1] * cofactors[3] + terms[2] * cofactors[6]
        return abs(determinant) > 1e-12 ? PlaneMap(terms: cofactors.map { $0 / determinant }) : nil
    }
}
