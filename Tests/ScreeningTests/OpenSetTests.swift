import Foundation
import Identification
import Registry
import Screening
import TestSupport
import Testing

/// How the registry's own calibrations and an agency's policy decide, on real photographs.
@Suite(.enabled(if: SharedData.isPresent, "no folder of real photographs")) struct OpenSetTests {
    let engine = ScreeningEngine()

    /// A reference to enrol.
    struct Reference {
        let animal: String
        let file: String
        var population: String?
        var region = BodyRegion.belly
        var observedAt: Date?
    }

    func submitted(_ file: String) throws -> SubmittedPhoto {
        SubmittedPhoto(id: Identifier(), sha256: file, bytes: try SharedData.bytes("newts/photos/\(file)"), mark: nil)
    }

    func gallery(_ references: [Reference]) async throws -> Gallery {
        var ids: [String: Identifier<Individual>] = [:]
        var entries: [GalleryEntry] = []
        for reference in references {
            let template = try #require(try await engine.examine(submitted(reference.file)).template)
            let individual = ids[reference.animal, default: Identifier()]
            ids[reference.animal] = individual
            entries.append(
                GalleryEntry(
                    id: Identifier(), photo: Identifier(), sha256: "enrolled \(reference.file)", individual: individual,
                    name: reference.animal, population: reference.population, observedAt: reference.observedAt,
                    region: reference.region, template: template))
        }
        var gallery = Gallery()
        gallery.advance(to: 1, changed: entries, removed: [])
        return gallery
    }

    func learned(_ population: String?, intercept: Double) -> LearnedCalibration {
        let fit = LearnedCalibration.Fit(ece: 0, brier: 0, logLoss: 0)
        return LearnedCalibration(
            id: Identifier(),
            content: .init(
                population: population, region: .belly, scorer: engine.scorer, intercept: intercept, slope: 1,
                lookAlikeRate: 1e-5, genuinePairs: 41, impostorPairs: 456, animals: 13,
                tail: ImpostorTail(location: 27, scale: 1.5, searches: 40),
                figures: .init(before: fit, after: fit, falsePositives: nil)), madeAt: .now, madeBy: "Sato",
            activeSince: .now)
    }

    func decider(_ calibrations: [LearnedCalibration], wrong: Double = 20) throws -> Decider {
        Decider(
            policy: try DecisionPolicy(
                falsePositiveIdentificationRate: 0.003, costWrongName: wrong, costMissedAnimal: 20, costReview: 1),
            calibrations: CalibrationSet(calibrations))
    }

    static let enrolled = [
        Reference(animal: "PW-001", file: "F00005.jpg", population: "Hatsuka"),
        Reference(animal: "TK-004", file: "F00053.jpg", population: "Kiso"),
        Reference(animal: "TK-025", file: "F00356.jpg"),
    ]

    @Test func scoresAreWorthWhatThePopulationOfTheAnimalTaught() async throws {
        let gallery = try await gallery(Self.enrolled)
        let photo = try submitted("F00011.jpg")
        func verdict(_ decider: Decider) async throws -> Verdict {
            try await engine.screen([photo], region: .belly, gallery: gallery, rules: ScreeningRules(decider: decider))
                .verdict
        }
        let borrowed = try await verdict(Decider())
        #expect(borrowed.outcome.name == .matched)
        let guide = try #require(borrowed.findings.first { $0.code == .calibrationBorrowed })
        #expect(guide.text(in: .en).contains("57 newts") && guide.text(in: .ja).contains("57 個体"))
        #expect(borrowed.decider.contains("calibration:newt-bellies"))

        let own = learned("Hatsuka", intercept: -36)
        let named = try await verdict(try decider([own]))
        #expect(named.outcome.name == .matched && named.decider.contains(own.id.description))
        let taught = try #require(named.findings.first { $0.code == .calibrationOfPopulation })
        #expect(taught.values == ["population": "Hatsuka", "animals": "13", "genuine": "41", "impostor": "456"])
        #expect(!named.findings.contains { $0.code == .calibrationBorrowed })

        // A calibration by which no score is worth anything counts for its own population alone.
        #expect(try await verdict(try decider([learned("Kiso", intercept: -500)])).outcome.name == .matched)
        #expect(try await verdict(try decider([learned("Hatsuka", intercept: -500)])).outcome == .unknown)
        let whole = try await verdict(try decider([learned(nil, intercept: -36)]))
        #expect(whole.findings.contains { $0.code == .calibrationOfRegistry })
    }

    @Test func anOpenAnswerSaysWhatPhotographWouldDecide() async throws {
        var references = Self.enrolled
        references[0].observedAt = Date.now.addingTimeInterval(-9.5 * 365.25 * 86_400)
        references.append(Reference(animal: "PW-001", file: "F00006.jpg", region: .head))
        references.append(Reference(animal: "PW-001", file: "F00012.jpg", region: .head))
        references.append(Reference(animal: "TK-007", file: "F00097.jpg", region: .head))
        let gallery = try await gallery(references)
        let verdict = try await engine.screen(
            [submitted("F00011.jpg")], region: .belly, gallery: gallery,
            rules: ScreeningRules(decider: decider([], wrong: 1e9))
        ).verdict
        #expect(verdict.outcome == .undecided && verdict.candidates.first?.name == "PW-001")
        #expect(verdict.findings.contains(Finding(.oneOldReference, ["name": "PW-001", "years": "9"])))
        #expect(verdict.findings.contains(Finding(.knownByHead, ["name": "PW-001", "count": "2", "own": "1"])))
        #expect(verdict.findings.contains(Finding(.notSearched, ["count": "1", "total": "4"])))
        #expect(verdict.findings.contains(Finding(.retakeBelly)))
        #expect(verdict.decider.contains("1000000000.0"))
    }

    @Test func anUnknownAnimalMayBeOneThatCouldNotBeCompared() async throws {
        var references = Array(Self.enrolled.dropFirst())
        // Another picture stands for the tail: the belly itself would be recognised on it.
        references.append(Reference(animal: "PW-001", file: "F00097.jpg", region: .tail))
        let photo = try submitted("F00011.jpg")
        let verdict = try await engine.screen(
            [photo], region: .belly, gallery: try await gallery(references)
        ).verdict
        #expect(verdict.outcome == .unknown)
        #expect(verdict.findings.contains(Finding(.notSearched, ["count": "1", "total": "3"])))
        // One of three known animals may be it: ½ against ½ · ⅓.
        #expect(abs(try #require(verdict.probability) - 0.75) < 0.01)
        let whole = try await engine.screen(
            [photo], region: .belly, gallery: try await gallery(Array(Self.enrolled.dropFirst()))
        ).verdict
        #expect(!whole.findings.contains { $0.code == .notSearched })
        #expect(try #require(whole.probability) > 0.95)
    }

    /// Newts of one cohort whose tail is learned on one half of the animals and holds for the other half.
    @Test func theRateOfFalseNamesHoldsForAnimalsItWasNotLearnedFrom() async throws {
        let table = try String(contentsOf: SharedData.folder.appending(path: "newts/protocol_TK.csv"), encoding: .utf8)
        var searches: [NonMatedSearch] = []
        var templates: [String: Template] = [:]
        var probes: [String: Int] = [:]
        let metadata = try String(contentsOf: SharedData.folder.appending(path: "newts/metadata.csv"), encoding: .utf8)
        let animals = Dictionary(
            metadata.split(whereSeparator: \.isNewline).dropFirst().map { $0.split(separator: ",") }
                .map { (String($0[0]), String($0[1])) }, uniquingKeysWith: { first, _ in first })
        func template(_ file: String) async throws -> Template {
            if let known = templates[file] { return known }
            let photo = try submitted(String(file.dropFirst("photos/".count)))
            let made = try #require(try await engine.examine(photo).template)
            templates[file] = made
            return made
        }
        for line in table.split(whereSeparator: \.isNewline).dropFirst() {
            let columns = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            let (file, animal) = (columns[0], columns[1])
            probes[animal, default: 0] += 1
            // Two photographs of an animal are enough; TK-025 and TK-026 are one animal.
            guard probes[animal, default: 0] <= 2, animal != "TK-025" else { continue }
            var others: [GalleryEntry] = []
            for reference in columns[5].split(separator: " ").map(String.init) where animals[reference] != animal {
                others.append(
                    GalleryEntry(
                        id: Identifier(), photo: Identifier(), sha256: reference, individual: Identifier(),
                        name: reference, region: .belly, template: try await template(reference)))
            }
            let query = Query(photo: Identifier(), sha256: file, template: try await template(file))
            let best = try await search([query], among: others, lanes: 2).first
            searches.append(
                NonMatedSearch(best: best?.evidence.score ?? 0, comparisons: others.count, animal: animal))
        }
        let names = Set(searches.map(\.animal)).sorted()
        let halves = [0, 1].map { half in Set(names.indices.filter { $0 % 2 == half }.map { names[$0] }) }
        for wanted in [0.5, 0.1] {
            var reached = 0
            for (learned, held) in [(halves[0], halves[1]), (halves[1], halves[0])] {
                let tail = try ImpostorTail.learned(
                    from: searches.filter { learned.contains($0.animal) },
                    smallest: CalibrationSample(genuinePairs: 20, genuineAnimals: 10, impostorPairs: 300))
                reached += searches.filter { held.contains($0.animal) }
                    .count { $0.best >= tail.score(atRate: wanted, comparisons: $0.comparisons) }
            }
            let obtained = Double(reached) / Double(searches.count)
            #expect(obtained < wanted * 1.5 && obtained > wanted / 10, "\(wanted): \(obtained)")
        }
    }
}
