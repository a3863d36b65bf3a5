public import Foundation
public import Registry

/// What photographs of animals with a DNA result taught: a versioned record that answers with a likelihood ratio.
///
/// It never says what an animal is: the ratio is without any prior, and it abstains where its own animals say too little.
public struct HybridModel: Hashable, Sendable, Codable {
    /// Version of the record's form.
    public let form: String
    /// What it was learned from.
    public let data: Source
    /// How it was learned.
    public let method: LinearMethod
    /// The penalty of a weight; 0 for the discriminant, which needs none.
    public let ridge: Double
    /// Names of the values it weighs, in their order.
    public let names: [String]
    /// Means of the values over the animals learned from.
    public let means: [Double]
    /// Their standard deviations.
    public let deviations: [Double]
    /// One weight for each value in standard deviations from its mean.
    public let weights: [Double]
    /// The score of an animal at all means.
    public let intercept: Double
    /// Covariance of weights and intercept over 100 draws of the animals, row by row.
    public let covariance: [Double]
    /// From score to likelihood ratio.
    public let scaling: ScoreCalibration
    /// From score to what remains possible.
    public let ranks: ConformalRanks
    /// For which photographs all of this holds.
    public let scope: ModelScope
    /// Every animal learned from, as models learned without it judge it.
    public let predictions: [AnimalPrediction]
    /// When it was learned.
    public let madeAt: Date

    /// The present version of the form.
    public static let form = "hybrid-model-1"

    /// The least number of animals of each class.
    ///
    /// Without a single mistake in 30 animals the exact one-sided 95 % bound on the rate of mistakes is 9.5 %: with fewer
    /// nothing below one in ten can be claimed.
    public static let leastAnimals = 30

    /// What a model was learned from.
    public struct Source: Hashable, Sendable, Codable {
        /// SHA-256 of the data.
        public let fingerprint: String
        /// Natives by DNA.
        public let natives: Int
        /// Animals that are not native by DNA.
        public let others: Int
        /// Photographs of them.
        public let photographs: Int
        /// Whether the animals are drawn and not real.
        public let isDrawn: Bool
        /// Version of the measures and of the scheme of landmarks; `nil` for values of another kind.
        public let measures: String?
    }

    /// The farthest a log likelihood ratio goes to either side.
    ///
    /// An outcome never met in n animals of a class is given the rate 1 / (n + 1) there: further out there is
    /// extrapolation alone.
    public var bounds: ClosedRange<Double> {
        -log(Double(data.others + 1))...log(Double(data.natives + 1))
    }

    /// The score of values in the order of the names, before it is turned into a ratio.
    func score(_ standardised: [Double]) -> Double {
        zip(weights, standardised).reduce(intercept) { $0 + $1.0 * $1.1 }
    }

    /// Whether all parts have the lengths that the names ask for, so that an answer can be computed.
    var isWhole: Bool {
        let count = names.count
        return count > 0 && [means, deviations, weights].allSatisfy { $0.count == count }
            && covariance.count == (count + 1) * (count + 1) && scope.precision.count == count * count
            && scope.centres.count == 2 && scope.centres.allSatisfy { $0.count == count }
            && scaling.covariance.count == 3 && (0..<1).contains(scaling.floor) && deviations.allSatisfy { $0 > 0 }
            && ranks.natives.count == data.natives && ranks.others.count == data.others
            && data.natives >= Self.leastAnimals && data.others >= Self.leastAnimals
    }

    func standardised(_ values: [Double]) -> [Double] {
        values.indices.map { (values[$0] - means[$0]) / deviations[$0] }
    }
}

/// How an animal learned from is judged by models that were learned without it.
public struct AnimalPrediction: Hashable, Sendable, Codable {
    /// The animal's name.
    public let animal: String
    /// Its river, where it is known.
    public let river: String?
    /// The camera, where it is known.
    public let camera: String?
    /// What the laboratory found.
    public let dna: DNAClass
    /// Its photographs.
    public let photographs: Int
    /// Mean sharpness of its photographs.
    public let sharpness: Double
    /// Mean length of its head in pixels.
    public let headPixels: Double
    /// Natural logarithm of the likelihood ratio, by animals of other folds.
    public let logRatio: Double
    /// The same by animals of other rivers alone; `nil` where they are too few.
    public let otherRiversLogRatio: Double?
    /// What conformal prediction leaves possible, the animal itself left out.
    public let answer: ConformalAnswer
}

/// For which photographs a model's error rates hold.
public struct ModelScope: Hashable, Sendable, Codable {
    /// Rivers learned from.
    public let rivers: [String]
    /// Cameras learned from.
    public let cameras: [String]
    /// Sharpness that 39 of 40 animals reached.
    public let leastSharpness: Double
    /// Length of the head in pixels that 39 of 40 animals reached.
    public let leastHeadPixels: Double
    /// The fewest photographs of an animal.
    public let leastPhotographs: Int
    /// Mean of each class in standardised values: natives, then others.
    public let centres: [[Double]]
    /// Inverse of the covariance within the classes, a tenth of unity mixed in, row by row.
    public let precision: [Double]
    /// The largest squared distance of an animal from the nearer centre.
    public let farthest: Double

    /// Squared distance from the nearer centre.
    func distance(_ standardised: [Double]) -> Double {
        Self.distance(standardised, centres: centres, precision: precision)
    }

    static func distance(_ standardised: [Double], centres: [[Double]], precision: [Double]) -> Double {
        centres.map { centre in
            LinearAlgebra.quadratic(precision, zip(standardised, centre).map { $0 - $1 })
        }.min() ?? 0
    }
}

/// Why a model's error rate does not hold for some photographs.
public enum ScopeDoubt: Hashable, Sendable, Codable {
    /// No animal of this river was learned from; `nil` where the river is not known.
    case newRiver(String?)
    /// No photograph of this camera was learned from; `nil` where the camera is not known.
    case newCamera(String?)
    /// Blurred more than nearly all that was learned from.
    case blurred(sharpness: Double, least: Double)
    /// The head is smaller than nearly all that was learned from.
    case smallHead(pixels: Double, least: Double)
    /// Fewer photographs than of any animal learned from.
    case fewPhotographs(Int, least: Int)
    /// Farther from both classes than any animal learned from.
    case unlikeAny

    /// Whether the photographs themselves are unlike those learned from, and not only where they come from.
    public var isOfPhotographs: Bool {
        switch self {
        case .newRiver, .newCamera: false
        case .blurred, .smallHead, .fewPhotographs, .unlikeAny: true
        }
    }

    /// The doubt as a sentence for people.
    public func text(in language: Language) -> String { finding.text(in: language) }

    /// The doubt as a sentence that is worded where it is read.
    public var finding: Finding {
        func number(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }
        return switch self {
        case .newRiver(let river?): Finding(.hybridNewRiver, ["water": river])
        case .newRiver(nil): Finding(.hybridUnknownRiver)
        case .newCamera(let camera?): Finding(.hybridNewCamera, ["camera": camera])
        case .newCamera(nil): Finding(.hybridUnknownCamera)
        case .blurred(let sharpness, let least):
            Finding(.hybridBlurred, ["sharpness": number(sharpness, 2), "least": number(least, 2)])
        case .smallHead(let pixels, let least):
            Finding(.hybridSmallHead, ["pixels": number(pixels, 0), "least": number(least, 0)])
        case .fewPhotographs(let count, let least):
            Finding(.hybridFewPhotographs, ["count": "\(count)", "least": "\(least)"])
        case .unlikeAny: Finding(.hybridUnlikeAny)
        }
    }
}
