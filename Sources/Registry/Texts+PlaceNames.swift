extension Texts.Code {
    /// Whether a sentence of this code names a place or betrays it, so that only those who may see exact positions read
    /// it.
    public var namesPlace: Bool {
        switch self {
        case .calibrationOfPopulation, .movementRoute, .movementWeirs, .movementOtherSystem,
            .movementOtherSystemUnmeasured, .movementStraight, .movementOffNetwork, .movementSamePlace,
            .movementHighWater, .movementTranslocated, .movementWantsHighWater, .movementWantsWeirs, .originHome,
            .originRelease, .originWeirs, .originOffHome, .hybridPriorCounted, .hybridPriorSource,
            .hybridPriorSourceUndated, .hybridNewRiver:
            true
        default: false
        }
    }
}
