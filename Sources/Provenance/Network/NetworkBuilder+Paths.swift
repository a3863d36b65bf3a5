/// Ways cut into paths and braids, so that two places meet in few steps.
extension NetworkBuilder {
    mutating func cutPaths(_ tree: Tree) {
        for index in edges.indices { edges[index].isMain = tree.toMouth[edges[index].from] == index }
        // Segments above each node, its own edge included.
        var size = [Int](repeating: 1, count: nodes.count)
        var larger = [Int](repeating: -1, count: nodes.count)
        for node in tree.order.reversed() {
            guard let index = tree.toMouth[node] else { continue }
            let lower = edges[index].from == node ? edges[index].to : edges[index].from
            size[lower] += size[node]
            if larger[lower] < 0 || size[larger[lower]] < size[node] { larger[lower] = node }
        }
        for node in tree.order {
            guard let index = tree.toMouth[node] else { continue }
            let lower = edges[index].from == node ? edges[index].to : edges[index].from
            edges[index].next = tree.toMouth[lower]
            edges[index].mouthMeters = tree.meters[lower]
            if let next = tree.toMouth[lower], larger[lower] == node {
                edges[index].path = edges[next].path
                edges[index].rank = edges[next].rank + 1
            } else {
                edges[index].path = index
            }
        }
        var group = Groups(nodes.count)
        for (index, edge) in edges.enumerated() {
            guard tree.toMouth[edge.from] != index, tree.toMouth[edge.to] != index else { continue }
            edges[index].path = index
            edges[index].next = tree.toMouth[edge.to]
            edges[index].mouthMeters = tree.meters[edge.to]
            close(edge.from, edge.to, in: tree, &group)
        }
        var names: [Int: Int] = [:]
        for (index, edge) in edges.enumerated() {
            let one = group.leader(of: edge.from)
            guard one == group.leader(of: edge.to) else { continue }
            edges[index].braid = names[one] ?? index
            names[one] = edges[index].braid
        }
    }

    /// Puts everything on the circle that an edge closes with the tree into one group.
    private func close(_ one: Int, _ other: Int, in tree: Tree, _ group: inout Groups) {
        // The leader of a group is its node nearest the mouth.
        var (one, other) = (group.leader(of: one), group.leader(of: other))
        while one != other {
            if tree.depth[one] < tree.depth[other] { swap(&one, &other) }
            guard let index = tree.toMouth[one] else { return }
            let lower = group.leader(of: edges[index].from == one ? edges[index].to : edges[index].from)
            group.put(one, under: lower)
            one = lower
        }
    }
}
