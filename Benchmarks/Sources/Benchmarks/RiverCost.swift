import Foundation
import Postgres
import Provenance
import Registry
import Storage

/// Times places and ways on a drawn river network.
struct RiverCost {
    /// Segments of the network.
    let segments: Int
    /// Questions of each kind.
    let questions = 1000

    func run() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "andrias-rivers-\(getpid())")
        defer { try? FileManager.default.removeItem(at: folder) }
        let cluster = try await EmbeddedCluster.open(in: folder, durability: .none)
        let pool = PostgresPool(endpoint: cluster.endpoint, size: 2, applicationName: "benchmark")
        do {
            _ = try await Migrator(migrations: RegistryStore.migrations).migrate(pool)
            try await measure(
                RegistryStore(pool: pool, photoFiles: PhotoFiles(directory: folder.appending(path: "photos"))))
        } catch {
            await pool.close()
            await cluster.close()
            throw error
        }
        await pool.close()
        await cluster.close()
    }

    private func measure(_ store: RegistryStore) async throws {
        let (network, building) = try await milliseconds {
            try RiverNetwork.built(from: RandomRivers(segments: segments).material(), source: "random").network
        }
        let (_, loading) = try await milliseconds {
            try await store.loadRivers(network, source: "random", profile: .plain, by: "benchmark")
        }
        try await store.pool.query("ANALYZE")
        print("\(segments) segments: built in \(fixed(building / 1000, 1)) s, loaded in \(fixed(loading / 1000, 1)) s")
        print(pad("ms", 46) + pad("median", 12) + pad("p95", 12) + "max")
        var random = SplitMix(state: 7)
        let points = (0..<questions).compactMap { _ in
            network.segments[Int(random.next() % UInt64(network.segments.count))].course.first
        }
        for uncertainty in [10, 1_570, 15_691] as [Double] {
            var times: [Double] = []
            for point in points {
                let position = try Position(
                    latitude: point.latitude, longitude: point.longitude, uncertaintyMeters: uncertainty)
                times.append(try await milliseconds { try await store.locate(position) }.time)
            }
            line("where a position of \(Int(uncertainty)) m is", times)
        }
        var places: [String: [NetworkPlace]] = [:]
        for point in points {
            let position = try Position(latitude: point.latitude, longitude: point.longitude, uncertaintyMeters: 10)
            guard let place = try await store.locate(position).candidates.first?.place else { continue }
            places[place.system, default: []].append(place)
        }
        var times: [Double] = []
        for many in places.values {
            for (one, other) in zip(many, many.dropFirst()) {
                times.append(try await milliseconds { try await store.way(from: one, to: other) }.time)
            }
        }
        line("how far two places of a system are (\(times.count))", times)
    }

    private func line(_ name: String, _ times: [Double]) {
        let sorted = times.sorted()
        guard let most = sorted.last else { return }
        print(
            pad(name, 46) + pad(fixed(sorted[sorted.count / 2], 2), 12)
                + pad(fixed(sorted[sorted.count * 95 / 100], 2), 12) + fixed(most, 2))
    }

    private struct SplitMix {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 17
        }
    }
}
