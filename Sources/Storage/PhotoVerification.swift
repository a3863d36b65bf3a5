import Foundation
import Postgres
import Registry

/// What comparing photograph files with their records found.
public struct PhotoVerification: Hashable, Sendable {
    /// Something wrong with one photograph.
    public enum Finding: Hashable, Sendable, CustomStringConvertible {
        /// A record without a file.
        case missing(sha256: String)
        /// A file without a record: a submission that was cut short, or one under way.
        case extra(sha256: String)
        /// A file that is not what its name says.
        case changed(sha256: String)
        /// A file that the system would not let read.
        case unreadable(sha256: String, reason: String)

        /// What was found, and what to do.
        public var description: String {
            switch self {
            case .missing(let sha256): PhotoFileError.missing(sha256).description
            case .changed(let sha256): PhotoFileError.changed(sha256).description
            case .extra(let sha256):
                "The file \(sha256) has no record: its submission was cut short or is under way; submitting it again "
                    + "gives it one."
            case .unreadable(_, let reason): reason
            }
        }
    }

    /// Files compared with their names so far.
    public private(set) var filesChecked = 0
    /// Records without a file.
    public private(set) var missing = 0
    /// Files without a record.
    public private(set) var extra = 0
    /// Files that are not what their name says.
    public private(set) var changed = 0
    /// Files that could not be read.
    public private(set) var unreadable = 0
    /// The first thousand findings by fingerprint; the counts cover all.
    public private(set) var findings: [Finding] = []

    /// Whether files and records agree.
    public var isSound: Bool { missing + extra + changed + unreadable == 0 }

    mutating func note(_ finding: Finding) {
        switch finding {
        case .missing: missing += 1
        case .extra: extra += 1
        case .changed: changed += 1
        case .unreadable: unreadable += 1
        }
        if findings.count < 1000 { findings.append(finding) }
    }

    mutating func check(_ sha256: String, in files: PhotoFiles) {
        filesChecked += 1
        do throws(PhotoFileError) {
            try files.verify(sha256)
        } catch .changed {
            note(.changed(sha256: sha256))
        } catch .missing {
            note(.missing(sha256: sha256))
        } catch {
            note(.unreadable(sha256: sha256, reason: error.description))
        }
    }
}

extension RegistryStore {
    /// Compares every photograph file with its name and with the records, and every record with the files.
    ///
    /// Works through the 256 first-level folders in order, so memory holds one folder's fingerprints at a time.
    ///
    /// - Parameter progress: Gets the state after every folder, with the fraction of folders done, 0 … 1.
    /// - Returns: What was found in all folders.
    /// - Throws: `PostgresError`, or ``PhotoFileError`` where a folder cannot be listed.
    public func verifyPhotos(
        progress: @Sendable (PhotoVerification, Double) -> Void = { _, _ in }
    ) async throws -> PhotoVerification {
        var verification = PhotoVerification()
        let files = photoFiles
        for folder in 0..<256 {
            try Task.checkCancellation()
            let prefix = (folder < 16 ? "0" : "") + String(folder, radix: 16)
            // Records before files: a photograph that arrives in between has its file before its record.
            let recorded = Set(
                try await rows(.photoHashes, [.text(prefix)]).map { try $0.get("sha256", as: String.self) })
            let state = verification
            verification = try await offThePool { () throws(PhotoFileError) in
                var state = state
                let present = try files.fingerprints(in: prefix)
                for sha256 in present {
                    state.check(sha256, in: files)
                    if !recorded.contains(sha256) { state.note(.extra(sha256: sha256)) }
                }
                for sha256 in recorded.subtracting(present).sorted() { state.note(.missing(sha256: sha256)) }
                return state
            }
            progress(verification, Double(folder + 1) / 256)
        }
        return verification
    }
}
