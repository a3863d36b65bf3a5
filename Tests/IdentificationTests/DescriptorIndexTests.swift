import Registry
import Testing

@testable import Identification

/// What the index finds, against the search that looks at every photograph.
@Suite struct DescriptorIndexTests {
    private static let photos = 1_500

    /// Photographs of chance descriptors.
    private static let entries: [GalleryEntry] = {
        var generator = SplitMix(state: 1)
        return (0..<photos).map { index in
            entry(features: [features(120, &generator), features(120, &generator)], name: "\(index)")
        }
    }()

    private static func entry(features: [FeatureSet], name: String) -> GalleryEntry {
        GalleryEntry(
            id: Identifier(), photo: Identifier(), sha256: name, individual: Identifier(), name: name, region: .head,
            template: Template(
                extractor: "x", frame: .whole, width: 512, height: 512, free: features, strip: nil))
    }

    private static func features(_ count: Int, _ generator: inout SplitMix) -> FeatureSet {
        var blocks = [Int8](repeating: 0, count: (count + 7) / 8 * 512)
        for index in blocks.indices { blocks[index] = Int8(generator.below(40)) - 20 }
        return FeatureSet(
            keypoints: (0..<count).map { _ in
                Keypoint(
                    x: Float(generator.below(512)), y: Float(generator.below(512)), size: 8,
                    angle: Float(generator.below(6)))
            }, descriptors: QuantisedDescriptors(count: count, blocks: blocks) ?? QuantisedDescriptors(reducing: []))
    }

    /// The photograph taken again: four tenths of its descriptors with noise of half their spread, the others chance.
    private static func again(_ entry: GalleryEntry, _ generator: inout SplitMix) -> Template {
        let sets = entry.template.free.map { set in
            let chance = features(set.descriptors.count, &generator)
            var blocks = chance.descriptors.blocks
            for index in blocks.indices where index / 512 * 8 + index % 32 / 4 < set.descriptors.count * 4 / 10 {
                blocks[index] = set.descriptors.blocks[index] + Int8(generator.below(21)) - 10
            }
            return FeatureSet(
                keypoints: set.keypoints,
                descriptors: QuantisedDescriptors(count: set.descriptors.count, blocks: blocks) ?? chance.descriptors)
        }
        return Template(extractor: "x", frame: .whole, width: 512, height: 512, free: sets, strip: nil)
    }

    @Test func recallAgainstTheExactSearch() async throws {
        let exact = GalleryShelf(Self.entries)
        let indexed = GalleryShelf(Self.entries, exactLimit: 0, runLength: 500)
        var generator = SplitMix(state: 2)
        var found = 0
        let sought = stride(from: 0, to: Self.photos, by: 50)
        for place in sought {
            let query = Query(photo: Identifier(), sha256: "", template: Self.again(Self.entries[place], &generator))
            let first = try #require(try await search([query], among: exact, lanes: 2).first)
            #expect(first.reference.name == "\(place)")
            let candidates = indexed.candidates(for: query.template, most: 20)
            if candidates.contains(first.reference.id) { found += 1 }
        }
        #expect(Double(found) / 30 >= 0.95)
    }

    @Test func searchThroughTheIndexGivesTheSameFirstAnimal() async throws {
        let indexed = GalleryShelf(Self.entries, exactLimit: 0, runLength: 500)
        var generator = SplitMix(state: 3)
        for place in [3, 700, 1_499] {
            let query = Query(photo: Identifier(), sha256: "", template: Self.again(Self.entries[place], &generator))
            #expect(try await search([query], among: indexed, lanes: 2).first?.reference.name == "\(place)")
        }
    }

    @Test func whatTheIndexDoesNotHoldYetIsFound() async throws {
        // 1,500 photographs in runs of 1,000: 500 wait for their run.
        let indexed = GalleryShelf(Self.entries, exactLimit: 0, runLength: 1_000)
        var generator = SplitMix(state: 4)
        let query = Query(photo: Identifier(), sha256: "", template: Self.again(Self.entries[1_400], &generator))
        #expect(try await search([query], among: indexed, lanes: 1).first?.reference.name == "1400")
    }

    @Test func whatWasRemovedOrRenamedIsSeenThroughTheIndex() async throws {
        var shelf = GalleryShelf(Self.entries, exactLimit: 0, runLength: 500)
        var generator = SplitMix(state: 5)
        let query = Query(photo: Identifier(), sha256: "", template: Self.again(Self.entries[10], &generator))
        let old = Self.entries[10]
        shelf.put(
            GalleryEntry(
                id: old.id, photo: old.photo, sha256: old.sha256, individual: old.individual, name: "renamed",
                region: old.region, template: old.template))
        shelf.remove(Self.entries[0].id)
        #expect(try await search([query], among: shelf, lanes: 1).first?.reference.name == "renamed")
        shelf.remove(old.id)
        #expect(try await search([query], among: shelf, lanes: 1).allSatisfy { $0.reference.id != old.id })
        #expect(shelf.entries.count == Self.photos - 2)
    }
}
