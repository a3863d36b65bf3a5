import Explanation
import HTTPTypes
import Hummingbird
import NIOCore
import Registry
import Screening
import Storage

/// Draws why a screening's candidates are candidates.
struct Explanations: Sendable {
    let store: RegistryStore
    let compute: Compute
    private let turns: Turns

    init(store: RegistryStore, compute: Compute) {
        self.store = store
        self.compute = compute
        // Who waits holds no photograph yet; who works holds two files and their pixels.
        turns = Turns(atOnce: compute.width, longestQueue: 64)
    }

    /// The drawing of a candidate, which never changes once there is an answer.
    ///
    /// Its pictures are pixels alone, so that whoever may see the screening may see it, as on the screening's page.
    ///
    /// - Parameters:
    ///   - screening: The screening.
    ///   - rank: Which candidate, from 1.
    ///   - language: The language of its words.
    /// - Returns: The SVG with its own content policy.
    /// - Throws: `Problem` where there is no such candidate or too many wait; `PhotoFileError`; `PostgresError`.
    func response(of screening: Screening, rank: Int, in language: Language) async throws -> Response {
        guard let verdict = screening.verdict, verdict.candidates.indices.contains(rank - 1) else {
            throw Problem(.notFound)
        }
        let drawing = try await turns.take { [store, compute] in
            let candidate = verdict.candidates[rank - 1]
            let photographs = try await store.photographs(of: candidate, in: screening)
            return try await withTaskExecutorPreference(compute) {
                try PairExplanation(
                    submitted: PhotoFile(bytes: photographs.submitted, mark: photographs.submittedMark),
                    reference: PhotoFile(bytes: photographs.reference, mark: photographs.referenceMark),
                    correspondences: candidate.correspondences, facts: .init(candidate, of: verdict)
                ).svg(in: language)
            }
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: "image/svg+xml", .contentLanguage: language.rawValue,
                .cacheControl: "private, max-age=86400",
                .contentSecurityPolicy: "default-src 'none'; img-src data:; style-src 'unsafe-inline'",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(string: drawing)))
    }
}

/// `/v1/screenings/{id}/candidates/{rank}/explanation`.
struct ExplanationRoutes {
    let store: RegistryStore
    let explanations: Explanations

    func add(to group: RouterGroup<RequestScope>) {
        group.get("screenings/:id/candidates/:rank/explanation", use: show)
    }

    @Sendable private func show(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let rank = try scope.rank()
        if let language = request.uri.queryParameters["lang"], Language(rawValue: String(language)) == nil {
            let accepted = Language.allCases.map(\.rawValue).joined(separator: ", ")
            throw Problem.parameter("lang", .notOneOf, ["accepted": accepted])
        }
        guard let screening = try await store.screening(scope.id()), try scope.caller().maySee(screening.agency) else {
            throw Problem(.notFound)
        }
        return try await explanations.response(of: screening, rank: rank, in: scope.language)
    }
}

extension RequestScope {
    /// The rank in the path, from 1; what is none names no candidate.
    func rank() throws(Problem) -> Int {
        guard let rank = parameters.get("rank").flatMap({ Int($0) }), rank >= 1 else { throw Problem(.notFound) }
        return rank
    }
}
