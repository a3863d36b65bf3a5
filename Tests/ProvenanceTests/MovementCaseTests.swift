import Foundation
import Provenance
import Registry
import Testing

/// The cases that the registry must get right; the waters are invented, the distances are those of the cases.
@Suite struct MovementCaseTests {
    private let judge = MovementJudge(shipped)
    private let home = try? Spot("Hatsuka", system: "860700", 35.05, 134.85)

    @Test("Met again in water that does not connect: alert")
    func otherSystem() throws {
        let home = try #require(home)
        let found = try Spot("Yasu", system: "860400", 35.02, 136.05)
        let verdict = judge.verdict(
            on: try question(
                from: home, "2012-06-01", to: found, "2022-07-01", .otherSystem(from: "860700", to: "860400")))
        #expect(verdict.kind == .differentWaterSystem)
        #expect(verdict.isAlert)
        #expect(try #require(verdict.peopleProbability) > 0.99)
        let text = try #require(verdict.text(.movementOtherSystem))
        #expect(text.contains("Hatsuka") && text.contains("Yasu") && text.contains("2012"), "\(text)")
        #expect(verdict.has(.movementWantsTranslocation))
    }

    @Test("On a road 50 km away, far from any water: alert")
    func road() throws {
        let home = try #require(home)
        let road = try Position(latitude: 34.66, longitude: 135.11, uncertaintyMeters: 50)
        for water in [WaterLocation(candidates: [], offNetwork: 1), nil] {
            let verdict = judge.verdict(
                on: MovementQuestion(
                    journeys: [Journey(from: try home.seen("2012-06-01"))],
                    later: Sighting(date: try day("2014-08-01"), position: road, water: water)))
            #expect(verdict.kind == .implausibleWithoutPeople)
            #expect(verdict.isAlert)
            // Where no network is loaded, nothing is known of water that may be near.
            let code = water == nil ? Texts.Code.movementStraight : .movementOffNetwork
            #expect(try #require(verdict.text(code)).contains("49 km"), "\(verdict.reasons)")
        }
    }

    @Test("In a parcel in another part of the country, where no network is loaded: alert")
    func parcel() throws {
        let home = try #require(home)
        let parcel = try Position(latitude: 35.45, longitude: 139.63)
        let verdict = judge.verdict(
            on: MovementQuestion(
                journeys: [Journey(from: try home.seen("2009-06-01"))],
                later: Sighting(date: try day("2010-05-01"), position: parcel)))
        #expect(verdict.kind == .implausibleWithoutPeople)
        #expect(verdict.isAlert)
    }

    @Test("Rescued twice in the same lower reach, three years apart: no alert")
    func control() throws {
        let first = try Spot("Akuta", system: "860604", 34.86, 135.61)
        let again = try Spot("Akuta", system: "860604", 34.861, 135.612)
        for meters in [120.0, 800, 2_000] {
            let verdict = judge.verdict(
                on: try question(from: first, "2015-09-01", to: again, "2018-07-08", route(down: meters)))
            #expect(!verdict.isAlert)
            #expect(verdict.kind == (meters < 200 ? .withinHomeRange : .plausibleMovement))
            #expect(try #require(verdict.peopleProbability) < 0.1)
        }
    }

    @Test("A recorded translocation to where it is: no alert", arguments: [true, false])
    func authorised(hasPosition: Bool) throws {
        let home = try #require(home)
        let found = try Spot("Yasu", system: "860400", 35.02, 136.05)
        let destination = try Spot("Yasu", system: "860400", 35.021, 136.051)
        let record = try translocation(to: destination, on: "2015-10-01")
        let journey =
            hasPosition
            ? Journey(
                from: try destination.seen("2015-10-01"),
                ways: [WeightedWay(from: destination.place, to: found.place, weight: 1, way: route(down: 150))])
            : Journey(from: Sighting(date: record.movedAt, position: nil))
        let move = MovementQuestion.Move(record: record, journey: journey)
        let across = WaterWay.otherSystem(from: "860700", to: "860400")
        let verdict = judge.verdict(
            on: try question(
                from: home, "2012-06-01", to: found, "2022-07-01", across, translocations: [move]))
        #expect(verdict.kind == .authorisedTranslocation)
        #expect(!verdict.isAlert)
        #expect(try #require(verdict.text(.movementTranslocated)).contains("Hyogo 12-3"))

        let before = judge.verdict(
            on: try question(
                from: home, "2016-06-01", to: found, "2022-07-01", across, translocations: [move]))
        #expect(before.isAlert, "A translocation before the latest sighting explains nothing.")
        let elsewhere = try Spot("Kiso", system: "850500", 35.6, 137.6)
        let carried = judge.verdict(
            on: MovementQuestion(
                journeys: [Journey(from: try home.seen("2012-06-01"))], later: try elsewhere.seen("2022-07-01"),
                translocations: [.init(record: record, journey: Journey(from: try destination.seen("2015-10-01")))]))
        #expect(carried.isAlert, "A translocation to somewhere else explains nothing.")
    }

    @Test("Known to 0.1° only, near a divide: nobody is alarmed", arguments: [2_000.0, 8_000, 12_000])
    func divide(apart: Double) throws {
        let home = try #require(home)
        let position = try Position(
            latitude: home.position.latitude + apart / 111_195, longitude: home.position.longitude,
            uncertaintyMeters: 15_691)
        for nearHome in [0.0, 0.3, 0.7] {
            let near = NetworkPlace(segment: 7, fraction: 0.1, river: "Hatsuka", system: "860700")
            let across = NetworkPlace(segment: 8, fraction: 0.4, river: "Yura", system: "860800")
            let later = Sighting(
                date: try day("2022-07-01"), position: position,
                water: WaterLocation(
                    candidates: [
                        .init(place: across, distanceMeters: 900, likelihood: 0.95 * (1 - nearHome)),
                        .init(place: near, distanceMeters: 2_400, likelihood: 0.95 * nearHome),
                    ].filter { $0.likelihood > 0 }, offNetwork: 0.05))
            let ways = [
                WeightedWay(
                    from: home.place, to: across, weight: 1 - nearHome, way: .otherSystem(from: "860700", to: "860800")),
                WeightedWay(from: home.place, to: near, weight: nearHome, way: route(up: 1.4 * apart)),
            ]
            let verdict = judge.verdict(
                on: MovementQuestion(journeys: [Journey(from: try home.seen("2012-06-01"), ways: ways)], later: later))
            #expect(verdict.kind == .insufficientData, "\(apart) m, \(nearHome)")
            #expect(verdict.has(.movementPlaceUncertain) && verdict.has(.movementWantsExactPlace))
        }
    }

    @Test("High water in between makes a long way down possible, and nothing else")
    func flood() throws {
        let start = try Spot("Kamo", system: "860604", 35.1, 135.75)
        let end = try Spot("Katsura", system: "860604", 34.94, 135.72)
        let down = route(down: 14_000)
        let dry = judge.verdict(on: try question(from: start, "2021-05-01", to: end, "2021-09-20", down))
        #expect(dry.kind == .implausibleWithoutPeople)
        #expect(dry.has(.movementWantsHighWater))
        let typhoon = try highWater("860604", "2021-08-14", "2021-08-16")
        let wet = judge.verdict(
            on: try question(from: start, "2021-05-01", to: end, "2021-09-20", down, highWaters: [typhoon]))
        #expect(wet.kind == .possibleFloodDisplacement)
        #expect(try #require(wet.text(.movementHighWater)).contains("2021-08-14"))
        for other in [
            try highWater("860604", "2020-08-14", "2020-08-16"), try highWater("860700", "2021-08-14", "2021-08-16"),
            try highWater("860604", "2021-08-14", "2021-08-16", river: "Yodo"),
        ] {
            #expect(
                judge.verdict(
                    on: try question(from: start, "2021-05-01", to: end, "2021-09-20", down, highWaters: [other])
                ).isAlert)
        }
        let up = try question(
            from: end, "2021-05-01", to: start, "2021-09-20", route(up: 14_000), highWaters: [typhoon])
        #expect(judge.verdict(on: up).isAlert, "Nothing drifts upstream.")
    }

    @Test("Weirs are soft, and named")
    func weirs() throws {
        let start = try Spot("Hatsuka", system: "860700", 35.05, 134.85)
        let end = try Spot("Hatsuka", system: "860700", 35.07, 134.86)
        let six = (1...6).map { weir("Weir \($0)") }
        let passed = judge.verdict(
            on: try question(from: start, "2010-08-01", to: end, "2011-09-01", route(up: 2_000, weirs: six)))
        #expect(passed.kind == .plausibleMovement, "Animals are known to have passed six such weirs in a year.")
        #expect(try #require(passed.text(.movementWeirs)).contains("Weir 6 (1.5 m)"))
        let unknown = judge.verdict(
            on: try question(
                from: start, "2010-08-01", to: end, "2011-09-01", route(up: 900, weirs: [weir("Old", height: nil)])))
        #expect(unknown.has(.movementWantsWeirs))
    }

    @Test("Who is not surely the same animal has not surely been moved")
    func doubtfulIdentity() throws {
        let home = try #require(home)
        let found = try Spot("Yasu", system: "860400", 35.02, 136.05)
        let verdict = judge.verdict(
            on: try question(
                from: home, "2012-06-01", to: found, "2022-07-01", .otherSystem(from: "860700", to: "860400"),
                identity: 0.4))
        #expect(verdict.kind == .insufficientData)
        #expect(try #require(verdict.peopleProbability) < 0.41)
        #expect(verdict.has(.movementWantsIdentity))
    }

    @Test("Brought back to where it lived, it is still said that people moved it")
    func returned() throws {
        let home = try #require(home)
        let found = try Spot("Yasu", system: "860400", 35.02, 136.05)
        let across = WaterWay.otherSystem(from: "860400", to: "860700")
        let verdict = judge.verdict(
            on: MovementQuestion(
                journeys: [
                    Journey(
                        from: try home.seen("2012-06-01"),
                        ways: [WeightedWay(from: home.place, to: home.place, weight: 1, way: route(up: 100))]),
                    Journey(
                        from: try found.seen("2022-06-01"),
                        ways: [WeightedWay(from: found.place, to: home.place, weight: 1, way: across)]),
                ], later: try home.seen("2023-06-01")))
        #expect(verdict.isAlert && verdict.isReturn)
        #expect(verdict.has(.movementReturn))
    }

    @Test("Without places nothing is said")
    func nothing() throws {
        let home = try #require(home)
        let nowhere = Sighting(date: nil, position: nil)
        let verdict = judge.verdict(
            on: MovementQuestion(journeys: [Journey(from: try home.seen("2012-06-01"))], later: nowhere))
        #expect(verdict.kind == .insufficientData && verdict.peopleProbability == nil)
        #expect(verdict.has(.movementWantsPlace))
        let first = judge.verdict(on: MovementQuestion(journeys: [], later: try home.seen("2012-06-01")))
        #expect(first.has(.movementNoEarlierPlace))
    }

    private func translocation(to spot: Spot, on date: String) throws -> Translocation {
        Translocation(
            id: Identifier(), agency: Identifier(), individual: Identifier(), movedAt: try day(date), from: .init(),
            to: .init(position: spot.position, system: spot.place.system), permit: "Hyogo 12-3",
            authority: "Board of Education", recordedBy: "Sato", createdAt: try day(date))
    }

    private func highWater(_ system: String, _ from: String, _ to: String, river: String? = nil) throws -> HighWater {
        HighWater(
            id: Identifier(), agency: Identifier(), system: system, river: river, from: try day(from), to: try day(to),
            source: "gauge", createdAt: try day(to))
    }
}
