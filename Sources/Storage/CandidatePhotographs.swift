public import Registry

/// The two files of a candidate's best pair, and where the body region is on each.
public struct CandidatePhotographs: Sendable {
    /// The submitted photograph's file.
    public let submitted: [UInt8]
    /// Where the region is on it, if somebody drew it.
    public let submittedMark: RegionMark?
    /// The registry's photograph's file.
    public let reference: [UInt8]
    /// Where the region is on it, if somebody drew it.
    public let referenceMark: RegionMark?
}

extension RegistryStore {
    /// Reads what a candidate's evidence was found on.
    ///
    /// A reference may show the same body region in several places; the one that holds the most of the spots counts.
    ///
    /// - Parameters:
    ///   - candidate: One of the screening's candidates.
    ///   - screening: The screening.
    /// - Returns: Both files with their marks.
    /// - Throws: ``PhotoFileError`` where a file is missing or changed; ``StorageError/notFound(_:_:)`` for a photograph
    ///   that is not in the registry any more; `PostgresError`.
    public func photographs(
        of candidate: Candidate, in screening: Screening
    ) async throws -> CandidatePhotographs {
        let marks = try await annotations(of: candidate.reference)
            .filter { $0.region == screening.submission.region }.compactMap(\.mark)
        let spots = marks.map(\.box).map { box in
            candidate.correspondences.count {
                (box.x...box.x + box.width).contains($0.referenceX)
                    && (box.y...box.y + box.height).contains($0.referenceY)
            }
        }
        return CandidatePhotographs(
            submitted: try await file(of: candidate.photo), submittedMark: screening.submission.marks[candidate.photo],
            reference: try await file(of: candidate.reference),
            referenceMark: zip(marks, spots).max { $0.1 < $1.1 }?.0)
    }

    private func file(of id: Identifier<Photo>) async throws -> [UInt8] {
        guard let photo = try await photo(id) else { throw StorageError.notFound(.photo, id.description) }
        return try await bytes(of: photo)
    }
}
