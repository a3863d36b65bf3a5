public import Hybrids
import Postgres
public import Registry
import Screening

/// Landmarks that the model in force suggests on a photograph; nothing is placed by them.
public struct HeadSuggestion: Hashable, Sendable {
    /// The landmarks in pixels of the upright photograph, as they could be placed.
    public let head: SubmittedHead
    /// The model.
    public let model: KeptLandmarkModel
    /// What speaks for this place less what speaks for the best other one, 0 … about 1.
    public let sureness: Double
    /// How far the starts that agree lie apart, in head lengths.
    public let spread: Double
}

/// Why no landmarks are suggested.
public enum HeadUnsuggested: Error, Hashable, Sendable, CustomStringConvertible {
    /// No model is in force.
    case noModel
    /// The model is sure of no place.
    case noSureHead

    /// What happened and what to do.
    public var description: String {
        switch self {
        case .noModel: HeadText.noModel.text(in: .en)
        case .noSureHead: HeadText.noSureHead.text(in: .en)
        }
    }
}

extension RegistryStore {
    /// Asks the model in force where a head's landmarks lie, within what was drawn of the head on the photograph.
    ///
    /// Nothing of it is kept.
    ///
    /// - Throws: ``HeadUnsuggested``; `ImagingError`; ``PhotoFileError`` where the file is missing or changed.
    public func suggestedHead(on photo: Photo) async throws -> HeadSuggestion {
        guard let model = try await modelInForce(LandmarkModel.self) else { throw HeadUnsuggested.noModel }
        let mark = try await headMark(of: photo.id)
        let bytes = try await bytes(of: photo)
        let found = try await withTaskExecutorPreference(measuring) {
            try SuggestedHead(on: bytes, mark: mark, by: model.record)
        }
        guard let found else { throw HeadUnsuggested.noSureHead }
        let size = SIMD2(Double(photo.width), Double(photo.height))
        let landmarks = zip(HeadLandmark.allCases, found.points).map {
            SubmittedHead.Landmark(name: $0.rawValue, point: SIMD2($1.x, $1.y) * size)
        }
        let head = SubmittedHead(landmarks: landmarks, source: .suggested(by: model.label))
        // What could not be placed, such as a head too small to be measured, is nothing to suggest.
        guard (try? head.checked(on: photo)) != nil else { throw HeadUnsuggested.noSureHead }
        return HeadSuggestion(
            head: head, model: model, sureness: found.suggestion.sureness, spread: found.suggestion.spread)
    }

    /// Photographs with landmarks that a person placed, with the animal that people say it is.
    public func headsPlacedByPeople() async throws -> [(individual: Identifier<Individual>, head: PlacedHead)] {
        try await rows(.headsPlacedByPeople).map { row in
            (try row.identifier("individual_id"), try PlacedHead(row: row))
        }
    }

    /// What was drawn of a photograph's head: with its axis before without, then the latest.
    public func headMark(of photo: Identifier<Photo>) async throws -> RegionMark? {
        try await rows(.headMarkOfPhoto, [.id(photo)]).first?.mark()
    }
}
