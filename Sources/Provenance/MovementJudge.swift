internal import Foundation
public import Registry

/// Tells what a movement means.
///
/// Two explanations compete for where an animal was met: it *went by itself*, along the water, or *people moved it*. The
/// first gives short ways along one water system a high likelihood and long ones, ways over weirs and other water
/// systems a vanishing one; the second gives every place the same. Bayes' rule with a documented prior turns both into
/// the probability that people moved it, averaged over everywhere that the animal may have been and may be. That times
/// the probability that it is this animal at all is what alerts.
///
/// A movement is called harmless only where hardly any of the places it may have come from or to would alert on its own;
/// otherwise the places are known too roughly and the answer is ``MovementVerdict/Kind/insufficientData``. What counts is
/// the latest sighting with a usable place; recorded translocations begin a new one at their destination.
public struct MovementJudge: Sendable {
    private let parameters: MovementParameters

    /// A judge with the parameters of the agency that asks.
    public init(_ parameters: MovementParameters) {
        self.parameters = parameters
    }

    /// The verdict.
    public func verdict(on question: MovementQuestion) -> MovementVerdict {
        let weighings = question.journeys.sorted(by: latestFirst).map { weigh($0, question) }
        let settled = weighings.first { self.kind(of: $0, question.identity) != .insufficientData }
        guard let weighing = settled ?? weighings.first(where: { $0.probability != nil }) else {
            return authorised(question, before: nil) ?? nothingKnown(question)
        }
        if let authorised = authorised(question, before: weighing) { return authorised }
        let kind = kind(of: weighing, question.identity)
        let isReturn = kind.isAlert && weighings.contains { fitsByItself($0, question.identity) }
        return MovementVerdict(
            kind: kind, peopleProbability: weighing.probability.map { $0 * question.identity }, isReturn: isReturn,
            reasons: weighing.reasons(for: kind, identity: question.identity, isReturn: isReturn),
            wouldChange: weighing.changes(of: kind, identity: question.identity))
    }

    private func weigh(_ journey: Journey, _ question: MovementQuestion) -> MovementWeighing {
        MovementWeighing(journey, to: question.later, highWaters: question.highWaters, parameters: parameters)
    }

    /// Undated sightings come last.
    private func latestFirst(_ one: Journey, _ other: Journey) -> Bool {
        (one.start.date ?? .distantPast) > (other.start.date ?? .distantPast)
    }

    func kind(of weighing: MovementWeighing, _ identity: Double) -> MovementVerdict.Kind {
        guard let probability = weighing.probability else { return .insufficientData }
        let alert = parameters[.alertProbability]
        if probability >= alert {
            guard probability * identity >= alert else { return .insufficientData }
            return weighing.otherSystemShare >= 0.5 ? .differentWaterSystem : .implausibleWithoutPeople
        }
        guard weighing.alertingShare < parameters[.doubtShare], weighing.uncertainty <= parameters[.longestWay] else {
            return .insufficientData
        }
        guard let likeliest = weighing.likeliest else { return .insufficientData }
        switch likeliest.kind {
        case .way(let way, let flood):
            guard case .route(let route) = way.way else { return .plausibleMovement }
            if flood != nil, route.downstreamMeters > max(route.upstreamMeters, parameters[.homeRange]) {
                return .possibleFloodDisplacement
            }
            return route.meters <= parameters[.homeRange] ? .withinHomeRange : .plausibleMovement
        case .straight(let meters): return meters <= parameters[.homeRange] ? .withinHomeRange : .plausibleMovement
        case .unmoved: return .withinHomeRange
        }
    }

    private func fitsByItself(_ weighing: MovementWeighing, _ identity: Double) -> Bool {
        switch kind(of: weighing, identity) {
        case .withinHomeRange, .plausibleMovement, .possibleFloodDisplacement: true
        case .implausibleWithoutPeople, .differentWaterSystem, .authorisedTranslocation, .insufficientData: false
        }
    }

    /// The verdict of a translocation since the sighting, to where the animal is.
    private func authorised(_ question: MovementQuestion, before weighing: MovementWeighing?) -> MovementVerdict? {
        let moves = question.translocations.filter { move in
            if let start = weighing?.journey.start.date, move.record.movedAt < start { return false }
            if let end = question.later.date, move.record.movedAt > end { return false }
            return true
        }.sorted { $0.record.movedAt > $1.record.movedAt }
        // The latest counts: what was moved on to somewhere else is not expected at an earlier destination.
        guard let move = moves.first else { return nil }
        let onwards = weigh(move.journey, question)
        let isInNamedSystem = onwards.probability == nil && move.record.to.system.map(question.later.mayBeIn) ?? false
        guard fitsByItself(onwards, question.identity) || isInNamedSystem else { return nil }
        return MovementVerdict(
            kind: .authorisedTranslocation, peopleProbability: weighing?.probability.map { $0 * question.identity },
            reasons: [.translocated(move.record)] + (weighing?.wayReasons ?? []))
    }

    private func nothingKnown(_ question: MovementQuestion) -> MovementVerdict {
        let laterHasPlace = question.later.position != nil || question.later.water?.candidates.isEmpty == false
        return MovementVerdict(
            kind: .insufficientData, peopleProbability: nil,
            reasons: [Finding(laterHasPlace ? .movementNoEarlierPlace : .movementNoPlace)],
            wouldChange: [Finding(laterHasPlace ? .movementWantsEarlierPlace : .movementWantsPlace)])
    }
}

extension Sighting {
    /// Whether most of where it may be lies in a water system.
    func mayBeIn(_ system: String) -> Bool {
        guard let water else { return false }
        return water.candidates.filter { $0.place.system == system }.map(\.likelihood).reduce(0, +) >= 0.5
    }
}
