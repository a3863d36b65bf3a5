/// How an animal would get from one place to another by water.
public enum WaterWay: Hashable, Sendable, Codable {
    /// Along the network of one water system.
    case route(WaterRoute)
    /// The places lie in two water systems: the sea or a divide is between.
    case otherSystem(from: String, to: String)
    /// In one water system, but the network as it was loaded has no way between them.
    case notConnected
}

/// The way along the water between two places of one water system: down to where they meet, then up.
public struct WaterRoute: Hashable, Sendable, Codable {
    /// Metres with the flow.
    public let downstreamMeters: Double
    /// Metres against the flow.
    public let upstreamMeters: Double
    /// Weirs passed with the flow, in the order they are met.
    public let weirsDown: [PassedWeir]
    /// Weirs passed against the flow, in the order they are met.
    public let weirsUp: [PassedWeir]

    /// The whole way in metres.
    public var meters: Double { downstreamMeters + upstreamMeters }

    /// A way.
    public init(downstreamMeters: Double, upstreamMeters: Double, weirsDown: [PassedWeir], weirsUp: [PassedWeir]) {
        self.downstreamMeters = downstreamMeters
        self.upstreamMeters = upstreamMeters
        self.weirsDown = weirsDown
        self.weirsUp = weirsUp
    }
}

/// A weir on the way.
public struct PassedWeir: Hashable, Sendable, Codable {
    /// Its name, where it has one.
    public let name: String?
    /// Its height in metres, where it was measured.
    public let heightMeters: Double?
    /// Whether a gentle detour or a fish way leads around it; `nil` where nobody looked.
    public let hasDetour: Bool?
    /// Whether animals are known to pass it against the flow; `nil` where nobody knows.
    public let isPassable: Bool?

    /// A weir.
    public init(name: String?, heightMeters: Double?, hasDetour: Bool?, isPassable: Bool?) {
        self.name = name
        self.heightMeters = heightMeters
        self.hasDetour = hasDetour
        self.isPassable = isPassable
    }
}
