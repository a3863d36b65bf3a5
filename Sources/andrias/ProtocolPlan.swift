import Evaluation
import Foundation
import Identification
import Imaging
import Registry
import Screening

extension EvaluationPlan {
    /// Extracts the photographs of a protocol.
    init(_ list: EvaluationProtocol, engine: ScreeningEngine) async throws {
        let animals = Dictionary(
            list.individuals.values.map { ($0, Identifier<Individual>()) }, uniquingKeysWith: { first, _ in first })
        let names = list.files.keys.sorted()
        let (examined, step) = try await measured("extracting", names) { name in
            let individual = list.individuals[name]
            return try await KnownPhotograph(
                name: name, file: try list.file(name), mark: list.marks[name], individual: individual,
                animal: individual.flatMap { animals[$0] }, engine: engine)
        }
        let photographs = Dictionary(uniqueKeysWithValues: zip(names, examined))
        let searches = try list.probes.map { probe in
            guard let photograph = photographs[probe.file] else {
                throw CommandError("\(probe.file) was not extracted.")
            }
            // A photograph is no evidence for its own recapture.
            let references = probe.gallery.filter { $0 != probe.file }.compactMap { photographs[$0] }
            return KnownSearch(
                probe: photograph, individual: probe.individual, months: probe.months, references: references[...])
        }
        self.init(
            photographs: examined, searches: searches,
            read: { (bytes: try readPhoto(try list.file($0.name)), mark: list.marks[$0.name]) }, steps: [step])
    }
}

extension EvaluationProtocol {
    fileprivate func file(_ name: String) throws -> URL {
        guard let file = files[name] else { throw CommandError("\(name) was not looked for.") }
        return file
    }
}

extension KnownPhotograph {
    /// Extracts a file; one that cannot be read is a failure to acquire, not an error.
    fileprivate init(
        name: String, file: URL, mark: RegionMark?, individual: String?, animal: Identifier<Individual>?,
        engine: ScreeningEngine
    ) async throws {
        let bytes: [UInt8]
        do {
            bytes = try readPhoto(file)
        } catch {
            let reason = (error as? ImagingError)?.finding.text(in: .en) ?? "\(error)"
            self.init(name: name, individual: individual, query: nil, entry: nil, quality: nil, reason: reason)
            return
        }
        let photo = SubmittedPhoto(id: Identifier(), sha256: name, bytes: bytes, mark: mark)
        let examined = try await engine.examine(photo)
        let query = examined.template.map { Query(photo: photo.id, sha256: name, template: $0) }
        let entry = query.flatMap { query in
            individual.flatMap { individual in
                animal.map { animal in
                    GalleryEntry(
                        id: Identifier(), photo: photo.id, sha256: name, individual: animal, name: individual,
                        region: .head, template: query.template)
                }
            }
        }
        self.init(
            name: name, individual: individual, query: query, entry: entry, quality: examined.quality,
            reason: examined.findings.map { $0.text(in: .en) }.joined(separator: " "))
    }
}
