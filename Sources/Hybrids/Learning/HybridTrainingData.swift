import Crypto
import Foundation

/// What a laboratory found of an animal; a photograph never says so.
public enum DNAClass: String, CaseIterable, Codable, Sendable {
    /// A native by every marker the laboratory used.
    case native
    /// A hybrid, or a species from elsewhere.
    case notNative = "not_native"
}

/// One photograph of an animal with a DNA result.
///
/// Nothing else can be learned from: the class is part of the type.
public struct DNATestedPhotograph: Hashable, Sendable {
    /// The animal's name.
    public let animal: String
    /// The water it was met in; `nil` where it is not known.
    public let river: String?
    /// The camera that took it; `nil` where it is not known.
    public let camera: String?
    /// What the laboratory found.
    public let dna: DNAClass
    /// One value for each name of the data.
    public let values: [Double]
    /// The photograph's sharpness, as `PhotoQuality` has it.
    public let sharpness: Double
    /// The head's length in pixels of the original photograph.
    public let headPixels: Double

    /// A photograph.
    public init(
        animal: String, river: String?, camera: String?, dna: DNAClass, values: [Double], sharpness: Double,
        headPixels: Double
    ) {
        self.animal = animal
        self.river = river
        self.camera = camera
        self.dna = dna
        self.values = values
        self.sharpness = sharpness
        self.headPixels = headPixels
    }
}

/// Photographs of animals with a DNA result, as a model is learned from them: one row an animal.
public struct HybridTrainingData: Sendable {
    /// Names of the values: measures, then places of an embedding where there is one.
    public let names: [String]
    /// Whether the animals are drawn and not real.
    public let isDrawn: Bool
    /// SHA-256 of everything that is learned from, in hexadecimal digits; the order of the photographs does not matter.
    public let fingerprint: String
    /// Number of photographs.
    public let photographs: Int
    /// The animals in the order of their names.
    let animals: [Animal]

    /// An animal: the means over its photographs.
    struct Animal: Sendable {
        let name: String
        let river: String?
        let camera: String?
        let dna: DNAClass
        let values: [Double]
        let sharpness: Double
        let headPixels: Double
        let photographs: Int
    }

    /// Checks and gathers photographs.
    ///
    /// - Parameters:
    ///   - names: Names of the values, each once.
    ///   - photographs: The photographs in any order.
    ///   - isDrawn: Whether the animals are drawn and not real.
    /// - Throws: ``HybridLearningRefusal``.
    public init(
        names: [String], photographs: [DNATestedPhotograph], isDrawn: Bool
    ) throws(HybridLearningRefusal) {
        guard !names.isEmpty, Set(names).count == names.count else { throw .namesNotUnique }
        for photograph in photographs {
            guard photograph.values.count == names.count else { throw .valueCount(animal: photograph.animal) }
            if let place = photograph.values.firstIndex(where: { !$0.isFinite }) {
                throw .noNumber(animal: photograph.animal, name: names[place])
            }
            guard photograph.sharpness.isFinite, photograph.headPixels.isFinite else {
                throw .noNumber(animal: photograph.animal, name: "quality")
            }
        }
        let groups = Dictionary(grouping: photographs, by: \.animal).sorted { $0.key < $1.key }
        if let torn = groups.first(where: { Set($0.value.map(\.dna)).count > 1 }) {
            throw .twoClasses(animal: torn.key)
        }
        self.names = names
        self.isDrawn = isDrawn
        self.photographs = photographs.count
        animals = groups.map { name, photographs in
            func mean(_ value: (DNATestedPhotograph) -> Double) -> Double {
                photographs.reduce(0) { $0 + value($1) } / Double(photographs.count)
            }
            return Animal(
                name: name, river: photographs.compactMap(\.river).min(),
                camera: photographs.compactMap(\.camera).min(),
                dna: photographs[0].dna, values: names.indices.map { place in mean { $0.values[place] } },
                sharpness: mean(\.sharpness), headPixels: mean(\.headPixels), photographs: photographs.count)
        }
        fingerprint = Self.fingerprint(names, photographs, isDrawn)
    }

    /// Animals of a class.
    public func count(_ dna: DNAClass) -> Int { animals.count { $0.dna == dna } }

    private static func fingerprint(_ names: [String], _ photographs: [DNATestedPhotograph], _ isDrawn: Bool) -> String
    {
        // Numbers by their bits: a decimal text would hide a difference.
        let lines = photographs.map { one in
            ([one.animal, one.river ?? "", one.camera ?? "", one.dna.rawValue]
                + (one.values + [one.sharpness, one.headPixels]).map { String($0.bitPattern, radix: 16) })
                .joined(separator: "\u{1F}")
        }.sorted()
        let text = ([isDrawn ? "drawn" : "real", names.joined(separator: "\u{1F}")] + lines).joined(separator: "\n")
        return SHA256.hash(data: Data(text.utf8)).map { String(format: "%02x", $0) }.joined()
    }
}

/// Why nothing is learned, or an answer is refused.
public enum HybridLearningRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// Too few animals with a DNA result, as many as are missing of each class.
    case tooFewAnimals(nativesMissing: Int, othersMissing: Int)
    /// A photograph has another number of values than there are names.
    case valueCount(animal: String)
    /// A value that is no number.
    case noNumber(animal: String, name: String)
    /// One animal is given with both classes.
    case twoClasses(animal: String)
    /// No names, or a name twice.
    case namesNotUnique
    /// All animals have the same values.
    case noSpread
    /// An answer was asked for without a photograph.
    case noPhotograph
    /// The values asked about are not those the model was learned from.
    case otherMeasures(expected: [String])

    /// What happened, to what, and what to do.
    public var description: String {
        switch self {
        case .tooFewAnimals(let natives, let others):
            "Too few animals with a DNA result: "
                + [(natives, "natives"), (others, "hybrids or animals from elsewhere")].filter { $0.0 > 0 }
                .map { "\($0.0) \($0.1)" }.joined(separator: " and ")
                + " are missing. \(HybridModel.leastAnimals) of each class are needed before photographs say anything; "
                + "until then they say nothing, and DNA decides."
        case .valueCount(let animal): "A photograph of \(animal) has too few or too many values. Measure it again."
        case .noNumber(let animal, let name): "\(name) of a photograph of \(animal) is no number. Measure it again."
        case .twoClasses(let animal):
            "\(animal) is given as native and as not native. Look up its DNA results; leave it out while laboratories "
                + "disagree."
        case .namesNotUnique: "The values need names, each of them once."
        case .noSpread: "All animals have the same values. Check that the photographs show different animals."
        case .noPhotograph: "Give at least one photograph of the animal."
        case .otherMeasures(let expected):
            "The model weighs other measures: \(expected.joined(separator: ", ")). Measure the photographs again."
        }
    }
}
