import Foundation
import Provenance
import Registry
import TestSupport
import Testing

/// The parameters as the registry ships them, read from the migration that brings them.
let shipped: MovementParameters = {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "../../SQL/migrations/0010_movements.up.sql")
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    var values: [MovementParameters.Name: Double] = [:]
    for row in text.matches(of: /\('([a-z_]+)', ([0-9.]+), '/) {
        guard let name = MovementParameters.Name(rawValue: String(row.output.1)) else { continue }
        values[name] = Double(row.output.2)
    }
    do { return try MovementParameters(values) } catch { preconditionFailure("\(error)") }
}()

/// An invented place on an invented river.
struct Spot {
    let place: NetworkPlace
    let position: Position

    init(_ river: String, system: String, _ latitude: Double, _ longitude: Double, uncertainty: Double = 20) throws {
        place = NetworkPlace(segment: Int64(latitude * 1000), fraction: 0.5, river: river, system: system)
        position = try Position(latitude: latitude, longitude: longitude, uncertaintyMeters: uncertainty)
    }

    /// Met here, certainly in the water.
    func seen(_ date: String?) throws -> Sighting {
        Sighting(
            date: try date.map(day), position: position,
            water: WaterLocation(
                candidates: [.init(place: place, distanceMeters: 5, likelihood: 0.99)], offNetwork: 0.01))
    }
}

func day(_ text: String) throws -> Date { try Date("\(text)T03:00:00Z", strategy: .iso8601) }

func weir(_ name: String, height: Double? = 1.5, detour: Bool? = false, passable: Bool? = nil) -> PassedWeir {
    PassedWeir(name: name, heightMeters: height, hasDetour: detour, isPassable: passable)
}

/// A question about one earlier sighting and one way.
func question(
    from start: Spot, _ earlier: String?, to end: Spot, _ later: String?, _ way: WaterWay,
    translocations: [MovementQuestion.Move] = [], highWaters: [HighWater] = [], identity: Double = 1
) throws -> MovementQuestion {
    MovementQuestion(
        journeys: [
            Journey(
                from: try start.seen(earlier),
                ways: [WeightedWay(from: start.place, to: end.place, weight: 0.98, way: way)])
        ],
        later: try end.seen(later), translocations: translocations, highWaters: highWaters, identity: identity)
}

func route(down: Double = 0, up: Double = 0, weirs: [PassedWeir] = []) -> WaterWay {
    .route(WaterRoute(downstreamMeters: down, upstreamMeters: up, weirsDown: [], weirsUp: weirs))
}

extension MovementVerdict {
    func has(_ code: Texts.Code) -> Bool { (reasons + wouldChange).contains { $0.code == code } }

    func text(_ code: Texts.Code) -> String? { reasons.first { $0.code == code }?.text(in: .en) }
}
