import ArgumentParser
import Foundation
import Hybrids
import SampleAnimals

/// `andrias hybrid sample`: draws animals of three kinds with their table.
struct HybridSample: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sample", abstract: "Draw invented natives, hybrids and davidianus, with a table to train from.",
        discussion: """
            Writes animals.csv, and the photographs with true landmarks misplaced as by a person's hand. With \
            --measures-only no picture is drawn: the table has the characters with the noise of a photograph. The animals \
            live in four invented rivers of their own base rates; 15 % of hybrids and davidianus look like natives \
            whatever is measured. Nothing of it is data about real animals, and everything made of it says so.
            """)

    @Argument(help: "Folder to write to; made where it is missing.") var folder: String
    @Option(help: "Number of animals.") var animals = 160
    @Option(help: "Photographs of each.") var photos = 1
    @Option(help: "Width of the photographs in pixels; they are 4:3.") var width = 1200
    @Option(help: "Number from which everything is drawn.") var seed: UInt64 = 1
    @Flag(help: "Write values only, no photographs.") var measuresOnly = false

    func validate() throws {
        guard (1...100_000).contains(animals), (1...100).contains(photos) else {
            throw ValidationError("Ask for 1 to 100,000 animals and 1 to 100 photographs of each.")
        }
        guard (400...4032).contains(width) else { throw ValidationError("Photographs are 400 to 4,032 pixels wide.") }
    }

    func run() async throws {
        let folder = URL(fileURLWithPath: folder, isDirectory: true)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let lines = measuresOnly ? values : try await photographs(in: folder)
        try Data((lines.joined(separator: "\n") + "\n").utf8)
            .write(to: folder.appending(path: "animals.csv"), options: .atomic)
        print("\(animals) invented animals, \(lines.count - 1) lines in \(folder.appending(path: "animals.csv").path)")
    }

    private var values: [String] {
        let names = SampleCharacter.allCases.map { HybridProtocol.valuePrefix + $0.rawValue }
        let lines = SampleMeasures().photographs(animals: 0..<animals, photos: photos, seed: seed).map { one in
            let known = [one.animal, one.kind.rawValue, one.river, "drawn", "yes", "\(one.sharpness)", "400"]
            return (known + one.values.map { "\($0)" }).joined(separator: ",")
        }
        return [(["individual,dna,river,camera,drawn,sharpness,head_pixels"] + names).joined(separator: ",")] + lines
    }

    private func photographs(in folder: URL) async throws -> [String] {
        let population = SamplePopulation()
        let pairs = (0..<animals).flatMap { animal in (0..<photos).map { (animal, $0) } }
        let (seed, width) = (seed, width)
        let lines = try await inParallel(pairs, label: "drawing") { animal, number -> String in
            let resident = population.resident(animal, seed: seed)
            let place = UInt64(animal * 1000 + number)
            var conditions = StudyVisit(seed: seed &* 104_729 &+ place, years: Double(number)).conditions
            (conditions.width, conditions.height) = (width, width * 3 / 4)
            let photo = try renderPhoto(of: resident.animal, under: conditions)
            let name = "DRAWN-\(100_000 + animal)"
            let file = "\(name)-\(number + 1).jpg"
            try Data(photo.jpeg).write(to: folder.appending(path: file))
            guard let marks = photo.headLandmarks?.misplaced(by: 0.015, seed: seed &* 15_485_863 &+ place) else {
                throw CommandError("\(file) shows no head. Choose another --seed.")
            }
            let known = [file, name, resident.animal.kind.rawValue, resident.river, "drawn", "yes"]
            let places = marks.all.flatMap { [$0.x, $0.y] }.map { "\(($0 * 100_000).rounded() / 100_000)" }
            return (known + places).joined(separator: ",")
        }
        let columns = HeadLandmark.allCases.flatMap { ["\($0.rawValue)_x", "\($0.rawValue)_y"] }
        return [(["file,individual,dna,river,camera,drawn"] + columns).joined(separator: ",")] + lines
    }
}
