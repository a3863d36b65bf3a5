import Foundation

/// The circumstances of one photograph of a study that sees the same animals again over years.
///
/// The animal lies in any heading and is seen from up to 30° off the vertical; light and water are what a careful
/// volunteer brings home, and one photograph in five is poor.
public struct StudyVisit: Sendable, Hashable {
    /// How hard the photograph makes it to recognise the animal.
    public let difficulty: SampleConditions.Difficulty
    /// Pose, camera, water and light, for a frame of 1600 × 1200 pixels.
    public let conditions: SampleConditions

    /// The share of photographs that are poor.
    public static let poorShare = 0.2
    /// The widest angle between the view and the vertical, radians.
    public static let widestView = 0.52

    /// Draws one visit.
    ///
    /// - Parameters:
    ///   - seed: The number from which it follows.
    ///   - years: Years since the animal was first seen, 0 … 60; it has grown.
    public init(seed: UInt64, years: Double) {
        var dice = SplitMix64(seed: seed, purpose: 12)
        difficulty = dice.unit() < Self.poorShare ? .poor : .ordinary
        var conditions = SampleConditions.random(seed: dice.next(), difficulty: difficulty)
        // The root spreads the views evenly over the cone.
        let angle = Self.widestView * dice.unit().squareRoot()
        let direction = dice.between(-.pi, .pi)
        conditions.tiltRadians = SIMD2(angle * cos(direction), angle * sin(direction))
        conditions.growthYears = years
        self.conditions = conditions
    }
}
