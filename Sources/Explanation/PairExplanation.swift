import Foundation
public import Imaging
public import Registry

/// Why two photographs are taken to show one animal: both of them, the spots that agree, and the numbers.
///
/// A value without files or time: ``svg(in:)`` gives the same drawing every time.
public struct PairExplanation: Hashable, Sendable {
    /// The numbers.
    public let facts: Facts
    let submitted: PhotoPanel
    let reference: PhotoPanel
    let lines: [StripPair.Line]
    /// At how many places that lie apart spots agree.
    let places: Int
    let pose: AnimalPose?
    let strips: StripPair?
    let isBeside: Bool

    /// Lines beyond this many hide the photographs.
    public static let lineLimit = 30

    /// What is known of a pair in numbers and names.
    public struct Facts: Hashable, Sendable {
        /// The reference's animal, or its file's name.
        public let name: String
        /// How many spots agree.
        public let agreeing: Int
        /// How many features were found on the submitted photograph, where that was counted.
        public let found: Int?
        /// The matcher's score.
        public let score: Double
        /// Probability that the photograph shows this animal, for reading; `nil` where nothing was decided.
        public let percent: String?
        /// Version of what made the templates.
        public let extractor: String
        /// Version of what weighed them.
        public let decider: String

        /// Numbers of a pair.
        public init(
            name: String, agreeing: Int, found: Int?, score: Double, percent: String?, extractor: String,
            decider: String
        ) {
            self.name = name
            self.agreeing = agreeing
            self.found = found
            self.score = score
            self.percent = percent
            self.extractor = extractor
            self.decider = decider
        }

        /// Numbers of a candidate of a verdict.
        public init(_ candidate: Candidate, of verdict: Verdict) {
            self.init(
                name: candidate.name, agreeing: candidate.correspondences.count,
                found: verdict.quality.first { $0.photo == candidate.photo }?.features, score: candidate.score,
                percent: candidate.percent, extractor: verdict.extractor, decider: verdict.decider)
        }
    }

    /// Reads two photographs and lays the drawing out.
    ///
    /// Where most spots agree on how the animal lies, both are drawn to one scale of the animal and the reference is turned
    /// to point as the submitted one does; turns under 4° are let be.
    ///
    /// - Parameters:
    ///   - submitted: The submitted photograph.
    ///   - reference: The registry's photograph.
    ///   - correspondences: The spots that agree.
    ///   - facts: The numbers.
    ///   - limits: What is refused before it is decoded.
    /// - Throws: `IdentificationError`, `ImagingError`.
    public init(
        submitted: PhotoFile, reference: PhotoFile, correspondences: [Correspondence], facts: Facts,
        limits: ImageLimits = .standard
    ) throws {
        let first = try LocatedPhoto(submitted, limits: limits)
        let second = try LocatedPhoto(reference, limits: limits)
        let from = correspondences.map { first.place(fractionX: $0.queryX, fractionY: $0.queryY) }
        let to = correspondences.map { second.place(fractionX: $0.referenceX, fractionY: $0.referenceY) }
        let lengths = (first: Self.length(of: first, spots: from), second: Self.length(of: second, spots: to))
        let pose = AnimalPose(of: Array(zip(to, from)), tolerance: Self.tolerance * lengths.first)
        let views = Self.views(first, from, second, to, pose: pose)
        let layout = PanelLayout(views.submitted, views.reference, width: Canvas.inner)
        let corners = Canvas.corners(of: layout)
        let panels = try layout.panels(at: corners.submitted, corners.reference)
        let apart = distinct(
            Array(zip(from, to)), within: (Self.together * lengths.first, Self.together * lengths.second))
        let chosen = chooseEvenly(apart.map { from[$0] }, atMost: Self.lineLimit).map { apart[$0] }
        places = apart.count
        self.facts = facts
        (self.submitted, self.reference) = panels
        self.pose = pose
        isBeside = layout.isBeside
        lines = chosen.map {
            StripPair.Line(index: $0, from: panels.0.placing.apply(from[$0]), to: panels.1.placing.apply(to[$0]))
        }
        let below = panels.1.frame.y + panels.1.frame.height + Canvas.labelSpace
        strips = try StripPair(
            submitted: (first, from), reference: (second, to), chosen: chosen,
            at: Point(x: Canvas.margin, y: below), width: Canvas.inner)
    }

    /// The turn of the reference in whole degrees, −180 … 180; 0 where it stands as it was taken.
    var degrees: Int { Int((reference.placing.turn * 180 / .pi).rounded()) }

    /// How far spots on a bending body may miss, as a part of its length.
    private static let tolerance = 0.05
    /// How near to each other spots lie together, as a part of the body's length: a ring's radius.
    private static let together = 0.012

    private static func length(of photo: LocatedPhoto, spots: [Point]) -> Double {
        let bounds = Rectangle(around: photo.outline.isEmpty ? spots : photo.outline)
        return max(bounds.width, bounds.height, 1)
    }

    private static func views(
        _ first: LocatedPhoto, _ from: [Point], _ second: LocatedPhoto, _ to: [Point], pose: AnimalPose?
    ) -> (submitted: PhotoView, reference: PhotoView) {
        let submitted = PhotoView(first, spots: from, placing: Similarity(scale: 1))
        if let pose = pose?.similarity {
            let turn = abs(pose.turn) < 4 * .pi / 180 ? 0 : pose.turn
            return (submitted, PhotoView(second, spots: to, placing: Similarity(scale: pose.scale, turn: turn)))
        }
        let plain = PhotoView(second, spots: to, placing: Similarity(scale: 1))
        let longest = { (bounds: Rectangle) in max(bounds.width, bounds.height, 1) }
        let scale = longest(submitted.bounds) / longest(plain.bounds)
        return (submitted, PhotoView(second, spots: to, placing: Similarity(scale: scale)))
    }
}

/// The sheet of a drawing, in its units.
enum Canvas {
    static let width = 800.0
    static let margin = 20.0
    static let inner = width - 2 * margin
    // On a phone 400 points wide these are 15 and 13 points high.
    static let letters = 33.0
    static let lineHeight = 46.0
    static let smallLetters = 29.0
    static let smallLineHeight = 42.0
    /// How much wider bold letters are.
    static let boldness = 1.12
    /// A line of text with the space round it.
    static let labelSpace = 66.0

    /// Where the two panels stand, each below its label.
    static func corners(of layout: PanelLayout) -> (submitted: Point, reference: Point) {
        if layout.isBeside {
            let left = (width - 2 * layout.width - PanelLayout.gap) / 2
            // Labels of half the width may take two lines.
            let top = labelSpace + lineHeight
            return (Point(x: left, y: top), Point(x: left + layout.width + PanelLayout.gap, y: top))
        }
        let left = (width - layout.width) / 2
        return (Point(x: left, y: labelSpace), Point(x: left, y: 2 * labelSpace + layout.height))
    }
}
