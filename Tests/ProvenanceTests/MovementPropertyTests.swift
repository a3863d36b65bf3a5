import Foundation
import Provenance
import Registry
import Testing

/// What must hold of every movement.
@Suite struct MovementPropertyTests {
    private let judge = MovementJudge(shipped)
    private static let lengths = [0, 50, 200, 900, 2_500, 3_969, 6_000, 9_000, 15_000, 40_000, 90_000.0]

    private func people(_ way: WaterWay, later: String? = "2021-06-01") throws -> Double {
        let start = try Spot("Hatsuka", system: "860700", 35.05, 134.85)
        let end = try Spot("Hatsuka", system: "860700", 35.06, 134.86)
        return try #require(
            judge.verdict(on: try question(from: start, "2018-06-01", to: end, later, way)).peopleProbability)
    }

    @Test("The farther, the likelier people moved it; upstream no less than down")
    func distance() throws {
        for share in [0, 0.3, 1] {
            let rising = try Self.lengths.map { try people(route(down: share * $0, up: (1 - share) * $0)) }
            #expect(zip(rising, rising.dropFirst()).allSatisfy { $0 < $1 || $0 == $1 && $0 > 0.999 }, "\(rising)")
        }
        for length in Self.lengths { #expect(try people(route(up: length)) >= people(route(down: length))) }
    }

    @Test("A weir more never makes it less likely")
    func weirs() throws {
        let kinds = [
            weir("a"), weir("b", height: nil), weir("c", height: 0.4), weir("d", detour: true),
            weir("e", passable: false), weir("f", passable: true), weir("g", height: nil, detour: nil),
        ]
        for length in Self.lengths {
            for added in kinds {
                for before in [[], [kinds[0]], kinds] {
                    #expect(
                        try people(route(up: length, weirs: before + [added]))
                            >= people(route(up: length, weirs: before)))
                }
            }
        }
    }

    @Test("The order of candidates, sightings and ways does not matter")
    func permutation() throws {
        let start = try Spot("Hatsuka", system: "860700", 35.05, 134.85)
        let end = try Spot("Hatsuka", system: "860700", 35.06, 134.86)
        let other = NetworkPlace(segment: 9, fraction: 0, river: "Yura", system: "860800")
        let ways = [
            WeightedWay(from: start.place, to: end.place, weight: 0.4, way: route(up: 2_000)),
            WeightedWay(from: start.place, to: other, weight: 0.35, way: .otherSystem(from: "860700", to: "860800")),
            WeightedWay(from: start.place, to: end.place, weight: 0.25, way: route(down: 6_000)),
        ]
        let journeys = [
            Journey(from: try start.seen("2018-06-01"), ways: ways), Journey(from: try start.seen("2010-06-01")),
        ]
        let later = try end.seen("2021-06-01")
        let verdict = judge.verdict(on: MovementQuestion(journeys: journeys, later: later))
        let turned = [
            Journey(from: journeys[0].start, ways: ways.reversed()), journeys[1],
        ]
        let again = judge.verdict(on: MovementQuestion(journeys: turned.reversed(), later: later))
        #expect(verdict.kind == again.kind && verdict.reasons.map(\.code) == again.reasons.map(\.code))
        let (one, two) = (try #require(verdict.peopleProbability), try #require(again.peopleProbability))
        #expect(abs(one - two) < 1e-12)
    }

    @Test("The less is known of the place, the less is said of it")
    func uncertainty() throws {
        let start = try Spot("Hatsuka", system: "860700", 35.05, 134.85)
        for (north, way) in [(0.36, WaterWay.otherSystem(from: "860700", to: "860800")), (0.003, route(up: 400))] {
            var said: [Bool] = []
            var people: [Double] = []
            for radius in [10, 300, 3_000, 20_000, 45_000, 90_000, 200_000.0] {
                let end = try Spot("Yura", system: "860800", 35.05 + north, 134.85, uncertainty: radius)
                let verdict = judge.verdict(on: try question(from: start, "2018-06-01", to: end, "2021-06-01", way))
                said.append(verdict.kind != .insufficientData)
                people.append(try #require(verdict.peopleProbability))
            }
            #expect(said.first == true && said.last == false, "\(said)")
            #expect(said == said.sorted { $0 && !$1 }, "Once nothing is said, a rougher place says nothing either.")
            #expect(people.last.map { $0 < 0.5 } == true, "\(people)")
        }
    }

    @Test("More years let an animal go farther by itself")
    func years() throws {
        let start = try Spot("Hatsuka", system: "860700", 35.05, 134.85)
        let far = try ["2018-09-01", "2020-06-01", "2026-06-01", nil].map { try people(route(up: 12_000), later: $0) }
        #expect(far == far.sorted(by: >), "\(far)")
        #expect(
            judge.verdict(on: try question(from: start, nil, to: start, nil, route())).has(.movementWantsDate))
    }

    @Test("Every sentence has all of its values in both languages")
    func sentences() throws {
        let start = try Spot("Hatsuka", system: "860700", 35.05, 134.85)
        let end = try Spot("Yura", system: "860800", 35.4, 134.85, uncertainty: 20_000)
        let ways: [WaterWay] = [
            route(down: 9_000, up: 12_000, weirs: [weir("Old", height: nil)]), .notConnected,
            .otherSystem(from: "860700", to: "860800"),
        ]
        for way in ways {
            for date in ["2018-06-01", nil] {
                let verdict = judge.verdict(
                    on: try question(from: start, date, to: end, "2021-06-01", way, identity: 0.8))
                for finding in verdict.reasons + verdict.wouldChange {
                    for language in Language.allCases {
                        #expect(!finding.text(in: language).contains("{"), "\(finding)")
                    }
                }
            }
        }
    }

    @Test("A set of parameters is whole and within its ranges")
    func parameters() throws {
        let values = Dictionary(uniqueKeysWithValues: MovementParameters.Name.allCases.map { ($0, shipped[$0]) })
        var less = values
        less[.weirHeight] = nil
        #expect(throws: MovementParameters.Rejection.missing(.weirHeight)) { try MovementParameters(less) }
        var wrong = values
        wrong[.weirPassage] = 1.5
        #expect(throws: MovementParameters.Rejection.outOfRange(.weirPassage, 1.5)) { try MovementParameters(wrong) }
        #expect(abs(shipped.usualWay(years: 0.2) - 749.1) < 0.1)
    }
}
