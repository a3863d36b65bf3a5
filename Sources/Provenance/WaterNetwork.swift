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
    ///   - count: How many candidates of each are joined, beside the likeliest of every further water system.
    /// - Returns: The journey with its ways.
    /// - Throws: What the network throws.
    public func journey(from start: Sighting, to later: Sighting, candidates count: Int = 4) async throws -> Journey {
        let ends = later.water?.likeliest(count) ?? []
        var ways: [WeightedWay] = []
        for from in start.water?.likeliest(count) ?? [] {
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

extension WaterLocation {
    /// The likeliest candidates, and of every water system that has none among them its likeliest.
    ///
    /// A home beyond a divide must not fall out of sight because the near side has more streams.
    fileprivate func likeliest(_ count: Int) -> [Candidate] {
        var chosen = Array(candidates.prefix(count))
        for candidate in candidates.dropFirst(count)
        where !chosen.contains(where: { $0.place.system == candidate.place.system }) {
            chosen.append(candidate)
        }
        return chosen
    }
}
