import Provenance
import Testing

@Test("The whole way is what leads down and what leads up")
func wholeWay() {
    let way = WaterRoute(downstreamMeters: 1_200, upstreamMeters: 300, weirsDown: [], weirsUp: [])
    #expect(way.meters == 1_500)
}
