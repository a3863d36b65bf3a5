public import Foundation
public import Registry

/// The river network as rules ask it: storage answers, or a test.
public struct WaterNetwork: Sendable {
    /// Where on the network a position may lie; `nil` where no network is loaded.
    public let locate: @Sendable (Position) async throws -> WaterLocation?
    /// The way by water between two places.
    public let way: @Sendable (NetworkPlace, NetworkPlace) async throws -> WaterWay

    /// A network.
    public init(
        locate: @escaping @Sendable (Position) async throws -> WaterLocation?,
        way: @escaping @Sendable (NetworkPlace, NetworkPlace) async throws -> WaterWay
    ) {
        self.locate = locate
        self.way = way
    }

    /// No network at all: positions are compared in a straight line.
    public static let none = WaterNetwork(locate: { _ in nil }, way: { _, _ in .notConnected })

    /// A sighting with where on the network it may be.
    public func sighting(at date: Date?, _ position: Position?) async throws -> Sighting {
        guard let position else { return Sighting(date: date, position: nil) }
        return Sighting(date: date, position: position, water: try await locate(position))
    }

    /// From a sighting to a later one, with the ways between their likeliest candidates.
    ///
    /// - Parameters:
    ///   - start: The earlier sighting.
    ///   - later: The later one.
    ///   - candidates: How many candidates of each are joined.
    /// - Returns: The journey with at most `candidates` squared ways.
    /// - Throws: What the network throws.
    public func journey(from start: Sighting, to later: Sighting, candidates: Int = 4) async throws -> Journey {
        let ends = later.water?.candidates.prefix(candidates) ?? []
        var ways: [WeightedWay] = []
        for from in start.water?.candidates.prefix(candidates) ?? [] {
            for to in ends {
                ways.append(
                    WeightedWay(
                        from: from.place, to: to.place, weight: from.likelihood * to.likelihood,
                        way: try await way(from.place, to.place)))
            }
        }
        return Journey(from: start, ways: ways)
    }
}
