import HTTPTypes
import Hummingbird
import Registry
import Storage

/// `/v1/translocations`, `/v1/high-waters` and `/v1/movement-parameters`: what movements are judged by.
struct TranslocationRoutes {
    let store: RegistryStore
    let bodies: BodyReader

    func add(to group: RouterGroup<RequestScope>) {
        group.get("translocations", use: list)
        group.get("translocations/:id", use: show)
        group.post("translocations", use: add)
        group.get("high-waters", use: listHighWaters)
        group.get("high-waters/:id", use: showHighWater)
        group.post("high-waters", use: addHighWater)
        group.get("movement-parameters", use: parameters)
    }

    @Sendable private func add(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let caller = try scope.caller()
        // Who may decide alone: such a record can silence an alert.
        let added = try await bodies.withDocument(of: request, by: caller, needing: .decide) {
            (document: TranslocationRequest, key) in
            try await store.addTranslocation(
                of: document.individual, agency: caller.agency.id, movedAt: document.movedAt, from: document.from,
                to: document.to, permit: document.permit, authority: document.authority,
                by: Reviewer(caller.key, of: caller.agency).name, idempotency: key)
        }
        return try .json(
            TranslocationDocument(added.record, .exact), status: .created,
            headers: [.location: TranslocationDocument.path(of: added.record)])
    }

    @Sendable private func addHighWater(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let caller = try scope.caller()
        // Who may decide alone: such a record can silence an alert.
        let added = try await bodies.withDocument(of: request, by: caller, needing: .decide) {
            (document: HighWaterRequest, key) in
            try await store.addHighWater(
                in: document.system, river: document.river, from: document.from, to: document.to,
                source: document.source, agency: caller.agency.id, idempotency: key)
        }
        return try .json(
            HighWaterDocument(added.record), status: .created,
            headers: [.location: HighWaterDocument.path(of: added.record)])
    }

    @Sendable private func list(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let caller = try scope.caller()
        try caller.require(.readRegistry)
        let paging = try Paging<Translocation>(request)
        let page = try await store.translocations(
            after: paging.after, limit: paging.limit, individual: request.identifier("individual"))
        let sight = try await store.sight(of: caller)
        return try paging.response(page, of: request) { TranslocationDocument($0, sight($0.agency)) }
    }

    @Sendable private func show(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let caller = try scope.caller()
        guard let record = try await store.translocation(scope.id()), caller.maySee(record.agency) else {
            throw Problem(.notFound)
        }
        return try .json(TranslocationDocument(record, try await store.sight(of: caller)(record.agency)))
    }

    @Sendable private func listHighWaters(_ request: Request, _ scope: RequestScope) async throws -> Response {
        try scope.caller().require(.readRegistry)
        let paging = try Paging<HighWater>(request)
        let page = try await store.highWaters(
            after: paging.after, limit: paging.limit, system: request.words("waterSystem", 1...100))
        return try paging.response(page, of: request, HighWaterDocument.init)
    }

    @Sendable private func showHighWater(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let caller = try scope.caller()
        guard let record = try await store.highWater(scope.id()), caller.maySee(record.agency) else {
            throw Problem(.notFound)
        }
        return try .json(HighWaterDocument(record))
    }

    @Sendable private func parameters(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let parameters = try await store.movementParameterRows(of: scope.caller().agency.id)
        return try .json(PageDocument(items: parameters.map(MovementParameterDocument.init), next: nil))
    }
}

extension Request {
    /// Words from the address.
    ///
    /// - Throws: `Problem` where they are too long or short, or hold the one character the database cannot.
    fileprivate func words(_ name: String, _ range: ClosedRange<Int>) throws(Problem) -> String? {
        guard let text = uri.queryParameters[name[...]].map(String.init) else { return nil }
        guard range.contains(text.unicodeScalars.count), !text.utf8.contains(0) else {
            throw .parameter(
                name, .textLength, ["shortest": String(range.lowerBound), "longest": String(range.upperBound)])
        }
        return text
    }
}
