import Foundation
import Hybrids
import Registry
import Testing

@Suite("Evidence, prior and posterior")
struct EvidenceTests {
    private let parameters: HybridParameters

    init() throws {
        parameters = try #require(Question.parameters)
    }

    private func prior(
        _ counts: ReachPrior.DistantCount..., year: Int = 2020
    ) -> HybridAssessment.Prior {
        ReachPrior.prior(from: counts, in: year, parameters, otherwise: .noCounts)
    }

    private func assessment(
        _ characters: [DiagnosticCharacter], _ scores: [CharacterScore], _ prior: HybridAssessment.Prior,
        dna: DNAStanding = .untested, learned: LearnedEvidence? = nil
    ) -> HybridAssessment.Content {
        HybridJudge().assessment(
            of: HybridQuestion(
                prior: prior, characters: characters, scores: scores, learned: learned, dna: dna, policy: .standard,
                parameters: parameters, responsible: ("Board", "075")))
    }

    @Test("Few animals weigh little, many what they show, and the two sights of a character outweigh each other")
    func ratios() throws {
        let few = try #require(Question.character("a", (0, 2, 2, 0)).rates)
        let many = try #require(Question.character("a", (0, 200, 200, 0)).rates)
        let (one, other) = (try #require(few.ratio(of: .present)), try #require(many.ratio(of: .present)))
        #expect(one.logRatio > 0 && one.logRatio < other.logRatio && one.standardError > 0.5)
        #expect(abs(exp(one.logRatio) - (2.5 / 3) / (0.5 / 3)) < 1e-12)
        #expect(few.ratio(of: .notVisible) == nil)
        let rates = try #require(Question.character("a").rates)
        let (present, absent) = (
            try #require(rates.ratio(of: .present)).logRatio, try #require(rates.ratio(of: .absent)).logRatio
        )
        #expect(present > 0 && absent < 0)
        // Over both sights the expected ratio among natives is one, or the character would create evidence.
        let native = (10.5 / 201, 190.5 / 201)
        #expect(abs(native.0 * exp(present) + native.1 * exp(absent) - 1) < 1e-12)
    }

    @Test("What goes together is counted less than its sum and never less than the strongest piece alone")
    func correlated() {
        let piece = LikelihoodRatio(logRatio: 1.2, standardError: 0.3)
        for correlation in [0, 0.3, 0.5, 1] {
            var last = 0.0
            for count in 1...6 {
                let combined = CombinedEvidence(
                    Array(repeating: piece, count: count), correlation: correlation)
                #expect(combined.ratio.logRatio <= Double(count) * 1.2 + 1e-12)
                #expect(combined.ratio.logRatio >= 1.2 - 1e-12)
                #expect(combined.ratio.logRatio >= last - 1e-12)
                last = combined.ratio.logRatio
            }
            #expect(abs(last - 6 * 1.2 / (1 + 5 * correlation)) < 1e-12)
        }
        let silent = LikelihoodRatio(logRatio: 0, standardError: 0.1)
        let beside = CombinedEvidence([piece, silent], correlation: 0.5)
        #expect(beside.share == 1 && beside.ratio.logRatio == 1.2)
        #expect(abs(beside.ratio.standardError - 0.4) < 1e-12)
        #expect(CombinedEvidence([], correlation: 0.5).ratio.logRatio == 0)
    }

    @Test("A count fades by half with each half-life and each half-distance; another water tells nothing")
    func fading() {
        let here = prior(Question.count(native: 4, others: 240))
        #expect(here.basis == .counted && abs(here.notNative - 240.5) < 1e-9 && abs(here.native - 4.5) < 1e-9)
        #expect(here.share.low > 0.94 && here.share.high < 0.995 && here.share.mean > here.share.low)
        let older = prior(Question.count(native: 4, others: 240), year: 2030)
        #expect(abs(older.notNative - 120.5) < 1e-9)
        let farther = prior(Question.count(native: 4, others: 240, meters: 10_000))
        #expect(abs(farther.notNative - 60.5) < 1e-9)
        #expect(farther.share.high - farther.share.low > here.share.high - here.share.low)
        let undated = prior(Question.count(native: 4, others: 240, years: nil))
        #expect(abs(undated.notNative - (0.5 + 240 * exp2(-1.5))) < 1e-9)
        let elsewhere = prior(Question.count(native: 4, others: 240, meters: nil))
        #expect(elsewhere.basis == .noCounts && elsewhere.counts.isEmpty && elsewhere.share.mean == 0.5)
        #expect(elsewhere.share.low < 0.01 && elsewhere.share.high > 0.99)
    }

    @Test("The posterior is prior odds times ratio, and its interval holds it")
    func posterior() {
        let prior = prior(Question.count(native: 30, others: 10))
        let content = assessment([Question.character("a")], [Question.score("a", .present)], prior)
        let odds = prior.share.mean / (1 - prior.share.mean) * content.combined.ratio
        #expect(abs(content.posterior.mean - odds / (1 + odds)) < 1e-12)
        #expect(content.posterior.low < content.posterior.mean && content.posterior.mean < content.posterior.high)
    }

    @Test("The interval agrees with sampling of the same uncertainties")
    func intervalAgreesWithSampling() {
        let prior = prior(Question.count(native: 12, others: 5))
        let learned = LearnedEvidence(ratio: LikelihoodRatio(logRatio: 1, standardError: 0.6), model: "m")
        let interval = assessment([], [], prior, learned: learned).posterior
        var random = SeededNumbers(state: 7)
        let share = BetaDistribution(alpha: prior.notNative, beta: prior.native)
        let sample = (0..<8_000).map { _ -> Double in
            let drawn = share.quantile(random.unit())
            let normal = (-2 * log(random.unit())).squareRoot() * cos(2 * Double.pi * random.unit())
            let logit = log(drawn / (1 - drawn)) + 1 + 0.6 * normal
            return 1 / (1 + exp(-logit))
        }.sorted()
        #expect(abs(interval.low - sample[200]) < 0.02 && abs(interval.high - sample[7_799]) < 0.02)
    }

    @Test("Characters that are not seen widen the interval, those without data change nothing")
    func missing() {
        let prior = prior(Question.count(native: 30, others: 10))
        let seen = [Question.score("a", .present)]
        let alone = assessment([Question.character("a")], seen, prior).posterior
        let beside = assessment([Question.character("a"), Question.character("b")], seen, prior)
        #expect(beside.posterior.mean == alone.mean)
        #expect(beside.posterior.low < alone.low && beside.posterior.high > alone.high)
        let hidden = assessment(
            [Question.character("a"), Question.character("b")], seen + [Question.score("b", .notVisible)], prior)
        #expect(hidden.posterior == beside.posterior)
        let unknown = assessment(
            [Question.character("a"), Question.character("c", nil)], seen + [Question.score("c", .present)], prior)
        #expect(unknown.posterior == alone)
        #expect(unknown.evidence.count == 2 && unknown.evidence.last?.ratio == nil)
        #expect(unknown.reasons.contains { $0.code == .hybridRecordedPresent })
    }

    @Test("Without numbers and without counts nothing is suspected and nothing cleared")
    func nothingKnown() {
        let content = assessment(
            [Question.character("a", nil)], [Question.score("a", .present)], prior())
        #expect(content.outcome == .insufficientEvidence && content.combined.logRatio == 0)
        #expect(content.reasons.contains { $0.code == .hybridPriorNoCounts })
        #expect(content.reasons.contains { $0.code == .hybridNothingWeighs })
    }

    @Test("A water alone may make suspect, and never clears")
    func waterAlone() {
        let kamo = assessment([Question.character("a")], [], prior(Question.count(native: 4, others: 240)))
        #expect(kamo.outcome == .suspectNonNative && kamo.isAlert && kamo.review == nil)
        #expect(kamo.reasons.contains { $0.code == .hybridHold })
        let kiso = assessment([Question.character("a")], [], prior(Question.count(native: 118, others: 1)))
        #expect(kiso.outcome == .insufficientEvidence)
        let seen = assessment(
            [Question.character("a")], [Question.score("a", .absent)], prior(Question.count(native: 118, others: 1)))
        #expect(seen.outcome == .likelyNative && seen.posterior.high < 0.05)
        #expect(!seen.reasons.contains { $0.code == .hybridHold })
    }

    @Test("What tells most is looked at first, what nobody counted last")
    func next() throws {
        let content = assessment(
            [
                Question.character("uncounted", nil), Question.character("weak", (50, 50, 60, 40)),
                Question.character("strong"), Question.character("seen"),
            ], [Question.score("seen", .present)], prior(Question.count(native: 10, others: 10)))
        #expect(content.next.map(\.code) == ["strong", "weak", "uncounted"])
        let bits = content.next.map(\.bits)
        let (strong, weak) = (try #require(bits[0]), try #require(bits[1]))
        #expect(strong > weak && weak > 0 && strong < 1 && bits[2] == nil)
    }

    @Test("A suspicion where nobody was tested, or of an animal that DNA found native, is for people to look at")
    func reviews() {
        let characters = (0..<8).map { Question.character("c\($0)") }
        let scores = characters.map { Question.score($0.code, .present) }
        let unknown = assessment(characters, scores, prior())
        #expect(unknown.outcome == .suspectNonNative && unknown.review == .noRecordOfWater && !unknown.isAlert)
        let native = DNAStanding([Question.result(.japonicus)])
        let known = assessment(characters, scores, prior(Question.count(native: 5, others: 20)), dna: native)
        #expect(known.photoOutcome == .suspectNonNative && known.outcome == .likelyNative)
        #expect(known.review == .knownNative && !known.isAlert)
        #expect(known.reasons.first?.code == .hybridDNANative)
        #expect(!known.reasons.contains { $0.code == .hybridHold })
    }

    @Test("No sentence of a photograph says native confirmed, nor what kind of hybrid", arguments: Language.allCases)
    func noWordsOfDNA(language: Language) {
        let characters = (0..<8).map { Question.character("c\($0)") }
        for sight in DiagnosticCharacter.Sight.allCases {
            for prior in [prior(), prior(Question.count(native: 5, others: 20))] {
                let content = assessment(characters, characters.map { Question.score($0.code, sight) }, prior)
                let text = content.reasons.map { $0.text(in: language) }.joined(separator: "\n")
                for word in ["F1", "F2", "backcross", "戻し交雑", "davidianus", "交雑", "hybrid", "confirmed"] {
                    #expect(!text.contains(word), "\(word): \(text)")
                }
                #expect(!text.contains("{"), "\(text)")
            }
        }
    }

    @Test("Rarer words are earned: of simulated animals those called 70–80 % are so in about that share")
    func calibrated() {
        var random = SeededNumbers(state: 42)
        // Independent characters and a correlation of 0: then the posterior must be calibrated.
        let truth = [(0.1, 0.6), (0.3, 0.5), (0.2, 0.7)]
        let characters = truth.enumerated().map { index, rate in
            Question.character("c\(index)", (1e6 * rate.0, 1e6 * (1 - rate.0), 1e6 * rate.1, 1e6 * (1 - rate.1)))
        }
        guard
            let independent = try? HybridParameters([
                .halfLife: 10, .halfDistance: 5_000, .unknownAge: 15, .unknownDistance: 15_000, .nationalNotNative: 0.5,
                .nationalNative: 0.5, .evidenceCorrelation: 0,
            ])
        else { return }
        let prior = prior(Question.count(native: 7_000, others: 3_000))
        var bins: [Int: (count: Int, others: Int, sum: Double)] = [:]
        var known: [String: Double] = [:]
        for _ in 0..<20_000 {
            let isOther = random.unit() < 0.3
            let sights = truth.map {
                random.unit() < (isOther ? $0.1 : $0.0) ? DiagnosticCharacter.Sight.present : .absent
            }
            let key = sights.map(\.rawValue).joined()
            let mean: Double
            if let found = known[key] {
                mean = found
            } else {
                mean =
                    HybridJudge().assessment(
                        of: HybridQuestion(
                            prior: prior, characters: characters,
                            scores: zip(characters, sights).map { Question.score($0.code, $1) }, policy: .standard,
                            parameters: independent)
                    ).posterior.mean
                known[key] = mean
            }
            let bin = bins[Int(mean * 10), default: (0, 0, 0)]
            bins[Int(mean * 10)] = (bin.count + 1, bin.others + (isOther ? 1 : 0), bin.sum + mean)
        }
        for (_, bin) in bins where bin.count > 500 {
            let share = Double(bin.others) / Double(bin.count)
            let error = 4 * (share * (1 - share) / Double(bin.count)).squareRoot() + 0.005
            #expect(abs(share - bin.sum / Double(bin.count)) < error)
        }
        #expect(bins.count > 3)
    }
}

/// SplitMix64 in [0, 1).
struct SeededNumbers {
    var state: UInt64

    mutating func unit() -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return (Double((z ^ (z >> 31)) >> 11) + 0.5) / 9_007_199_254_740_992
    }
}
