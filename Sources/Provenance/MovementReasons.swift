internal import Foundation
internal import Registry

extension MovementWeighing {
    /// Why the verdict is what it is, the most important first.
    func reasons(for kind: MovementVerdict.Kind, identity: Double, isReturn: Bool) -> [Finding] {
        var reasons = wayReasons
        if later.position?.isInJapan == false { reasons.append(Finding(.movementOutsideJapan)) }
        if isReturn { reasons.append(Finding(.movementReturn)) }
        if let flood = likeliestRoute?.flood, let route = likeliestRoute?.route, route.downstreamMeters > 0 {
            reasons.append(
                Finding(
                    .movementHighWater,
                    ["water": flood.river ?? flood.system, "from": flood.from.day, "to": flood.to.day]))
        }
        if kind == .insufficientData, alertingShare > 0 || uncertainty > parameters[.longestWay] {
            reasons.append(
                Finding(
                    .movementPlaceUncertain,
                    ["kilometers": uncertainty.kilometers, "percent": alertingShare.percent]))
        }
        if identity < 0.95 { reasons.append(Finding(.movementIdentityUncertain, ["percent": identity.percent])) }
        if years == nil { reasons.append(Finding(.movementDateUnknown, ["years": parameters[.unknownInterval].plain])) }
        if let probability {
            reasons.append(Finding(.movementPeople, ["percent": (probability * identity).percent]))
        }
        return reasons
    }

    /// The way in numbers.
    var wayReasons: [Finding] {
        var values = ["year": journey.start.date?.year ?? "?"]
        guard let likeliest else { return [] }
        if let straightMeters { values["kilometers"] = straightMeters.kilometers }
        if otherSystemShare >= 0.5, let pair = otherSystems {
            values["from"] = pair.from
            values["to"] = pair.to
            return [Finding(straightMeters == nil ? .movementOtherSystemUnmeasured : .movementOtherSystem, values)]
        }
        switch likeliest.kind {
        case .way(let way, _):
            guard case .route(let route) = way.way else {
                return straightMeters == nil ? [] : [Finding(.movementStraight, values)]
            }
            return routeReasons(way, route)
        case .straight:
            // Without a network nothing is known of the water there.
            return [Finding(later.water == nil ? .movementStraight : .movementOffNetwork, values)]
        case .unmoved: return [Finding(.movementSamePlace, values)]
        }
    }

    private func routeReasons(_ way: WeightedWay, _ route: WaterRoute) -> [Finding] {
        let year = journey.start.date?.year ?? "?"
        var reasons = [
            Finding(
                .movementRoute,
                [
                    "year": year, "kilometers": route.meters.kilometers, "down": route.downstreamMeters.kilometers,
                    "up": route.upstreamMeters.kilometers, "water": way.to.river ?? way.to.system,
                ])
        ]
        if route.upstreamMeters > parameters[.longestWay] || route.meters > parameters[.longestWay] {
            reasons.append(Finding(.movementLongestWay, ["kilometers": parameters[.longestWay].kilometers]))
        }
        let weirs = route.weirsUp.filter(hypotheses.holdsBack)
        if !weirs.isEmpty {
            reasons.append(
                Finding(
                    .movementWeirs, ["count": String(weirs.count), "names": weirs.map(\.label).joined(separator: ", ")])
            )
        }
        return reasons
    }

    private var otherSystems: (from: String, to: String)? {
        journey.ways.filter {
            if case .otherSystem = $0.way { true } else { false }
        }.max { ($0.weight, $0.from.system, $0.to.system) < ($1.weight, $1.from.system, $1.to.system) }.map {
            ($0.from.river ?? $0.from.system, $0.to.river ?? $0.to.system)
        }
    }

    /// What would change the verdict.
    func changes(of kind: MovementVerdict.Kind, identity: Double) -> [Finding] {
        var changes: [Finding] = []
        if kind.isAlert { changes.append(Finding(.movementWantsTranslocation)) }
        if kind.isAlert, let route = likeliestRoute, route.flood == nil, isHarmlessInHighWater(route.route) {
            changes.append(
                Finding(.movementWantsHighWater, ["water": route.way.to.river ?? route.way.to.system]))
        }
        if kind == .insufficientData, alertingShare > 0 || uncertainty > parameters[.longestWay] {
            changes.append(Finding(.movementWantsExactPlace))
        }
        if identity < 0.95 { changes.append(Finding(.movementWantsIdentity)) }
        if years == nil { changes.append(Finding(.movementWantsDate)) }
        let unmeasured =
            likeliestRoute?.route.weirsUp.filter {
                hypotheses.passage($0) == parameters[.unknownWeirPassage]
                    && ($0.heightMeters == nil || $0.hasDetour == nil)
            } ?? []
        if !unmeasured.isEmpty {
            changes.append(
                Finding(.movementWantsWeirs, ["names": unmeasured.map(\.label).joined(separator: ", ")]))
        }
        return changes
    }

    private func isHarmlessInHighWater(_ route: WaterRoute) -> Bool {
        hypotheses.probability(
            byItself: hypotheses.byItself(route, inHighWater: true), byPeople: hypotheses.byPeople)
            < parameters[.alertProbability]
    }

    private var parameters: MovementParameters { hypotheses.parameters }
}

extension Finding {
    /// The sentence of a recorded translocation.
    static func translocated(_ record: Translocation) -> Finding {
        Finding(
            .movementTranslocated,
            ["permit": record.permit, "authority": record.authority, "date": record.movedAt.day])
    }
}

extension PassedWeir {
    /// Its name, with its height where it was measured.
    var label: String {
        let name = name ?? "–"
        return heightMeters.map { "\(name) (\($0.plain) m)" } ?? name
    }
}

extension Double {
    private func text(_ fraction: ClosedRange<Int>) -> String {
        formatted(.number.precision(.fractionLength(fraction)).grouping(.never).locale(Locale(identifier: "en")))
    }

    /// Up to one decimal.
    var plain: String { text(0...1) }

    /// Metres as kilometres: 0.35, 3.97, 48.
    var kilometers: String { (self / 1000).text(0...(self < 10_000 ? 2 : 0)) }

    /// Percent, never 0 and never 100.
    var percent: String { self < 0.01 ? "<1" : String(min(99, Int(self * 100))) }
}

extension Date {
    /// The year in Japan.
    var year: String { String(day.prefix(4)) }

    /// The day in Japan, `2012-06-01`.
    var day: String {
        formatted(Date.ISO8601FormatStyle(timeZone: .japan).year().month().day())
    }
}

extension TimeZone {
    /// UTC+9, without daylight saving.
    static var japan: TimeZone { TimeZone(secondsFromGMT: 9 * 3600) ?? .gmt }
}
