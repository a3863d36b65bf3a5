import HTTPTypes
import Hummingbird
import Registry
import Storage

/// Which page of records a request asks for.
struct Paging<Record: Sendable> {
    let after: Identifier<Record>?
    let limit: Int

    /// - Throws: `Problem` for a limit outside 1 … 200, or an identifier that is none.
    init(_ request: Request) throws(Problem) {
        limit = try request.pageLimit()
        after = try request.identifier("after")
    }

    /// The page as a document, with the address of the next one.
    func response<Item: Encodable>(
        _ page: Page<Record>, of request: Request, _ item: (Record) throws -> Item
    ) throws -> Response {
        let next = page.next?.description
        return try .json(
            PageDocument(items: try page.items.map(item), next: next),
            headers: request.nextPage(after: next, limit: limit))
    }
}

extension Request {
    /// How many records a page holds.
    ///
    /// - Throws: `Problem` for a limit outside 1 … 200.
    func pageLimit() throws(Problem) -> Int {
        guard let text = uri.queryParameters["limit"] else { return 50 }
        guard let limit = Int(text), (1...200).contains(limit) else {
            throw .parameter("limit", .number, ["lowest": "1", "highest": "200"])
        }
        return limit
    }

    /// The header that names the next page, where there is one.
    func nextPage(after next: String?, limit: Int) -> HTTPFields {
        guard let next else { return [:] }
        let others = (uri.query ?? "").split(separator: "&").filter {
            !$0.hasPrefix("after=") && !$0.hasPrefix("limit=")
        }
        let query = (others + ["limit=\(limit)", "after=\(next)"]).joined(separator: "&")
        return [.link: "<\(uri.path)?\(query)>; rel=\"next\""]
    }

    /// An identifier from the address.
    ///
    /// - Throws: `Problem` where it is none.
    func identifier<Record>(_ name: String) throws(Problem) -> Identifier<Record>? {
        guard let text = uri.queryParameters[name[...]] else { return nil }
        guard let id = Identifier<Record>(text) else { throw .parameter(name, .notAnIdentifier) }
        return id
    }
}

extension RequestScope {
    /// The identifier in the path; one that is none names no record.
    func id<Record>(_ name: String = "id") throws(Problem) -> Identifier<Record> {
        guard let id = parameters.get(name).flatMap({ Identifier<Record>($0) }) else { throw Problem(.notFound) }
        return id
    }
}
