import Foundation
import SampleAnimals

/// Draws a study over years with its protocol, as `andrias evaluate` reads it.
///
/// Every animal is photographed once a session, the sessions spread over ten years. From the second session on each
/// photograph is a probe among all photographs of earlier sessions; animals never seen before follow in a session of
/// their own after the last.
struct SampleStudy {
    let folder: URL
    let animals: Int
    let sessions: Int
    let unknown: Int
    let width: Int
    let seed: UInt64

    static let years = 10.0

    /// Draws the photographs, and writes protocol.csv and metadata.csv beside them.
    ///
    /// - Returns: How many photographs were drawn.
    func draw() async throws -> Int {
        let photos = planned
        let lines = try await inParallel(photos, label: "drawing") { try draw($0) }
        try write(
            ["file,individual,session,difficulty,box_x,box_y,box_width,box_height,snout_x,snout_y,neck_x,neck_y"]
                + lines, to: "metadata.csv")
        let probes = photos.filter { $0.session > 1 }.map {
            "\($0.file),\($0.individual),\($0.isUnknown ? "yes" : "no"),\($0.isUnknown ? "" : "\($0.years * 12)")"
        }
        try write(["probe,individual,new_animal,months"] + probes, to: "protocol.csv")
        return photos.count
    }

    private struct Photo: Sendable {
        let file: String
        let individual: String
        let animal: UInt64
        let session: Int
        let isUnknown: Bool
        /// Since the animal was first seen.
        let years: Double
        let visit: UInt64
    }

    private var planned: [Photo] {
        let known = (0..<animals).flatMap { animal in
            (1...sessions).map { session in
                let name = "STUDY-" + String(100_001 + animal).dropFirst()
                return Photo(
                    file: "\(name)-\(session).jpg", individual: name, animal: UInt64(animal), session: session,
                    isUnknown: false, years: Self.years * Double(session - 1) / Double(max(1, sessions - 1)),
                    visit: UInt64(animal * 1000 + session))
            }
        }
        // An unknown animal may be of any age; it is drawn as first seen.
        let strangers = (0..<unknown).map { number in
            let name = "UNKNOWN-" + String(100_001 + number).dropFirst()
            return Photo(
                file: "\(name).jpg", individual: name, animal: UInt64(1_000_000 + number), session: sessions + 1,
                isUnknown: true, years: 0, visit: UInt64(1_000_000_000 + number))
        }
        return known + strangers
    }

    private func draw(_ photo: Photo) throws -> String {
        let visit = StudyVisit(seed: seed &* 104_729 &+ photo.visit, years: photo.years)
        var conditions = visit.conditions
        conditions.width = width
        conditions.height = width * 3 / 4
        let drawn = try renderPhoto(
            of: SampleAnimal(seed: seed &* 7919 &+ photo.animal), under: conditions, capturedAt: nil, position: nil)
        guard let box = drawn.headBox else { throw CommandError("\(photo.file) shows no head. Choose another --seed.") }
        try Data(drawn.jpeg).write(to: folder.appending(path: photo.file))
        let known = [photo.file, photo.individual, "\(photo.session)", visit.difficulty.rawValue]
        return
            (known + fractions([box.x, box.y, box.width, box.height])
            + fractions(drawn.placedLandmarks(seed: seed &* 15_485_863 &+ photo.visit))).joined(separator: ",")
    }

    private func write(_ lines: [String], to name: String) throws {
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: folder.appending(path: name), options: .atomic)
    }
}
