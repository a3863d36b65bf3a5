import Foundation
import Identification
import Postgres
import Registry
import Storage

/// Times how long a service takes to hold the gallery after its start.
struct StartCost {
    /// Folder of the private cluster; filled once, measured as often as wanted.
    let folder: URL

    /// Enters variations of a study's templates until there are so many.
    func fill(to count: Int, from studyFolder: URL) async throws {
        let study = try Study(folder: studyFolder)
        let extractor = try TemplateCache(in: studyFolder).caching(.siftLightnessYellow)
        let templates = try await concurrentMap(Array(study.photos.filter { !$0.isUnknown }.prefix(200))) {
            try extractor.extract(try study.region(of: $0))
        }
        let variations = try await TemplateVariations(of: templates)
        try await withStore { store in
            let agency: Agency
            if let known = try await store.agency(named: "Benchmark") {
                agency = known
            } else {
                agency = try await store.createAgency(name: "Benchmark")
            }
            let present = try await store.counts().templates
            guard present < count else { return }
            // Many at once, for each waits for the disk to have its file.
            _ = try await concurrentMap(Array(present..<count), atOnce: 32) { number in
                _ = try await store.enroll(
                    Enrolment(
                        individual: "Variation \(number / 3)", species: "Andrias japonicus", agency: agency.id,
                        photo: Array("photograph \(number)".utf8),
                        description: PhotoDescription(
                            mediaType: "image/jpeg", width: 4000, height: 3000, capturedAt: nil, position: nil,
                            camera: nil),
                        region: .head, template: variations.encoded(number), extractor: extractor.version))
            }
        }
        print("\(count) photographs in \(folder.path)")
    }

    func run() async throws {
        try await withStore { store in
            let before = residentBytes()
            let (gallery, time) = try await milliseconds { try await LiveGallery(store: store).current() }
            let held = Double(residentBytes() - before) / Double(max(1, gallery.count)) / 1000
            print(
                "\(gallery.count) templates from Postgres: \(fixed(time / 1000, 2)) s, \(fixed(held, 1)) kB a photograph"
            )
        }
    }

    private func withStore(_ body: (RegistryStore) async throws -> Void) async throws {
        // The measured reads are the same; a hundred thousand commits need not reach the disk.
        let cluster = try await EmbeddedCluster.open(in: folder.appending(path: "cluster"), durability: .none)
        let pool = PostgresPool(
            endpoint: cluster.endpoint, size: 16, acquireTimeout: .seconds(60), applicationName: "benchmark")
        do {
            _ = try await Migrator(migrations: RegistryStore.migrations).migrate(pool)
            try await body(
                RegistryStore(pool: pool, photoFiles: PhotoFiles(directory: folder.appending(path: "photos"))))
        } catch {
            await pool.close()
            await cluster.close()
            throw error
        }
        await pool.close()
        await cluster.close()
    }
}
