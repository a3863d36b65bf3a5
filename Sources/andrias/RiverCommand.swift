import ArgumentParser
import Explanation
import Foundation
import Provenance
import Registry
import Storage

/// `andrias river`: the network, places on it and ways along it.
struct RiverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "river", abstract: "Load a river network; ask where a place is on it and how far two are apart.",
        discussion: """
            Places are written as latitude,longitude, as a river and kilometres from its lower end ("川名 3.2", \
            "Kawa 3.2"), or as the name of a weir, in Japanese or Latin letters.
            """,
        subcommands: [Load.self, Check.self, List.self, Locate.self, Distance.self])

    struct Source: ParsableArguments {
        @Argument(help: "GeoJSON, or what ogr2ogr reads: .shp, .gpkg, .gml, .zip. Streams and nodes may be two files.")
        var files: [String] = []
        @Option(help: "How fields are named: plain, w05, hydrorivers or osm.", transform: RiverFiles.profile)
        var profile: RiverProfile = .plain
        @Flag(help: "The invented network of the demonstration.") var invented = false
        @Option(help: "Draw a network of so many segments instead, for benchmarks.") var random: Int?
        @Option(help: "Name of the source; loading it again replaces it.") var source: String?

        var name: String { source ?? (invented ? "invented" : random != nil ? "random" : profile.rawValue) }

        func validate() throws {
            let ways = [!files.isEmpty, invented, random != nil].filter { $0 }.count
            guard ways == 1 else { throw ValidationError("Give files, or --invented, or --random.") }
            if let random, !(1...RiverNetwork.lineLimit).contains(random) {
                throw ValidationError("--random takes 1 to \(RiverNetwork.lineLimit).")
            }
        }

        func network() throws -> (network: RiverNetwork, findings: [NetworkFinding]) {
            if let random {
                return try RiverNetwork.built(from: RandomRivers(segments: random).material(), source: name)
            }
            if invented {
                return try RiverNetwork.built(from: RiverReading(.plain).read(InventedRivers.file), source: name)
            }
            return try RiverFiles(paths: files, profile: profile).network(source: name)
        }

        /// Prints everything noticed, and ends the command where the network is refused.
        func checked() throws -> RiverNetwork {
            do {
                let (network, findings) = try network()
                for finding in findings { print("! \(finding)") }
                let meters = network.segments.reduce(0) { $0 + $1.meters }
                print(
                    "\(network.segments.count) segments, \(Int(meters / 1000)) km, \(network.rivers.count) rivers, "
                        + "\(network.systems.count) water systems, \(network.weirs.count) weirs, "
                        + "\(network.basins.count) basins; \(findings.count) things to look at.")
                return network
            } catch let refusal as NetworkRefusal {
                for finding in refusal.findings { print("\(finding.isRefusal ? "✗" : "!") \(finding)") }
                print("The network is not taken; nothing was changed.")
                throw ExitCode(1)
            }
        }
    }

    struct Load: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Load a network; of a source known before, everything is replaced.")

        @OptionGroup var data: DataOptions
        @OptionGroup var source: Source
        @Flag(help: "Only check.") var check = false
        @Option(help: "Who loads it.") var by: String = NSUserName()

        func run() async throws {
            let network = try source.checked()
            guard !check else { return }
            try await OpenRegistry.with(data) { registry in
                try await registry.store.loadRivers(network, source: source.name, profile: source.profile, by: by)
                print("Loaded as “\(source.name)”.")
            }
        }
    }

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say what is wrong with a network, without writing. Exit code 1 where it is not taken.")

        @OptionGroup var source: Source

        func run() async throws { _ = try source.checked() }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the networks that are loaded.")

        @OptionGroup var data: DataOptions

        func run() async throws {
            try await OpenRegistry.with(data) { registry in
                var table = TextTable(header: ["source", "profile", "segments", "weirs", "loaded", "by"])
                for source in try await registry.store.riverSources() {
                    table.append([
                        source.name, source.profile, String(source.segments), String(source.weirs),
                        source.loadedAt.formatted(.iso8601), source.loadedBy,
                    ])
                }
                print(table.text)
            }
        }
    }

    struct Locate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Say where on the network a place may be.")

        @OptionGroup var data: DataOptions
        @Argument(help: "A place.") var place: String
        @Option(help: "Uncertainty of the position in metres.") var uncertainty: Double?

        func run() async throws {
            try await OpenRegistry.with(data) { registry in
                let location = try await registry.store.location(
                    of: place, uncertainty: uncertainty)
                print(location.table.text)
                print("not on the network: \(percent(location.offNetwork))")
            }
        }
    }

    struct Distance: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say how far two places are apart along the water, and which weirs are between.",
            discussion: "A position stands for its likeliest place; a name that several waters have, for each of them.")

        @OptionGroup var data: DataOptions
        @Argument(help: "A place.") var from: String
        @Argument(help: "Another.") var to: String
        @Option(help: "Uncertainty of positions in metres.") var uncertainty: Double?
        @Option(help: "Draw the way into this file.") var svg: String?

        func run() async throws {
            try await OpenRegistry.with(data) { registry in
                let store = registry.store
                let starts = try await store.likeliestPlaces(of: from, uncertainty: uncertainty)
                let ends = try await store.likeliestPlaces(of: to, uncertainty: uncertainty)
                var table = TextTable(
                    header: ["from", "to", "km", "down km", "up km", "weirs down", "weirs up"])
                for start in starts {
                    for end in ends { table.append(try await store.way(from: start, to: end).cells(start, end)) }
                }
                print(table.text)
                guard let svg, let start = starts.first, let end = ends.first else { return }
                let way = try await store.tracedWay(from: start, to: end)
                let map = try await store.waterMap(of: way, from: start, to: end)
                let drawing = WayDrawing(map: map, way: way.way, legs: way.legs, from: start, to: end)
                try Data(drawing.markup.utf8).write(to: URL(fileURLWithPath: svg))
                print("Drawn: \(svg)")
            }
        }
    }
}

private func percent(_ share: Double) -> String { String(format: "%.1f %%", share * 100) }

extension WaterLocation {
    fileprivate var table: TextTable {
        var table = TextTable(header: ["likelihood", "river", "system", "segment", "fraction", "metres away"])
        for candidate in candidates {
            table.append([
                percent(candidate.likelihood), candidate.place.river ?? "–", candidate.place.system,
                String(candidate.place.segment), String(format: "%.3f", candidate.place.fraction),
                String(Int(candidate.distanceMeters.rounded())),
            ])
        }
        return table
    }
}

extension WaterWay {
    fileprivate func cells(_ start: NetworkPlace, _ end: NetworkPlace) -> [String] {
        let places = [start, end].map { "\($0.river ?? "–") (\($0.system))" }
        switch self {
        case .route(let route):
            let meters = [route.meters, route.downstreamMeters, route.upstreamMeters]
            return places + meters.map { String(format: "%.3f", $0 / 1000) }
                + [route.weirsDown, route.weirsUp].map { $0.isEmpty ? "–" : $0.map(\.words).joined(separator: ", ") }
        case .otherSystem: return places + ["other water system", "–", "–", "–", "–"]
        case .notConnected: return places + ["not connected", "–", "–", "–", "–"]
        }
    }
}

extension PassedWeir {
    fileprivate var words: String {
        (name ?? "weir") + (heightMeters.map { String(format: " %.1f m", $0) } ?? "")
    }
}
