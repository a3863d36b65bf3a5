/// The ways from the mouths upstream.
extension NetworkBuilder {
    mutating func connectParts() {
        part = [Int](repeating: -1, count: nodes.count)
        for start in nodes.indices where part[start] < 0 {
            part[start] = start
            var open = [start]
            while let node = open.popLast() {
                for index in incident[node] {
                    let other = edges[index].from == node ? edges[index].to : edges[index].from
                    if part[other] < 0 {
                        part[other] = start
                        open.append(other)
                    }
                }
            }
        }
    }

    /// The shortest ways from each mouth upstream.
    struct Tree {
        /// Node of the mouth of each part.
        var roots: [Int: Int] = [:]
        /// The edge from a node towards the mouth.
        var toMouth: [Int?]
        /// Metres to the mouth.
        var meters: [Double]
        /// Nodes from the mouths upwards.
        var order: [Int] = []
        var depth: [Int]
    }

    mutating func growTrees() -> Tree {
        var tree = Tree(
            toMouth: Array(repeating: nil, count: nodes.count), meters: Array(repeating: 0, count: nodes.count),
            depth: Array(repeating: 0, count: nodes.count))
        tree.roots = mouths()
        var cost = [Double](repeating: .infinity, count: nodes.count)
        var isSettled = [Bool](repeating: false, count: nodes.count)
        var open = Heap()
        for root in tree.roots.values {
            cost[root] = 0
            open.push(0, root)
        }
        while let (_, node) = open.pop() {
            if isSettled[node] { continue }
            isSettled[node] = true
            tree.order.append(node)
            for index in incident[node] {
                let edge = edges[index]
                let other = edge.from == node ? edge.to : edge.from
                guard !isSettled[other] else { continue }
                let isAgainst = isOriented[index] && edge.from == node
                let next = cost[node] + edge.meters * (isAgainst ? 1000 : 1)
                if next < cost[other] {
                    cost[other] = next
                    tree.toMouth[other] = index
                    tree.meters[other] = tree.meters[node] + edge.meters
                    tree.depth[other] = tree.depth[node] + 1
                    open.push(next, other)
                }
            }
        }
        for index in edges.indices where !isOriented[index] && cost[edges[index].from] < cost[edges[index].to] {
            turn(index)
        }
        reportAgainst(tree)
        return tree
    }

    /// One mouth for every part: one the source names, else the lowest end, else the end with most water above it.
    private mutating func mouths() -> [Int: Int] {
        var arriving = [Int](repeating: 0, count: nodes.count)
        var leaving = arriving
        for (index, edge) in edges.enumerated() where isOriented[index] {
            leaving[edge.from] += 1
            arriving[edge.to] += 1
        }
        let above = metersAbove(arriving)
        var best: [Int: Int] = [:]
        func rank(_ node: Int) -> (Int, Double, Double) {
            (isMouth[node] ? 1 : 0, -(nodes[node].elevation ?? .infinity), above[node])
        }
        for node in nodes.indices where isMouth[node] || leaving[node] == 0 && arriving[node] > 0 {
            if let rival = best[part[node]], rank(rival) >= rank(node) { continue }
            best[part[node]] = node
        }
        for node in nodes.indices where part[node] == node && best[node] == nil {
            guard let edge = incident[node].first.map({ edges[$0] }) else { continue }
            findings.append(
                NetworkFinding(
                    .noMouth, feature: edge.feature,
                    "Nothing tells where the water around line \(edge.sourceID) leaves: give the direction of a line, "
                        + "elevations, or the node of the mouth."))
        }
        return best
    }

    /// Metres of settled lines that lead to each node.
    private func metersAbove(_ arriving: [Int]) -> [Double] {
        var left = arriving
        var above = [Double](repeating: 0, count: nodes.count)
        var open = nodes.indices.filter { left[$0] == 0 }
        while let node = open.popLast() {
            let ways = incident[node].filter { isOriented[$0] && edges[$0].from == node }
            for index in ways {
                let to = edges[index].to
                above[to] += above[node] / Double(ways.count) + edges[index].meters
                left[to] -= 1
                if left[to] == 0 { open.append(to) }
            }
        }
        return above
    }

    /// Lines that a tree can only follow against their direction: reversed where water is above them, else a second
    /// outlet.
    private mutating func reportAgainst(_ tree: Tree) {
        var hasWaterAbove = [Bool](repeating: false, count: nodes.count)
        for node in tree.order.reversed() {
            guard let index = tree.toMouth[node] else { continue }
            let isAgainst = isOriented[index] && edges[index].to == node
            let lower = edges[index].from == node ? edges[index].to : edges[index].from
            if !isAgainst || hasWaterAbove[node] { hasWaterAbove[lower] = true }
            guard isAgainst else { continue }
            if hasWaterAbove[node] {
                findings.append(
                    NetworkFinding(
                        .reversed, feature: edges[index].feature,
                        "Line \(edges[index].sourceID) is drawn against the lines around it: is it reversed?"))
            } else if incident[node].count == 1, !isMouth[node] {
                findings.append(
                    NetworkFinding(
                        .secondOutlet, feature: edges[index].feature,
                        "Water leaves a second time at the end of line \(edges[index].sourceID): a second mouth, a gap, "
                            + "or a reversed line."))
            }
        }
    }
}
