import Explanation
import Foundation
import Provenance
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite("The drawing of a way")
struct WayDrawingTests {
    @Test("It is well-formed, says the distance in both languages, and holds both places and the weirs")
    func drawing() throws {
        let network = try InventedRivers.network()
        let waters = network.segments.enumerated().map { index, segment in
            Snapping.Water(
                segment: Int64(index), river: "<虚川>", system: segment.system,
                order: (Int64(segment.path), Int64(segment.rank)), course: segment.course)
        }
        let weirs = network.weirs.map {
            WaterMap.Weir(
                segment: Int64($0.segment), fraction: $0.fraction,
                weir: PassedWeir(
                    name: $0.weir.name?.name, heightMeters: $0.weir.height, hasDetour: nil, isPassable: nil))
        }
        let extract = NetworkExtract(
            network.segments.enumerated().map { index, segment in
                .init(id: Int64(index), from: Int64(segment.from), to: Int64(segment.to), meters: segment.meters)
            })
        let legs = try #require(extract.way(from: (0, 0.5), to: (6, 0.5)))
        let ends = [0, 6].map { NetworkPlace(segment: $0, fraction: 0.5, river: "虚川", system: "INVENTED-A") }
        let markup = WayDrawing(
            map: WaterMap(waters: waters, weirs: weirs), way: .route(WaterRoute(legs: legs, weirs: [:])), legs: legs,
            from: ends[0], to: ends[1]
        ).markup
        #expect(XMLParser(data: Data(markup.utf8)).parse())
        for words in ["km along the water", "川沿いに", "起点 from", "終点 to", "影絵堰", "&lt;虚川&gt;"] {
            #expect(markup.contains(words), "\(words)")
        }
    }
}
