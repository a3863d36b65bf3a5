import Foundation
import Registry
import Synchronization
import TestSupport
import Testing

@testable import Storage

@Suite("Photograph files")
struct PhotoFilesTests {
    private func withFolder<T>(_ body: (URL) async throws -> T) async throws -> T {
        let folder = FileManager.default.temporaryDirectory.appending(path: "andrias-files-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(folder)
    }

    private func fileURL(_ folder: URL, _ sha256: String) -> URL {
        folder.appending(path: "\(sha256.prefix(2))/\(sha256.dropFirst(2).prefix(2))/\(sha256)")
    }

    private func incoming(_ folder: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "incoming").path)
    }

    @Test("A file lies under its SHA-256 and comes back equal", arguments: [1, 4096, 3_000_001])
    func roundTrip(_ count: Int) async throws {
        try await withFolder { folder in
            var random = SystemRandomNumberGenerator()
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            let files = PhotoFiles(directory: folder.appending(path: "deep/down"))
            let (sha256, change) = try files.put(bytes)
            #expect(change == .stored)
            #expect(try Array(Data(contentsOf: fileURL(files.directory, sha256))) == bytes)
            #expect(try files.read(sha256) == bytes)
            try files.verify(sha256)
            #expect(try files.put(bytes) == (sha256, .present))
            #expect(try incoming(files.directory).isEmpty)
            try files.remove(sha256)
            try files.remove(sha256)
            #expect(throws: PhotoFileError.missing(sha256)) { try files.read(sha256) }
        }
    }

    @Test("The fingerprint is the SHA-256 of FIPS 180-4's example")
    func fingerprint() async throws {
        try await withFolder { folder in
            let sha256 = try PhotoFiles(directory: folder).put(Array("abc".utf8)).sha256
            #expect(sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        }
    }

    @Test("A changed or shortened file is told from its name, and putting the photograph again mends it")
    func changed() async throws {
        try await withFolder { folder in
            let files = PhotoFiles(directory: folder)
            let bytes = Array("salamander".utf8)
            let sha256 = try files.put(bytes).sha256
            for damage in ["Salamander", "sala", ""] {
                try Data(damage.utf8).write(to: fileURL(folder, sha256))
                #expect(throws: PhotoFileError.changed(sha256)) { try files.read(sha256) }
                #expect(throws: PhotoFileError.changed(sha256)) { try files.verify(sha256) }
                #expect(try files.put(bytes) == (sha256, .repaired))
                #expect(try files.read(sha256) == bytes)
            }
        }
    }

    @Test("What is no photograph is refused")
    func refusals() async throws {
        try await withFolder { folder in
            let files = PhotoFiles(directory: folder)
            #expect(throws: PhotoFileError.empty) { try files.put([]) }
            for name in ["", "../../etc/passwd", String(repeating: "A", count: 64), String(repeating: "a", count: 63)] {
                #expect(throws: PhotoFileError.notAFingerprint(name)) { try files.read(name) }
                #expect(throws: PhotoFileError.notAFingerprint(name)) { try files.remove(name) }
            }
        }
    }

    @Test("What a killed writer left is swept, a living writer's file is not")
    func sweep() async throws {
        try await withFolder { folder in
            let files = PhotoFiles(directory: folder)
            let kept = try files.put([1, 2, 3]).sha256
            let left = folder.appending(path: "incoming/left")
            try Data("half a photo".utf8).write(to: left)
            do {
                let living = try FileDescriptor(folder.path + "/incoming/living", O_WRONLY | O_CREAT)
                #expect(try living.lock())
                #expect(try files.sweepLeftovers() == 1)
                #expect(try incoming(folder) == ["living"])
            }
            #expect(try files.sweepLeftovers() == 1)
            #expect(try incoming(folder).isEmpty)
            #expect(try files.read(kept) == [1, 2, 3])
            #expect(try PhotoFiles(directory: folder.appending(path: "none")).sweepLeftovers() == 0)
        }
    }

    @Test("Many at once putting the same and other photographs, while leftovers are swept, all succeed")
    func concurrentPuts() async throws {
        try await withFolder { folder in
            let files = PhotoFiles(directory: folder)
            let names = try await withThrowingTaskGroup(of: String?.self) { group in
                for index in 0..<64 {
                    group.addTask {
                        if index % 8 == 7 {
                            try files.sweepLeftovers()
                            return nil
                        }
                        return try files.put(Array(repeating: UInt8(index % 4), count: 200_000)).sha256
                    }
                }
                return try await group.reduce(into: Set<String>()) { if let name = $1 { $0.insert(name) } }
            }
            #expect(names.count == 4)
            for name in names { try files.verify(name) }
            #expect(try incoming(folder).isEmpty)
        }
    }

    private static let canMount = getuid() == 0 && mountSmall(at: nil)

    /// Mounts 1 MiB of memory at a folder; with none, tells whether that is permitted.
    private static func mountSmall(at folder: URL?) -> Bool {
        let place = folder ?? FileManager.default.temporaryDirectory.appending(path: "andrias-mount-\(UUID())")
        do {
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        } catch {
            return false
        }
        let isMounted = mount("tmpfs", place.path, "tmpfs", 0, "size=1m") == 0
        if folder == nil {
            if isMounted { umount2(place.path, Int32(MNT_DETACH)) }
            rmdir(place.path)
        }
        return isMounted
    }

    @Test(
        "A full disk is told, and nothing of the photograph is left", .enabled("needs root that may mount") { canMount }
    )
    func diskFull() async throws {
        try await withFolder { folder in
            try #require(Self.mountSmall(at: folder))
            defer { umount2(folder.path, Int32(MNT_DETACH)) }
            let files = PhotoFiles(directory: folder)
            let small = try files.put([1]).sha256
            #expect(throws: PhotoFileError.diskFull(directory: folder.path)) {
                try files.put([UInt8](repeating: 7, count: 2 << 20))
            }
            #expect(try incoming(folder).isEmpty)
            #expect(try files.read(small) == [1])
            #expect(try files.put([UInt8](repeating: 7, count: 1 << 18)).change == .stored)
        }
    }
}

@Suite("Verification", .database)
struct PhotoVerificationTests {
    @Test("Files and records that agree are sound; missing, extra and changed files are found")
    func findings() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            var photos: [Photo] = []
            for _ in 0..<6 { photos.append(try await fixture.photo()) }
            let sound = try await store.verifyPhotos()
            #expect(sound.isSound && sound.filesChecked == 6 && sound.findings.isEmpty)

            try store.photoFiles.remove(photos[0].sha256)
            let extra = try store.photoFiles.put(Array("nobody's".utf8)).sha256
            let name = photos[1].sha256
            try Data("x".utf8).write(
                to: store.photoFiles.directory.appending(
                    path: "\(name.prefix(2))/\(name.dropFirst(2).prefix(2))/\(name)"))
            let progress = Progress()
            let found = try await store.verifyPhotos { progress.add($1) }
            #expect(!found.isSound)
            #expect(found.missing == 1 && found.extra == 1 && found.changed == 1 && found.unreadable == 0)
            #expect(
                Set(found.findings) == [
                    .missing(sha256: photos[0].sha256), .extra(sha256: extra), .changed(sha256: name),
                ])
            #expect(progress.fractions.last == 1 && progress.fractions == progress.fractions.sorted())
        }
    }

    // Progress comes from one task; the lock only tells the compiler so.
    private final class Progress: Sendable {
        private let seen = Mutex<[Double]>([])
        var fractions: [Double] { seen.withLock { $0 } }
        func add(_ fraction: Double) { seen.withLock { $0.append(fraction) } }
    }
}
