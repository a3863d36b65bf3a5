import Foundation

extension RiverNetwork {
    /// Metres within which a line's end that touches nothing counts as a gap.
    public static let gapMeters = 30.0
    /// Metres from which a weir is placed on a river.
    public static let weirMeters = 100.0
    /// Lines taken from one source.
    public static let lineLimit = 1_000_000

    /// Makes a network of what a source says.
    ///
    /// Lines are joined where their ends have the same coordinates to 10⁻⁶ degrees, and cut where another line ends on
    /// one of their points. Directions that lead in a circle refuse the network; lines of unknown direction run downhill
    /// where elevations are known, else towards the mouth. Lines drawn against the rest are reported and stay as drawn.
    ///
    /// - Parameters:
    ///   - material: What the source says.
    ///   - source: Name of the source, from which systems without a code are called.
    /// - Returns: The network, and everything noticed that does not refuse it.
    /// - Throws: ``NetworkRefusal`` with every reason.
    public static func built(
        from material: RiverMaterial, source: String
    ) throws(NetworkRefusal) -> (network: RiverNetwork, findings: [NetworkFinding]) {
        var builder = NetworkBuilder(material: material, source: source)
        return try builder.network()
    }
}

/// The steps from lines to a network.
struct NetworkBuilder {
    let material: RiverMaterial
    let source: String
    var findings: [NetworkFinding] = []
    var nodes: [NetworkNode] = []
    var edges: [RiverSegment] = []
    /// Edges at each node.
    var incident: [[Int]] = []
    var isMouth: [Bool] = []
    /// Whether an edge's direction is settled before the mouth is known.
    var isOriented: [Bool] = []
    /// The connected part of each node, named by a node of it.
    var part: [Int] = []
    var names: [RiverName?] = []
    var systems: [String?] = []

    init(material: RiverMaterial, source: String) {
        self.material = material
        self.source = source
    }

    mutating func network() throws(NetworkRefusal) -> (network: RiverNetwork, findings: [NetworkFinding]) {
        guard !material.lines.isEmpty else {
            throw NetworkRefusal([NetworkFinding(.empty, "There is no line of water.")])
        }
        guard material.lines.count <= RiverNetwork.lineLimit else {
            throw NetworkRefusal([
                NetworkFinding(
                    .tooLarge,
                    "\(material.lines.count) lines; at most \(RiverNetwork.lineLimit) are taken: load region by region."
                )
            ])
        }
        joinLines()
        orientByElevation()
        findCycles()
        try stopAtRefusals()
        connectParts()
        let tree = growTrees()
        try stopAtRefusals()
        nameSystems(tree)
        cutPaths(tree)
        let rivers = nameRivers()
        reportGaps(tree)
        compareWithStated()
        let weirs = placeWeirs()
        try stopAtRefusals()
        let network = RiverNetwork(
            segments: edges, nodes: nodes, rivers: rivers, weirs: weirs, basins: material.basins,
            systems: describedSystems(rivers))
        return (network, findings.sorted { ($0.feature ?? 0) < ($1.feature ?? 0) })
    }

    private func stopAtRefusals() throws(NetworkRefusal) {
        if findings.contains(where: \.isRefusal) { throw NetworkRefusal(findings) }
    }

    private struct Spot: Hashable {
        let x: Int32
        let y: Int32

        init(_ point: Coordinate) {
            x = Int32((point.longitude * 1e6).rounded())
            y = Int32((point.latitude * 1e6).rounded())
        }
    }

    private mutating func joinLines() {
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

    private mutating func orientByElevation() {
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

    private mutating func turn(_ index: Int) {
        let edge = edges[index]
        edges[index].course.reverse()
        (edges[index].from, edges[index].to) = (edge.to, edge.from)
    }

    /// Takes away whatever begins or ends a way; what stays goes in circles.
    private mutating func findCycles() {
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

    private mutating func connectParts() {
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

    private mutating func growTrees() -> Tree {
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

    private mutating func cutPaths(_ tree: Tree) {
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

    private mutating func nameSystems(_ tree: Tree) {
        var known: [Int: String] = [:]
        var rivals: Set<[String]> = []
        for (index, edge) in edges.enumerated() {
            guard let code = systems[index] else { continue }
            if let first = known[part[edge.from]], first != code, rivals.insert([first, code].sorted()).inserted {
                findings.append(
                    NetworkFinding(
                        .twoSystems, feature: edge.feature,
                        "Line \(edge.sourceID) of system \(code) is joined to lines of system \(first)."))
            }
            known[part[edge.from]] = known[part[edge.from]] ?? code
        }
        for (index, edge) in edges.enumerated() {
            let root = nodes[tree.roots[part[edge.from]] ?? edge.to].position
            edges[index].system =
                systems[index] ?? known[part[edge.from]]
                ?? String(format: "%@:%.4f,%.4f", source, root.latitude, root.longitude)
        }
        var parts: [String: [Int: (meters: Double, feature: Int)]] = [:]
        for edge in edges {
            var entry = parts[edge.system]?[part[edge.from]] ?? (0, edge.feature)
            entry.meters += edge.meters
            parts[edge.system, default: [:]][part[edge.from]] = entry
        }
        for (system, found) in parts where found.count > 1 {
            for (_, piece) in found.sorted(by: { $0.value.meters > $1.value.meters }).dropFirst() {
                findings.append(
                    NetworkFinding(
                        .unconnected, feature: piece.feature,
                        "\(Int(piece.meters)) m of water of system \(system) hang on nothing of the rest."))
            }
        }
    }

    /// Lines of one name that touch are one river.
    private mutating func nameRivers() -> [River] {
        var group = Groups(edges.count)
        for node in nodes.indices {
            var seen: [String: Int] = [:]
            for index in incident[node] {
                guard let name = names[index]?.name else { continue }
                let key = "\(edges[index].system)\u{0}\(name)"
                if let first = seen[key] { group.put(group.leader(of: index), under: group.leader(of: first)) }
                seen[key] = index
            }
        }
        var indices: [Int: Int] = [:]
        var spans: [(name: RiverName, system: String, mouth: Double, head: Double)] = []
        for (index, edge) in edges.enumerated() {
            guard let name = names[index] else { continue }
            let leader = group.leader(of: index)
            let river = indices[leader] ?? spans.count
            if river == spans.count {
                indices[leader] = river
                spans.append((name, edge.system, .infinity, 0))
            }
            edges[index].river = river
            spans[river].mouth = min(spans[river].mouth, edge.mouthMeters)
            spans[river].head = max(spans[river].head, edge.mouthMeters + edge.meters)
        }
        return spans.map { River(name: $0.name, system: $0.system, mouthMeters: $0.mouth, headMeters: $0.head) }
    }

    private func describedSystems(_ rivers: [River]) -> [WaterSystem] {
        var described = Dictionary(material.systems.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        // A system without a name is called as its lowest river.
        var lowest: [String: River] = [:]
        for river in rivers where (lowest[river.system]?.mouthMeters ?? .infinity) > river.mouthMeters {
            lowest[river.system] = river
        }
        for code in Set(edges.map(\.system)).union(material.basins.map(\.system)) where described[code]?.name == nil {
            described[code] = WaterSystem(
                code: code, name: lowest[code]?.name.name, latinName: lowest[code]?.name.latin,
                reachesSea: described[code]?.reachesSea)
        }
        return described.values.sorted { $0.code < $1.code }
    }

    /// Holds what the source says of lengths and the way down against the drawing.
    private mutating func compareWithStated() {
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

    private mutating func reportGaps(_ tree: Tree) {
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

    private mutating func placeWeirs() -> [PlacedWeir] {
        let grid = PointGrid(material.weirs.map(\.position), within: RiverNetwork.weirMeters)
        var placed = [(meters: Double, place: PlacedWeir)?](repeating: nil, count: material.weirs.count)
        for (index, edge) in edges.enumerated() {
            for candidate in grid.near(edge.course) {
                let weir = material.weirs[candidate]
                let (meters, fraction) = edge.course.nearest(to: weir.position)
                if meters <= RiverNetwork.weirMeters, meters < placed[candidate]?.meters ?? .infinity {
                    placed[candidate] = (meters, PlacedWeir(weir: weir, segment: index, fraction: fraction))
                }
            }
        }
        for (weir, place) in zip(material.weirs, placed) where place == nil {
            findings.append(
                NetworkFinding(
                    .weirOnNoRiver, feature: weir.feature,
                    "The weir\(weir.name.map { " \($0.name)" } ?? "") stands on no river: there is none within "
                        + "\(Int(RiverNetwork.weirMeters)) m."))
        }
        return placed.compactMap { $0?.place }
    }
}

/// Things that belong together, each group known by a leader.
struct Groups {
    private var leaders: [Int]

    init(_ count: Int) { leaders = Array(0..<count) }

    mutating func leader(of one: Int) -> Int {
        var one = one
        while leaders[one] != one {
            leaders[one] = leaders[leaders[one]]
            one = leaders[one]
        }
        return one
    }

    mutating func put(_ leader: Int, under other: Int) { leaders[leader] = other }
}

/// Nodes by rising cost.
struct Heap {
    private var items: [(cost: Double, node: Int)] = []

    mutating func push(_ cost: Double, _ node: Int) {
        items.append((cost, node))
        var index = items.count - 1
        while index > 0, items[index].cost < items[(index - 1) / 2].cost {
            items.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    mutating func pop() -> (cost: Double, node: Int)? {
        guard let first = items.first, let last = items.popLast() else { return nil }
        guard !items.isEmpty else { return first }
        items[0] = last
        var index = 0
        while true {
            var least = index
            for child in [2 * index + 1, 2 * index + 2]
            where child < items.count && items[child].cost < items[least].cost {
                least = child
            }
            guard least != index else { return first }
            items.swapAt(index, least)
            index = least
        }
    }
}
