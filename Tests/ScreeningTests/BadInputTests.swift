import Foundation
import Identification
import Imaging
import Registry
import SampleAnimals
import Screening
import TestSupport
import Testing

/// Photographs of real animals that are not what they are taken for.
@Suite(.enabled(if: SharedData.isPresent, "no folder of real photographs"))
struct BadInputTests {
    let tests = ScreeningEngineTests()

    /// Two animals, photographed in two sessions each.
    static let orange = (earlier: "newts/photos/F00381.jpg", later: "newts/photos/F00382.jpg")
    static let yellow = (earlier: "newts/photos/F00506.jpg", later: "newts/photos/F00505.jpg")

    func picture(_ file: String) throws -> PixelImage {
        try decodePhoto(SharedData.bytes(file), longestSide: 512).image
    }

    func screen(
        _ pictures: PixelImage..., quality: Int = 90, region: BodyRegion = .belly, box: RegionBox? = nil,
        gallery: Gallery
    ) async throws -> Verdict {
        let photos = try pictures.map { tests.submitted(try encodeJPEG($0, quality: quality), box: box) }
        return try await tests.engine.screen(photos, region: region, gallery: gallery).verdict
    }

    enum Copy: String, CaseIterable {
        case savedAgain, cropped, halved, turned, brightened, screen, tiltedScreen

        func made(of picture: PixelImage) -> PixelImage {
            switch self {
            case .savedAgain: picture
            case .cropped: picture.cropped(x: 60, y: 40, width: 400, height: 330)
            case .halved: picture.shrunk(width: picture.width / 2, height: picture.height / 2)
            case .turned: picture.turnedByQuarter
            case .brightened: picture.changed { _, _, value in pow(value, 0.6) }
            case .screen: picture.onScreen(degrees: 0)
            case .tiltedScreen: picture.onScreen(degrees: 18)
            }
        }
    }

    @Test(arguments: Copy.allCases)
    func aCopyOfTheEnrolledPhotographIsNoRecapture(copy: Copy) async throws {
        let gallery = try await tests.gallery([("Orange", Self.orange.later), ("Yellow", Self.yellow.earlier)])
        let verdict = try await screen(copy.made(of: picture(Self.orange.later)), quality: 60, gallery: gallery)
        #expect(verdict.outcome == .undecided)
        #expect(verdict.findings.contains(Finding(.copiedPhoto, ["name": "Orange"])), "\(verdict.findings)")
        #expect(!verdict.candidates.contains { $0.name == "Orange" })
    }

    @Test func anotherPhotographOfTheSameAnimalNamesItAllTheSame() async throws {
        let gallery = try await tests.gallery([
            ("Orange", Self.orange.later), ("Orange", Self.orange.earlier), ("Yellow", Self.yellow.earlier),
        ])
        let verdict = try await screen(picture(Self.orange.later), quality: 60, gallery: gallery)
        #expect(verdict.outcome.name == .matched)
        #expect(tests.name(verdict) == "Orange")
        #expect(verdict.findings.contains(Finding(.copiedPhoto, ["name": "Orange"])))
    }

    @Test(arguments: [orange, yellow])
    func anAnimalMetAgainIsNoCopy(animal: (earlier: String, later: String)) async throws {
        let gallery = try await tests.gallery([("Animal", animal.earlier)])
        let verdict = try await screen(picture(animal.later), gallery: gallery)
        #expect(verdict.outcome.name == .matched)
        #expect(!verdict.findings.contains { $0.code == .copiedPhoto })
    }

    @Test func aMirroredPhotographIsNotUnknown() async throws {
        let gallery = try await tests.gallery([("Orange", Self.orange.earlier), ("Yellow", Self.yellow.earlier)])
        let verdict = try await screen(picture(Self.orange.later).mirrored, gallery: gallery)
        #expect(verdict.outcome == .undecided)
        #expect(verdict.findings.contains(Finding(.mirroredPhoto, ["name": "Orange"])), "\(verdict.findings)")
    }

    @Test func mirroringATemplateIsMirroringItsPhotograph() async throws {
        let picture = try picture(Self.orange.later)
        let pictures = [picture, picture.mirrored]
        var templates: [Template] = []
        for picture in pictures {
            templates.append(
                try #require(
                    try await tests.engine.examine(tests.submitted(encodeJPEG(picture, quality: 95))).template))
        }
        let evidence = Matcher(templates[0].mirrored).evidence(against: templates[1])
        #expect(evidence.pairs.count { $0.branch == .free } * 2 > templates[1].featureCount)
        #expect(evidence.pairs.count { $0.branch == .strip } > 60)
        let agreement = try PictureAgreement(evidence, of: templates[0].mirrored, with: templates[1])
        #expect(try #require(agreement).isOnePicture)
        #expect(templates[0].mirrored.mirrored.free.map(\.descriptors) == templates[0].free.map(\.descriptors))
    }

    @Test func twoAnimalsOnOnePhotographMustBeToldApartFirst() async throws {
        let gallery = try await tests.gallery([("Orange", Self.orange.earlier), ("Yellow", Self.yellow.earlier)])
        let both = try picture(Self.orange.later).beside(picture(Self.yellow.later))
        let verdict = try await screen(both, gallery: gallery)
        #expect(verdict.outcome == .unusable)
        #expect(verdict.findings.map(\.code) == [.severalAnimals])
        let boxed = try await screen(
            both, box: RegionBox(x: 0.5, y: 0, width: 0.5, height: 1), gallery: gallery)
        #expect(tests.name(boxed) == "Yellow")
        let natural = try await screen(both.onGravel, gallery: gallery)
        #expect(natural.outcome == .undecided)
        #expect(
            natural.findings.contains(Finding(.severalKnownAnimals, ["names": "Orange, Yellow"])),
            "\(natural.findings)")
    }

    @Test func aTailCutOffFromItsBodyIsNoSecondAnimal() async throws {
        let gallery = try await tests.gallery([("Orange", Self.orange.earlier)])
        let whole = try picture(Self.orange.later)
        let rows = try #require(uniformBackground(whole)).animal.rowCounts
        let wanted = rows.reduce(0, +) / 5
        let cut = try #require(rows.indices.first { rows[..<$0].reduce(0, +) >= wanted })
        let corner = Double(whole.pixels[0]) / 255
        let parted = whole.changed { _, y, value in (cut..<cut + 8).contains(y) ? corner : value }
        #expect(try #require(uniformBackground(parted)).second > 0.1)
        let verdict = try await screen(parted, gallery: gallery)
        #expect(tests.name(verdict) == "Orange", "\(verdict.findings)")
    }

    @Test func photographsOfTwoAnimalsInOneSubmissionNameNeither() async throws {
        let gallery = try await tests.gallery([("Orange", Self.orange.earlier), ("Yellow", Self.yellow.earlier)])
        let verdict = try await screen(picture(Self.orange.later), picture(Self.yellow.later), gallery: gallery)
        #expect(verdict.outcome == .undecided)
        #expect(verdict.findings.contains(Finding(.severalKnownAnimals, ["names": "Orange, Yellow"])))
    }

    @Test func anAnimalEnteredTwiceIsNotNamedAtRandom() async throws {
        let gallery = try await tests.gallery([
            ("First", Self.orange.earlier), ("Second", "newts/photos/F00555.jpg"), ("Yellow", Self.yellow.earlier),
        ])
        let verdict = try await screen(picture(Self.orange.later), gallery: gallery)
        #expect(verdict.outcome == .undecided)
        #expect(verdict.probability == nil)
        #expect(
            verdict.findings.contains(Finding(.perhapsOneAnimal, ["names": "First, Second"])), "\(verdict.findings)")
        #expect(Set(verdict.candidates.prefix(2).map(\.name)) == ["First", "Second"])
    }

    @Test func aCopyThatResemblesAnotherNameShowsThatAnAnimalWasEnteredTwice() async throws {
        let gallery = try await tests.gallery([("First", Self.orange.later), ("Second", Self.orange.earlier)])
        for (sha256, code) in [("submitted", Texts.Code.copiedPhoto), (Self.orange.later, .samePhoto)] {
            let photo = tests.submitted(try SharedData.bytes(Self.orange.later), sha256: sha256)
            let verdict = try await tests.engine.screen([photo], region: .belly, gallery: gallery).verdict
            #expect(verdict.outcome == .undecided)
            #expect(verdict.findings.contains(Finding(code, ["name": "First"])))
            #expect(verdict.findings.contains(Finding(.perhapsOneAnimal, ["names": "First, Second"])))
        }
    }

    @Test func anotherPartThanWasSaidIsNotUnknown() async throws {
        let gallery = try await tests.gallery([("Orange", Self.orange.earlier), ("Yellow", Self.yellow.earlier)])
        let verdict = try await screen(picture(Self.orange.later), region: .head, gallery: gallery)
        #expect(verdict.outcome == .undecided)
        let finding = Finding(.otherBodyPart, ["name": "Orange", "region": "belly"])
        #expect(verdict.findings.contains(finding), "\(verdict.findings)")
        #expect(finding.text(in: .ja).contains("（腹）"))
        let photo = tests.submitted(try SharedData.bytes(Self.orange.earlier), sha256: Self.orange.earlier)
        let enrolled = try await tests.engine.screen([photo], region: .head, gallery: gallery).verdict
        #expect(enrolled.outcome == .undecided)
        #expect(enrolled.findings.contains(Finding(.samePhoto, ["name": "Orange"])))
    }
}

/// Photographs without an animal, and drawn heads that are the same picture or not.
@Suite struct DrawnBadInputTests {
    let tests = ScreeningEngineTests()

    func conditions(_ seed: UInt64) -> SampleConditions {
        var conditions = SampleConditions.random(seed: seed, difficulty: .good)
        (conditions.width, conditions.height) = (800, 600)
        return conditions
    }

    func head(_ animal: UInt64, _ conditions: SampleConditions) throws -> (jpeg: [UInt8], box: RegionBox) {
        let photo = try renderPhoto(of: SampleAnimal(seed: animal), under: conditions)
        let box = try #require(photo.headBox)
        return (photo.jpeg, try RegionBox(x: box.x, y: box.y, width: box.width, height: box.height))
    }

    /// A head and the gallery that holds it, drawn once for all tests.
    static let enrolled = Task {
        let tests = DrawnBadInputTests()
        let photo = try tests.head(3, tests.conditions(1))
        return (photo: photo, gallery: try await tests.gallery(photo))
    }

    private func gallery(_ photo: (jpeg: [UInt8], box: RegionBox)) async throws -> Gallery {
        let submitted = tests.submitted(photo.jpeg, box: photo.box)
        let template = try #require(try await tests.engine.examine(submitted).template)
        var gallery = Gallery()
        let entry = GalleryEntry(
            id: Identifier(), photo: Identifier(), sha256: "enrolled", individual: Identifier(), name: "Hanzaki",
            region: .head, template: template)
        gallery.advance(to: 1, changed: [entry], removed: [])
        return gallery
    }

    @Test func aHeadMetAgainIsNoCopyAndItsPictureSavedAgainIs() async throws {
        let (first, gallery) = try await Self.enrolled.value
        let again = try head(3, conditions(2))
        let recapture = try await tests.engine.screen(
            [tests.submitted(again.jpeg, box: again.box)], region: .head, gallery: gallery
        ).verdict
        #expect(recapture.outcome.name == .matched)
        #expect(!recapture.findings.contains { $0.code == .copiedPhoto })
        let saved = try encodeJPEG(decodePhoto(first.jpeg, longestSide: 700).image, quality: 50)
        let copy = try await tests.engine.screen(
            [tests.submitted(saved, box: first.box)], region: .head, gallery: gallery
        ).verdict
        #expect(copy.outcome == .undecided)
        #expect(copy.findings.first == Finding(.copiedPhoto, ["name": "Hanzaki"]))
    }

    @Test(arguments: Nothing.allCases)
    func aPhotographWithoutAnAnimalIsNeitherMatchedNorUnknown(nothing: Nothing) async throws {
        let gallery = try await Self.enrolled.value.gallery
        let photo = tests.submitted(try encodeJPEG(nothing.picture))
        let verdict = try await tests.engine.screen([photo], region: .head, gallery: gallery).verdict
        #expect(verdict.outcome == .unusable, "\(verdict.findings)")
        #expect(!verdict.findings.isEmpty)
    }

    @Test func aRiverBedWithoutAnAnimalIsNeitherMatchedNorUnknown() async throws {
        let gallery = try await Self.enrolled.value.gallery
        let bed = try renderPhoto(of: nil, under: conditions(5)).jpeg
        let verdict = try await tests.engine.screen([tests.submitted(bed)], region: .head, gallery: gallery).verdict
        #expect(verdict.outcome == .unusable)
        #expect(verdict.findings.contains { $0.code == .animalNotLocated })
    }

    @Test func noiseIsNoAnimalThoughABoxIsDrawnRoundIt() async throws {
        let box = try RegionBox(x: 0.2, y: 0.2, width: 0.6, height: 0.6)
        let photo = tests.submitted(try encodeJPEG(Nothing.noise.picture), box: box)
        let gallery = try await Self.enrolled.value.gallery
        let verdict = try await tests.engine.screen([photo], region: .head, gallery: gallery).verdict
        #expect(verdict.outcome == .unusable)
        #expect(verdict.findings.contains { $0.code == .animalNotLocated })
    }
}
