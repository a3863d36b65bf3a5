import Registry

extension MatchChance {
    public static let standard = MatchChance(
        source: "", probes: 0, matched: 0, animals: 0, typical: [:], line: Line(intercept: 5, costs: [:]),
        causes: Line(intercept: 5, costs: [:]),
        withoutSome: [], fit: .init(ece: 0, brier: 0, logLoss: 0))
}
