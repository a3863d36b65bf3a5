import Foundation
import Registry
import Storage
import Testing

extension BreakerLimits {
    /// Opens after two failures, for an hour at first.
    static let strict = BreakerLimits(
        failures: 2, pause: .seconds(3600), longestPause: .seconds(7200), patience: .seconds(5 * 86400))
}

extension SealedEndpointSecret {
    /// As good as encrypted, for the store never looks into it.
    static func opaque(_ word: String = "secret") -> SealedEndpointSecret {
        SealedEndpointSecret(
            hmac: Array(word.utf8), ed25519: Array(word.utf8), publicKey: Array(repeating: 7, count: 32))
    }
}

extension Fixture {
    /// An endpoint of the fixture's agency, or another's.
    func endpoint(
        of agency: Agency? = nil, _ subscription: Subscription = Subscription(),
        _ delivery: DeliverySettings = DeliverySettings(), channel: Endpoint.Channel? = nil
    ) async throws -> Endpoint {
        let draft = EndpointDraft(
            agency: (agency ?? self.agency).id,
            channel: channel ?? .webhook(url: "https://receiver.example/\(UUID())"), label: "test",
            subscription: subscription, delivery: delivery)
        return try await store.createEndpoint(draft, by: "test") { _ in SealedEndpointKeys(secret: .opaque()) }.record
    }

    /// A screening that was answered; its events are two, or one where nobody is named or missed.
    @discardableResult
    func answer(
        _ outcome: Outcome = .unknown, at position: Position? = nil, on occasion: Occasion? = nil
    ) async throws -> Screening {
        let photo = try await photo()
        let submission = Screening.Submission(
            photos: [photo.id], region: .head, position: position, occasion: occasion)
        let screening = try await store.createScreening(submission, agency: agency.id, key: key.id).record
        try await store.finishScreening(claim(), .plain(outcome))
        return screening
    }

    /// A worker that lives for a minute.
    func worker() async throws -> UUID {
        let worker = UUID()
        try await store.beat(worker: worker, name: "test", for: .seconds(60))
        return worker
    }

    /// What is due, after deliveries were made of everything new.
    func due(for worker: UUID) async throws -> [ClaimedDelivery] {
        while try await store.fanOut() > 0 {}
        return try await store.claimDeliveries(worker: worker, limit: 1000)
    }

    @discardableResult
    func finish(
        _ claims: [ClaimedDelivery], by worker: UUID, _ next: DeliveryOutcome.Next,
        _ failure: DeliveryAttempt.Failure? = nil
    ) async throws -> RecordedOutcomes {
        let outcomes = claims.map { claim in
            DeliveryOutcome(
                endpoint: claim.endpoint.id, position: claim.event.position,
                attempt: DeliveryAttempt(
                    number: claim.attempt, startedAt: Date(), milliseconds: 2.5, status: failure == nil ? 204 : 500,
                    failure: failure, response: "body"), next: next)
        }
        return try await store.finishDeliveries(worker: worker, outcomes, limits: .strict)
    }
}
