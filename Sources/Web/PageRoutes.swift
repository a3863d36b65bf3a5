import Explanation
import HTTPTypes
import Hummingbird
import NIOCore
import Registry
import Storage

/// The pages for people, and what they load.
struct PageRoutes {
    let store: RegistryStore
    let intake: Intake
    let explanations: Explanations
    let links: PageLinks

    func add(to group: RouterGroup<RequestScope>) {
        group.get("/") { _, scope in Response.page(submitPage(in: scope.language)) }
        group.get("screenings/:id", use: screening)
        group.get("screenings/:id/photos/:photo", use: photo)
        group.get("screenings/:id/candidates/:rank/explanation", use: explanation)
        group.get("assets/characters/:code") { _, scope in
            guard let drawing = scope.parameters.get("code").flatMap(CharacterDrawing.init) else {
                throw Problem(.notFound)
            }
            return drawing.response(in: scope.language, caching: "public, max-age=86400")
        }
        for asset in Asset.all {
            group.get("assets/\(asset.name)") { _, _ in asset.response }
        }
    }

    @Sendable private func screening(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let (screening, token) = try await opened(request, scope)
        return .page(
            ScreeningPage(
                screening: screening, assessment: try await store.hybridAssessment(of: screening.id), token: token,
                language: scope.language
            ).html)
    }

    @Sendable private func photo(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let (screening, _) = try await opened(request, scope)
        let id: Identifier<Photo> = try scope.id("photo")
        guard Self.photos(of: screening).contains(id), let photo = try await store.photo(id) else {
            throw Problem(.notFound)
        }
        return Response(
            status: .ok, headers: [.contentType: "image/jpeg", .cacheControl: "private, max-age=86400"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: try await intake.picture(of: photo))))
    }

    @Sendable private func explanation(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let (screening, _) = try await opened(request, scope)
        let rank = try scope.rank()
        guard rank <= ScreeningPage.candidates else { throw Problem(.notFound) }
        return try await explanations.response(of: screening, rank: rank, in: scope.language)
    }

    /// The screening that the link opens; a wrong token and a wrong identifier look alike.
    private func opened(_ request: Request, _ scope: RequestScope) async throws -> (Screening, String) {
        let id: Identifier<Screening> = try scope.id()
        guard let token = request.uri.queryParameters["token"], links.isValid(token, for: id),
            let screening = try await store.screening(id)
        else { throw Problem(.notFound) }
        return (screening, String(token))
    }

    /// What the page of a screening shows.
    private static func photos(of screening: Screening) -> Set<Identifier<Photo>> {
        let shown = screening.verdict?.candidates.prefix(ScreeningPage.candidates) ?? []
        return Set(screening.submission.photos).union(shown.map(\.reference))
    }
}

/// A file that pages load, part of the program.
struct Asset: Sendable {
    let name: String
    let mediaType: String
    let bytes: [UInt8]

    static let all = [
        Asset(name: "style.css", mediaType: "text/css; charset=utf-8", bytes: PackageResources.style_css),
        Asset(name: "submit.js", mediaType: "text/javascript; charset=utf-8", bytes: PackageResources.submit_js),
        Asset(name: "icon.svg", mediaType: "image/svg+xml", bytes: PackageResources.icon_svg),
    ]

    /// The API's description.
    static let description = Asset(
        name: "openapi.yaml", mediaType: "application/yaml", bytes: PackageResources.openapi_yaml)

    var response: Response {
        Response(
            status: .ok, headers: [.contentType: mediaType, .cacheControl: "public, max-age=300"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
