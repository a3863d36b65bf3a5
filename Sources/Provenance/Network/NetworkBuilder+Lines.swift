import Foundation

/// Lines are joined at their ends and cut where others end on them.
extension NetworkBuilder {
    private struct Spot: Hashable {
        let x: Int32
        let y: Int32

        init(_ point: Coordinate) {
            x = Int32((point.longitude * 1e6).rounded())
            y = Int32((point.latitude * 1e6).rounded())
        }
    }

    mutating func joinLines() {
        let known = Dictionary(
            material.junctions.compactMap { junction in junction.sourceID.map { ($0, junction.position) } },
            uniquingKeysWith: { first, _ in first })
        let described = Dictionary(
            material.junctions.map { (Spot($0.position), $0) },
            uniquingKeysWith: { $0.isMouth || $0.elevation != nil ? $0 : $1 })
        var ends: Set<Spot> = []
        for line in material.lines {
            guard let first = line.course.first, let last = line.course.last else { continue }
            ends.insert(Spot(line.ends.from.flatMap { known[$0] } ?? first))
            ends.insert(Spot(line.ends.to.flatMap { known[$0] } ?? last))
        }
        var indices: [Spot: Int] = [:]
        for line in material.lines {
            var course = line.course
            guard course.count >= 2 else {
                findings.append(NetworkFinding(.wrongGeometry, feature: line.feature, "A line needs two points."))
                continue
            }
            if let from = line.ends.from.flatMap({ known[$0] }), Spot(from) != Spot(course[0]) {
                course.insert(from, at: 0)
            }
            if let to = line.ends.to.flatMap({ known[$0] }), Spot(to) != Spot(course[course.count - 1]) {
                course.append(to)
            }
            var start = 0
            for index in 1..<course.count where index == course.count - 1 || ends.contains(Spot(course[index])) {
                let piece = Array(course[start...index])
                start = index
                let meters = piece.meters
                let from = node(piece[0], &indices, described)
                let to = node(piece[piece.count - 1], &indices, described)
                guard meters > 0, from != to else {
                    // Doubled points of a drawing carry no water; a loop does.
                    if meters > 1 || piece.count == course.count {
                        findings.append(
                            NetworkFinding(
                                .ring, feature: line.feature,
                                "The line ends where it begins: draw a river's middle, not its banks."))
                    }
                    continue
                }
                incident[from].append(edges.count)
                incident[to].append(edges.count)
                edges.append(
                    RiverSegment(
                        feature: line.feature, sourceID: line.sourceID, course: piece, from: from, to: to,
                        meters: meters, isDirectionKnown: line.isDirectionKnown, system: "", river: nil, next: nil,
                        path: 0, rank: 0, mouthMeters: 0, braid: nil, isMain: false))
                names.append(line.river)
                systems.append(line.system)
            }
        }
        isOriented = edges.map(\.isDirectionKnown)
    }

    private mutating func node(
        _ point: Coordinate, _ indices: inout [Spot: Int], _ described: [Spot: RiverJunction]
    ) -> Int {
        let spot = Spot(point)
        if let index = indices[spot] { return index }
        let index = nodes.count
        indices[spot] = index
        nodes.append(NetworkNode(position: point, elevation: described[spot]?.elevation))
        isMouth.append(described[spot]?.isMouth ?? false)
        incident.append([])
        return index
    }
}
