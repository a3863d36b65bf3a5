import ArgumentParser
import Foundation
import Imaging
import Registry
import SampleAnimals

/// `andrias sample`: draws a population to try the registry with.
struct Sample: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Draw photographs of invented animals, with lists to enroll and to screen.",
        discussion: """
            Writes enroll.csv and screen.csv beside the photographs. Nothing of it is data about real animals. The five \
            photographs of screen.csv: a known animal seen again, the same turned by 90° in poor light, an unknown \
            animal, a river bed without an animal, and a file cut in the middle. With --study it writes protocol.csv and \
            metadata.csv for andrias evaluate instead: animals seen again over ten years in any heading, from up to 30° \
            off the vertical, one photograph in five poor, and unknown animals after them.
            """)

    @Argument(help: "Folder to write to; made where it is missing.") var folder: String
    @Option(help: "Number of animals.") var animals: Int = 12
    @Option(help: "Photographs of each.") var photos: Int = 3
    @Option(help: "Width of the photographs in pixels; they are 4:3.") var width: Int = 1600
    @Option(help: "Number from which everything is drawn.") var seed: UInt64 = 1
    @Flag(
        help: "Draw a study for andrias evaluate: one photograph of each animal a session, as many sessions as photos.")
    var study = false
    @Option(help: "With --study: animals that were never seen before, one photograph of each.") var unknown: Int = 100

    func validate() throws {
        guard (1...10_000).contains(animals), (1...100).contains(photos) else {
            throw ValidationError("Ask for 1 to 10,000 animals and 1 to 100 photographs of each.")
        }
        guard !study || (photos > 1 && (0...100_000).contains(unknown)) else {
            throw ValidationError("A study has 2 or more photographs of each animal and 0 to 100,000 unknown animals.")
        }
        guard (400...4032).contains(width) else { throw ValidationError("Photographs are 400 to 4,032 pixels wide.") }
    }

    func run() async throws {
        let folder = URL(fileURLWithPath: folder, isDirectory: true)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        if study {
            let count = try await SampleStudy(
                folder: folder, animals: animals, sessions: photos, unknown: unknown, width: width, seed: seed
            ).draw()
            print("\(count) photographs of \(animals) known and \(unknown) unknown invented animals in \(folder.path)")
            return
        }
        let enrolled = try await enrolment(in: folder)
        try write(enrolled, to: folder.appending(path: "enroll.csv"))
        try write(try await screenings(in: folder), to: folder.appending(path: "screen.csv"))
        print("\(enrolled.count) photographs of \(animals) invented animals, and five to screen, in \(folder.path)")
    }

    private func enrolment(in folder: URL) async throws -> [Line] {
        let pairs = (0..<animals).flatMap { animal in (0..<photos).map { (animal, $0) } }
        return try await inParallel(pairs, label: "drawing") { try draw(animal: $0.0, photo: $0.1, in: folder) }
            .sorted { $0.file < $1.file }
    }

    private func draw(animal: Int, photo: Int, in folder: URL) throws -> Line {
        let conditions = conditions(UInt64(animal * 1000 + photo), .good)
        let name = name(of: animal)
        return try Line(
            file: "\(name)-\(photo + 1).jpg", individual: name, expectation: nil,
            photo: renderPhoto(
                of: SampleAnimal(seed: seed &* 7919 &+ UInt64(animal)), under: conditions, capturedAt: moment(photo),
                position: nil), seed: UInt64(animal * 1000 + photo), folder: folder)
    }

    private func screenings(in folder: URL) async throws -> [Line] {
        let known = 0
        let animal = SampleAnimal(seed: seed &* 7919 &+ UInt64(known))
        let again = conditions(900_001, .ordinary)
        var turned = conditions(900_002, .ordinary)
        turned.headingRadians = again.headingRadians + .pi / 2
        turned.lightHour = 17.5
        turned.exposure = -0.7
        turned.turbidity = 0.25
        let later = moment(400)
        let matched = Expectation(outcome: "matched", individual: name(of: known))
        let known1 = try renderPhoto(of: animal, under: again, capturedAt: later, position: nil)
        var lines = [
            try Line(
                file: "seen-again.jpg", individual: nil, expectation: matched, photo: known1, seed: 900_001,
                folder: folder),
            try Line(
                file: "turned-poor-light.jpg", individual: nil, expectation: matched,
                photo: renderPhoto(of: animal, under: turned, capturedAt: later, position: nil), seed: 900_002,
                folder: folder),
            try Line(
                file: "unknown-animal.jpg", individual: nil, expectation: Expectation(outcome: "unknown"),
                photo: renderPhoto(
                    of: SampleAnimal(seed: seed &* 7919 &+ 500_000), under: again, capturedAt: later, position: nil),
                seed: 900_004, folder: folder),
            try Line(
                file: "river-bed.jpg", individual: nil, expectation: Expectation(outcome: "unusable"),
                photo: renderPhoto(of: nil, under: again, capturedAt: later, position: nil), seed: 900_003,
                folder: folder),
        ]
        let cut = known1.jpeg.prefix(known1.jpeg.count * 6 / 10)
        try Data(cut).write(to: folder.appending(path: "cut-in-the-middle.jpg"))
        lines.append(
            Line(
                file: "cut-in-the-middle.jpg", individual: nil, expectation: Expectation(outcome: "unusable"))
        )
        return lines
    }

    private func conditions(_ number: UInt64, _ difficulty: SampleConditions.Difficulty) -> SampleConditions {
        var conditions = SampleConditions.random(seed: seed &+ number, difficulty: difficulty)
        conditions.width = width
        conditions.height = width * 3 / 4
        return conditions
    }

    private func name(of animal: Int) -> String { "SAMPLE-" + String(1001 + animal).dropFirst() }

    private func moment(_ day: Int) -> Date { Date(timeIntervalSince1970: 1_746_057_600 + Double(day) * 86_400) }

    private func write(_ lines: [Line], to file: URL) throws {
        let text = ([Line.header] + lines.map(\.text)).joined(separator: "\n") + "\n"
        try Data(text.utf8).write(to: file, options: .atomic)
    }
}

private struct Expectation {
    let outcome: String
    var individual: String?
}

private struct Line: Sendable {
    static let header =
        "file,individual,species,region,box_x,box_y,box_width,box_height,snout_x,snout_y,neck_x,neck_y,"
        + "expected_outcome,expected_individual"

    let file: String
    let individual: String?
    let box: [Double]?
    let landmarks: [Double]?
    let expectation: Expectation?

    init(
        file: String, individual: String?, box: [Double]? = nil, landmarks: [Double]? = nil, expectation: Expectation?
    ) {
        self.file = file
        self.individual = individual
        self.box = box
        self.landmarks = landmarks
        self.expectation = expectation
    }

    /// Writes the photograph and notes where the head is, if it shows one.
    init(
        file: String, individual: String?, expectation: Expectation?, photo: SamplePhoto, seed: UInt64, folder: URL
    ) throws {
        try Data(photo.jpeg).write(to: folder.appending(path: file))
        self.init(
            file: file, individual: individual,
            box: photo.headBox.map { [$0.x, $0.y, $0.width, $0.height] }, landmarks: photo.placedLandmarks(seed: seed),
            expectation: expectation)
    }

    var text: String {
        let fields =
            [file, individual ?? "", "Andrias japonicus (invented)", "head"] + fractions(box) + fractions(landmarks)
            + [expectation?.outcome ?? "", expectation?.individual ?? ""]
        return fields.joined(separator: ",")
    }
}

/// Four fractions as columns; empty ones where there are none.
func fractions(_ numbers: [Double]?) -> [String] {
    numbers?.map { String(($0 * 10_000).rounded() / 10_000) } ?? ["", "", "", ""]
}

extension SamplePhoto {
    /// Snout and neck as a person would place them, off by a standard deviation of 0.03 of the head's length; `nil` where
    /// one lies beside the photograph.
    func placedLandmarks(seed: UInt64) -> [Double]? {
        guard let placed = headLandmarks?.misplaced(by: 0.03, seed: seed) else { return nil }
        let numbers = [placed.snout.x, placed.snout.y, placed.neck.x, placed.neck.y]
        return numbers.allSatisfy((0...1).contains) ? numbers : nil
    }
}
