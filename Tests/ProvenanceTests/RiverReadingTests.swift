import Foundation
import Provenance
import Testing

@Suite("Reading rivers")
struct RiverReadingTests {
    private func line(_ points: String, _ properties: String = "\"id\": \"1\"") -> String {
        """
        {"type": "Feature", "geometry": {"type": "LineString", "coordinates": [\(points)]}, "properties": {\(properties)}}
        """
    }

    private func point(_ point: String, _ properties: String) -> String {
        """
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [\(point)]}, "properties": {\(properties)}}
        """
    }

    private func file(_ features: String...) -> Data {
        Data("{\"type\": \"FeatureCollection\", \"features\": [\(features.joined(separator: ","))]}".utf8)
    }

    private func built(
        _ file: Data, _ profile: RiverProfile = .plain
    ) throws -> (network: RiverNetwork, findings: [NetworkFinding]) {
        try RiverNetwork.built(from: RiverReading(profile).read(file), source: "test")
    }

    /// Kinds of the findings for which a file is refused, with their features.
    private func refusals(_ file: Data, _ profile: RiverProfile = .plain) throws -> [String] {
        do {
            _ = try built(file, profile)
            return []
        } catch let refusal as NetworkRefusal {
            return refusal.findings.filter(\.isRefusal).map { "\($0.kind) \($0.feature ?? 0)" }
        }
    }

    @Test("Nonsense is refused feature by feature")
    func nonsense() throws {
        let good = line("[138.0, 35.1], [138.0, 35.0]", "\"id\": \"good\"")
        #expect(try refusals(file(good, line("[35.1, 138.0], [35.0, 138.0]"))) == ["swappedAxes 2"])
        #expect(try refusals(file(good, line("[0, 0], [138.0, 35.0]"))) == ["nullIsland 2"])
        #expect(try refusals(file(good, line("[2.3, 48.8], [2.4, 48.8]"))) == ["outsideJapan 2"])
        #expect(try refusals(file(point("138, 35", "\"kind\": \"river\""), good)) == ["wrongGeometry 1"])
        #expect(
            try refusals(file(good, point("138.5, 35", "\"kind\": \"weir\", \"name\": \"x\""))) == ["weirOnNoRiver 2"])
        #expect(
            try refusals(file(good, point("138, 35.05", "\"kind\": \"weir\", \"height\": \"tall\""))) == [
                "wrongField 2"
            ])
        #expect(try refusals(file(good, good)) == ["duplicate 2"])
        #expect(try refusals(file(line("[138.0, 35.1], [138.1, 35.1], [138.0, 35.1]"))) == ["ring 1"])
        #expect(try refusals(file()) == ["empty 0"])
        #expect(try refusals(Data("PK".utf8)) == ["notGeoJSON 0"])
        #expect(try refusals(Data("[]".utf8)) == ["notGeoJSON 0"])
    }

    @Test("Directions in a circle refuse the network; where one is unknown it is resolved")
    func cycle() throws {
        let corners = ["[138.0, 35.0]", "[138.1, 35.0]", "[138.05, 35.1]"]
        let out = line("[138.0, 35.0], [137.9, 34.9]", "\"id\": \"out\"")
        func side(_ one: Int, _ other: Int, _ direction: String) -> String {
            line("\(corners[one]), \(corners[other])", "\"id\": \"\(one)\", \"direction\": \"\(direction)\"")
        }
        let wrong = file(side(0, 1, "known"), side(1, 2, "known"), side(2, 0, "known"), out)
        #expect(try refusals(wrong) == ["cycle 1", "cycle 2", "cycle 3"])
        let unknown = try built(file(side(0, 1, "unknown"), side(1, 2, "known"), side(2, 0, "known"), out))
        #expect(Set(unknown.network.segments.compactMap(\.braid)).count == 1)
        #expect(try refusals(file(side(0, 1, "unknown"))) == ["noMouth 1"])
    }

    @Test("Gaps, loose parts, lines uphill and against the rest are reported and taken")
    func doubts() throws {
        let down = line("[138.0, 35.1], [138.0, 35.0]", "\"id\": \"a\", \"system\": \"S\"")
        let gap = line("[138.0, 35.2], [138.0, 35.1001]", "\"id\": \"b\", \"system\": \"S\"")
        #expect(Set(try built(file(down, gap)).findings.map(\.kind)) == [.gap, .unconnected])
        let heights = [("138.0, 35.1", 5), ("138.0, 35.0", 9)].map {
            point($0.0, "\"kind\": \"node\", \"elevation\": \($0.1)")
        }
        #expect(try built(file(down, heights[0], heights[1])).findings.map(\.kind) == [.uphill])
        let reversed = line("[138.0, 35.1], [138.0, 35.2]", "\"id\": \"c\"")
        let upper = ["[138.1, 35.3]", "[137.9, 35.3]"].enumerated().map {
            line("\($0.element), [138.0, 35.2]", "\"id\": \"u\($0.offset)\"")
        }
        let findings = try built(
            file(down, reversed, upper[0], upper[1], point("138.0, 35.0", "\"kind\": \"node\", \"mouth\": true"))
        ).findings
        #expect(findings.map(\.kind) == [.reversed] && findings.map(\.feature) == [2])
    }

    @Test("Streams and nodes of W05: codes, names, elevations turn lines of unknown direction")
    func w05() throws {
        let fields =
            "\"W05_001\": \"286001\", \"W05_004\": \"虚川\", \"W05_006\": \"2\", \"W05_007\": \"#n1\", \"W05_008\": \"#n2\""
        let network = try built(
            file(
                line("[138.0, 35.0], [138.0, 35.1]", fields),
                point("138.0, 35.0", "\"W05_000\": \"n1\", \"W05_011\": 3"),
                point("138.0, 35.1", "\"W05_000\": \"n2\", \"W05_011\": 40")), .w05
        ).network
        let segment = try #require(network.segments.first)
        #expect(segment.system == "286001" && !segment.isDirectionKnown && segment.course.first?.latitude == 35.1)
        #expect(network.rivers.map(\.name.name) == ["虚川"])
        #expect(
            try refusals(file(line("[138.0, 35.0], [138.0, 35.1]", "\"W05_001\": \"12\"")), .w05) == ["wrongField 1"])
    }

    @Test("HydroRIVERS: systems by main river, and what it says is held against the drawing")
    func hydroRIVERS() throws {
        func reach(_ id: Int, _ next: Int, _ points: String, _ km: Double) -> String {
            line(
                points,
                "\"HYRIV_ID\": \(id), \"NEXT_DOWN\": \(next), \"MAIN_RIV\": 7, \"LENGTH_KM\": \(km), \"DIST_DN_KM\": 0")
        }
        let (network, findings) = try built(
            file(
                reach(7, 0, "[138.0, 35.1], [138.0, 35.0]", 11.1), reach(8, 7, "[138.0, 35.2], [138.0, 35.1]", 11.1),
                reach(9, 8, "[138.1, 35.1], [138.0, 35.1]", 50)), .hydrorivers)
        #expect(Set(network.segments.map(\.system)) == ["hydrorivers:7"])
        #expect(findings.map(\.kind) == [.disagrees, .disagrees] && findings.map(\.feature) == [3, 3])
    }

    @Test("OpenStreetMap: ways join where they touch, weirs stand on them, banks and dams are left out")
    func openStreetMap() throws {
        let (network, findings) = try built(
            file(
                line(
                    "[138.0, 35.2], [138.0, 35.1], [138.0, 35.0]",
                    "\"@id\": \"way/1\", \"waterway\": \"river\", \"name\": \"虚川\", \"name:en\": \"Utsuro River\""),
                line("[138.1, 35.1], [138.0, 35.1]", "\"@id\": \"way/2\", \"waterway\": \"stream\""),
                line("[138.5, 35.1], [138.6, 35.1]", "\"@id\": \"way/3\", \"waterway\": \"dam\""),
                point("138.0, 35.05", "\"waterway\": \"weir\", \"height\": \"1.5 m\"")), .osm)
        #expect(findings.isEmpty)
        #expect(network.segments.count == 3 && network.weirs.map(\.weir.height) == [1.5])
        #expect(network.systems.map(\.name) == ["虚川"] && network.rivers.first?.name.latin == "Utsuro River")
    }
}
