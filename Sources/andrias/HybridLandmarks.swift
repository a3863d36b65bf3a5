import ArgumentParser
import Foundation
import Hybrids
import Registry
import Storage

extension HybridCommand {
    /// `andrias hybrid landmarks`: where a head's landmarks lie on a photograph, and what is measured by them.
    struct Landmarks: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Place the landmarks of a head on a photograph, show what they measure, or have them suggested.",
            subcommands: [Place.self, Show.self, Suggest.self, Train.self, Evaluate.self])

        struct Place: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "Place the twelve landmarks of a head seen from above; the latest of a photograph count.",
                discussion: """
                    Each is landmark=x,y in pixels of the upright photograph, for instance snout_tip=1210,388, in the order \
                    of the scheme \(HeadLandmark.scheme): \(HeadLandmark.allCases.map(\.rawValue).joined(separator: ", ")). \
                    Left and right are the animal's own.
                    """)

            @OptionGroup var data: DataOptions
            @Argument(help: "Identifier of the photograph.") var photo: String
            @Argument(help: "The landmarks.") var landmarks: [String]
            @Option(help: "What suggested them, name and version; left out where a person placed them.")
            var suggestedBy: String?
            @Option(help: "Who places them, or takes the suggestion over.") var by: String = NSUserName()

            func run() async throws {
                let id: Identifier<Photo> = try parseIdentifier(photo, of: "a photograph")
                let head = SubmittedHead(
                    landmarks: try landmarks.map(parseLandmark),
                    source: suggestedBy.map { .suggested(by: $0) } ?? .person)
                try await OpenRegistry.with(data) { registry in
                    let placed = try await registry.store.placeHead(head, on: id, by: Reviewer(name: by)).record
                    try await registry.printHead(placed)
                }
            }
        }

        struct Show: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "Show the landmarks that count on a photograph, and what they measure.")

            @OptionGroup var data: DataOptions
            @Argument(help: "Identifier of the photograph.") var photo: String

            func run() async throws {
                let id: Identifier<Photo> = try parseIdentifier(photo, of: "a photograph")
                try await OpenRegistry.with(data) { registry in
                    guard let head = try await registry.store.heads(of: id).last else {
                        throw CommandError(
                            "Photograph \(id) has no landmarks: `andrias hybrid landmarks place` places them.")
                    }
                    try await registry.printHead(head)
                }
            }
        }
    }
}

extension OpenRegistry {
    fileprivate func printHead(_ head: PlacedHead) async throws {
        var places = TextTable(header: ["landmark", "x", "y"])
        for (landmark, point) in zip(HeadLandmark.allCases, head.points) {
            places.append([landmark.name(in: .user), fixed(point.x, 1), fixed(point.y, 1)])
        }
        print(places.text)
        let source = head.source.model.map { "suggested by \($0), taken over" } ?? "placed"
        print("\(head.scheme), \(source) by \(head.placedBy.name) on \(head.placedAt.formatted(.iso8601)).\n")
        guard let photo = try await store.photo(head.photo) else { return }
        do {
            let measured = try await store.measured(head, on: photo)
            var table = TextTable(header: ["measure", "value", "unit"])
            for measure in HeadMeasure.allCases {
                guard let value = measured.measurement.values[measure] else { continue }
                table.append([measure.name(in: .user), fixed(value, 4), measure.unit])
            }
            print(table.text)
            print("Head \(fixed(measured.headPixels, 0)) pixels long, sharpness \(fixed(measured.sharpness, 2)).")
        } catch let error as HeadUnmeasured {
            print("Not measured: \(error.finding.text(in: .user))")
        }
    }
}

/// Reads `landmark=x,y`.
private func parseLandmark(_ text: String) throws -> SubmittedHead.Landmark {
    let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
    let numbers = parts.last?.split(separator: ",").map { Double($0.trimmingCharacters(in: .whitespaces)) } ?? []
    guard parts.count == 2, numbers.count == 2, let x = numbers[0], let y = numbers[1] else {
        throw CommandError("“\(text)” is no landmark=x,y: write for instance snout_tip=1210,388.")
    }
    return SubmittedHead.Landmark(name: parts[0], point: SIMD2(x, y))
}
