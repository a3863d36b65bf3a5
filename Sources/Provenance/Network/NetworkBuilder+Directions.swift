/// Which way lines run where elevations tell, and which lead in circles.
extension NetworkBuilder {
    mutating func orientByElevation() {
        for index in edges.indices {
            guard let above = nodes[edges[index].from].elevation, let below = nodes[edges[index].to].elevation,
                above < below
            else { continue }
            if edges[index].isDirectionKnown {
                findings.append(
                    NetworkFinding(
                        .uphill, feature: edges[index].feature,
                        "Line \(edges[index].sourceID) runs uphill, from \(above) m to \(below) m: is it reversed?"))
            } else {
                turn(index)
            }
        }
        for index in edges.indices where !isOriented[index] {
            guard let above = nodes[edges[index].from].elevation, let below = nodes[edges[index].to].elevation
            else { continue }
            isOriented[index] = above != below
        }
    }

    mutating func turn(_ index: Int) {
        let edge = edges[index]
        edges[index].course.reverse()
        (edges[index].from, edges[index].to) = (edge.to, edge.from)
    }

    /// Takes away whatever begins or ends a way; what stays goes in circles.
    mutating func findCycles() {
        var arriving = [Int](repeating: 0, count: nodes.count)
        var leaving = arriving
        for edge in edges where edge.isDirectionKnown {
            leaving[edge.from] += 1
            arriving[edge.to] += 1
        }
        var isGone = edges.map { !$0.isDirectionKnown }
        var open = nodes.indices.filter { arriving[$0] == 0 || leaving[$0] == 0 }
        while let node = open.popLast() {
            for index in incident[node] where !isGone[index] {
                let edge = edges[index]
                guard edge.from == node && arriving[node] == 0 || edge.to == node && leaving[node] == 0 else {
                    continue
                }
                isGone[index] = true
                leaving[edge.from] -= 1
                arriving[edge.to] -= 1
                open.append(edge.from == node ? edge.to : edge.from)
            }
        }
        for index in edges.indices where !isGone[index] {
            findings.append(
                NetworkFinding(
                    .cycle, feature: edges[index].feature,
                    "Line \(edges[index].sourceID) is part of a circle, or joins two: turn the line that is drawn the "
                        + "wrong way, or say that its direction is not known."))
        }
    }
}
