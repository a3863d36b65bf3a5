import Foundation
import Identification
import Synchronization

/// Templates on disk, so that a change of the matcher is measured without extracting again.
///
/// Keyed by the region's pixels and the extractor's version: remove the folder after a change that kept the version.
final class TemplateCache: Sendable {
    private let folder: URL
    private let counts = Mutex((found: 0, made: 0))

    init(in folder: URL) throws {
        self.folder = folder.appending(path: "templates", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: true)
    }

    /// How many templates came from the disk, and how many were made.
    var summary: String { counts.withLock { "\($0.made) templates extracted, \($0.found) taken from \(folder.path)" } }

    /// An extractor that looks here first.
    func caching(_ extractor: Extractor) -> Extractor {
        Extractor(version: extractor.version) { [self] region throws(IdentificationError) in
            let file = folder.appending(path: Self.key(of: region, version: extractor.version))
            if let known = FileManager.default.contents(atPath: file.path),
                let template = try? Template(decoding: Array(known))
            {
                counts.withLock { $0.found += 1 }
                return template
            }
            let template = try extractor.extract(region)
            counts.withLock { $0.made += 1 }
            // A template that could not be kept is extracted again the next time.
            try? Data(template.encoded).write(to: file, options: .atomic)
            // What is compared is what the registry would have stored and read.
            return (try? Template(decoding: template.encoded)) ?? template
        }
    }

    /// FNV-1a over the version and the pixels.
    private static func key(of region: LocatedRegion, version: String) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        let add = { (byte: UInt8) in hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        version.utf8.forEach(add)
        region.image.pixels.withUnsafeBufferPointer { $0.forEach(add) }
        return String(hash, radix: 16)
    }
}
