import Foundation
import Hybrids
import Registry
import SampleAnimals
import Statistics
import Testing

/// Drawn animals as if a laboratory had tested them.
func tested(_ photographs: [SampleMeasures.Photograph], camera: String = "A") -> [DNATestedPhotograph] {
    photographs.map {
        DNATestedPhotograph(
            animal: $0.animal, river: $0.river, camera: camera, dna: $0.kind.isNative ? .native : .notNative,
            values: $0.values, sharpness: $0.sharpness, headPixels: 400)
    }
}

/// Names of the values of drawn animals.
let characterNames = SampleCharacter.allCases.map(\.rawValue)

/// The moment that models of tests were made.
let someMoment = Date(timeIntervalSince1970: 1_750_000_000)

func data(_ photographs: [DNATestedPhotograph]) throws -> HybridTrainingData {
    try HybridTrainingData(names: characterNames, photographs: photographs, isDrawn: true)
}

func model(
    _ animals: Range<Int>, method: LinearMethod = .discriminant, errorRate: Double = 0.1, seed: UInt64 = 1
) throws -> HybridModel {
    try HybridModel.learned(
        from: data(tested(SampleMeasures().photographs(animals: animals, seed: seed))), method: method,
        errorRate: errorRate, madeAt: someMoment)
}

func asked(_ photograph: SampleMeasures.Photograph, camera: String? = "A", river: String? = nil) -> AskedPhotograph {
    AskedPhotograph(
        river: river ?? photograph.river, camera: camera, values: photograph.values, sharpness: photograph.sharpness,
        headPixels: 400)
}

@Suite("Learning from DNA-tested animals")
struct LearningTests {
    let study = SampleMeasures()

    @Test("With too few tested animals of a class it refuses to speak and says how many are missing")
    func tooFew() throws {
        let photographs = tested(study.photographs(animals: 0..<400, seed: 1))
        let natives = photographs.filter { $0.dna == .native }
        let others = photographs.filter { $0.dna == .notNative }
        // As in the Kiso: 118 natives and one that is not.
        let kiso = try data(Array(natives.prefix(118) + others.prefix(1)))
        #expect(throws: HybridLearningRefusal.tooFewAnimals(nativesMissing: 0, othersMissing: 29)) {
            try HybridModel.learned(from: kiso, madeAt: someMoment)
        }
        let few = try data(Array(natives.prefix(12) + others.prefix(4)))
        let refusal = #expect(throws: HybridLearningRefusal.self) {
            try HybridModel.learned(from: few, madeAt: someMoment)
        }
        #expect(refusal?.description.contains("18 natives and 26 hybrids") == true)
        // Photographs do not stand in for animals.
        let many = study.photographs(animals: 0..<20, photos: 30, seed: 1)
        #expect(throws: HybridLearningRefusal.self) {
            try HybridModel.learned(from: data(tested(many)), madeAt: someMoment)
        }
    }

    @Test("Data that contradict themselves are refused by the animal's name")
    func contradictions() throws {
        var photographs = tested(study.photographs(animals: 0..<3, photos: 2, seed: 1))
        let first = photographs[0]
        photographs[1] = DNATestedPhotograph(
            animal: first.animal, river: nil, camera: nil, dna: first.dna == .native ? .notNative : .native,
            values: first.values, sharpness: 1, headPixels: 1)
        #expect(throws: HybridLearningRefusal.twoClasses(animal: first.animal)) { try data(photographs) }
        photographs[1] = DNATestedPhotograph(
            animal: "X", river: nil, camera: nil, dna: .native, values: [.nan] + first.values.dropFirst(), sharpness: 1,
            headPixels: 1)
        #expect(throws: HybridLearningRefusal.noNumber(animal: "X", name: "head_width")) { try data(photographs) }
        #expect(throws: HybridLearningRefusal.namesNotUnique) {
            try HybridTrainingData(names: ["a", "a"], photographs: [], isDrawn: true)
        }
    }

    @Test("The fingerprint is the data's: no order of photographs changes it, any value does")
    func fingerprint() throws {
        let photographs = tested(study.photographs(animals: 0..<30, photos: 2, seed: 1))
        let one = try data(photographs).fingerprint
        #expect(one.count == 64)
        #expect(try data(photographs.reversed()).fingerprint == one)
        var changed = photographs
        let last = changed.removeLast()
        changed.append(
            DNATestedPhotograph(
                animal: last.animal, river: last.river, camera: last.camera, dna: last.dna, values: last.values,
                sharpness: last.sharpness.nextUp, headPixels: last.headPixels))
        #expect(try data(changed).fingerprint != one)
        #expect(
            try HybridTrainingData(names: characterNames, photographs: photographs, isDrawn: false).fingerprint != one)
    }

    @Test(
        "The known optimum is approached from above with more animals, and not beaten", arguments: LinearMethod.allCases
    )
    func optimum(_ method: LinearMethod) throws {
        // Every class weighs alike, so the least error is that of even odds.
        let least = study.bayesError(nativeShare: 0.5)
        let fresh = study.photographs(animals: 100_000..<103_000, seed: 9)
        let (natives, others) = (fresh.filter { $0.kind.isNative }, fresh.filter { !$0.kind.isNative })
        let sizes = [120, 400, 1200]
        let errors = try sizes.map { size -> Double in
            let model = try model(0..<size, method: method)
            func wrong(_ photographs: [SampleMeasures.Photograph], _ isNative: Bool) throws -> Double {
                let flagged = try photographs.count {
                    try model.opinion(on: [asked($0)], names: characterNames).ratio.logRatio > 0
                }
                return Double(isNative ? flagged : photographs.count - flagged) / Double(photographs.count)
            }
            return (try wrong(natives, true) + wrong(others, false)) / 2
        }
        // 3,000 animals: a standard error of less than one percent.
        let sampling = (0.25 * least * (1 - least) * (1 / Double(natives.count) + 1 / Double(others.count)))
            .squareRoot()
        #expect(errors.allSatisfy { $0 > least - 3 * sampling }, "\(errors) against \(least)")
        #expect(errors[2] < errors[0] + sampling, "\(errors)")
        #expect(errors[2] < least + 0.02 + 3 * sampling, "\(errors) against \(least)")
    }

    @Test("Likelihood ratios are calibrated on animals that were not learned from", arguments: LinearMethod.allCases)
    func calibrated(_ method: LinearMethod) throws {
        let model = try model(0..<600, method: method)
        let fresh = study.photographs(animals: 200_000..<202_000, seed: 9)
        let others = Double(fresh.count { !$0.kind.isNative })
        let odds = log(others / (Double(fresh.count) - others))
        let statements = try fresh.enumerated().map { place, photograph in
            let ratio = try model.opinion(on: [asked(photograph)], names: characterNames).ratio
            return Statement(
                animal: place, confidence: 1 / (1 + exp(-ratio.logRatio - odds)),
                truth: photograph.kind.isNative ? 0 : 1)
        }
        let error = try #require(Reliability(statements).expectedError())
        // 2,000 animals in 15 bins are 0.02 off by chance, and so is the true ratio.
        let least = try #require(
            Reliability(
                fresh.enumerated().map { place, photograph in
                    Statement(
                        animal: place, confidence: 1 / (1 + exp(-study.logRatio(photograph.values) - odds)),
                        truth: photograph.kind.isNative ? 0 : 1)
                }
            ).expectedError())
        #expect(error < least + 0.035, "\(error), the true ratio \(least)")
        // And the figures that the model states of itself agree with that.
        let stated = HybridFigures(of: model).calibration
        let loss = try #require(Reliability(statements).logarithmicLoss)
        #expect(abs(stated.logLoss - loss) < 0.08, "\(stated.logLoss) against \(loss)")
        #expect(stated.ece < 0.08)
    }

    @Test("The standard error is what ratios of models from other animals scatter by")
    func standardErrors() throws {
        let fresh = study.photographs(animals: 300_000..<300_030, seed: 9)
        let models = try (0..<8).map { try model($0 * 150..<($0 + 1) * 150, seed: UInt64(40 + $0)) }
        var (scatter, stated) = (0.0, 0.0)
        for photograph in fresh {
            let ratios = try models.map { try $0.opinion(on: [asked(photograph)], names: characterNames).ratio }
                .filter { abs($0.logRatio) < 3 }
            guard ratios.count > 4 else { continue }
            let mean = ratios.reduce(0) { $0 + $1.logRatio } / Double(ratios.count)
            scatter += ratios.reduce(0) { $0 + pow($1.logRatio - mean, 2) } / Double(ratios.count - 1)
            stated += ratios.reduce(0) { $0 + pow($1.standardError, 2) } / Double(ratios.count)
        }
        #expect((0.5...2).contains((stated / scatter).squareRoot()), "stated \(stated), scatter \(scatter)")
        let large = try model(0..<1000)
        let small = try #require(models.first)
        let one = [asked(fresh[0])]
        let (few, many) = (
            try small.opinion(on: one, names: characterNames).ratio.standardError,
            try large.opinion(on: one, names: characterNames).ratio.standardError
        )
        #expect(many < few)
    }

    @Test("Where some animals look like natives whatever is measured, no look promises more than their part allows")
    func floor() throws {
        let floors = try (1...4).map { try model(0..<600, seed: $0).scaling.floor }
        // 15 % cannot be told from natives.
        #expect((0.08...0.22).contains(floors.reduce(0, +) / 4), "\(floors)")
        let learned = try model(0..<600)
        let veryNative = AskedPhotograph(
            river: "Utsuro", camera: "A",
            values: SampleCharacter.allCases.map { -1.2 * (SamplePopulation.standardMeans[.hybrid]?[$0] ?? 0) },
            sharpness: 0.6, headPixels: 400)
        let ratio = try learned.opinion(on: [veryNative], names: characterNames).ratio
        #expect(ratio.logRatio >= log(learned.scaling.floor))
        #expect(ratio.standardError > 0.05)
    }

    @Test("No ratio claims more than the tested animals of a class can bear")
    func bounds() throws {
        let model = try model(0..<200)
        let extreme = AskedPhotograph(
            river: "Utsuro", camera: "A", values: characterNames.map { _ in 50 }, sharpness: 0.6, headPixels: 400)
        let opinion = try model.opinion(on: [extreme], names: characterNames)
        #expect(abs(opinion.ratio.logRatio) <= log(201))
        #expect(opinion.doubts.contains(.unlikeAny))
        #expect(opinion.evidence == nil)
    }

    @Test("Values of more places than animals, such as an embedding, are weighed all the same")
    func embedding() throws {
        let photographs = tested(study.photographs(animals: 0..<160, seed: 3))
        let names = characterNames + (0..<200).map { "embedding_\($0)" }
        let wide = photographs.map { one in
            // A fixed jumble that says nothing.
            let jumble = (0..<200).map { sin(Double($0 * 37 + one.animal.utf8.reduce(0) { $0 * 31 + Int($1) } % 9973)) }
            return DNATestedPhotograph(
                animal: one.animal, river: one.river, camera: one.camera, dna: one.dna, values: one.values + jumble,
                sharpness: one.sharpness, headPixels: one.headPixels)
        }
        let model = try HybridModel.learned(
            from: HybridTrainingData(names: names, photographs: wide, isDrawn: true), madeAt: someMoment)
        let wrong = try #require(HybridFigures(of: model).calibration.wrong.value)
        #expect(wrong < 0.4)
        #expect(model.weights.allSatisfy { $0.isFinite })
    }
}

@Suite("Abstention")
struct AbstentionTests {
    let study = SampleMeasures()

    @Test("The true class is left out as rarely as stated, in each class, on exchangeable animals")
    func coverage() throws {
        let fresh = study.photographs(animals: 400_000..<401_000, seed: 9)
        let rate = 0.2
        // One sample of animals may be an odd one; four are not all odd.
        let models = try (1...4).map { try model(0..<500, errorRate: rate, seed: $0) }
        for isNative in [true, false] {
            let own = fresh.filter { $0.kind.isNative == isNative }
            let parts = try models.map { model in
                let wrong = try own.count { photograph in
                    let opinion = try model.opinion(on: [asked(photograph)], names: characterNames)
                    return (isNative ? opinion.nativeRank : opinion.otherRank) <= rate
                }
                return Double(wrong) / Double(own.count)
            }
            let ranks = models.reduce(0) { $0 + (isNative ? $1.data.natives : $1.data.others) }
            let error = (rate * (1 - rate) * (1 / Double(own.count) + 1 / Double(ranks))).squareRoot()
            let part = parts.reduce(0, +) / 4
            #expect(abs(part - rate) < 3 * error, "native \(isNative): \(parts)")
        }
    }

    @Test("Abstention rises with blur, and a blurred photograph says why")
    func blur() throws {
        let model = try model(0..<600)
        let parts = try [0.0, 0.4, 0.8, 2].map { blur -> Double in
            let photographs = study.photographs(animals: 500_000..<500_200, seed: 9, blur: blur)
            let silent = try photographs.count { try model.opinion(on: [asked($0)], names: characterNames).abstains }
            return Double(silent) / Double(photographs.count)
        }
        #expect(parts == parts.sorted(), "\(parts)")
        #expect(parts[0] < 0.6 && parts[3] > 0.95, "\(parts)")
        let blurred = study.photographs(animals: 500_000..<500_001, seed: 9, blur: 3)[0]
        let doubts = try model.opinion(on: [asked(blurred)], names: characterNames).doubts
        #expect(
            doubts.contains {
                if case .blurred = $0 { true } else { false }
            })
    }

    @Test("Another river, another camera, an unknown one and a small head are where the stated rate does not hold")
    func scope() throws {
        let model = try model(0..<400)
        let photograph = try #require(
            study.photographs(animals: 0..<50, seed: 1).first { one in
                (try? model.opinion(on: [asked(one)], names: characterNames).doubts.isEmpty) == true
            })
        func doubts(_ asked: AskedPhotograph) throws -> [ScopeDoubt] {
            try model.opinion(on: [asked], names: characterNames).doubts
        }
        #expect(try doubts(asked(photograph, river: "Elsewhere")) == [.newRiver("Elsewhere")])
        #expect(try doubts(asked(photograph, camera: "B")) == [.newCamera("B")])
        #expect(try doubts(asked(photograph, camera: nil)) == [.newCamera(nil)])
        let small = AskedPhotograph(
            river: photograph.river, camera: "A", values: photograph.values, sharpness: photograph.sharpness,
            headPixels: 90)
        #expect(try doubts(small) == [.smallHead(pixels: 90, least: 400)])
        // Where a photograph comes from leaves its ratio as evidence; a photograph unlike all others does not.
        let elsewhere = try model.opinion(on: [asked(photograph, river: "Elsewhere")], names: characterNames)
        #expect(elsewhere.abstains && elsewhere.evidence == elsewhere.ratio)
        #expect(try model.opinion(on: [small], names: characterNames).evidence == nil)
        // The same as evidence: heard with its doubt, or recorded with the reason for silence.
        let heard = LearnedEvidence(elsewhere, named: "m 1", of: model)
        #expect(heard.ratio == elsewhere.ratio && heard.reasons.contains { $0.code == .hybridNewRiver })
        #expect(heard.reasons.first?.code == .hybridModelDrawn && heard.reasons.count > 2)
        let silent = LearnedEvidence(
            try model.opinion(on: [small], names: characterNames), named: "m 1", of: model,
            remarks: [Finding(.hybridBedMissing)])
        #expect(silent.ratio == nil && silent.reasons.last?.code == .hybridBedMissing)
        #expect(silent.reasons.contains { $0.code == .hybridModelSilent && $0.values["ratio"] != nil })
        #expect(silent.reasons.contains { $0.code == .hybridSmallHead })
        for finding in heard.reasons + silent.reasons {
            for language in Language.allCases { #expect(!finding.text(in: language).contains("{")) }
        }
        let sentences = (try doubts(small) + elsewhere.doubts).flatMap { doubt in Language.allCases.map(doubt.text(in:))
        }
        #expect(sentences.allSatisfy { !$0.isEmpty && !$0.contains("{") })
        #expect(throws: HybridLearningRefusal.noPhotograph) { try model.opinion(on: [], names: characterNames) }
        #expect(throws: HybridLearningRefusal.otherMeasures(expected: characterNames)) {
            try model.opinion(on: [asked(photograph)], names: ["head_width"])
        }
    }

    @Test("Animals that nothing can tell from natives are not flagged more often than natives")
    func indistinguishable() throws {
        let model = try model(0..<800)
        let hidden = study.photographs(animals: 600_000..<606_000, seed: 9).filter(\.isIndistinguishable)
        let flagged = try hidden.count {
            try model.opinion(on: [asked($0)], names: characterNames).answer == .fitsOthers
        }
        let part = Double(flagged) / Double(hidden.count)
        #expect(part < 0.1 + 3 * (0.09 / Double(hidden.count) + 0.09 / Double(model.data.natives)).squareRoot())
    }
}

@Suite("Figures of a model")
struct FigureTests {
    @Test("Figures count animals: classes, answers and strata add up, and bounds are exact")
    func counts() throws {
        let photographs = tested(SampleMeasures().photographs(animals: 0..<300, photos: 3, seed: 1))
        let model = try HybridModel.learned(from: data(photographs), madeAt: someMoment)
        let figures = HybridFigures(of: model)
        #expect(figures.data.photographs == 900)
        #expect(figures.data.natives + figures.data.others == 300)
        for dna in DNAClass.allCases {
            let own = figures.confusion.filter { $0.dna == dna }
            #expect(own.reduce(0) { $0 + $1.rate.count } == own[0].rate.of)
        }
        for by in ["river"] {
            let parts = figures.strata.filter { $0.by == by }
            #expect(parts.count == 4)
            #expect(parts.reduce(0) { $0 + $1.abstentions.of } == 300)
        }
        let one = figures.sensitivity[0]
        #expect(one.wanted == 0.01 && one.flagged.count <= 3)
        #expect(figures.sensitivity.map(\.found.count) == figures.sensitivity.map(\.found.count).sorted())
        // The head-photograph study of the domain page: 6 natives, none wrongly flagged (two-sided bound).
        let bounds = ExactBinomial(count: 0, trials: 6).bounds
        #expect(bounds.low == 0 && abs(bounds.high - 0.4593) < 1e-3)
        #expect(figures.otherRivers != nil)
    }

    @Test("A rate that too few natives can show is said to be that")
    func shown() throws {
        let model = try model(0..<150)
        let figures = HybridFigures(of: model)
        #expect(model.data.natives < 100)
        #expect(figures.sensitivity.map(\.isShown) == [false, true, true])
        #expect(figures.sensitivity[0].flagged.count == 0)
    }

    @Test("A model is the same for the same data, and survives being written down")
    func written() throws {
        let one = try model(0..<150, method: .logistic)
        #expect(try model(0..<150, method: .logistic) == one)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let text = try encoder.encode(one)
        #expect(try JSONDecoder().decode(HybridModel.self, from: text) == one)
    }
}
