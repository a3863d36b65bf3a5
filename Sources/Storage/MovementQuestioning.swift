import Foundation
import Postgres
public import Provenance
public import Registry

extension RegistryStore {
    /// What has to be asked about an animal that a screening names: where it was, where it is, and what people recorded.
    ///
    /// Earlier sightings are encounters and confirmed screenings with a place, the latest twenty.
    ///
    /// - Parameters:
    ///   - screening: The screening.
    ///   - individual: The animal that it names.
    ///   - identity: Probability that it is this animal, 0 … 1.
    /// - Returns: The question, with ways along the network that is loaded.
    /// - Throws: `PostgresError`, ``StorageError/recordUnreadable(column:reason:)``.
    public func movementQuestion(
        on screening: Screening, of individual: Identifier<Individual>, identity: Double
    ) async throws -> MovementQuestion {
        let network = waters
        let submission = screening.submission
        // What the submitter left out, the camera may have written.
        let photo: Photo? = if let first = submission.photos.first { try await photo(first) } else { nil }
        let later = try await network.sighting(
            at: submission.observedAt ?? photo?.capturedAt ?? screening.createdAt,
            submission.position ?? photo?.position)
        guard later.position != nil else {
            return MovementQuestion(journeys: [], later: later, identity: identity)
        }
        var journeys: [Journey] = []
        for row in try await rows(.sightingsOfIndividual, [.id(individual), .id(screening.id)]) {
            let earlier = try await network.sighting(at: row.optional("event_date"), row.position())
            journeys.append(try await network.journey(from: earlier, to: later))
        }
        var moves: [MovementQuestion.Move] = []
        for record in try await translocations(limit: 1000, individual: individual).items {
            let arrival = try await network.sighting(at: record.movedAt, record.to.position)
            moves.append(.init(record: record, journey: try await network.journey(from: arrival, to: later)))
        }
        let systems = Set(journeys.flatMap(\.ways).flatMap { [$0.from.system, $0.to.system] })
        let floods = try await highWaters(
            in: systems.sorted(), from: journeys.compactMap(\.start.date).min(), to: later.date)
        return MovementQuestion(
            journeys: journeys, later: later, translocations: moves, highWaters: floods, identity: identity)
    }
}
