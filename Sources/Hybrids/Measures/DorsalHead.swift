public import Registry

/// The landmarks of a head seen from above, checked, in pixels of the upright photograph.
///
/// Pixels rather than fractions: a shape may not depend on the sides of the photograph.
public struct DorsalHead: Hashable, Sendable {
    /// One point for each ``HeadLandmark`` in its order; x to the right and y downwards, in pixels.
    public let points: [SIMD2<Double>]

    /// The least distance from snout to neck, pixels: below, a landmark placed a pixel off is 2 % of the head.
    public static let leastLength = 48.0

    /// Checks landmarks as a person gave them.
    ///
    /// - Parameters:
    ///   - placed: Name and place of each landmark, in the order of ``HeadLandmark``.
    ///   - width: Width of the upright photograph in pixels.
    ///   - height: Its height in pixels.
    /// - Throws: ``LandmarkRejection``.
    public init(_ placed: [(name: String, point: PhotoPoint)], width: Int, height: Int) throws(LandmarkRejection) {
        let size = SIMD2(Double(width), Double(height))
        try self.init(
            inPixels: placed.map { ($0.name, SIMD2($0.point.x, $0.point.y) * size) }, width: width, height: height)
    }

    /// Checks landmarks as a person gave them, in pixels.
    ///
    /// - Parameters:
    ///   - placed: Name and place of each landmark, in the order of ``HeadLandmark``; the left upper corner is 0, 0.
    ///   - width: Width of the upright photograph in pixels.
    ///   - height: Its height in pixels.
    /// - Throws: ``LandmarkRejection``.
    public init(
        inPixels placed: [(name: String, point: SIMD2<Double>)], width: Int, height: Int
    ) throws(LandmarkRejection) {
        let wanted = HeadLandmark.allCases
        var names: [HeadLandmark] = []
        for (name, _) in placed {
            guard let landmark = HeadLandmark(rawValue: name) else { throw .unknownName(name) }
            guard !names.contains(landmark) else { throw .givenTwice(landmark) }
            names.append(landmark)
        }
        let missing = wanted.filter { !names.contains($0) }
        guard missing.isEmpty else { throw .missing(missing) }
        if let (found, expected) = zip(names, wanted).first(where: { $0 != $1 }) {
            throw .listedOutOfOrder(found: found, expected: expected)
        }
        for (landmark, one) in zip(names, placed) {
            guard one.point.x.isFinite, one.point.y.isFinite else { throw .notFinite(landmark) }
            guard (0...Double(width)).contains(one.point.x), (0...Double(height)).contains(one.point.y) else {
                throw .outsidePhoto(landmark)
            }
        }
        try self.init(pixels: placed.map(\.point))
    }

    /// The head on the photograph at another size.
    ///
    /// - Parameter factor: Size there over size here.
    /// - Returns: The head in the pixels there.
    /// - Throws: ``LandmarkRejection/tooSmall(pixels:)``.
    public func scaled(by factor: Double) throws(LandmarkRejection) -> DorsalHead {
        try DorsalHead(pixels: points.map { $0 * factor })
    }

    /// Checks points in pixels.
    ///
    /// - Parameter points: One for each ``HeadLandmark`` in its order.
    /// - Throws: ``LandmarkRejection`` where they are no head.
    init(pixels points: [SIMD2<Double>]) throws(LandmarkRejection) {
        self.points = points
        let length = headLength
        guard length >= Self.leastLength else { throw .tooSmall(pixels: Int(length)) }
        try checkSides()
        try checkOrder()
    }

    /// The point of a landmark.
    public subscript(landmark: HeadLandmark) -> SIMD2<Double> {
        points[HeadLandmark.places[landmark] ?? 0]
    }

    /// Distance from the tip of the snout to the middle of the neck fold, pixels.
    public var headLength: Double { distance(.snoutTip, .neckMiddle) }

    /// Distance between two landmarks, pixels.
    public func distance(_ one: HeadLandmark, _ other: HeadLandmark) -> Double {
        let way = self[one] - self[other]
        return (way * way).sum().squareRoot()
    }

    /// A point in head lengths: along from the snout (0) to the neck (1), across to the animal's right.
    func place(_ landmark: HeadLandmark) -> (along: Double, across: Double) {
        let axis = self[.neckMiddle] - self[.snoutTip]
        let way = self[landmark] - self[.snoutTip]
        let square = (axis * axis).sum()
        return ((way * axis).sum() / square, (axis.y * way.x - axis.x * way.y) / square)
    }

    /// The animal's left must lie on its left; all pairs exchanged are a photograph or a list turned over.
    private func checkSides() throws(LandmarkRejection) {
        let exchanged = HeadLandmark.pairs.filter { place($0.left).across >= place($0.right).across }
        guard let first = exchanged.first else { return }
        if exchanged.count == HeadLandmark.pairs.count { throw .mirrored }
        throw .sidesExchanged(first.left, first.right)
    }

    /// From snout to neck, and from the midline outwards.
    private func checkOrder() throws(LandmarkRejection) {
        let chains: [[HeadLandmark]] = [
            [.snoutTip, .nostrilLeft, .eyeLeft, .mouthLeft], [.snoutTip, .nostrilRight, .eyeRight, .mouthRight],
            [.eyeLeft, .headLeft, .neckLeft], [.eyeRight, .headRight, .neckRight], [.mouthLeft, .neckMiddle],
            [.mouthRight, .neckMiddle],
        ]
        for chain in chains {
            for (front, behind) in zip(chain, chain.dropFirst()) {
                guard place(front).along < place(behind).along + Self.slack else {
                    throw .wrongOrder(front, behind: behind)
                }
            }
        }
        for chain: [HeadLandmark] in [[.nostrilLeft, .eyeLeft, .headLeft], [.nostrilRight, .eyeRight, .headRight]] {
            for (inner, outer) in zip(chain, chain.dropFirst()) {
                guard abs(place(inner).across) < abs(place(outer).across) + Self.slack else {
                    throw .wrongOrder(inner, behind: outer)
                }
            }
        }
    }

    /// A careful person is off by some hundredths of the head's length; order is judged beyond that.
    private static let slack = 0.05
}

extension HeadLandmark {
    static let places = Dictionary(uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })
}

/// Why landmarks are not a head seen from above.
public enum LandmarkRejection: Error, Hashable, Sendable, CustomStringConvertible {
    /// Landmarks of another scheme.
    case otherScheme(String)
    /// A name that is none of the scheme.
    case unknownName(String)
    /// A landmark given more than once.
    case givenTwice(HeadLandmark)
    /// Landmarks that were not given.
    case missing([HeadLandmark])
    /// The list is not in the scheme's order.
    case listedOutOfOrder(found: HeadLandmark, expected: HeadLandmark)
    /// A landmark beside the photograph.
    case outsidePhoto(HeadLandmark)
    /// A coordinate that is no finite number.
    case notFinite(HeadLandmark)
    /// Snout and neck are fewer than ``DorsalHead/leastLength`` pixels apart.
    case tooSmall(pixels: Int)
    /// Every left landmark lies on the right.
    case mirrored
    /// One pair is exchanged.
    case sidesExchanged(HeadLandmark, HeadLandmark)
    /// A landmark that belongs in front of another, or nearer to the midline, is not.
    case wrongOrder(HeadLandmark, behind: HeadLandmark)

    /// What happened, to what, and what to do, with the names that programs use.
    public var description: String { text.text(in: .en, values(name: \.rawValue, separator: ", ")) }

    /// The same for people, landmarks by their names in the language.
    public func text(in language: Language) -> String {
        text.text(
            in: language, values(name: { $0.name(in: language) }, separator: language == .ja ? "、" : ", "))
    }

    /// The sentence's wording.
    public var text: HeadText {
        switch self {
        case .otherScheme: .otherScheme
        case .unknownName: .unknownName
        case .givenTwice: .givenTwice
        case .missing: .missing
        case .listedOutOfOrder: .listedOutOfOrder
        case .outsidePhoto: .outsidePhoto
        case .notFinite: .notFinite
        case .tooSmall: .tooSmall
        case .mirrored: .mirrored
        case .sidesExchanged: .sidesExchanged
        case .wrongOrder: .wrongOrder
        }
    }

    /// What fills the sentence, landmarks by the names that programs use.
    public var values: [String: String] { values(name: \.rawValue, separator: ", ") }

    /// The landmark at fault, where it is one.
    public var landmark: HeadLandmark? {
        switch self {
        case .givenTwice(let landmark), .outsidePhoto(let landmark), .notFinite(let landmark): landmark
        case .listedOutOfOrder(_, let expected): expected
        case .sidesExchanged(let landmark, _), .wrongOrder(let landmark, _): landmark
        case .otherScheme, .unknownName, .missing, .tooSmall, .mirrored: nil
        }
    }

    private func values(name: (HeadLandmark) -> String, separator: String) -> [String: String] {
        func list(_ landmarks: [HeadLandmark]) -> String { landmarks.map(name).joined(separator: separator) }
        let all = list(HeadLandmark.allCases)
        return switch self {
        case .otherScheme(let scheme): ["name": scheme, "scheme": HeadLandmark.scheme]
        case .unknownName(let text): ["name": text, "names": all]
        case .givenTwice(let landmark), .outsidePhoto(let landmark), .notFinite(let landmark):
            ["name": name(landmark)]
        case .missing(let landmarks): ["names": list(landmarks), "count": "\(HeadLandmark.allCases.count)"]
        case .listedOutOfOrder(let found, let expected):
            ["name": name(found), "expected": name(expected), "names": all]
        case .tooSmall(let pixels): ["pixels": "\(pixels)", "least": "\(Int(DorsalHead.leastLength))"]
        case .mirrored: [:]
        case .sidesExchanged(let left, let right): ["left": name(left), "right": name(right)]
        case .wrongOrder(let front, let behind): ["front": name(front), "behind": name(behind)]
        }
    }
}

extension HeadLandmark {
    /// The landmark's name for people.
    public func name(in language: Language) -> String {
        HeadText(rawValue: rawValue)?.text(in: language) ?? rawValue
    }
}
