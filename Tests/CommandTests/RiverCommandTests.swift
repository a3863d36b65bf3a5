import Foundation
import Testing

/// Rivers on the command line.
@Suite(.serialized) struct RiverCommandTests {
    @Test func theInventedRiversAreLoadedAskedAndDrawn() async throws {
        let program = try Program()
        defer { program.remove() }
        let empty = try await program.run("river", "distance", "うそ堰", "影絵堰")
        #expect(empty.status != 0, "\(empty.output)")
        let loaded = try await program.run("river", "load", "--invented", "--by", "test")
        #expect(loaded.status == 0 && loaded.output.contains("2 water systems, 6 weirs"), "\(loaded.output)")
        let listed = try await program.run("river", "list")
        #expect(listed.output.contains("invented"), "\(listed.output)")

        let byName = try await program.run("river", "locate", "ｳﾂﾛｶﾞﾜ 3")
        let byLatin = try await program.run("river", "locate", "Utsuro River 3 km")
        #expect(byName.status == 0 && byName.output == byLatin.output, "\(byName.output)\(byLatin.output)")
        let misspelt = try await program.run("river", "locate", "Utsulo 3")
        #expect(misspelt.status != 0 && misspelt.output.contains("虚川"), "\(misspelt.output)")
        let swapped = try await program.run("river", "locate", "138.003,31.03")
        #expect(swapped.status != 0 && swapped.output.contains("swapped"), "\(swapped.output)")

        let drawing = program.data.appending(path: "way.svg")
        let way = try await program.run("river", "distance", "31.03,138.003", "31.18,138.08", "--svg", drawing.path)
        #expect(way.status == 0, "\(way.output)")
        #expect(way.output.contains("18.72") && way.output.contains("そらごと堰 1.2 m, 影絵堰 0.9 m"), "\(way.output)")
        #expect(try String(contentsOf: drawing, encoding: .utf8).contains("18.7 km along the water"))
    }

    /// The national data come in Shift_JIS, often without the files that say so.
    @Test func shapefilesOfTheNationalDataAreReadWithoutWhatTheyLeaveUnsaid() async throws {
        let program = try Program()
        defer { program.remove() }
        let streams = program.data.appending(path: "streams.geojson")
        try Data(
            """
            {"type": "FeatureCollection", "features": [{"type": "Feature",
            "properties": {"W05_001": "860001", "W05_002": "8600010001", "W05_003": "1", "W05_004": "架空川",
            "W05_006": "1", "W05_007": "n1", "W05_008": "n2"},
            "geometry": {"type": "LineString", "coordinates": [[138.0, 31.1], [138.0, 31.05], [138.01, 31.0]]}}]}
            """.utf8
        ).write(to: streams)
        let shapes = program.data.appending(path: "streams.shp")
        let converter = Process()
        converter.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        converter.arguments = [
            "ogr2ogr", "-f", "ESRI Shapefile", "-lco", "ENCODING=CP932", shapes.path, streams.path,
        ]
        converter.standardError = FileHandle.nullDevice
        try converter.run()
        converter.waitUntilExit()
        #expect(converter.terminationStatus == 0)
        for left in ["cpg", "prj"] {
            try? FileManager.default.removeItem(at: shapes.deletingPathExtension().appendingPathExtension(left))
        }
        let loaded = try await program.run("river", "load", shapes.path, "--profile", "w05", "--by", "test")
        #expect(loaded.status == 0, "\(loaded.output)")
        let located = try await program.run("river", "locate", "架空川 2")
        #expect(located.status == 0 && located.output.contains("860001"), "\(located.output)")
    }
}
