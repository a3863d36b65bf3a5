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
            subcommands: [Place.self, Import.self, Show.self, Suggest.self, Train.self, Evaluate.self])

        struct Place: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract:
                    "Place the twelve landmarks of a head seen from above; the latest that a person placed count.",
                discussion: """
                    Each is landmark=x,y in pixels of the upright photograph, for instance snout_tip=1210,388, in the order \
                    of the scheme \(HeadLandmark.scheme): \(HeadLandmark.allCases.map(\.rawValue).joined(separator: ", ")). \
                    Left and right are the animal's own.
                    """)

            @OptionGroup var data: DataOptions
            @Argument(help: "The photograph: its identifier, or its file.") var photo: String
            @Argument(help: "The landmarks.") var landmarks: [String]
            @Option(help: "What suggested them, name and version; left out where a person placed them.")
            var suggestedBy: String?
            @Option(help: "Who places them, or takes the suggestion over.") var by: String = NSUserName()

            func run() async throws {
                let head = SubmittedHead(
                    landmarks: try landmarks.map(parseLandmark),
                    source: suggestedBy.map { .suggested(by: $0) } ?? .person)
                try await OpenRegistry.with(data) { registry in
                    let id = try await registry.photo(photo)
                    let reviewer = Reviewer(name: by)
                    let placed = try await registry.store.placeHead(head, on: id, by: reviewer).record
                    try await registry.printHead(placed)
                    try await registry.assessAnew([id], by: reviewer)
                }
            }
        }

        struct Import: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "Place the landmarks of a table on photographs that the registry holds, whole or not at all.",
                discussion: """
                    One line a photograph: its file, which the registry knows by its contents, and the landmarks as fractions \
                    of the photograph (snout_tip_x, snout_tip_y, nostril_left_x, …), as `andrias hybrid sample` writes and \
                    `andrias hybrid train` reads them.
                    """)

            @OptionGroup var data: DataOptions
            @Argument(help: "CSV table.") var table: String
            @Option(help: "Folder that the table's file names are relative to.") var photos: String
            @Option(help: "What suggested them, name and version; left out where people placed them.")
            var suggestedBy: String?
            @Option(help: "Who places them, or takes the suggestions over.") var by: String = NSUserName()

            func run() async throws {
                let table = URL(fileURLWithPath: table)
                let lines = try [LandmarkLine](reading: table, columns: ["file"] + LandmarkLine.columns)
                let folder = URL(fileURLWithPath: photos, isDirectory: true)
                let source = suggestedBy.map { PlacedHead.Source.suggested(by: $0) } ?? .person
                try await OpenRegistry.with(data) { registry in
                    var heads: [(head: SubmittedHead, photo: Photo)] = []
                    for line in lines {
                        do { heads += try await registry.heads(line, in: folder, source) } catch {
                            throw CommandError(
                                "Line \(line.number), \(line.cells["file"] ?? "–"): \(error) Nothing was placed.")
                        }
                    }
                    let reviewer = Reviewer(name: by)
                    let placed = try await registry.store.placeHeads(heads, by: reviewer)
                    print("Landmarks placed on \(placed.count) photographs.")
                    try await registry.assessAnew(Set(placed.map(\.photo)), by: reviewer)
                }
            }
        }

        struct Show: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "Show the landmarks that count on a photograph, and what they measure.")

            @OptionGroup var data: DataOptions
            @Argument(help: "The photograph: its identifier, or its file.") var photo: String

            func run() async throws {
                try await OpenRegistry.with(data) { registry in
                    let id = try await registry.photo(photo)
                    guard let head = try await registry.store.currentHead(of: id) else {
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
    /// The photograph that a person names by its identifier or its file.
    fileprivate func photo(_ text: String) async throws -> Identifier<Photo> {
        guard let bytes = FileManager.default.contents(atPath: text) else {
            return try parseIdentifier(text, of: "a photograph")
        }
        let photos = try await store.photos(ofFile: [UInt8](bytes))
        guard let photo = photos.first else {
            throw CommandError("The registry does not hold \(text): submit or enrol it first.")
        }
        guard photos.count == 1 else {
            throw CommandError(
                "Several agencies submitted \(text). Name one of \(listing(photos.map(\.id.description))).")
        }
        return photo.id
    }

    /// The landmarks of one line, for every agency's photograph of the file.
    fileprivate func heads(
        _ line: LandmarkLine, in folder: URL, _ source: PlacedHead.Source
    ) async throws -> [(head: SubmittedHead, photo: Photo)] {
        let points = try line.allLandmarks()
        let photos = try await store.photos(ofFile: line.photograph(in: folder))
        guard !photos.isEmpty else {
            throw CommandError("The registry does not hold this photograph. Submit or enrol it first.")
        }
        return try photos.map { photo in
            let size = SIMD2(Double(photo.width), Double(photo.height))
            let placed = zip(HeadLandmark.allCases, points).map {
                (name: $0.rawValue, point: SIMD2($1.x, $1.y) * size)
            }
            // Asked here too, for here the line is known.
            _ = try DorsalHead.measurable(placed, width: photo.width, height: photo.height)
            return (
                SubmittedHead(landmarks: placed.map { .init(name: $0.name, point: $0.point) }, source: source), photo
            )
        }
    }

    /// Assesses anew what was assessed before landmarks were placed, and says of how many screenings.
    fileprivate func assessAnew(_ photos: Set<Identifier<Photo>>, by reviewer: Reviewer) async throws {
        var count = 0
        for photo in photos { count += try await store.reassessScreenings(of: photo, by: reviewer).count }
        if count > 0 { note("Assessed anew: \(count) screenings.") }
    }

    fileprivate func printHead(_ head: PlacedHead) async throws {
        var places = TextTable(header: ["landmark", "x", "y"])
        for (landmark, point) in zip(HeadLandmark.allCases, head.points) {
            places.append([landmark.name(in: .user), fixed(point.x, 1), fixed(point.y, 1)])
        }
        print(places.text)
        let source = head.source.model.map { "suggested by \($0), taken over" } ?? "placed"
        print("\(head.scheme), \(source) by \(head.placedBy.name) on \(head.placedAt.formatted(.iso8601)).\n")
        do {
            let measured = try await store.measured(head, on: store.photo(of: head))
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
