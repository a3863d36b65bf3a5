/// Something noticed about a network while it was read.
public struct NetworkFinding: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was noticed.
    public enum Kind: String, Sendable, CaseIterable {
        /// The file is none of this kind at all.
        case notGeoJSON
        /// More lines or bytes than are taken.
        case tooLarge
        /// The file holds no line.
        case empty
        /// A feature whose geometry is not what its kind needs.
        case wrongGeometry
        /// A field that is missing or cannot be read.
        case wrongField
        /// Coordinates outside Japan.
        case outsideJapan
        /// Latitude stands where longitude belongs.
        case swappedAxes
        /// 0° N 0° E.
        case nullIsland
        /// A line that ends where it begins, or has no length.
        case ring
        /// Two lines with one number.
        case duplicate
        /// Directions that lead in a circle.
        case cycle
        /// No way to tell where the water leaves.
        case noMouth
        /// A weir that stands on no river.
        case weirOnNoRiver
        /// A line that ends close to another without touching it.
        case gap
        /// A part of a water system that hangs on nothing.
        case unconnected
        /// A line drawn against the flow.
        case reversed
        /// A line whose lower end lies higher.
        case uphill
        /// A second place where water leaves.
        case secondOutlet
        /// One body of water under two codes.
        case twoSystems
        /// What the source says of the next line or of lengths does not fit the drawing.
        case disagrees
    }

    /// What was noticed.
    public let kind: Kind
    /// The feature, counted from 1; `nil` for the file as a whole.
    public let feature: Int?
    /// What exactly, to what, and what to do.
    public let detail: String

    /// A finding.
    public init(_ kind: Kind, feature: Int? = nil, _ detail: String) {
        self.kind = kind
        self.feature = feature
        self.detail = detail
    }

    /// Whether a network with it is not taken.
    public var isRefusal: Bool {
        switch kind {
        case .gap, .unconnected, .reversed, .uphill, .secondOutlet, .twoSystems, .disagrees: false
        default: true
        }
    }

    /// One line.
    public var description: String { (feature.map { "feature \($0): " } ?? "") + detail }
}

/// Why a network was not taken: every reason, feature by feature.
public struct NetworkRefusal: Error, Sendable, CustomStringConvertible {
    /// The reasons and whatever else was noticed.
    public let findings: [NetworkFinding]

    /// A refusal.
    public init(_ findings: [NetworkFinding]) { self.findings = findings }

    /// The first reasons, one a line.
    public var description: String {
        let reasons = findings.filter(\.isRefusal)
        return
            (["The network was not taken; nothing was changed."]
            + reasons.prefix(20).map(\.description) + (reasons.count > 20 ? ["and \(reasons.count - 20) more"] : []))
            .joined(separator: "\n")
    }
}
