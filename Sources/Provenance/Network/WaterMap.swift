/// A part of the network as it is drawn.
public struct WaterMap: Sendable {
    /// Segments.
    public let waters: [Snapping.Water]
    /// Weirs.
    public let weirs: [Weir]

    /// A weir on a map.
    public struct Weir: Sendable {
        /// The segment it stands on.
        public let segment: Int64
        /// How far along it, 0 … 1.
        public let fraction: Double
        /// What it is.
        public let weir: PassedWeir

        /// A weir.
        public init(segment: Int64, fraction: Double, weir: PassedWeir) {
            self.segment = segment
            self.fraction = fraction
            self.weir = weir
        }
    }

    /// A map of these.
    public init(waters: [Snapping.Water], weirs: [Weir]) {
        self.waters = waters
        self.weirs = weirs
    }
}
