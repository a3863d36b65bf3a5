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

}
