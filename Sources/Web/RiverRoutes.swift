import Hummingbird
import Provenance
import Registry
import Storage

/// `/v1/rivers`: where a position is on the network, and how far two places are apart along the water.
///
/// Nothing of it tells where animals live, so reading the registry is enough.
struct RiverRoutes {
    let store: RegistryStore

    func add(to group: RouterGroup<RequestScope>) {
        group.get("rivers/locate", use: locate)
        group.get("rivers/distance", use: distance)
    }

    @Sendable private func locate(_ request: Request, _ scope: RequestScope) async throws -> Response {
        try scope.caller().require(.readRegistry)
        let position = try request.position()
        guard position.isInJapan else { throw Problem.parameter("decimalLatitude", .outsideJapan) }
        return try .json(LocationDocument(try await store.locate(position)))
    }

    @Sendable private func distance(_ request: Request, _ scope: RequestScope) async throws -> Response {
        try scope.caller().require(.readRegistry)
        let (starts, ends) = (try await places("from", request), try await places("to", request))
        var ways: [WayDocument] = []
        for start in starts {
            for end in ends { ways.append(WayDocument(start, end, try await store.way(from: start, to: end))) }
        }
        return try .json(WaysDocument(ways: ways))
    }

    private func places(_ name: String, _ request: Request) async throws -> [NetworkPlace] {
        guard let text = request.uri.queryParameters[name[...]] else { throw Problem.parameter(name, .missing) }
        do {
            return try await store.likeliestPlaces(
                of: String(text), uncertainty: try request.meters("coordinateUncertaintyInMeters"))
        } catch let error as RiverError {
            throw Problem.place(name, error)
        } catch let rejection as Position.Rejection {
            throw Problem.place(name, rejection)
        }
    }
}

extension Request {
    /// A number of metres from the address.
    fileprivate func meters(_ name: String) throws(Problem) -> Double? {
        guard let text = uri.queryParameters[name[...]] else { return nil }
        guard let value = Double(text), value > 0, value <= 100_000 else { throw .parameter(name, .uncertainty) }
        return value
    }

    /// The position that the address names.
    fileprivate func position() throws(Problem) -> Position {
        func degrees(_ name: String) throws(Problem) -> Double {
            guard let text = uri.queryParameters[name[...]] else { throw .parameter(name, .missing) }
            guard let value = Double(text) else { throw .parameter(name, .outOfRange) }
            return value
        }
        do {
            return try Position(
                latitude: try degrees("decimalLatitude"), longitude: try degrees("decimalLongitude"),
                uncertaintyMeters: try meters("coordinateUncertaintyInMeters"))
        } catch let rejection as Position.Rejection {
            throw .place("decimalLatitude", rejection)
        } catch let problem as Problem {
            throw problem
        } catch {
            throw Problem(error)
        }
    }
}

extension Problem {
    fileprivate static func place(_ name: String, _ rejection: Position.Rejection) -> Problem {
        switch rejection {
        case .nullIsland: .parameter(name, .nullIsland)
        case .uncertainty: .parameter("coordinateUncertaintyInMeters", .uncertainty)
        case .swapped: .parameter(name, .swappedAxes)
        case .outOfRange: .parameter(name, .outOfRange)
        }
    }

    fileprivate static func place(_ name: String, _ error: RiverError) -> Problem {
        switch error {
        case .unknownName(_, let nearest):
            .parameter(name, .unknownWater, ["nearest": nearest.isEmpty ? "–" : nearest.joined(separator: ", ")])
        case .beyondRiver(_, let length, _):
            .parameter(name, .beyondRiver, ["length": String(Int(length / 1000))])
        case .outsideJapan(_, let looksSwapped): .parameter(name, looksSwapped ? .swappedAxes : .outsideJapan)
        case .offNetwork: .parameter(name, .offNetwork)
        case .noNetwork: .parameter(name, .noNetwork)
        case .notAPlace, .noSuchSegment: .parameter(name, .notAPlace)
        }
    }
}

/// A place on the network.
private struct WaterPlaceDocument: Encodable {
    let segment: Int64
    let fraction: Double
    let river: String?
    let system: String

    init(_ place: NetworkPlace) {
        segment = place.segment
        fraction = place.fraction
        river = place.river
        system = place.system
    }
}

private struct LocationDocument: Encodable {
    struct Candidate: Encodable {
        let place: WaterPlaceDocument
        let distanceInMeters: Double
        let likelihood: Double
    }
    let candidates: [Candidate]
    let offNetwork: Double

    init(_ location: WaterLocation) {
        candidates = location.candidates.map {
            Candidate(
                place: WaterPlaceDocument($0.place), distanceInMeters: $0.distanceMeters, likelihood: $0.likelihood)
        }
        offNetwork = location.offNetwork
    }
}

private struct WaysDocument: Encodable {
    let ways: [WayDocument]
}

private struct WayDocument: Encodable {
    struct Weir: Encodable {
        let name: String?
        let heightInMeters: Double?
        let hasDetour: Bool?
        let isPassable: Bool?

        init(_ weir: PassedWeir) {
            name = weir.name
            heightInMeters = weir.heightMeters
            hasDetour = weir.hasDetour
            isPassable = weir.isPassable
        }
    }
    let from: WaterPlaceDocument
    let to: WaterPlaceDocument
    let kind: String
    var meters: Double?
    var downstreamMeters: Double?
    var upstreamMeters: Double?
    var weirsDown: [Weir]?
    var weirsUp: [Weir]?

    init(_ start: NetworkPlace, _ end: NetworkPlace, _ way: WaterWay) {
        from = WaterPlaceDocument(start)
        to = WaterPlaceDocument(end)
        switch way {
        case .route(let route):
            kind = "route"
            meters = route.meters
            downstreamMeters = route.downstreamMeters
            upstreamMeters = route.upstreamMeters
            weirsDown = route.weirsDown.map(Weir.init)
            weirsUp = route.weirsUp.map(Weir.init)
        case .otherSystem: kind = "other_system"
        case .notConnected: kind = "not_connected"
        }
    }
}
