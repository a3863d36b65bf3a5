import Evaluation
import Foundation
import Testing

@Suite struct ReportTests {
    /// Four animals, one photograph each, and one stranger.
    let small = [
        search("1.jpg", "a", ["a": 20, "b": 3, "c": 1, "d": 0]),
        search("2.jpg", "b", ["a": 4, "b": 9, "c": 9, "d": 2]),
        search("3.jpg", "c", ["a": 8, "b": 5, "c": 7, "d": 0]),
        search("4.jpg", "d", ["a": 2, "b": 1, "c": 0, "d": 30]),
        search("5.jpg", "stranger", isNew: true, ["a": 6, "b": 6, "c": 1, "d": 0]),
    ]

    @Test func figuresOfAHandCountedExample() throws {
        let report = try evaluate(small, protocolName: "small", gallery: "single")
        #expect(report.probes == 4)
        #expect(report.animals == 4)
        // Ranks 1, 1½ (tied with c), 2 and 1: hits 1 ½ 0 1, reciprocals 1 ¾ ½ 1.
        #expect(report.top1 == 2.5 / 4)
        #expect(report.top5 == 1)
        #expect(report.map == 3.25 / 4)
        // Best scores 20 9 8 30 against 3 9 8 2 6: 18 wins and two ties of 20 pairs, less what 9 and 8 lose to 9.
        let wins = [5.0, 4.5, 3.5, 5].reduce(0, +)
        #expect(report.aurocNew == wins / 20)
        #expect(report.aurocNewAnimals == 1)
        #expect(report.nonMated.searches == 5)
        #expect(report.nonMated.newAnimals == 1)
        // Each animal's threshold at 0.1 lies above the others' best scores 3 9 8 2 6: above 9, for b above 8. So b, tied, is half missed, and c.
        #expect(report.fnir["0.1"] == 1.5 / 4)
        #expect(report.fpirObtained["0.1"] == 1.0 / 5)
        #expect(report.fpirShown["0.1"] == false)
        #expect(try #require(report.thresholds["0.1"]) == 9.0.nextUp)
        #expect(report.baks == 2.5 / 4)
        #expect(report.baus == 4.0 / 5)
        #expect(report.investigation == ["1": 2.5 / 4, "10": 1, "50": 1])
        #expect(report.worst.map(\.probe).first == "3.jpg")
        #expect(report.lookAlikes.first?.probe == "2.jpg")
        #expect(report.lookAlikes.first?.resembles == "c")
        #expect(report.calibration == .borrowed)
        #expect(report.calibrationRefusal?.contains("30 from 10 animals and 300 are needed") == true)
    }

    @Test func theOrderOfResultsChangesNothing() throws {
        let searches = Population.searches(animals: 24, photos: 3, new: 3)
        let first = try evaluate(searches, protocolName: "drawn", gallery: "rolling")
        let second = try evaluate(Array(searches.reversed()), protocolName: "drawn", gallery: "rolling")
        #expect(first == second)
        #expect(first.calibration == .learned)
        #expect(first.fpirByTail.keys.sorted() == ["0.003", "0.01", "0.1"])
        #expect(first.fpirCurve.map(\.obtained) == first.fpirCurve.map(\.obtained).sorted())
        #expect(EvaluationPage(report: first).files.map(\.name).contains("fpir.svg"))
    }

    @Test func aPhotographThatCannotBeUsedIsAMissAndNoFalseAlarm() throws {
        let searches = Population.searches(animals: 12, photos: 3)
        let whole = try evaluate(searches, protocolName: "drawn", gallery: "rolling")
        let lost = searches.map { $0.probe == "0-0.jpg" ? search($0.probe, $0.individual, [:]) : $0 }
        let report = try evaluate(lost, protocolName: "drawn", gallery: "rolling")
        #expect(report.probes == whole.probes)
        #expect(report.answersKnown.unusable == 1)
        #expect(report.worst.first?.probe == "0-0.jpg")
        #expect(report.worst.first?.score == nil)
        #expect(try #require(report.top1) < (try #require(whole.top1)))
        #expect(try #require(report.fpirObtained["0.1"]) <= (try #require(whole.fpirObtained["0.1"])) + 1.0 / 36)
    }

    @Test func protocolsOfNewAnimalsAloneAndOfOneAnimalAreAnswered() throws {
        let strangers = try evaluate([small[4]], protocolName: "new", gallery: "single")
        #expect(strangers.probes == 0)
        #expect(strangers.top1 == nil)
        #expect(strangers.fnir.isEmpty)
        let alone = try evaluate(
            [search("1.jpg", "a", ["a": 3]), search("2.jpg", "a", ["a": 0])], protocolName: "one", gallery: "single")
        #expect(alone.top1 == 1)
        #expect(alone.fnir.isEmpty)
        #expect(EvaluationPage(report: alone).files.map(\.name) == ["report.html", "det.svg", "calibration.svg"])
    }

    @Test func impossibleInputIsRefused() {
        #expect(throws: EvaluationError.noSearches) { try evaluate([], protocolName: "", gallery: "single") }
        #expect(throws: EvaluationError.repeatedProbe("1.jpg")) {
            try evaluate([small[0], small[0]], protocolName: "", gallery: "single")
        }
        #expect(throws: EvaluationError.impossibleScore(probe: "1.jpg", individual: "b")) {
            try evaluate([search("1.jpg", "a", ["a": 1, "b": .nan])], protocolName: "", gallery: "single")
        }
    }

    @Test func strataDivideTheMatedSearches() throws {
        let report = try evaluate(
            Population.searches(animals: 14, photos: 6, new: 2), protocolName: "drawn", gallery: "rolling")
        for by in ["months", "quality", "reference photos"] {
            #expect(report.strata.filter { $0.by == by }.reduce(0) { $0 + $1.probes } == report.probes, "\(by)")
        }
        #expect(
            report.strata.filter { $0.by == "months" }.map(\.stratum)
                == ["0–3 months", "3–12 months", "1–3 years", "over 3 years"])
    }

    @Test func aFallOfTheScoreIsFound() throws {
        // The score falls from 54 by 0.3 a year, with an error of each animal's own.
        var drawn = Population(seed: 5)
        let searches = (0..<40).flatMap { (animal: Int) -> [SearchResult] in
            let own = drawn.unit() - 0.5
            return (0..<5).map { (year: Int) -> SearchResult in
                let height = 54 - 0.3 * Double(year) + own + (drawn.unit() - 0.5) * 0.2
                return SearchResult(
                    probe: "\(animal)-\(year)", individual: "\(animal)", isNew: false, months: Double(12 * year),
                    quality: nil, referencePhotosOfAnimal: 1, photosSearched: 2,
                    scores: ["\(animal)": height, "x": 1])
            }
        }
        let drift = try #require(try evaluate(searches, protocolName: "fall", gallery: "single").drift)
        #expect(abs(drift.slopePerYear + 0.3) < 0.02)
        #expect(drift.standardError > 0.0005 && drift.standardError < 0.02)
        #expect(drift.interval[0] < -0.29 && drift.interval[1] > -0.31)
        #expect(drift.animals == 40)
    }

    @Test func everyPopulationHasItsOwnFallOrARefusal() throws {
        func aged(_ population: String?, _ animals: Int, _ fall: Double) -> [AgedScore] {
            var scores: [AgedScore] = []
            for animal in 0..<animals {
                for year in 1...3 {
                    let height = 50.0 + Double(animal % 3) - fall * Double(year)
                    scores.append(
                        AgedScore(
                            animal: "\(population ?? "") \(animal)", population: population, years: Double(year),
                            score: height))
                }
            }
            return scores
        }
        let scores: [AgedScore] = aged("Hatsuka", 12, 2) + aged(nil, 10, 0) + aged("Asa", 9, 1)
        let drifts = PopulationDrift.all(scores)
        #expect(drifts.map(\.population) == ["Asa", "Hatsuka", nil])
        #expect(drifts[0].drift == nil)
        #expect(drifts[0].refusal?.contains("9, where 10 are needed") == true)
        #expect(abs(try #require(drifts[1].drift).slopePerYear + 2) < 1e-9)
        #expect(abs(try #require(drifts[2].drift).slopePerYear) < 1e-9)
        let equal = scores.map { AgedScore(animal: $0.animal, population: nil, years: 1, score: $0.score) }
        #expect(PopulationDrift.all(equal).first?.refusal?.contains("intervals are equal") == true)
        let report = try evaluate(small, protocolName: "history", gallery: "rolling", aged: scores)
        #expect(report.populationDrift == drifts)
        #expect(EvaluationPage(report: report).files[0].content.contains("9, where 10 are needed"))
    }

    /// Twenty animals of three probes each, apart except that “animal 1” and “animal 0” cannot be told apart.
    private func doubleEntry() -> [SearchResult] {
        (0..<20).flatMap { (animal: Int) -> [SearchResult] in
            (0..<3).map { (photo: Int) -> SearchResult in
                var scores = Dictionary(
                    uniqueKeysWithValues: (0..<20).map { ("animal \($0)", Double(5 + ($0 * 7 + photo) % 9)) })
                scores["animal \(animal)"] = Double(60 + photo)
                if animal < 2 { scores["animal \(1 - animal)"] = 61 }
                return search("\(animal)-\(photo)", "animal \(animal)", scores)
            }
        }
    }

    @Test func anAnimalEnteredTwiceIsSuspectedAndItsCostIsToldBesideTheFigures() throws {
        let report = try evaluate(doubleEntry(), protocolName: "double", gallery: "single")
        #expect(report.suspectedDoubleEntries.count == 1)
        let suspected = try #require(report.suspectedDoubleEntries.first)
        #expect([suspected.first, suspected.second] == ["animal 0", "animal 1"])
        #expect(suspected.probes == ["0-0", "0-1", "0-2", "1-0", "1-1", "1-2"])
        let cleared = try #require(report.asOneAnimal)
        #expect(try #require(report.fnir["0.01"]) > 0.5)
        #expect(cleared.fnir["0.01"] == 0)
        #expect(try #require(cleared.ece) < 0.02)
        let page = EvaluationPage(report: report).files[0].content
        #expect(page.contains("each taken as one animal"))
        let clean = try evaluate(
            doubleEntry().filter { !["animal 0", "animal 1"].contains($0.individual) }, protocolName: "clean",
            gallery: "single")
        #expect(clean.suspectedDoubleEntries.isEmpty && clean.asOneAnimal == nil)
    }

    @Test func programsFindTheirKeys() throws {
        let report = try evaluate(small, protocolName: "small", gallery: "single")
        let data = try JSONEncoder().encode(report)
        let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let asked = [
            "probes", "animals", "top1", "top5", "top10", "map", "auroc_new", "fnir", "ece", "brier", "extract_ms",
            "pair_us", "query_ms", "template_bytes",
        ]
        let more = [
            "answers_known", "answers_unknown", "as_one_animal", "auroc_new_animals", "baks", "balanced", "baus",
            "calibration",
            "calibration_bins", "calibration_learned", "calibration_refusal", "det_points", "drift", "drift_refusal",
            "ece_equal_mass", "failures",
            "fpir_by_tail", "fpir_curve", "fpir_obtained", "fpir_shown", "gallery", "gallery_animals", "gallery_photos",
            "histogram", "intervals",
            "investigation", "look_alikes", "non_mated", "pair_ece", "peak_memory_bytes", "per_animal",
            "population_drift", "protocol", "steps", "strata", "suspected_double_entries", "thresholds", "versions",
            "worst",
        ]
        #expect(object.keys.sorted() == (asked + more).sorted())
        #expect((object["fnir"] as? [String: Any])?.keys.sorted() == ["0.003", "0.01", "0.1"])
        #expect(object["extract_ms"] is NSNull)
        #expect(try JSONDecoder().decode(EvaluationReport.self, from: data) == report)
    }

    @Test func thePageNeedsNothingElseAndTrustsNoName() throws {
        let named = small.map {
            search($0.probe, $0.individual == "a" ? "<b>&\"" : $0.individual, isNew: $0.isNew, $0.scores)
        }
        let report = try evaluate(named, protocolName: "<script>", gallery: "single")
        let files = EvaluationPage(report: report).files
        let page = try #require(files.first { $0.name == "report.html" }).content
        #expect(!page.contains("<script>"))
        #expect(page.contains("&lt;b&gt;&amp;&quot;"))
        let addresses = page.ranges(of: /https?:\/\/[^"]*/).map { String(page[$0]) }
        #expect(Set(addresses) == ["http://www.w3.org/2000/svg"])
        for file in files where file.name.hasSuffix(".svg") {
            #expect(XMLReading.isWellFormed(file.content), "\(file.name)")
        }
    }
}
