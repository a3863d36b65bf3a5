import Foundation

/// A photograph that a model is asked about.
public struct AskedPhotograph: Hashable, Sendable {
    /// The water; `nil` where it is not known.
    public let river: String?
    /// The camera; `nil` where it is not known.
    public let camera: String?
    /// One value for each of the model's names.
    public let values: [Double]
    /// The photograph's sharpness.
    public let sharpness: Double
    /// The head's length in pixels of the original photograph.
    public let headPixels: Double

    /// A photograph.
    public init(river: String?, camera: String?, values: [Double], sharpness: Double, headPixels: Double) {
        self.river = river
        self.camera = camera
        self.values = values
        self.sharpness = sharpness
        self.headPixels = headPixels
    }
}

/// What a model says of an animal on one photograph or more: advice, for only DNA says what an animal is.
public struct PhotoOpinion: Hashable, Sendable, Codable {
    /// The likelihood ratio, without any prior; ``evidence`` says whether it may be weighed.
    public let ratio: LikelihoodRatio
    /// How usual the animal is among natives, 0 … 1.
    public let nativeRank: Double
    /// How usual it is among the others, 0 … 1.
    public let otherRank: Double
    /// What remains possible at the model's error rate.
    public let answer: ConformalAnswer
    /// Why the error rate may not hold; empty where the animal could be one of those learned from.
    public let doubts: [ScopeDoubt]
    /// What each value adds to the ratio's logarithm in comparison with the mean animal, largest first.
    public let parts: [Part]

    /// One value's part.
    public struct Part: Hashable, Sendable, Codable {
        /// The value's name.
        public let name: String
        /// Nats; above 0 speaks against a native.
        public let logRatio: Double
    }

    /// Whether nothing is said: both classes remain possible or neither does, or the error rate does not hold.
    public var abstains: Bool { answer.abstains || !doubts.isEmpty }

    /// The ratio to be weighed with a prior; `nil` where the photographs are not like those learned from.
    ///
    /// A river or a camera that was not learned from leaves it: what that costs stands in the figures by river, but the
    /// stated error rate is then a hope, and ``abstains`` holds.
    public var evidence: LikelihoodRatio? { doubts.contains(where: \.isOfPhotographs) ? nil : ratio }
}

extension HybridModel {
    /// Judges one animal.
    ///
    /// - Parameters:
    ///   - photographs: Its photographs; they count as their mean, as in learning.
    ///   - names: Names of their values, which must be the model's.
    /// - Returns: A likelihood ratio with what it is worth.
    /// - Throws: ``HybridLearningRefusal/noPhotograph``, ``HybridLearningRefusal/otherMeasures(expected:)``,
    ///   ``HybridLearningRefusal/noNumber(animal:name:)``.
    public func opinion(
        on photographs: [AskedPhotograph], names: [String]
    ) throws(HybridLearningRefusal) -> PhotoOpinion {
        guard !photographs.isEmpty else { throw .noPhotograph }
        guard names == self.names, photographs.allSatisfy({ $0.values.count == names.count }) else {
            throw .otherMeasures(expected: self.names)
        }
        for photograph in photographs {
            if let place = photograph.values.firstIndex(where: { !$0.isFinite }) {
                throw .noNumber(animal: "the animal asked about", name: names[place])
            }
        }
        func mean(_ value: (AskedPhotograph) -> Double) -> Double {
            photographs.reduce(0) { $0 + value($1) } / Double(photographs.count)
        }
        let values = standardised(names.indices.map { place in mean { $0.values[place] } })
        let score = score(values)
        let native = ranks.nativeRank(score)
        let other = ranks.otherRank(score)
        let rise = scaling.rise(score)
        let ruleVariance = rise * rise * LinearAlgebra.quadratic(covariance, values + [1])
        let logRatio = min(bounds.upperBound, max(bounds.lowerBound, scaling.logRatio(score)))
        return PhotoOpinion(
            ratio: LikelihoodRatio(
                logRatio: logRatio, standardError: max(0, ruleVariance + scaling.variance(score)).squareRoot()),
            nativeRank: native, otherRank: other, answer: ranks.answer(native: native, other: other),
            doubts: doubts(photographs, values, sharpness: mean(\.sharpness), headPixels: mean(\.headPixels)),
            parts: names.indices.map { place in
                PhotoOpinion.Part(name: names[place], logRatio: rise * weights[place] * values[place])
            }.sorted { abs($0.logRatio) > abs($1.logRatio) })
    }

    private func doubts(
        _ photographs: [AskedPhotograph], _ values: [Double], sharpness: Double, headPixels: Double
    ) -> [ScopeDoubt] {
        var doubts: [ScopeDoubt] = []
        for river in Set(photographs.map(\.river)).sorted(by: { ($0 ?? "") < ($1 ?? "") }) {
            if river.map(scope.rivers.contains) != true { doubts.append(.newRiver(river)) }
        }
        for camera in Set(photographs.map(\.camera)).sorted(by: { ($0 ?? "") < ($1 ?? "") }) {
            if camera.map(scope.cameras.contains) != true { doubts.append(.newCamera(camera)) }
        }
        // Not below is not the same as at least: no number is a doubt too.
        if !(sharpness >= scope.leastSharpness) {
            doubts.append(.blurred(sharpness: sharpness, least: scope.leastSharpness))
        }
        if !(headPixels >= scope.leastHeadPixels) {
            doubts.append(.smallHead(pixels: headPixels, least: scope.leastHeadPixels))
        }
        if photographs.count < scope.leastPhotographs {
            doubts.append(.fewPhotographs(photographs.count, least: scope.leastPhotographs))
        }
        if scope.distance(values) > scope.farthest { doubts.append(.unlikeAny) }
        return doubts
    }
}
