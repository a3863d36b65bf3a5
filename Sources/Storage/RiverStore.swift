public import Foundation
import Postgres
public import Provenance
public import Registry

/// Why a place on the network, or a way, could not be told.
public enum RiverError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A place names a segment that is not there, most often for the network was loaded anew.
    case noSuchSegment(Int64)
    /// No river or weir has this name.
    case unknownName(String, nearest: [String])
    /// The river ends before that kilometre.
    case beyondRiver(name: String, lengthMeters: Double, askedMeters: Double)
    /// What was written is neither a position nor a river with a kilometre nor a weir.
    case notAPlace(String)
    /// Nothing is loaded.
    case noNetwork
    /// A position that is not in Japan, or whose axes look swapped.
    case outsideJapan(String, looksSwapped: Bool)
    /// A position too far from all water.
    case offNetwork(String)

    /// What happened, to what, and what to do.
    public var description: String {
        switch self {
        case .noSuchSegment(let id):
            "The network has no segment \(id); it may have been loaded again: locate the place anew."
        case .unknownName(let name, let nearest):
            "No river or weir is called “\(name)”."
                + (nearest.isEmpty ? " Check the spelling." : " Did you mean \(nearest.joined(separator: ", "))?")
        case .beyondRiver(let name, let length, let asked):
            String(
                format: "%@ is %.1f km long as it was loaded; there is no kilometre %.1f.", name, length / 1000,
                asked / 1000)
        case .notAPlace(let text):
            "“\(text)” is not a place: write latitude,longitude, a river and a kilometre (“川名 3.2”), or a weir."
        case .outsideJapan(let text, looksSwapped: true):
            "“\(text)” looks swapped: write the latitude first."
        case .outsideJapan(let text, looksSwapped: false):
            "“\(text)” is not in Japan (20–46° N, 122–154° E): check the degrees."
        case .offNetwork(let text):
            "“\(text)” is not on the network: no water is near enough for its uncertainty."
        case .noNetwork:
            "No river network is loaded: `andrias river load FILE` first."
        }
    }
}

/// A network that was loaded.
public struct RiverSource: Hashable, Sendable {
    /// Its name.
    public let name: String
    /// How its fields are named.
    public let profile: String
    /// Who loaded it.
    public let loadedBy: String
    /// When.
    public let loadedAt: Date
    /// Segments in it.
    public let segments: Int
    /// Weirs in it.
    public let weirs: Int
}

/// A way between two places with what it runs along.
public struct TracedWay: Hashable, Sendable {
    /// The way.
    public let way: WaterWay
    /// Its pieces in order; empty where there is no route.
    public let legs: [WayLeg]
}

extension RegistryStore {
    /// Loads a network in one transaction; what was loaded of the source before is replaced.
    ///
    /// - Parameters:
    ///   - network: The network.
    ///   - source: Name of the source.
    ///   - profile: How its fields were named.
    ///   - name: Who loads it.
    /// - Throws: `PostgresError`, ``StorageError``.
    public func loadRivers(
        _ network: RiverNetwork, source: String, profile: RiverProfile, by name: String
    ) async throws {
        try await transaction { session in
            _ = try await session.rows(.riverSourceReplace, [.text(source)])
            _ = try await session.rows(.riverSourceInsert, [.text(source), .text(profile.rawValue), .text(name)])
            let counts = [
                network.nodes.count, network.rivers.count, network.segments.count, network.weirs.count,
                network.basins.count,
            ]
            guard
                let first: Int64 = try await session.rows(
                    .riverNumbersReserve, [.int(Int64(counts.reduce(1, +)))]
                ).first?.get("first")
            else { throw StorageError.recordUnreadable(column: "river_ids", reason: "no number") }
            try await session.insertRivers(network, source: source, numbers: RiverNumbers(first, network))
        }
    }

    /// The networks that are loaded.
    ///
    /// - Throws: `PostgresError`.
    public func riverSources() async throws -> [RiverSource] {
        try await rows(.riverSources).map { row in
            RiverSource(
                name: try row.get("name"), profile: try row.get("profile"), loadedBy: try row.get("loaded_by"),
                loadedAt: try row.get("loaded_at"), segments: try row.get("segments"), weirs: try row.get("weirs"))
        }
    }

    /// Whether any network is loaded: without one, being off it says nothing.
    ///
    /// - Throws: `PostgresError`.
    public func isRiverNetworkLoaded() async throws -> Bool {
        try await row(.riverNetworkLoaded) { try $0.get("is_loaded") }
    }

    /// Where on the network a position may lie; see ``Snapping``.
    ///
    /// - Returns: Places with likelihoods that add up to 1 with that of being off the network; no more than
    ///   ``Snapping/placeLimit``, or one for every water system where there are more. Without a network, off it.
    /// - Throws: `PostgresError`, ``StorageError/recordUnreadable(column:reason:)``.
    public func locate(_ position: Position) async throws -> WaterLocation {
        let snapping = Snapping(position)
        let box = snapping.box
        let found = try await rows(
            .riverSegmentsWithin, [.double(box.west), .double(box.south), .double(box.east), .double(box.north)])
        return snapping.location(
            on: try found.map(Snapping.Water.init))
    }

    /// How to get from one place to another along the water.
    ///
    /// - Throws: ``RiverError/noSuchSegment(_:)``, `PostgresError`.
    public func way(from start: NetworkPlace, to end: NetworkPlace) async throws -> WaterWay {
        try await tracedWay(from: start, to: end).way
    }

    /// How to get from one place to another along the water, with the segments on the way.
    ///
    /// - Throws: ``RiverError/noSuchSegment(_:)``, `PostgresError`.
    public func tracedWay(from start: NetworkPlace, to end: NetworkPlace) async throws -> TracedWay {
        let ids = [start.segment, end.segment]
        var chains: [Int64: [PathChains.Step]] = [:]
        for row in try await rows(.riverChain, [.intArray(Array(Set(ids)))]) {
            chains[try row.get("origin"), default: []].append(
                PathChains.Step(path: try row.get("path"), rank: try row.get("rank")))
        }
        for id in ids where chains[id] == nil { throw RiverError.noSuchSegment(id) }
        guard start.system == end.system else {
            return TracedWay(way: .otherSystem(from: start.system, to: end.system), legs: [])
        }
        let stretches = PathChains.between(chains[start.segment] ?? [], chains[end.segment] ?? [])
        let found = try await rows(
            .riverStretches,
            [
                .intArray(stretches.map(\.path)), .intArray(stretches.map(\.low)), .intArray(stretches.map(\.high)),
            ])
        let extract = NetworkExtract(
            try found.map { row in
                NetworkExtract.Segment(
                    id: try row.get("id"), from: try row.get("from_node"), to: try row.get("to_node"),
                    meters: try row.get("length_m"))
            })
        guard let legs = extract.way(from: (start.segment, start.fraction), to: (end.segment, end.fraction)) else {
            return TracedWay(way: .notConnected, legs: [])
        }
        var weirs: [Int64: [(fraction: Double, weir: PassedWeir)]] = [:]
        for row in try await rows(.weirsOfSegments, [.intArray(Array(Set(legs.map(\.segment))))]) {
            weirs[try row.get("segment_id"), default: []].append((try row.get("fraction"), try PassedWeir(row: row)))
        }
        return TracedWay(way: .route(WaterRoute(legs: legs, weirs: weirs)), legs: legs)
    }

    /// The network around a way, for drawing it: a tenth of its extent beyond it on every side.
    ///
    /// - Throws: ``RiverError/noSuchSegment(_:)``, `PostgresError`.
    public func waterMap(of way: TracedWay, from start: NetworkPlace, to end: NetworkPlace) async throws -> WaterMap {
        let ids = Set([start.segment, end.segment] + way.legs.map(\.segment))
        var points: [Coordinate] = []
        for row in try await rows(.riverCourses, [.intArray(Array(ids))]) { points += try row.getCourse("course") }
        let (longitudes, latitudes) = (points.map(\.longitude), points.map(\.latitude))
        guard let west = longitudes.min(), let east = longitudes.max(), let south = latitudes.min(),
            let north = latitudes.max()
        else { throw RiverError.noSuchSegment(start.segment) }
        let margin = 0.1 * max(east - west, north - south) + 0.001
        let waters = try await rows(
            .riverSegmentsWithin,
            [.double(west - margin), .double(south - margin), .double(east + margin), .double(north + margin)]
        ).map(Snapping.Water.init)
        let weirs = try await rows(.weirsOfSegments, [.intArray(waters.map(\.segment))]).map { row in
            WaterMap.Weir(
                segment: try row.get("segment_id"), fraction: try row.get("fraction"), weir: try PassedWeir(row: row))
        }
        return WaterMap(waters: waters, weirs: weirs)
    }

    /// Places called by a name: a kilometre of a river counted from its lower end, or a weir.
    ///
    /// - Parameters:
    ///   - name: A river or a weir, in Japanese or Latin letters; width, case, spaces and the word for river do not
    ///     matter.
    ///   - meters: Metres from the river's lower end; `nil` for a weir.
    /// - Returns: Every place called so, one or more.
    /// - Throws: ``RiverError/unknownName(_:nearest:)``, ``RiverError/beyondRiver(name:lengthMeters:askedMeters:)``.
    public func places(named name: String, meters: Double?) async throws -> [NetworkPlace] {
        guard let meters else { return try await weirs(named: name) }
        let rivers = try await rows(.riversNamed, [.text(PlaceName.key(name))])
        guard !rivers.isEmpty else { throw try await unknown(name) }
        var places: [NetworkPlace] = []
        var longest = 0.0
        for row in rivers {
            let (mouth, head): (Double, Double) = (try row.get("mouth_m"), try row.get("head_m"))
            longest = max(longest, head - mouth)
            guard (0...head - mouth).contains(meters) else { continue }
            for point in try await rows(.riverPoint, [.int(try row.get("id")), .double(mouth + meters)]) {
                places.append(
                    NetworkPlace(
                        segment: try point.get("id"), fraction: try point.get("fraction"),
                        river: try row.get("name", as: String.self), system: try row.get("system")))
            }
        }
        guard !places.isEmpty else {
            throw RiverError.beyondRiver(name: name, lengthMeters: longest, askedMeters: meters)
        }
        return places
    }

    private func weirs(named name: String) async throws -> [NetworkPlace] {
        let places = try await rows(.weirsNamed, [.text(PlaceName.key(name))]).map { row in
            NetworkPlace(
                segment: try row.get("segment_id"), fraction: try row.get("fraction"),
                river: try row.getOptional("river"), system: try row.get("system"))
        }
        guard !places.isEmpty else { throw try await unknown(name) }
        return places
    }

    private func unknown(_ name: String) async throws -> RiverError {
        let names = try await rows(.riverNames).map {
            (key: try $0.get("key", as: String.self), name: try $0.get("name", as: String.self))
        }
        return names.isEmpty ? .noNetwork : .unknownName(name, nearest: PlaceName.nearest(to: name, among: names))
    }
}

extension PassedWeir {
    fileprivate init(row: Row) throws {
        self.init(
            name: try row.getOptional("name"), heightMeters: try row.getOptional("height_m"),
            hasDetour: try row.getOptional("has_detour"), isPassable: try row.getOptional("is_passable"))
    }
}

extension Snapping.Water {
    fileprivate init(row: Row) throws {
        self.init(
            segment: try row.get("id"), river: try row.getOptional("river"), system: try row.get("system"),
            order: (try row.get("path"), try row.get("rank")), course: try row.getCourse("course"))
    }
}
