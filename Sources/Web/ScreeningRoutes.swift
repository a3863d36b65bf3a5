import Foundation
import HTTPTypes
import Hummingbird
import Registry
import Storage

/// `/v1/screenings`.
struct ScreeningRoutes {
    let store: RegistryStore
    let bodies: BodyReader
    let intake: Intake
    let updates: RegistryUpdates
    let pages: PageLinks
    let usualWait: Duration
    let longestWait: Duration

    func add(to group: RouterGroup<RequestScope>) {
        group.post("screenings", use: submit)
        group.get("screenings", use: list)
        group.get("screenings/:id", use: show)
    }

    @Sendable private func submit(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let caller = try scope.caller()
        let wait: Wait?
        do {
            try caller.require(.submit)
            try request.requireJSON()
            wait = try Wait(request, longest: longestWait)
        } catch {
            throw error.leavingBody(of: request)
        }
        let added = try await bodies.withBody(of: request) { bytes in
            let key = try request.idempotencyKey(of: caller.key.id, body: bytes)
            let checked = try CheckedSubmission(JSONDecoding.document(ScreeningRequest.self, from: bytes))
            let photos = try await photos(of: checked, caller: caller)
            return try await store.createScreening(
                checked.submission(photos: photos), agency: caller.agency.id, key: caller.key.id, idempotency: key)
        }
        return try await answer(added.record, wait: wait, scope: scope)
    }

    /// Waits for the answer where the screening is of the interactive lane: 201 with it, or 202 and where it will be.
    private func answer(_ received: Screening, wait: Wait?, scope: RequestScope) async throws -> Response {
        let isInteractive = received.submission.lane == .interactive
        let time = isInteractive ? wait?.time ?? usualWait : .zero
        var screening = received
        if screening.verdict == nil, time > .zero {
            let answered = try await updates.first(.screening(received.id), within: time) { [store] in
                let screening = try await store.screening(received.id)
                return screening?.verdict == nil ? nil : screening
            }
            // Where the time is over it may have come further all the same.
            screening = if let answered { answered } else { try await store.screening(received.id) ?? received }
        }
        var headers: HTTPFields = [.location: "/v1/screenings/\(received.id)"]
        if isInteractive, let wait { headers[.preferenceApplied] = "wait=\(wait.time.components.seconds)" }
        if screening.verdict == nil { headers[.retryAfter] = "2" }
        return try .json(
            try await document(screening, scope),
            status: screening.verdict == nil ? .accepted : .created, headers: headers)
    }

    private func photos(of checked: CheckedSubmission, caller: Authenticated) async throws -> [Identifier<Photo>] {
        switch checked.photos {
        case .inline(let bytes):
            // Content-addressed, and so the same photograph when the request is repeated.
            return [try await intake.add(bytes, agency: caller.agency.id, idempotency: nil).record.id]
        case .ids(let ids):
            for (index, id) in ids.enumerated() {
                guard let photo = try await store.photo(id), caller.maySee(photo.agency) else {
                    throw Problem.invalid("/photoIds/\(index)", .noSuchPhoto)
                }
            }
            return ids
        }
    }

    @Sendable private func list(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let caller = try scope.caller()
        let paging = try Paging<Screening>(request)
        let state = try request.uri.queryParameters["state"].map { text throws(Problem) in
            guard let state = Screening.State(rawValue: String(text)) else {
                let accepted = Screening.State.allCases.map(\.rawValue).joined(separator: ", ")
                throw .parameter("state", .notOneOf, ["accepted": accepted])
            }
            return state
        }
        let page = try await store.screenings(
            after: paging.after, limit: paging.limit, agency: caller.onlyAgency, state: state)
        let sight = try await store.sight(of: caller)
        let assessed = try await store.assessed(among: page.items.map(\.id))
        return try paging.response(page, of: request) { document($0, sight, assessed, scope) }
    }

    @Sendable private func show(_ request: Request, _ scope: RequestScope) async throws -> Response {
        guard let screening = try await store.screening(scope.id()), try scope.caller().maySee(screening.agency) else {
            throw Problem(.notFound)
        }
        return try .json(try await document(screening, scope))
    }

    private func document(_ screening: Screening, _ scope: RequestScope) async throws -> ScreeningDocument {
        let assessed = try await store.assessed(among: [screening.id])
        return document(screening, try await store.sight(of: scope.caller()), assessed, scope)
    }

    private func document(
        _ screening: Screening, _ sight: PositionSight, _ assessed: Set<Identifier<Screening>>, _ scope: RequestScope
    ) -> ScreeningDocument {
        ScreeningDocument(
            screening, sight, language: scope.language, page: pages.address(of: screening.id),
            isAssessed: assessed.contains(screening.id))
    }
}

/// `Prefer: wait=N` (RFC 7240): how many seconds the sender is ready to wait.
private struct Wait {
    let time: Duration

    /// - Throws: `Problem` where N is no number; a longer wait than is granted is cut.
    init?(_ request: Request, longest: Duration) throws(Problem) {
        let preferences = (request.headers[.prefer] ?? "").split(separator: ",").map {
            $0.trimmingCharacters(in: .whitespaces).lowercased()
        }
        guard let wait = preferences.first(where: { $0.hasPrefix("wait=") }) else { return nil }
        // RFC 7240, section 2: a preference that is not understood is ignored.
        guard let seconds = Int(wait.dropFirst(5)), seconds >= 0 else { return nil }
        time = min(.seconds(min(seconds, 3600)), longest)
    }
}

extension Request {
    /// - Throws: `Problem` where the content type is not JSON.
    func requireJSON() throws(Problem) {
        let type = headers[.contentType]?.split(separator: ";").first?.trimmingCharacters(in: .whitespaces)
        guard type?.lowercased() == "application/json" else {
            throw Problem(.unsupportedMediaType, ["accepted": "application/json"])
        }
    }
}
