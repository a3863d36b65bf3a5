public import Foundation
import Hybrids
import Postgres
import Provenance
public import Registry

extension RegistryStore {
    /// Enters counts of DNA-tested animals, whole or not at all; one of the same label and years replaces it.
    ///
    /// - Throws: ``StorageError/ruleBroken(rule:)`` for a count that cannot be.
    public func addTestedCounts(_ counts: [TestedCount], by person: String) async throws {
        try await transaction { session in
            for count in counts {
                let numbers = [
                    count.animals.native, count.animals.hybrid, count.animals.exotic, count.animals.undetermined,
                ]
                guard numbers.allSatisfy({ (0...1_000_000).contains($0) }) else {
                    throw StorageError.ruleBroken(rule: "hybrid_counts_numbers")
                }
                let years: [PostgresValue] = [count.years?.lowerBound, count.years?.upperBound].map {
                    $0.map { .int32(Int32(clamping: $0)) } ?? .null
                }
                let parameters: [PostgresValue] =
                    [.id(Identifier<TestedCount>()), .text(count.label), .text(count.system)]
                    + PostgresValue.position(count.position) + years + numbers.map { .int32(Int32(clamping: $0)) }
                    + [.text(count.source), .text(person)]
                _ = try await session.rows(.hybridCountInsert, parameters)
            }
        }
    }

    /// The counts that were entered, by label; of each label and its years the latest.
    public func testedCounts() async throws -> [TestedCount] {
        try await rows(.hybridCounts).map(TestedCount.init)
    }

    /// The odds of a water: of tested animals that were entered as counts, and of those that the registry holds.
    ///
    /// - Parameters:
    ///   - position: Where an animal was met; `nil` where nobody knows.
    ///   - date: When.
    ///   - individual: An animal whose own results do not count, for it is the one in question.
    /// - Returns: The prior, an assumption where nothing of this water is known.
    /// - Throws: `PostgresError`, ``StorageError/recordUnreadable(column:reason:)``.
    public func hybridPrior(
        at position: Position?, on date: Date, without individual: Identifier<Individual>? = nil
    ) async throws -> HybridAssessment.Prior {
        try await reach(at: position, on: date, without: individual).prior
    }

    /// The prior with the code of the likeliest water system.
    func reach(
        at position: Position?, on date: Date, without individual: Identifier<Individual>?
    ) async throws -> (prior: HybridAssessment.Prior, system: String?) {
        let parameters = try await hybridParameters()
        let year = Calendar.japan.component(.year, from: date)
        let assumed = { (basis: HybridAssessment.Prior.Basis) in
            ReachPrior.prior(from: [], in: year, parameters, otherwise: basis)
        }
        guard let position else { return (assumed(.noPlace), nil) }
        guard let location = try await waters.locate(position) else { return (assumed(.noNetwork), nil) }
        guard let likeliest = location.candidates.first, location.offNetwork < 0.5 else {
            return (assumed(.noPlace), nil)
        }
        let here = Likeliest(location)
        var distant: [ReachPrior.DistantCount] = []
        for count in try await testedCounts() + testedHere(without: individual) {
            // Twenty half-distances leave a millionth; the way by water is longer than the straight line.
            let farthest = 20 * parameters[.halfDistance] + (position.uncertaintyMeters ?? 0)
            if let there = count.position,
                there.meters(to: position) - (there.uncertaintyMeters ?? 0) > farthest
            {
                continue
            }
            distant.append(
                ReachPrior.DistantCount(
                    count: count, ways: try await ways(to: count, from: here, parameters[.unknownDistance])))
        }
        return (
            ReachPrior.prior(from: distant, in: year, parameters, otherwise: .noCounts), likeliest.place.system
        )
    }

    private func ways(
        to count: TestedCount, from here: Likeliest, _ unknownDistance: Double
    ) async throws -> [(meters: Double?, likelihood: Double)] {
        let there = try await count.position.asyncMap(locate).map(Likeliest.init)
        guard let there, !there.places.isEmpty else {
            return here.places.map { ($0.place.system == count.system ? unknownDistance : nil, $0.likelihood) }
        }
        var ways: [(meters: Double?, likelihood: Double)] = []
        for from in here.places {
            for to in there.places {
                var meters: Double?
                if from.place.system == to.place.system,
                    case .route(let route) = try await way(from: from.place, to: to.place)
                {
                    meters = route.meters
                }
                ways.append((meters, from.likelihood * to.likelihood))
            }
        }
        return ways
    }

    /// The registry's own tested animals, those of a square of 0.01° and a year as one count.
    private func testedHere(without individual: Identifier<Individual>?) async throws -> [TestedCount] {
        struct Cell: Hashable {
            let latitude: Int
            let longitude: Int
            let year: Int?
        }
        var cells: [Cell: (position: Position, classes: [DNAResult.Class])] = [:]
        for row in try await rows(.dnaTestedPlaces) {
            let animal = try row.identifier("individual_id", of: Individual.self)
            guard animal != individual, let position = try row.position() else { continue }
            let date: Date? = try row.optional("event_date")
            let cell = Cell(
                latitude: Int((position.latitude * 100).rounded(.down)),
                longitude: Int((position.longitude * 100).rounded(.down)),
                year: date.map { Calendar.japan.component(.year, from: $0) })
            cells[cell, default: (position, [])].classes.append(try row.named("class"))
        }
        return cells.sorted { ($0.key.year ?? 0, $0.key.latitude) < ($1.key.year ?? 0, $1.key.latitude) }
            .map { cell, found in
                let native = found.classes.filter { $0 == .japonicus }.count
                let exotic = found.classes.filter { $0 == .davidianus || $0 == .otherSpecies }.count
                return TestedCount(
                    label: String(format: "%.2f, %.2f", Double(cell.latitude) / 100, Double(cell.longitude) / 100),
                    system: nil, position: found.position, years: cell.year.map { $0...$0 },
                    animals: .init(
                        native: native, hybrid: found.classes.count - native - exotic, exotic: exotic,
                        undetermined: 0), source: "DNA records of this registry")
            }
    }
}

/// The likeliest places of a position, likelihoods adding up to 1; six hold most of a reach of kilometres.
private struct Likeliest {
    let places: [WaterLocation.Candidate]

    init(_ location: WaterLocation) {
        let likeliest = location.candidates.prefix(6)
        let total = likeliest.reduce(0) { $0 + $1.likelihood }
        places = likeliest.map {
            WaterLocation.Candidate(
                place: $0.place, distanceMeters: $0.distanceMeters, likelihood: total > 0 ? $0.likelihood / total : 0)
        }
    }
}

extension Optional {
    fileprivate func asyncMap<T>(_ transform: (Wrapped) async throws -> T) async rethrows -> T? {
        if let self { try await transform(self) } else { nil }
    }
}

extension Calendar {
    fileprivate static var japan: Calendar {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(secondsFromGMT: 9 * 3600) ?? .gmt
        return calendar
    }
}

extension TestedCount {
    fileprivate init(row: Row) throws {
        let first: Int? = try row.optional("first_year")
        let years = try first.map { $0...(try row.get("last_year")) }
        self.init(
            label: try row.get("label"), system: try row.optional("system"), position: try row.position(),
            years: years,
            animals: Animals(
                native: try row.get("native"), hybrid: try row.get("hybrid"), exotic: try row.get("exotic"),
                undetermined: try row.get("undetermined")), source: try row.get("source"))
    }
}
