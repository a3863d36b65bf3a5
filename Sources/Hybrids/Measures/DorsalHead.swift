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
            guard (0...1).contains(one.point.x), (0...1).contains(one.point.y) else { throw .outsidePhoto(landmark) }
        }
        try self.init(
            pixels: placed.map { SIMD2($0.point.x * Double(width), $0.point.y * Double(height)) })
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
    /// Snout and neck are fewer than ``DorsalHead/leastLength`` pixels apart.
    case tooSmall(pixels: Int)
    /// Every left landmark lies on the right.
    case mirrored
    /// One pair is exchanged.
    case sidesExchanged(HeadLandmark, HeadLandmark)
    /// A landmark that belongs in front of another, or nearer to the midline, is not.
    case wrongOrder(HeadLandmark, behind: HeadLandmark)

    /// What happened, to what, and what to do, with the names that programs use.
    public var description: String {
        sentence(in: .en, name: \.rawValue)
    }

    /// The same for people, landmarks by their names in the language.
    public func text(in language: Language) -> String {
        sentence(in: language) { $0.name(in: language) }
    }

    private func sentence(in language: Language, name: (HeadLandmark) -> String) -> String {
        func say(_ text: HeadText, _ values: [String: String] = [:]) -> String { text.text(in: language, values) }
        func list(_ landmarks: [HeadLandmark]) -> String {
            landmarks.map(name).joined(separator: language == .ja ? "、" : ", ")
        }
        let all = list(HeadLandmark.allCases)
        return switch self {
        case .unknownName(let text): say(.unknownName, ["name": text, "names": all])
        case .givenTwice(let landmark): say(.givenTwice, ["name": name(landmark)])
        case .missing(let landmarks):
            say(.missing, ["names": list(landmarks), "count": "\(HeadLandmark.allCases.count)"])
        case .listedOutOfOrder(let found, let expected):
            say(.listedOutOfOrder, ["name": name(found), "expected": name(expected), "names": all])
        case .outsidePhoto(let landmark): say(.outsidePhoto, ["name": name(landmark)])
        case .tooSmall(let pixels):
            say(.tooSmall, ["pixels": "\(pixels)", "least": "\(Int(DorsalHead.leastLength))"])
        case .mirrored: say(.mirrored)
        case .sidesExchanged(let left, let right): say(.sidesExchanged, ["left": name(left), "right": name(right)])
        case .wrongOrder(let front, let behind):
            say(.wrongOrder, ["front": name(front), "behind": name(behind)])
        }
    }
}

extension HeadLandmark {
    /// The landmark's name for people.
    public func name(in language: Language) -> String {
        HeadText(rawValue: rawValue)?.text(in: language) ?? rawValue
    }
}
