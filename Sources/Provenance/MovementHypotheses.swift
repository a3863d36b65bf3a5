internal import Foundation
internal import Registry

/// How likely one way is if the animal went by itself, beside how likely if people moved it.
///
/// *By people*, it may be anywhere: one density over ``MovementParameters/Name/peopleDistance`` metres, whatever the way.
/// *By itself*, ways are distributed exponentially around ``MovementParameters/usualWay(years:)``: a metre against the
/// flow counts in full, one with the flow as much as ``MovementParameters/Name/downstreamEffort`` says, and every weir
/// against the flow takes the share of animals that it holds back. The ratio of the two therefore rises with the
/// distance and with every weir, without bound for none and with no line that a metre more would cross.
struct MovementHypotheses {
    let parameters: MovementParameters
    /// Usual way in metres over the time between the sightings.
    let usualWay: Double

    init(_ parameters: MovementParameters, years: Double) {
        self.parameters = parameters
        usualWay = parameters.usualWay(years: years)
    }

    /// Density of every place if people moved the animal, per metre.
    var byPeople: Double { 1 / parameters[.peopleDistance] }

    /// Density of a way if the animal went by itself, per metre.
    func byItself(_ route: WaterRoute, inHighWater: Bool) -> Double {
        let ease = parameters[inHighWater ? .highWaterEffort : .downstreamEffort]
        return byItself(
            meters: route.upstreamMeters + min(ease, parameters[.downstreamEffort]) * route.downstreamMeters)
            * route.weirsUp.map(passage).reduce(1, *)
    }

    /// Density of a way of which only a length is known.
    func byItself(meters: Double) -> Double { exp(-meters / usualWay) / usualWay }

    /// Density of a place in water that does not connect.
    var acrossADivide: Double { byPeople * parameters[.crossingRatio] }

    /// Share of animals that pass a weir against the flow.
    func passage(_ weir: PassedWeir) -> Double {
        if weir.isPassable == true || weir.hasDetour == true { return 1 }
        if let height = weir.heightMeters, height < parameters[.weirHeight] { return 1 }
        if weir.isPassable == false { return parameters[.impassableWeirPassage] }
        guard weir.heightMeters != nil, weir.hasDetour != nil else { return parameters[.unknownWeirPassage] }
        return parameters[.weirPassage]
    }

    /// Whether a weir holds back, or may.
    func holdsBack(_ weir: PassedWeir) -> Bool { passage(weir) < 1 }

    /// Probability that people moved the animal, by densities of what is seen under both hypotheses.
    func probability(byItself: Double, byPeople: Double) -> Double {
        let people = byPeople * parameters[.peoplePrior]
        let own = byItself * (1 - parameters[.peoplePrior])
        return people > 0 ? people / (people + own) : 0
    }
}

extension HighWater {
    /// Whether it fell between two moments in the water of one of two places; an unknown moment bounds nothing.
    func concerns(from start: Date?, to end: Date?, _ first: NetworkPlace, _ second: NetworkPlace) -> Bool {
        guard system == first.system, system == second.system else { return false }
        if let river, river != first.river, river != second.river { return false }
        if let start, to < start { return false }
        if let end, from > end { return false }
        return true
    }
}
