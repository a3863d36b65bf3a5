import HTTPTypes
import Hummingbird
import NIOCore
import Registry
import Storage

/// `/v1/photos`.
struct PhotoRoutes {
    let store: RegistryStore
    let bodies: BodyReader
    let intake: Intake

    func add(to group: RouterGroup<RequestScope>) {
        group.post("photos", use: submit)
        group.get("photos", use: list)
        group.get("photos/:id", use: show)
        group.get("photos/:id/file", use: file)
    }

    @Sendable private func submit(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let caller = try scope.caller()
        do {
            try caller.require(.submit)
            try PhotoMediaType.check(request.headers[.contentType])
        } catch {
            throw error.leavingBody(of: request)
        }
        let added = try await bodies.withBody(of: request) { bytes in
            let key = try request.idempotencyKey(of: caller.key.id, body: bytes)
            return try await intake.add(bytes, agency: caller.agency.id, idempotency: key)
        }
        let path = "/v1/photos/\(added.record.id)"
        return try .json(
            PhotoDocument(added.record, .exact), status: added.change == .existing ? .ok : .created,
            headers: [.location: path])
    }

    @Sendable private func list(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let caller = try scope.caller()
        let paging = try Paging<Photo>(request)
        let page = try await store.photos(after: paging.after, limit: paging.limit, agency: caller.onlyAgency)
        let sight = try await store.sight(of: caller)
        return try paging.response(page, of: request) { PhotoDocument($0, sight($0.agency)) }
    }

    @Sendable private func show(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let photo = try await visible(scope)
        return try .json(PhotoDocument(photo, try await store.sight(of: scope.caller())(photo.agency)))
    }

    /// The original file, which holds the place in its EXIF.
    @Sendable private func file(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let photo = try await visible(scope)
        let caller = try scope.caller()
        if photo.agency != caller.agency.id { try caller.require(.exactPositions) }
        let bytes = try await store.bytes(of: photo)
        return Response(
            status: .ok,
            headers: [
                .contentType: photo.mediaType, .cacheControl: "private, max-age=31536000, immutable",
                .eTag: "\"\(photo.sha256)\"", .contentDisposition: "attachment; filename=\"\(photo.id)\"",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private func visible(_ scope: RequestScope) async throws -> Photo {
        guard let photo = try await store.photo(scope.id()), try scope.caller().maySee(photo.agency) else {
            throw Problem(.notFound)
        }
        return photo
    }
}

extension Problem {
    /// The problem of a request whose body is not read: the connection ends with the answer where there is one.
    func leavingBody(of request: Request) -> Problem {
        var problem = self
        problem.endsConnection = request.hasBody
        return problem
    }
}
