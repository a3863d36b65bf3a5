import HTTPTypes
import Hummingbird
import Hybrids
import Registry
import Storage

/// `/v1/photos/{id}/head-landmarks` and what is measured by them.
struct HeadLandmarkRoutes {
    let store: RegistryStore
    let bodies: BodyReader

    func add(to group: RouterGroup<RequestScope>) {
        group.get("photos/:id/head-landmarks", use: list)
        group.post("photos/:id/head-landmarks", use: place)
        group.get("photos/:id/head-landmarks/suggestion", use: suggestion)
        group.get("photos/:id/head-measures", use: measures)
    }

    @Sendable private func place(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let caller = try scope.caller()
        let (photo, placed) = try await bodies.withDocument(
            of: request, by: caller, needing: .submit, atMost: 1 << 16
        ) { (document: HeadLandmarksRequest, key) in
            let photo = try await visible(scope)
            let head = try document.head()
            let reviewer = Reviewer(caller.key, of: caller.agency)
            let placed = try await store.placeHead(head, on: photo.id, by: reviewer, idempotency: key)
            try await store.reassessScreenings(of: photo.id, by: reviewer)
            return (photo, placed.record)
        }
        return try .json(
            PlacedHeadDocument(placed, measured: try await measured(placed, on: photo, in: scope.language)),
            status: .created, headers: [.location: "/v1/photos/\(photo.id)/head-landmarks"])
    }

    @Sendable private func list(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let heads = try await store.heads(of: visible(scope).id)
        return try .json(PageDocument(items: heads.map { PlacedHeadDocument($0) }, next: nil))
    }

    @Sendable private func suggestion(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let photo = try await visible(scope)
        let suggested = try await store.suggestedHead(on: photo)
        return try .json(HeadSuggestionDocument(suggested, on: photo, in: scope.language))
    }

    @Sendable private func measures(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let photo = try await visible(scope)
        guard let head = try await store.currentHead(of: photo.id) else { throw Problem(.notFound) }
        let measured = try await store.measured(head, on: photo)
        return try .json(HeadMeasuresDocument(measured, of: head, in: scope.language))
    }

    /// What landmarks that were just placed lead to; they are kept where the photograph shows too little.
    private func measured(
        _ head: PlacedHead, on photo: Photo, in language: Language
    ) async throws -> PlacedHeadDocument.Measured {
        do {
            return .measured(HeadMeasuresDocument(try await store.measured(head, on: photo), of: head, in: language))
        } catch let error as HeadUnmeasured {
            return .unmeasured(FindingDocument(error.finding, in: language))
        }
    }

    private func visible(_ scope: RequestScope) async throws -> Photo {
        guard let photo = try await store.photo(scope.id()), try scope.caller().maySee(photo.agency) else {
            throw Problem(.notFound)
        }
        return photo
    }
}
