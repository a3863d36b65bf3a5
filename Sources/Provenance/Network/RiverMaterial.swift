/// What a source says of rivers, before it is made a network.
public struct RiverMaterial: Sendable {
    /// Lines of water.
    public var lines: [RiverLine] = []
    /// Points between lines of which more is known.
    public var junctions: [RiverJunction] = []
    /// Weirs.
    public var weirs: [RiverWeir] = []
    /// Unit basins.
    public var basins: [UnitBasin] = []
    /// Water systems of which more is known than their code.
    public var systems: [WaterSystem] = []

    /// Nothing yet.
    public init() {}
}

/// A name in the scripts it is known in.
public struct RiverName: Hashable, Sendable, Codable {
    /// As the source has it, most often in kanji.
    public let name: String
    /// In kana.
    public let reading: String?
    /// In Latin letters.
    public let latin: String?

    /// A name.
    public init(_ name: String, reading: String? = nil, latin: String? = nil) {
        (self.name, self.reading, self.latin) = (name, reading, latin)
    }

    /// Everything under which it is looked up.
    public var keys: [String] {
        var seen: Set<String> = []
        return [name, reading, latin].compactMap { $0.map(PlaceName.key) }.filter {
            !$0.isEmpty && seen.insert($0).inserted
        }
    }
}

/// A line of water, drawn with the flow where that is known.
public struct RiverLine: Sendable {
    /// Its place in the file, from 1.
    public let feature: Int
    /// What the source calls it.
    public let sourceID: String
    /// The line, two points or more.
    public let course: [Coordinate]
    /// The river.
    public let river: RiverName?
    /// Code of the water system.
    public let system: String?
    /// Whether it is drawn with the flow.
    public let isDirectionKnown: Bool
    /// What the source calls the points where it begins and ends.
    public let ends: (from: String?, to: String?)
    /// What the source says of the way down, to be held against the drawing.
    public let stated: Stated?

    /// What a source says of a line besides drawing it.
    public struct Stated: Sendable {
        /// The next line.
        public let next: String?
        /// Whether there is none.
        public let isLowest: Bool
        /// Metres.
        public let meters: Double?
    }

    /// A line.
    public init(
        feature: Int, sourceID: String, course: [Coordinate], river: RiverName? = nil, system: String? = nil,
        isDirectionKnown: Bool = true, ends: (from: String?, to: String?) = (nil, nil),
        stated: Stated? = nil
    ) {
        self.feature = feature
        self.sourceID = sourceID
        self.course = course
        self.river = river
        self.system = system
        self.isDirectionKnown = isDirectionKnown
        self.ends = ends
        self.stated = stated
    }
}

/// A point where lines begin, meet or end.
public struct RiverJunction: Sendable {
    /// What the source calls it.
    public let sourceID: String?
    /// Where it is.
    public let position: Coordinate
    /// Metres above the sea.
    public let elevation: Double?
    /// Whether the water leaves its system here.
    public let isMouth: Bool

    /// A point.
    public init(sourceID: String? = nil, position: Coordinate, elevation: Double? = nil, isMouth: Bool = false) {
        self.sourceID = sourceID
        self.position = position
        self.elevation = elevation
        self.isMouth = isMouth
    }
}

/// A weir as a source has it.
public struct RiverWeir: Sendable {
    /// Its place in the file, from 1.
    public let feature: Int
    /// Where it is.
    public let position: Coordinate
    /// Its name.
    public let name: RiverName?
    /// Its height in metres.
    public let height: Double?
    /// Whether a gentle detour or a fish way leads around it.
    public let hasDetour: Bool?
    /// Whether animals are known to pass it against the flow.
    public let isPassable: Bool?

    /// A weir.
    public init(
        feature: Int, position: Coordinate, name: RiverName? = nil, height: Double? = nil, hasDetour: Bool? = nil,
        isPassable: Bool? = nil
    ) {
        self.feature = feature
        self.position = position
        self.name = name
        self.height = height
        self.hasDetour = hasDetour
        self.isPassable = isPassable
    }
}

/// Land that drains to one stretch of water.
public struct UnitBasin: Sendable {
    /// Its place in the file, from 1.
    public let feature: Int
    /// Code of the water system.
    public let system: String
    /// Its polygons, each a ring around it and rings of holes.
    public let polygons: [[[Coordinate]]]

    /// A basin.
    public init(feature: Int, system: String, polygons: [[[Coordinate]]]) {
        self.feature = feature
        self.system = system
        self.polygons = polygons
    }
}

/// All water that leaves by one mouth.
public struct WaterSystem: Hashable, Sendable {
    /// Its code.
    public let code: String
    /// Its name in Japanese.
    public let name: String?
    /// Its name in Latin letters.
    public let latinName: String?
    /// Whether its mouth lies on the sea.
    public let reachesSea: Bool?

    /// A system.
    public init(code: String, name: String? = nil, latinName: String? = nil, reachesSea: Bool? = nil) {
        self.code = code
        self.name = name
        self.latinName = latinName
        self.reachesSea = reachesSea
    }
}
