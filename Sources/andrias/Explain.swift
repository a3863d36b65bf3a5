import ArgumentParser
import Explanation
import Foundation
import Identification
import Imaging
import Registry
import Screening
import Storage

/// `andrias explain`: draws why a photograph is taken to show an animal.
struct Explain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Draw why a photograph is taken to show an animal.",
        discussion: """
            Writes an SVG that needs nothing beside it: both photographs upright, the spots that agree joined by lines, \
            the straightened bodies where the mask allows, and the numbers in words. Takes a screening, or with --photos \
            two files that are compared on the spot and kept nowhere.
            """)

    @OptionGroup var data: DataOptions
    @Argument(help: "Identifier of a screening.") var screening: String?
    @Option(help: "Which candidate, 1 for the most probable.") var candidate: Int = 1
    @Option(parsing: .upToNextOption, help: "Two photographs to compare instead: the new one, then the reference.")
    var photos: [String] = []
    @Option(help: "Where the region is on the first of --photos: left,top,width,height in fractions.")
    var box: String?
    @Option(help: "The same on the second of --photos.") var referenceBox: String?
    @Option(help: "Language of the words: ja or en.") var language: String?
    @Option(help: "File to write; by default the drawing is printed.") var output: String?

    func validate() throws {
        guard (screening == nil) == (photos.count == 2), photos.count == 2 || photos.isEmpty else {
            throw ValidationError("Give either the identifier of a screening, or --photos with two files.")
        }
        guard candidate >= 1 else { throw ValidationError("Candidates count from 1.") }
        guard language.map({ Language(rawValue: $0) != nil }) ?? true else {
            throw ValidationError("The language is ja or en.")
        }
        guard photos.count == 2 || (box == nil && referenceBox == nil) else {
            throw ValidationError("Boxes go with --photos; a screening knows its own.")
        }
    }

    func run() async throws {
        let language = language.flatMap(Language.init(rawValue:)) ?? .user
        let explanation = try await photos.isEmpty ? ofScreening() : ofPhotos()
        let drawing = explanation.svg(in: language)
        guard let output else { return print(drawing, terminator: "") }
        do {
            try Data(drawing.utf8).write(to: URL(fileURLWithPath: output), options: .atomic)
        } catch {
            throw CommandError("\(output) could not be written: \(error.localizedDescription)")
        }
        print(explanation.words(in: language).joined(separator: "\n"))
    }

    private func ofScreening() async throws -> PairExplanation {
        guard let id = screening.flatMap({ Identifier<Screening>($0) }) else {
            throw CommandError("“\(screening ?? "")” is not the identifier of a screening; its page names it.")
        }
        return try await OpenRegistry.with(data) { registry in
            guard let screening = try await registry.store.screening(id) else {
                throw CommandError("There is no screening \(id). Check the identifier and the data directory.")
            }
            guard let verdict = screening.verdict else {
                throw CommandError("Screening \(id) has no answer yet. Try again when it is done.")
            }
            guard verdict.candidates.indices.contains(candidate - 1) else {
                throw CommandError("Screening \(id) has \(verdict.candidates.count) candidates, not \(candidate).")
            }
            let shown = verdict.candidates[candidate - 1]
            let photographs = try await registry.store.photographs(of: shown, in: screening)
            return try PairExplanation(
                submitted: PhotoFile(bytes: photographs.submitted, mark: photographs.submittedMark),
                reference: PhotoFile(bytes: photographs.reference, mark: photographs.referenceMark),
                correspondences: shown.correspondences, facts: .init(shown, of: verdict))
        }
    }

    private func ofPhotos() async throws -> PairExplanation {
        let marks = try [box, referenceBox].map { box in
            try box.map { RegionMark(.box(try makeBox($0.split(separator: ",").compactMap { Double($0) }))) }
        }
        let files = try zip(photos, marks).map { path, mark in
            PhotoFile(bytes: try readPhoto(URL(fileURLWithPath: path)), mark: mark)
        }
        return try await compare(files[0], files[1], name: URL(fileURLWithPath: photos[1]).lastPathComponent)
    }
}

/// Compares two photographs as a screening would in a registry that holds the second alone.
///
/// A probability against one known animal would mean nothing, so none is told.
private func compare(_ photo: PhotoFile, _ reference: PhotoFile, name: String) async throws -> PairExplanation {
    let engine = ScreeningEngine()
    let submitted = SubmittedPhoto(id: Identifier(), sha256: "submitted", bytes: photo.bytes, mark: photo.mark)
    let known = SubmittedPhoto(id: Identifier(), sha256: "reference", bytes: reference.bytes, mark: reference.mark)
    let examination = try await engine.examine(known)
    guard let template = examination.template else {
        let reasons = examination.findings.map { $0.text(in: .user) }.joined(separator: " ")
        throw CommandError("\(name) cannot be compared: \(reasons)")
    }
    var gallery = Gallery()
    let entry = GalleryEntry(
        id: Identifier(), photo: known.id, sha256: known.sha256, individual: Identifier(), name: name, region: .head,
        template: template)
    gallery.advance(to: 1, changed: [entry], removed: [])
    let answer = try await engine.screen([submitted], region: .head, gallery: gallery)
    guard answer.examinations.contains(where: { $0.template != nil }) else {
        let reasons = answer.verdict.findings.map { $0.text(in: .user) }.joined(separator: " ")
        throw CommandError("The first photograph cannot be compared: \(reasons)")
    }
    let best = answer.verdict.candidates.first
    return try PairExplanation(
        submitted: photo, reference: reference, correspondences: best?.correspondences ?? [],
        facts: .init(
            name: name, agreeing: best?.correspondences.count ?? 0, found: answer.verdict.quality.first?.features,
            score: best?.score ?? 0, percent: nil, extractor: answer.verdict.extractor,
            decider: answer.verdict.decider))
}
