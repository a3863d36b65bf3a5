internal import Foundation
public import Registry

/// Tells where a known animal belongs.
///
/// Its home is the water system in which it was met most often, of several the one of the latest sighting; within it,
/// the water between its farthest sightings. It belongs to the place of a sighting that lies nearest by water to where it
/// was found; where nobody said, or no water leads there, to the one from which the ways to its other sightings are
/// shortest. Of its places the latest 24 count.
public struct OriginRule: Sendable {
    private let network: WaterNetwork
    private let hypotheses: MovementHypotheses

    /// The rule on a network, with the parameters that say which weirs hold back.
    public init(_ network: WaterNetwork, parameters: MovementParameters) {
        self.network = network
        hypotheses = MovementHypotheses(parameters, years: 1)
    }

    /// Where an animal belongs.
    ///
    /// - Parameters:
    ///   - name: Its name.
    ///   - sightings: Where it was met, the meeting asked about left out.
    ///   - found: Where it is; `nil` where nobody said.
    /// - Returns: Home, reach and reasons, without the agency that decides.
    /// - Throws: What the network throws.
    public func origin(of name: String, sightings: [Sighting], found: Sighting?) async throws -> Origin {
        let located = sightings.compactMap { sighting in
            // The likeliest place alone: a home is made of many sightings.
            sighting.water?.candidates.first.flatMap { candidate in
                sighting.onNetwork >= 0.5 ? LocatedSighting(date: sighting.date, place: candidate.place) : nil
            }
        }
        guard let system = homeSystem(of: located) else {
            let hasPlace = sightings.contains { $0.position != nil }
            return Origin(
                home: nil, release: nil,
                reasons: [Finding(hasPlace ? .originNoWater : .originNoPlace, ["name": name])])
        }
        let stays = located.filter { $0.place.system == system }
        let places = Array(
            stays.sorted { ($0.date ?? .distantPast) > ($1.date ?? .distantPast) }.map(\.place).uniqued()
                .prefix(Self.placeLimit))
        let lengths = try await waterLengths(between: places)
        let home = Origin.Home(
            system: system, rivers: rivers(of: stays), meters: lengths.joined().max() ?? 0, count: stays.count,
            first: stays.compactMap(\.date).min(), last: stays.compactMap(\.date).max())
        let middle = places.indices.min { lengths[$0].reduce(0, +) < lengths[$1].reduce(0, +) } ?? 0
        let way = try await nearest(of: places, from: found)
        let release = Origin.Release(
            place: way?.place ?? places[middle], meters: way?.route.meters,
            weirs: way?.route.weirsUp.filter(hypotheses.holdsBack).map(\.label) ?? [])
        return Origin(
            home: home, release: release,
            reasons: reasons(name, home, release, isFound: found?.position != nil))
    }

    fileprivate struct LocatedSighting {
        let date: Date?
        let place: NetworkPlace
    }

    private func homeSystem(of sightings: [LocatedSighting]) -> String? {
        Dictionary(grouping: sightings, by: \.place.system).max { one, other in
            (one.value.count, one.value.latest, one.key) < (other.value.count, other.value.latest, other.key)
        }?.key
    }

    private func rivers(of sightings: [LocatedSighting]) -> [String] {
        Dictionary(grouping: sightings.compactMap(\.place.river)) { $0 }
            .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.map(\.key)
    }

    private func waterLengths(between places: [NetworkPlace]) async throws -> [[Double]] {
        var lengths = Array(repeating: Array(repeating: 0.0, count: places.count), count: places.count)
        for first in places.indices {
            for second in places.indices where second > first {
                guard case .route(let route) = try await network.way(places[first], places[second]) else { continue }
                lengths[first][second] = route.meters
                lengths[second][first] = route.meters
            }
        }
        return lengths
    }

    private func nearest(
        of places: [NetworkPlace], from found: Sighting?
    ) async throws -> (place: NetworkPlace, route: WaterRoute)? {
        guard let start = found?.water?.candidates.first?.place else { return nil }
        var nearest: (place: NetworkPlace, route: WaterRoute)?
        for place in places {
            guard case .route(let route) = try await network.way(start, place) else { continue }
            if route.meters < nearest?.route.meters ?? .infinity { nearest = (place, route) }
        }
        return nearest
    }

    /// Every two places are joined by a way: 276 questions at most.
    private static let placeLimit = 24

    private func reasons(_ name: String, _ home: Origin.Home, _ release: Origin.Release, isFound: Bool) -> [Finding] {
        let water = home.rivers.first ?? home.system
        var reasons = [
            Finding(
                .originHome,
                [
                    "name": name, "water": water, "length": home.meters.kilometers, "count": String(home.count),
                    "first": home.first?.year ?? "?", "last": home.last?.year ?? "?",
                ])
        ]
        if let meters = release.meters {
            reasons.append(
                Finding(
                    .originRelease,
                    ["water": release.place.river ?? release.place.system, "kilometers": meters.kilometers]))
        } else if isFound {
            reasons.append(Finding(.originOffHome, ["water": water]))
        }
        if !release.weirs.isEmpty {
            reasons.append(Finding(.originWeirs, ["names": release.weirs.joined(separator: ", ")]))
        }
        return reasons
    }
}

extension Array where Element: Hashable {
    /// Each element once, in the order of its first.
    fileprivate func uniqued() -> [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}

extension [OriginRule.LocatedSighting] {
    fileprivate var latest: Date { compactMap(\.date).max() ?? .distantPast }
}
