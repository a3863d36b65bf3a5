import Identification
import Registry
import Testing

@Suite struct GalleryTests {
    func entry(
        _ id: Identifier<GalleryEntry> = Identifier(), name: String, region: BodyRegion = .head,
        extractor: String = "sift-lb-2", individual: Identifier<Individual> = Identifier()
    ) -> GalleryEntry {
        GalleryEntry(
            id: id, photo: Identifier(), sha256: "", individual: individual, name: name, region: region,
            template: Template(extractor: extractor, frame: .whole, width: 1, height: 1, free: [], strip: nil))
    }

    @Test func onlyTheSameRegionAndExtractorAreCompared() {
        var gallery = Gallery()
        gallery.advance(
            to: 1,
            changed: [
                entry(name: "a"), entry(name: "b", region: .tail), entry(name: "c", extractor: "older"),
            ], removed: [])
        #expect(gallery.references(region: .head, extractor: "sift-lb-2").map(\.name) == ["a"])
        #expect(gallery.regions == [.head, .tail])
    }

    @Test func animalsWithoutAPhotographOfTheRegionAreCounted() {
        var gallery = Gallery()
        let individual = Identifier<Individual>()
        let tail = entry(name: "a", region: .tail, individual: individual)
        let head = entry(name: "a", individual: individual)
        let old = entry(name: "b", extractor: "older")
        gallery.advance(to: 1, changed: [tail, head, head, old], removed: [])
        #expect(gallery.photographs(of: individual, region: .head, extractor: "sift-lb-2") == 1)
        // A template that this extractor did not make cannot be compared.
        #expect(gallery.animals(without: .head, extractor: "sift-lb-2") == 1)
        #expect(gallery.animals(without: .belly, extractor: "sift-lb-2") == 2)
        gallery.advance(to: 2, changed: [], removed: [head.id, old.id])
        #expect(gallery.photographs(of: individual, region: .head, extractor: "sift-lb-2") == 0)
        #expect(gallery.animals(without: .head, extractor: "sift-lb-2") == 1)
    }

    @Test func changesReplaceAndRemove() {
        var gallery = Gallery()
        let kept = Identifier<GalleryEntry>()
        let gone = Identifier<GalleryEntry>()
        gallery.advance(to: 3, changed: [entry(kept, name: "old"), entry(gone, name: "gone")], removed: [])
        gallery.advance(to: 5, changed: [entry(kept, name: "new")], removed: [gone])
        #expect(gallery.references(region: .head, extractor: "sift-lb-2").map(\.name) == ["new"])
        #expect(gallery.revision == 5)
        gallery.advance(to: 4, changed: [], removed: [])
        #expect(gallery.revision == 5)
    }
}
