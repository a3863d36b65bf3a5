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
            Writes enroll.csv, tags.csv and screen.csv beside the photographs. Nothing of it is data about real animals. \
            The photographs of screen.csv: a known animal seen again, the same turned by 90° in poor light, an unknown \
            animal, a river bed without an animal, and a file cut in the middle; of three or more animals, also one far \
            upstream of its home on the invented rivers, and one with the tag of another. With --study it writes protocol.csv and \
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
        let screened = try await screenings(in: folder)
        try write(screened, to: folder.appending(path: "screen.csv"))
        let tags = (0..<animals).map { "\(Self.tagCode(of: $0)),\(name(of: $0)),2025-05-01" }
        try Data((["code,individual,from"] + tags).joined(separator: "\n").appending("\n").utf8)
            .write(to: folder.appending(path: "tags.csv"), options: .atomic)
        print(
            "\(enrolled.count) photographs of \(animals) invented animals, \(screened.count) to screen, and a list of "
                + "tags in \(folder.path)")
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
            file: "\(name)-\(photo + 1).jpg", individual: name,
            photo: renderPhoto(
                of: SampleAnimal(seed: seed &* 7919 &+ UInt64(animal)), under: conditions,
                capturedAt: Self.moment(photo), position: nil),
            seed: UInt64(animal * 1000 + photo), folder: folder, place: .home)
    }

    private func screenings(in folder: URL) async throws -> [Line] {
        let again = conditions(900_001, .ordinary)
        var turned = conditions(900_002, .ordinary)
        turned.headingRadians = again.headingRadians + .pi / 2
        turned.lightHour = 17.5
        turned.exposure = -0.7
        turned.turbidity = 0.25
        let first = Expectation(outcome: "matched", individual: name(of: 0))
        let known = try render(0, again)
        var lines = [
            try Line(file: "seen-again.jpg", photo: known, seed: 900_001, folder: folder, expectation: first),
            try Line(
                file: "turned-poor-light.jpg", photo: render(0, turned), seed: 900_002, folder: folder,
                expectation: first),
            try Line(
                file: "unknown-animal.jpg", photo: render(500_000, again), seed: 900_004, folder: folder,
                expectation: Expectation(outcome: "unknown")),
            try Line(
                file: "river-bed.jpg",
                photo: renderPhoto(of: nil, under: again, capturedAt: Self.moment(400), position: nil), seed: 900_003,
                folder: folder, expectation: Expectation(outcome: "unusable")),
        ]
        try Data(known.jpeg.prefix(known.jpeg.count * 6 / 10)).write(
            to: folder.appending(path: "cut-in-the-middle.jpg"))
        lines.append(Line(file: "cut-in-the-middle.jpg", expectation: Expectation(outcome: "unusable")))
        return try lines + moved(in: folder)
    }

    /// An animal far upstream of its home, and one with the tag of another.
    private func moved(in folder: URL) throws -> [Line] {
        guard animals >= 3 else { return [] }
        return [
            try Line(
                file: "far-upstream.jpg", photo: render(1, conditions(900_005, .ordinary)), seed: 900_005,
                folder: folder, place: .farUpstream,
                expectation: Expectation(
                    outcome: "matched", individual: name(of: 1), movement: "implausible_without_people")),
            try Line(
                file: "tag-of-another.jpg", photo: render(2, conditions(900_006, .ordinary)), seed: 900_006,
                folder: folder, place: .home, tagCode: Self.tagCode(of: 0),
                expectation: Expectation(outcome: "undecided", tags: "conflict")),
        ]
    }

    private func render(_ animal: UInt64, _ conditions: SampleConditions) throws -> SamplePhoto {
        try renderPhoto(
            of: SampleAnimal(seed: seed &* 7919 &+ animal), under: conditions, capturedAt: Self.moment(400),
            position: nil)
    }

    private func conditions(_ number: UInt64, _ difficulty: SampleConditions.Difficulty) -> SampleConditions {
        var conditions = SampleConditions.random(seed: seed &+ number, difficulty: difficulty)
        conditions.width = width
        conditions.height = width * 3 / 4
        return conditions
    }

    private func name(of animal: Int) -> String { "SAMPLE-" + String(1001 + animal).dropFirst() }

    /// An invented code under the country code of Japan (ISO 11784).
    private static func tagCode(of animal: Int) -> String { "3920123456" + String(78_001 + animal) }

    private static func moment(_ day: Int) -> Date { Date(timeIntervalSince1970: 1_746_057_600 + Double(day) * 86_400) }

    private func write(_ lines: [Line], to file: URL) throws {
        let text = ([Line.header] + lines.map(\.text)).joined(separator: "\n") + "\n"
        try Data(text.utf8).write(to: file, options: .atomic)
    }
}
