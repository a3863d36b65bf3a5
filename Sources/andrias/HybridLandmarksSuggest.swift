import ArgumentParser
import Foundation
import Hybrids
import Identification
import Imaging
import Registry
import Screening

extension HybridCommand.Landmarks {
    /// `andrias hybrid landmarks suggest`: where a model thinks the landmarks lie.
    struct Suggest: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Suggest landmarks on a photograph, for a person to move; or say that there is no telling.",
            discussion: """
                Prints fractions of the upright photograph, as the tables of `andrias hybrid train` have them. Exit status 1 \
                where nothing is suggested. Needs no database.
                """)

        @Argument(help: "The photograph.") var photo: String
        @Option(help: "A model as andrias hybrid landmarks train writes it.") var model: String
        @Option(help: "File to draw the suggestion to, as SVG.") var svg: String?

        func run() async throws {
            let model = try readLandmarkModel(model)
            guard let bytes = FileManager.default.contents(atPath: photo) else {
                throw CommandError("\(photo) cannot be read. Check the path.")
            }
            guard let found = try SuggestedHead(on: [UInt8](bytes), mark: nil, by: model) else {
                throw CommandError(
                    "No head seen from above is found with certainty on \(photo). Place its landmarks by hand.")
            }
            var table = TextTable(header: ["landmark", "name", "x", "y"])
            for (landmark, point) in zip(HeadLandmark.allCases, found.points) {
                table.append([landmark.name(in: .user), landmark.rawValue, fixed(point.x, 4), fixed(point.y, 4)])
            }
            print(
                [model.figures.notice, table.text, sureness(found.suggestion, model)].compactMap(\.self)
                    .joined(separator: "\n\n"))
            guard let svg else { return }
            let drawing = try SuggestionDrawing(
                suggestion: found.suggestion, image: found.region.image, notice: model.figures.notice)
            try Data(drawing.svg.utf8).write(to: URL(fileURLWithPath: svg), options: .atomic)
            note("Drawing: \(svg)")
        }

        private func sureness(_ suggestion: LandmarkSuggestion, _ model: LandmarkModel) -> String {
            "Sureness \(fixed(suggestion.sureness, 2)), at least \(fixed(model.leastSureness, 2)) needed; starts agree to "
                + "\(fixed(suggestion.spread, 3)) head lengths. On animals it did not learn from such suggestions were off by "
                + "\(model.figures.error.map { fixed($0, 3) } ?? "–") head lengths on average, and by more than "
                + "\(LandmarkFigures.failure) in \(model.figures.failures.text). Look at each point before you use it."
        }
    }
}

/// Reads a model of landmarks from its file.
///
/// - Throws: `CommandError` where it is none.
func readLandmarkModel(_ path: String) throws -> LandmarkModel {
    let json = try modelBytes(path)
    do {
        return try LandmarkModel(reading: json)
    } catch {
        throw CommandError("\(path): \(error.description)")
    }
}

/// A suggestion drawn onto its photograph.
private struct SuggestionDrawing {
    let svg: String

    init(suggestion: LandmarkSuggestion, image: PixelImage, notice: String?) throws {
        let picture = Data(try encodeJPEG(image)).base64EncodedString()
        let radius = fixed(max(2, suggestion.head.headLength / 50), 1)
        let outline: [HeadLandmark] = [.snoutTip, .headRight, .neckRight, .neckMiddle, .neckLeft, .headLeft, .snoutTip]
        func text(_ point: SIMD2<Double>) -> String { "\(fixed(point.x, 1)),\(fixed(point.y, 1))" }
        let points = zip(HeadLandmark.allCases, suggestion.head.points).map { landmark, point in
            """
            <circle cx="\(fixed(point.x, 1))" cy="\(fixed(point.y, 1))" r="\(radius)"><title>\(landmark.name(in: .user))\
            </title></circle>
            """
        }
        svg = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(image.width) \(image.height)" \
            font-family="sans-serif" font-size="14">
            <image width="\(image.width)" height="\(image.height)" href="data:image/jpeg;base64,\(picture)"/>
            <polyline points="\(outline.map { text(suggestion.head[$0]) }.joined(separator: " "))" fill="none" \
            stroke="#fff" stroke-opacity="0.6"/>
            <g fill="#f5c518" stroke="#000" stroke-width="0.7">
            \(points.joined(separator: "\n"))
            </g>
            \(notice.map { "<text x=\"6\" y=\"18\" fill=\"#fff\" stroke=\"#000\" stroke-width=\"0.4\">\($0)</text>" } ?? "")
            </svg>

            """
    }
}
