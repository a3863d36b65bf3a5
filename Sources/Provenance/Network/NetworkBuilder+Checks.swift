import Foundation

/// What does not refuse a network and ought to be looked at.
extension NetworkBuilder {
    /// Holds what the source says of lengths and the way down against the drawing.
    mutating func compareWithStated() {
        let lines = Dictionary(grouping: edges.indices) { edges[$0].feature }
        for line in material.lines {
            guard let stated = line.stated, let pieces = lines[line.feature],
                let last = pieces.max(by: { edges[$0].mouthMeters > edges[$1].mouthMeters })
            else { continue }
            let next = edges[last].next.map { edges[$0].sourceID }
            if !stated.isLowest, stated.next != next {
                findings.append(
                    NetworkFinding(
                        .disagrees, feature: line.feature,
                        "Line \(line.sourceID) is said to lead to \(stated.next ?? "none"), but is drawn to lead to "
                            + "\(next ?? "none")."))
            }
            let drawn = pieces.reduce(0) { $0 + edges[$1].meters }
            if let meters = stated.meters, abs(meters - drawn) > max(100, drawn / 20) {
                findings.append(
                    NetworkFinding(
                        .disagrees, feature: line.feature,
                        "Line \(line.sourceID) is said to be \(Int(meters)) m long, but is drawn \(Int(drawn)) m long.")
                )
            }
        }
    }

    mutating func reportGaps(_ tree: Tree) {
        let ends = nodes.indices.filter { incident[$0].count == 1 }
        let grid = PointGrid(ends.map { nodes[$0].position }, within: RiverNetwork.gapMeters)
        var gaps: [Int: (meters: Double, edge: Int)] = [:]
        for (index, edge) in edges.enumerated() {
            for candidate in grid.near(edge.course) {
                let end = ends[candidate]
                guard part[end] != part[edge.from] else { continue }
                let meters = edge.course.nearest(to: nodes[end].position).meters
                if meters <= RiverNetwork.gapMeters, meters < gaps[end]?.meters ?? .infinity {
                    gaps[end] = (meters, index)
                }
            }
        }
        for (end, gap) in gaps {
            guard let line = incident[end].first.map({ edges[$0] }) else { continue }
            findings.append(
                NetworkFinding(
                    .gap, feature: line.feature,
                    "Line \(line.sourceID) ends \(String(format: "%.1f", gap.meters)) m from line "
                        + "\(edges[gap.edge].sourceID) without touching it."))
        }
    }
}
