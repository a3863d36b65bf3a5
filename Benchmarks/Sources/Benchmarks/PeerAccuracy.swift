import Foundation
import Identification
import Registry

/// Names the animals of a study's last session among their first photographs: our pipeline and the plain one, on the
/// same photographs.
struct PeerAccuracy {
    let folder: URL
    let animals: Int

    func run() async throws {
        let study = try Study(folder: folder)
        let names = Set(study.photos.filter { !$0.isUnknown }.map(\.individual)).sorted().prefix(animals)
        let last = study.photos.filter { !$0.isUnknown }.map(\.session).max() ?? 0
        let chosen = study.photos.filter { names.contains($0.individual) && ($0.session == 1 || $0.session == last) }
        let cache = try TemplateCache(in: folder)
        let extractor = cache.caching(.siftLightnessYellow)
        let photos = try await concurrentMap(chosen) { photo in
            let region = try study.region(of: photo)
            return Prepared(photo: photo, template: try extractor.extract(region), plain: try PlainFeatures(region))
        }
        let references = photos.filter { $0.photo.session == 1 }
        let entries = references.map(\.entry)
        let hits = try await concurrentMap(photos.filter { $0.photo.session == last }) { probe in
            let query = Query(photo: Identifier(), sha256: probe.photo.file, template: probe.template)
            let ours = try await search([query], among: entries, lanes: 1).first?.reference.name
            let inliers = try references.map { try probe.plain.inliers(with: $0.plain) }
            let most = inliers.max() ?? 0
            // Equal counts share the hit.
            let best = references.indices.filter { inliers[$0] == most }
            let own = best.count { references[$0].photo.individual == probe.photo.individual }
            return (
                ours: ours == probe.photo.individual ? 1.0 : 0,
                plain: best.isEmpty ? 0 : Double(own) / Double(best.count)
            )
        }
        let count = Double(hits.count)
        print(
            "top-1 of \(hits.count) photographs after ten years among \(references.count) first photographs, all "
                + "difficulties, none refused")
        print("this registry:  \(fixed(hits.map(\.ours).reduce(0, +) / count, 3))")
        print("plain OpenCV:   \(fixed(hits.map(\.plain).reduce(0, +) / count, 3))")
    }

    private struct Prepared: Sendable {
        let photo: Study.Photo
        let template: Template
        let plain: PlainFeatures

        var entry: GalleryEntry {
            GalleryEntry(
                id: Identifier(), photo: Identifier(), sha256: photo.file, individual: Identifier(),
                name: photo.individual, region: .head, template: template)
        }
    }
}
