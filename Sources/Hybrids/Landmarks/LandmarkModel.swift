public import Foundation
public import Imaging

/// Where landmarks lie, as photographs with landmarks placed by people taught it: a versioned record.
///
/// What it says is a suggestion that a person moves; it says nothing rather than something wrong.
public struct LandmarkModel: Hashable, Sendable, Codable {
    /// Version of the record's form.
    public let form: String
    /// The scheme of the landmarks.
    public let scheme: String
    /// What it was learned from.
    public let data: Source
    /// How well it does on animals it did not learn from.
    public let figures: LandmarkFigures
    /// The sureness from which a suggestion is made, 0 … 1.
    public let leastSureness: Double
    /// When it was learned.
    public let madeAt: Date
    let cascade: LandmarkCascade
    /// The least and the greatest head length, as parts of the picture's long side.
    let lengths: [Double]

    /// The present version of the form.
    public static let form = "landmark-model-1"

    /// What a model was learned from.
    public struct Source: Hashable, Sendable, Codable {
        /// SHA-256 of the data.
        public let fingerprint: String
        /// Animals.
        public let animals: Int
        /// Photographs of them.
        public let photographs: Int
        /// Whether the animals are drawn and not real.
        public let isDrawn: Bool
    }

    /// Suggests landmarks.
    ///
    /// - Parameters:
    ///   - image: The upright photograph, or the part of it in which the animal is.
    ///   - mask: Where the animal is, as far as it is known: the same size as the picture.
    ///   - axis: Snout and neck in pixels of the picture, where somebody placed them; the head is looked for there alone.
    /// - Returns: `nil` where no place is surely a head: nobody is helped by a wrong one.
    public func suggestion(
        on image: PixelImage, mask: GreyMask? = nil, axis: (snout: SIMD2<Double>, neck: SIMD2<Double>)? = nil
    ) -> LandmarkSuggestion? {
        let search = search
        let starts = axis.map { search.starts(snout: $0.snout, neck: $0.neck) } ?? search.starts(on: image, mask: mask)
        return search.found(on: image, from: starts).flatMap {
            LandmarkSuggestion($0, on: image, least: leastSureness)
        }
    }

    var search: HeadSearch { HeadSearch(cascade: cascade, lengths: lengths[0]...lengths[1]) }

    /// Whether all parts have the sizes that the scheme asks for, so that a suggestion can be computed.
    var isWhole: Bool {
        let numbers = 4 * LandmarkCascade.columns * LandmarkCascade.outputs
        return cascade.mean.count == HeadLandmark.allCases.count && !cascade.steps.isEmpty && cascade.steps.count <= 16
            && cascade.steps.allSatisfy { (4...512).contains($0.resolution) && $0.weights.count == numbers }
            && cascade.mean.allSatisfy { $0.x.isFinite && $0.y.isFinite && abs($0.x) < 4 && abs($0.y) < 4 }
            && cascade.mean.contains { $0 != cascade.mean[0] } && lengths.count == 2 && lengths[0] > 0.01
            && lengths[0] <= lengths[1] && lengths[1] < 4 && (0...4).contains(leastSureness)
    }
}

/// Landmarks that a model suggests, for a person to move.
public struct LandmarkSuggestion: Hashable, Sendable {
    /// The landmarks in pixels of the picture.
    public let head: DorsalHead
    /// What speaks for this place less what speaks for the best other one, 0 … about 1.
    public let sureness: Double
    /// How far the starts that agree lie apart, in head lengths.
    public let spread: Double

    init?(_ found: HeadSearch.Found, on image: PixelImage, least: Double) {
        guard found.sureness >= least,
            let head = try? DorsalHead(
                inPixels: zip(HeadLandmark.allCases, found.points).map { ($0.rawValue, $1) }, width: image.width,
                height: image.height)
        else { return nil }
        self.head = head
        sureness = found.sureness
        spread = found.spread
    }
}

extension LandmarkModel {
    /// The most bytes of a record that are read.
    public static let mostBytes = 16 << 20

    /// Reads a record.
    ///
    /// - Throws: ``LandmarkModelRejection``.
    public init(reading json: Data) throws(LandmarkModelRejection) {
        guard json.count <= Self.mostBytes else { throw .tooLarge(bytes: json.count) }
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        do {
            let form = try decoder.decode(Form.self, from: json)
            guard form.form == Self.form, form.scheme == HeadLandmark.scheme else {
                throw LandmarkModelRejection.otherForm("\(form.form), \(form.scheme)")
            }
            self = try decoder.decode(Self.self, from: json)
        } catch let rejection as LandmarkModelRejection {
            throw rejection
        } catch {
            throw .noModel("\(error)")
        }
        guard isWhole else { throw .damaged }
    }

    private struct Form: Decodable {
        let form: String
        let scheme: String
    }

    /// The record as JSON, keys in snake case and in order.
    ///
    /// - Throws: `EncodingError`.
    public func json() throws -> Data { try hybridJSON(self) }
}

/// Why a file is no model of landmarks.
public enum LandmarkModelRejection: Error, Hashable, Sendable, CustomStringConvertible {
    /// More bytes than are read.
    case tooLarge(bytes: Int)
    /// No such record; the text says what is missing.
    case noModel(String)
    /// A record of a form or scheme that this version does not read.
    case otherForm(String)
    /// Its parts have other sizes than the scheme asks for.
    case damaged

    /// What happened, and what to do.
    public var description: String {
        switch self {
        case .tooLarge(let bytes):
            "The file has \(bytes) bytes, and a model of landmarks has at most \(LandmarkModel.mostBytes)."
        case .noModel(let detail): "The file is no model of `andrias hybrid landmarks train`: \(detail)."
        case .otherForm(let found):
            "The model is of \(found), and \(LandmarkModel.form), \(HeadLandmark.scheme) is read. Train it again."
        case .damaged: "The model's parts do not fit each other: the file was changed. Train it again."
        }
    }
}
