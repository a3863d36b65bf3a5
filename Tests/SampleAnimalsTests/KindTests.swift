import Foundation
import Imaging
import SampleAnimals
import Testing

@Suite("Sample animals of three kinds")
struct KindTests {
    private func conditions() -> SampleConditions {
        var conditions = SampleConditions.random(seed: 2, difficulty: .good)
        (conditions.width, conditions.height) = (240, 180)
        return conditions
    }

    @Test("A native without characters of its own is drawn as the plain animal of its seed")
    func plainNative() throws {
        let plain = try renderPhoto(of: SampleAnimal(seed: 9), under: conditions())
        let native = try renderPhoto(
            of: SampleAnimal(seed: 9, kind: .native, characters: SampleCharacters([.headWidth: 0, .wartDensity: 0])),
            under: conditions())
        #expect(plain.jpeg == native.jpeg)
        #expect(plain.headLandmarks == native.headLandmarks)
    }

    @Test("Every character changes the picture, and the head's width and the mouth's their landmarks")
    func everyCharacter() throws {
        let plain = try renderPhoto(of: SampleAnimal(seed: 9), under: conditions())
        for character in SampleCharacter.allCases {
            // The size of blotches shows where there are any.
            let pale: [SampleCharacter: Double] = character == .blotchSize ? [.blotchPaleness: 2] : [:]
            let before =
                pale.isEmpty
                ? plain
                : try renderPhoto(
                    of: SampleAnimal(seed: 9, characters: SampleCharacters(pale)), under: conditions())
            let changed = try renderPhoto(
                of: SampleAnimal(seed: 9, characters: SampleCharacters(pale.merging([character: 3]) { $1 })),
                under: conditions())
            let isChanged = changed.image != before.image
            #expect(isChanged, "\(character)")
        }
        func ratio(_ characters: SampleCharacters, _ pair: (HeadLandmarks) -> HeadLandmarks.Pair<SIMD2<Double>>) throws
            -> Double
        {
            let photo = try renderPhoto(of: SampleAnimal(seed: 9, characters: characters), under: conditions())
            let marks = try #require(photo.headLandmarks)
            let size = SIMD2(240.0, 180)
            func length(_ way: SIMD2<Double>) -> Double { (way * size * way * size).sum().squareRoot() }
            return length(pair(marks).right - pair(marks).left) / length(marks.neck - marks.snout)
        }
        let wide = try ratio(SampleCharacters([.headWidth: 3]), \.widest)
        #expect(wide / (try ratio(.plain, \.widest)) > 1.08)
        let mouth = try ratio(SampleCharacters([.mouthWidth: 2]), \.mouth)
        #expect(mouth / (try ratio(.plain, \.mouth)) > 1.01)
    }

    @Test("Rivers have their base rates, kinds overlap, and some animals have the characters of natives")
    func population() {
        let population = SamplePopulation()
        let residents = (0..<2000).map { population.resident($0, seed: 3) }
        #expect(residents[17] == population.resident(17, seed: 3))
        let kagero = residents.filter { $0.river == "Kagero" }
        #expect(kagero.count == 500)
        #expect(kagero.count { $0.animal.kind == .hybrid } > 430)
        #expect(residents.filter { $0.river == "Maboroshi" }.count { !$0.animal.kind.isNative } < 20)
        let others = residents.filter { !$0.animal.kind.isNative }
        let hidden = others.filter(\.isIndistinguishable)
        #expect(abs(Double(hidden.count) / Double(others.count) - 0.15) < 0.05)
        func mean(_ kind: SampleKind, _ character: SampleCharacter) -> Double {
            let values = residents.filter { $0.animal.kind == kind && !$0.isIndistinguishable }
                .map { $0.animal.characters[character] }
            return values.reduce(0, +) / Double(values.count)
        }
        #expect(abs(mean(.native, .mouthWidth)) < 0.15)
        #expect(mean(.hybrid, .mouthWidth) > mean(.native, .mouthWidth) + 1)
        let natives = residents.filter { $0.animal.kind == .native }.map { $0.animal.characters[.mouthWidth] }
        #expect(natives.contains { $0 > mean(.hybrid, .mouthWidth) })
    }

    @Test("The known likelihood ratio is the true one: its mean over natives is 1, and the least error follows from it")
    func knownOptimum() {
        let study = SampleMeasures()
        let photographs = study.photographs(animals: 0..<6000, seed: 4)
        let natives = photographs.filter { $0.kind == .native }.map { study.logRatio($0.values) }
        let others = photographs.filter { $0.kind != .native }.map { study.logRatio($0.values) }
        // E[LR | native] is 1 for any true likelihood ratio; of its bounded inverse over the others too.
        let inverse = others.map { min(exp(-$0), 20) }.reduce(0, +) / Double(others.count)
        #expect(abs(inverse - 1) < 0.12, "\(inverse)")
        let least = study.bayesError(nativeShare: 0.5)
        let wrong =
            (Double(natives.count { $0 > 0 }) / Double(natives.count)
                + Double(others.count { $0 <= 0 }) / Double(others.count)) / 2
        #expect(abs(wrong - least) < 0.02, "\(wrong) against \(least)")
        #expect(study.bayesError(photos: 4, nativeShare: 0.5) < least)
        // One kind in one place: the closed form is the normal integral of half the distance.
        var plain = SamplePopulation()
        plain.indistinguishableShare = 0
        plain.means = [.hybrid: [.headWidth: 2]]
        plain.rivers = [.init(name: "One", shares: [.native: 1, .hybrid: 1])]
        let closed = 0.5 * erfc(1 / 2.0.squareRoot())
        #expect(abs(SampleMeasures(population: plain, noise: 0).bayesError(nativeShare: 0.5) - closed) < 1e-4)
    }
}
