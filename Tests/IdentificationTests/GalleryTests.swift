import Identification
import Registry
import Testing

@Suite struct GalleryTests {
    func entry(
        _ id: Identifier<GalleryEntry> = Identifier(), name: String, region: BodyRegion = .head,
        extractor: String = "sift-lb-2"
    ) -> GalleryEntry {
        GalleryEntry(
            id: id, photo: Identifier(), sha256: "", individual: Identifier(), name: name, region: region,
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
