/// A network ready to be stored: segments in the direction of flow, with what makes ways along them quick to find.
///
/// Every connected part gets one tree, grown from its mouth over the shortest ways upstream (Dijkstra; a step against a
/// known direction counts a thousandfold, so it is taken only where nothing else connects). The tree is cut into paths
/// that follow the larger side of every confluence (heavy paths: a way to the mouth touches at most log₂ n of them).
/// Segments of which none is the only way form braids (2-edge-connected parts). The way between two places then lies
/// within their ways to the mouth and the braids these touch, and there the shortest one is found exactly.
public struct RiverNetwork: Sendable {
    /// Pieces between nodes.
    public var segments: [RiverSegment]
    /// Nodes, referred to by their place here.
    public var nodes: [NetworkNode]
    /// Rivers, referred to by their place here.
    public var rivers: [River]
    /// Weirs.
    public var weirs: [PlacedWeir]
    /// Unit basins.
    public var basins: [UnitBasin]
    /// Water systems, every one that a segment, river or basin names.
    public var systems: [WaterSystem]
}

/// A node of a network.
public struct NetworkNode: Sendable {
    /// Where it is.
    public let position: Coordinate
    /// Metres above the sea.
    public let elevation: Double?
}

/// A river by name within a network.
public struct River: Sendable {
    /// Its name.
    public let name: RiverName
    /// Code of its water system.
    public let system: String
    /// Metres from its lower end to the mouth of the system.
    public let mouthMeters: Double
    /// Metres from its upper end to the mouth of the system.
    public let headMeters: Double
}

/// A piece of river between two nodes; references are places in the lists of its network.
public struct RiverSegment: Sendable {
    /// The feature it was drawn by.
    public let feature: Int
    /// What the source calls it.
    public let sourceID: String
    /// From the upper to the lower node.
    public var course: [Coordinate]
    /// Upper node.
    public var from: Int
    /// Lower node.
    public var to: Int
    /// Metres.
    public let meters: Double
    /// Whether the source knows the direction.
    public let isDirectionKnown: Bool
    /// Code of the water system.
    public var system: String
    /// The river.
    public var river: Int?
    /// The next one on the shortest way to the mouth.
    public var next: Int?
    /// The lowest segment of its path.
    public var path: Int
    /// Place on the path, from 0 at the lowest.
    public var rank: Int
    /// Metres from its lower end to the mouth.
    public var mouthMeters: Double
    /// One segment of the braid it belongs to.
    public var braid: Int?
    /// Whether it lies on the shortest way to the mouth from its upper node.
    public var isMain: Bool
}

/// A weir on a segment.
public struct PlacedWeir: Sendable {
    /// The weir as the source has it.
    public let weir: RiverWeir
    /// The segment.
    public let segment: Int
    /// How far along it with the flow, 0 … 1.
    public let fraction: Double
}
