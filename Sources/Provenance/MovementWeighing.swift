internal import Foundation
internal import Registry

/// One journey weighed over everywhere that its two ends may be.
///
/// Every pair of candidates stands with its likelihood; where an end is not on the network, the straight line between
/// the two circles of uncertainty is the shortest that any way can be. Where the circles overlap, the animal may not have
/// moved at all, however the candidates lie: this takes up to half of the likelihood, the more the closer the centres.
struct MovementWeighing {
    let journey: Journey
    let later: Sighting
    let years: Double?
    let hypotheses: MovementHypotheses
    /// Everywhere that the ends may be; likelihoods add up to 1, or there are none.
    let parts: [Part]
    /// Metres by which the two positions may be wrong together.
    let uncertainty: Double
    /// Metres between the two positions; `nil` where one is missing.
    let straightMeters: Double?

    /// One possibility.
    struct Part {
        let likelihood: Double
        let kind: Kind
        /// Density if the animal went by itself.
        let byItself: Double

        enum Kind {
            case way(WeightedWay, HighWater?)
            case straight(Double)
            case unmoved
        }
    }

    init(
        _ journey: Journey, to later: Sighting, highWaters: [HighWater], parameters: MovementParameters
    ) {
        self.journey = journey
        self.later = later
        years = journey.start.date.flatMap { start in
            later.date.map { abs($0.timeIntervalSince(start)) / (365.25 * 86_400) }
        }
        let hypotheses = MovementHypotheses(parameters, years: years ?? parameters[.unknownInterval])
        self.hypotheses = hypotheses
        let ends = [journey.start.date, later.date].compactMap { $0 }
        let span = ends.count == 2 ? (ends.min(), ends.max()) : (journey.start.date, later.date)
        let unstated = parameters[.unstatedUncertainty]
        uncertainty = [journey.start, later].map { sighting in
            sighting.position.map { $0.uncertaintyMeters ?? unstated } ?? 0
        }.reduce(0, +)
        straightMeters = journey.start.position.flatMap { start in later.position.map { start.meters(to: $0) } }
        var parts: [Part] = []
        let total = journey.ways.map(\.weight).reduce(0, +)
        let onNetwork = total > 0 ? journey.start.onNetwork * later.onNetwork : 0
        let apart = max(0, (straightMeters ?? 0) - uncertainty)
        for way in journey.ways where total > 0 {
            let flood = highWaters.first { $0.concerns(from: span.0, to: span.1, way.from, way.to) }
            let byItself: Double
            switch way.way {
            case .route(let route): byItself = hypotheses.byItself(route, inHighWater: flood != nil)
            case .otherSystem: byItself = hypotheses.acrossADivide
            case .notConnected: byItself = hypotheses.byItself(meters: apart)
            }
            parts.append(
                Part(likelihood: onNetwork * way.weight / total, kind: .way(way, flood), byItself: byItself))
        }
        if straightMeters != nil, onNetwork < 1 {
            parts.append(
                Part(likelihood: 1 - onNetwork, kind: .straight(apart), byItself: hypotheses.byItself(meters: apart)))
        }
        if let straightMeters, straightMeters < uncertainty, !parts.isEmpty {
            let unmoved = (1 - straightMeters / uncertainty) / 2
            parts = parts.map { $0.taking(1 - unmoved) }
            parts.append(
                Part(
                    likelihood: unmoved, kind: .unmoved,
                    byItself: 1 / max(uncertainty, hypotheses.usualWay)))
        }
        let sum = parts.map(\.likelihood).reduce(0, +)
        self.parts = sum > 0 ? parts.map { $0.taking(1 / sum) } : []
    }

    /// Probability that people moved the animal; `nil` where a place is missing.
    var probability: Double? {
        guard !parts.isEmpty else { return nil }
        let byItself = parts.map { $0.likelihood * $0.byItself }.reduce(0, +)
        return hypotheses.probability(byItself: byItself, byPeople: hypotheses.byPeople)
    }

    /// Likelihood of the parts that would alert on their own.
    var alertingShare: Double {
        parts.filter { alone($0) >= hypotheses.parameters[.alertProbability] }.map(\.likelihood).reduce(0, +)
    }

    private func alone(_ part: Part) -> Double {
        hypotheses.probability(byItself: part.byItself, byPeople: hypotheses.byPeople)
    }

    /// Likelihood that the two ends lie in water that does not connect.
    var otherSystemShare: Double {
        parts.filter {
            if case .way(let way, _) = $0.kind, case .otherSystem = way.way { true } else { false }
        }.map(\.likelihood).reduce(0, +)
    }

    /// The possibility that explains most.
    var likeliest: Part? {
        parts.enumerated().max {
            ($0.element.likelihood, -$0.offset) < ($1.element.likelihood, -$1.offset)
        }?.element
    }

    /// The likeliest way along one water system, with its high water.
    var likeliestRoute: (way: WeightedWay, route: WaterRoute, flood: HighWater?)? {
        parts.compactMap { part -> (Double, (WeightedWay, WaterRoute, HighWater?))? in
            guard case .way(let way, let flood) = part.kind, case .route(let route) = way.way else { return nil }
            return (part.likelihood * part.byItself, (way, route, flood))
        }.max { ($0.0, -$0.1.1.meters) < ($1.0, -$1.1.1.meters) }?.1
    }
}

extension MovementWeighing.Part {
    func taking(_ share: Double) -> Self { Self(likelihood: likelihood * share, kind: kind, byItself: byItself) }
}
