import Foundation
import Identification
import Imaging
import Registry
import Screening
import TestSupport
import Testing

@Suite struct ScreeningEngineTests {
    let engine = ScreeningEngine()

    func submitted(_ bytes: [UInt8], sha256: String = "submitted", box: RegionBox? = nil) -> SubmittedPhoto {
        SubmittedPhoto(id: Identifier(), sha256: sha256, bytes: bytes, mark: box.map { RegionMark(.box($0)) })
    }

    /// A gallery of first-session photographs, by animal.
    func gallery(_ photos: [(animal: String, file: String)], region: BodyRegion = .belly) async throws -> Gallery {
        var gallery = Gallery()
        var ids: [String: Identifier<Individual>] = [:]
        var entries: [GalleryEntry] = []
        for (animal, file) in photos {
            let bytes = try SharedData.bytes(file)
            let template = try #require(try await engine.examine(submitted(bytes)).template)
            let individual = ids[animal, default: Identifier()]
            ids[animal] = individual
            entries.append(
                GalleryEntry(
                    id: Identifier(), photo: Identifier(), sha256: file, individual: individual, name: animal,
                    region: region, template: template))
        }
        gallery.advance(to: 1, changed: entries, removed: [])
        return gallery
    }

    static let enrolled = [
        ("PW-001", "newts/photos/F00005.jpg"), ("PW-001", "newts/photos/F00006.jpg"),
        ("TK-004", "newts/photos/F00053.jpg"), ("TK-025", "newts/photos/F00356.jpg"),
        ("TK-007", "newts/photos/F00097.jpg"),
    ]

    func name(_ verdict: Verdict) -> String? {
        verdict.candidates.first { $0.individual == verdict.outcome.individual }?.name
    }

    @Test(.enabled(if: SharedData.isPresent, "no folder of real photographs"))
    func anAnimalOfALaterSessionIsNamedWithItsEvidence() async throws {
        let gallery = try await gallery(Self.enrolled)
        let photo = submitted(try SharedData.bytes("newts/photos/F00011.jpg"))
        let verdict = try await engine.screen([photo], region: .belly, gallery: gallery).verdict
        #expect(verdict.outcome.name == .matched)
        #expect(name(verdict) == "PW-001")
        #expect(try #require(verdict.probability) >= 0.95)
        #expect(verdict.photosSearched == 5)
        #expect(verdict.individualsSearched == 4)
        let best = try #require(verdict.candidates.first)
        #expect(best.correspondences.count >= 10)
        #expect(best.correspondences.allSatisfy { (0...1).contains($0.queryX) && (0...1).contains($0.referenceY) })
        #expect(verdict.findings.first?.code == .matchedSpots)
        #expect(verdict.findings.contains { $0.code == .calibrationBorrowed })
        #expect(verdict.quality.map(\.photo) == [photo.id])
    }

    @Test(.enabled(if: SharedData.isPresent, "no folder of real photographs"), arguments: [3, 6, 8])
    func turningThePhotographChangesNothing(orientation: Int) async throws {
        let gallery = try await gallery(Self.enrolled)
        let picture = try decodePhoto(SharedData.bytes("newts/photos/F00011.jpg"), longestSide: 512).image
        // The same pixels under another orientation flag: the animal is seen turned.
        let turned = try encodeJPEG(
            picture, quality: 95, exif: ExifFields(orientation: try #require(Orientation(rawValue: orientation))))
        let verdict = try await engine.screen([submitted(turned)], region: .belly, gallery: gallery).verdict
        #expect(name(verdict) == "PW-001")
    }

    @Test(.enabled(if: SharedData.isPresent, "no folder of real photographs"))
    func anAnimalThatIsNotEnrolledIsUnknown() async throws {
        let gallery = try await gallery(Self.enrolled.filter { $0.0 != "PW-001" })
        let photo = submitted(try SharedData.bytes("newts/photos/F00011.jpg"))
        let verdict = try await engine.screen([photo], region: .belly, gallery: gallery).verdict
        #expect(verdict.outcome == .unknown)
        #expect(try #require(verdict.probability) >= 0.95)
        #expect(verdict.findings.first?.code == .resemblesNobody)
    }

    @Test(.enabled(if: SharedData.isPresent, "no folder of real photographs"))
    func anotherBodyRegionIsNeverCompared() async throws {
        let gallery = try await gallery(Self.enrolled, region: .tail)
        let photo = submitted(try SharedData.bytes("newts/photos/F00011.jpg"))
        let verdict = try await engine.screen([photo], region: .belly, gallery: gallery).verdict
        #expect(verdict.photosSearched == 0)
        #expect(verdict.candidates.isEmpty)
        #expect(verdict.findings.contains { $0.code == .galleryEmpty })
    }

    @Test(.enabled(if: SharedData.isPresent, "no folder of real photographs"))
    func theEnrolledFileItselfIsNoEvidenceForTheAnimalNorAgainstIt() async throws {
        let gallery = try await gallery([Self.enrolled[0]])
        let photo = submitted(try SharedData.bytes(Self.enrolled[0].1), sha256: Self.enrolled[0].1)
        let verdict = try await engine.screen([photo], region: .belly, gallery: gallery).verdict
        #expect(verdict.outcome == .undecided)
        #expect(verdict.findings.first == Finding(.samePhoto, ["name": "PW-001"]))
    }

    @Test(.enabled(if: SharedData.isPresent, "no folder of real photographs"))
    func answersAreTheSameEveryTime() async throws {
        let gallery = try await gallery(Self.enrolled)
        let photo = submitted(try SharedData.bytes("newts/photos/F00011.jpg"))
        let first = try await engine.screen([photo], region: .belly, gallery: gallery).verdict
        let second = try await engine.screen([photo], region: .belly, gallery: gallery).verdict
        #expect(first.candidates == second.candidates)
        #expect(first.findings == second.findings)
    }

    @Test func aFileThatCannotBeReadIsUnusableAndSaysWhy() async throws {
        let verdict = try await engine.screen([submitted([])], region: .head, gallery: Gallery()).verdict
        #expect(verdict.outcome == .unusable)
        #expect(verdict.findings.first?.code == .imageEmpty)
        #expect(verdict.probability == nil)
    }

    @Test func aPictureOfNothingIsUnusable() async throws {
        let grey = try encodeJPEG(PixelImage(width: 512, height: 512, repeating: (128, 128, 128)))
        let verdict = try await engine.screen([submitted(grey)], region: .head, gallery: Gallery()).verdict
        #expect(verdict.outcome == .unusable)
        #expect(verdict.findings.contains { $0.code == .animalNotLocated })
    }

    @Test(.enabled(if: SharedData.isPresent, "no folder of real photographs"))
    func aTinyPhotographIsUnusableAndIsToldToGoCloser() async throws {
        let gallery = try await gallery(Self.enrolled)
        let picture = try decodePhoto(SharedData.bytes("newts/photos/F00011.jpg"), longestSide: 64).image
        let verdict = try await engine.screen(
            [submitted(try encodeJPEG(picture))], region: .belly, gallery: gallery
        ).verdict
        #expect(verdict.outcome == .unusable)
        #expect(verdict.findings.first?.code == .qualityHopeless)
        #expect(verdict.findings.contains { $0.code == .qualitySmall }, "\(verdict.findings)")
    }

    /// What quality would promise if nothing but very sharp photographs ever matched.
    private func sharpAlone() throws -> MatchChance {
        let photographs = (0..<400).map { (index: Int) -> GradedPhotograph in
            let isSharp = index % 2 == 0
            return GradedPhotograph(
                quality: QualityReport(
                    photo: Identifier(), region: "mask", sharpness: isSharp ? 3 : 2, meanLuminance: 90,
                    darkFraction: 0, brightFraction: 0, glareFraction: 0, animalPixels: 500, features: 300),
                isMatched: isSharp, animal: "animal \(index % 40)")
        }
        return try MatchChance.learned(from: photographs, source: "sharp alone")
    }

    @Test(.enabled(if: SharedData.isPresent, "no folder of real photographs"))
    func aMatchThatIsFoundStandsHoweverPoorThePhotograph() async throws {
        let strict = ScreeningRules(chance: try sharpAlone())
        let gallery = try await gallery(Self.enrolled)
        let photo = submitted(try SharedData.bytes("newts/photos/F00011.jpg"))
        let found = try await engine.screen([photo], region: .belly, gallery: gallery, rules: strict).verdict
        #expect(found.outcome.name == .matched)
        #expect(!found.findings.contains { $0.code == .qualityHopeless })
        // The same photograph finding nobody tells nothing.
        let others = try await self.gallery(Self.enrolled.filter { $0.0 != "PW-001" })
        let lost = try await engine.screen([photo], region: .belly, gallery: others, rules: strict).verdict
        #expect(lost.outcome == .unusable)
        #expect(lost.findings.first?.code == .qualityHopeless)
        #expect(lost.findings.contains { $0.code == .qualityBlur })
    }
}
