import Foundation
import Registry
import Storage

/// Turns claimed deliveries into transfers.
struct DeliveryPreparation: Sendable {
    let seal: SecretSeal
    let `guard`: AddressGuard
    let mail: MailServer?
    let content: DeliveryContent

    /// Why an endpoint cannot be spoken to at this moment.
    struct Obstacle: Error {
        let failure: DeliveryAttempt.Failure
        let reason: String

        init(_ failure: DeliveryAttempt.Failure, _ reason: String) {
            self.failure = failure
            self.reason = reason
        }
    }

    /// The transfers of one endpoint's deliveries, with an answer at once where there can be none.
    ///
    /// - Parameters:
    ///   - endpoint: The endpoint.
    ///   - claims: Its deliveries.
    ///   - bodies: Bodies by the positions of events.
    /// - Returns: One for each claim, in their order.
    func transfers(
        to endpoint: Endpoint, _ claims: [ClaimedDelivery], bodies: [Int64: [UInt8]]
    ) async -> [Result<Transfer, Obstacle>] {
        do throws(Obstacle) {
            switch endpoint.channel {
            case .webhook(let url):
                let way = try await way(to: endpoint, url, claims)
                return claims.map { claim in
                    Result { () throws(Obstacle) in try request(claim, way, bodies[claim.event.position]) }
                }
            case .email(let address):
                let letterbox = try letterbox(address)
                return claims.map { .success(letter(about: $0, letterbox)) }
            case .feed:
                throw Obstacle(.misconfigured, "A feed has no deliveries.")
            }
        } catch {
            return claims.map { _ in .failure(error) }
        }
    }

    /// What all requests to an endpoint have in common.
    private struct Way {
        let target: PinnedTarget
        let trust: Transfer.Trust
        let keys: [SigningKeys]
    }

    private func way(
        to endpoint: Endpoint, _ url: String, _ claims: [ClaimedDelivery]
    ) async throws(Obstacle) -> Way {
        guard let sample = claims.first, !sample.secrets.isEmpty else {
            throw Obstacle(.misconfigured, "The endpoint has no secret to sign with.")
        }
        var keys: [SigningKeys] = []
        var client: (certificate: String, key: [UInt8])?
        do {
            for secret in sample.secrets { keys.append(try SigningKeys(opening: secret, of: endpoint.id, with: seal)) }
            if let certificate = endpoint.delivery.clientCertificate, let sealed = sample.sealedClientKey {
                client = (certificate, try seal.open(sealed, of: endpoint.id))
            }
        } catch {
            throw Obstacle(.misconfigured, error.description)
        }
        do {
            let target = try await `guard`.target(
                url, allowsPrivateAddresses: endpoint.delivery.allowsPrivateAddresses)
            let trust = Transfer.Trust(authorities: endpoint.delivery.certificateAuthorities, client: client)
            return Way(target: target, trust: trust, keys: keys)
        } catch {
            if case .unresolved = error { throw Obstacle(.unresolved, error.description) }
            throw Obstacle(.forbiddenAddress, error.description)
        }
    }

    private func request(
        _ claim: ClaimedDelivery, _ way: Way, _ body: [UInt8]?
    ) throws(Obstacle) -> Transfer {
        guard let body else { throw Obstacle(.misconfigured, "The event cannot be put into words.") }
        do {
            let signed = try WebhookSignature.headers(
                id: claim.event.id.description, at: Date(), body: body, keys: way.keys)
            let headers = signed.fields + [("content-type", content.mediaType)]
            return Transfer(
                Transfer.Request(to: way.target, headers: headers, body: body, trust: way.trust),
                lane: claim.endpoint.id.uuid, parallel: claim.endpoint.delivery.parallel)
        } catch {
            throw Obstacle(.misconfigured, "The request cannot be signed: \(error)")
        }
    }

    private func letterbox(_ address: String) throws(Obstacle) -> (MailServer, MailAddress) {
        guard let mail else { throw Obstacle(.misconfigured, "The registry has no mail server.") }
        do {
            return (mail, try MailAddress(address))
        } catch {
            throw Obstacle(.misconfigured, error.description)
        }
    }

    private func letter(about claim: ClaimedDelivery, _ letterbox: (MailServer, MailAddress)) -> Transfer {
        let (subject, text) = content.letter(claim.event, claim.endpoint.delivery.language)
        let letter = Letter(
            to: letterbox.1, subject: subject, text: text, id: "\(claim.event.id).\(claim.endpoint.id)",
            date: claim.event.createdAt)
        return Transfer(
            letter, through: letterbox.0, lane: claim.endpoint.id.uuid, parallel: claim.endpoint.delivery.parallel)
    }
}
