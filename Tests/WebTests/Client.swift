import Foundation
import FoundationNetworking
import Registry
import Storage
import Testing

/// Speaks HTTP to the application as anybody would.
struct Client: Sendable {
    let address: String
    let secret: String?
    let key: APIKey?

    private static let session: URLSession = {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpMaximumConnectionsPerHost = 64
        configuration.urlCache = nil
        return URLSession(configuration: configuration)
    }()

    func get(_ path: String, _ headers: [String: String] = [:]) async throws -> Reply {
        try await send("GET", path, headers)
    }

    func post(_ path: String, json: String, _ headers: [String: String] = [:]) async throws -> Reply {
        try await send(
            "POST", path, headers.merging(["Content-Type": "application/json"]) { own, _ in own }, Array(json.utf8))
    }

    func patch(_ path: String, json: String) async throws -> Reply {
        try await send("PATCH", path, ["Content-Type": "application/json"], Array(json.utf8))
    }

    func submit(_ photo: [UInt8], type: String = "image/jpeg", _ headers: [String: String] = [:]) async throws -> Reply
    {
        try await send("POST", "/v1/photos", headers.merging(["Content-Type": type]) { own, _ in own }, photo)
    }

    func send(
        _ method: String, _ path: String, _ headers: [String: String] = [:], _ body: [UInt8]? = nil
    ) async throws -> Reply {
        var request = URLRequest(url: try #require(URL(string: address + path)), timeoutInterval: 60)
        request.httpMethod = method
        if let secret { request.setValue("Bearer \(secret)", forHTTPHeaderField: "Authorization") }
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        if let body { request.httpBody = Data(body) }
        let (data, response) = try await Self.session.data(for: request)
        return Reply(try #require(response as? HTTPURLResponse), data)
    }
}

/// What the application answered.
struct Reply: Sendable {
    let status: Int
    let bytes: [UInt8]
    private let headers: [String: String]

    init(_ response: HTTPURLResponse, _ data: Data) {
        status = response.statusCode
        bytes = Array(data)
        headers = Dictionary(
            response.allHeaderFields.map { ("\($0.key)".lowercased(), "\($0.value)") }
        ) { first, _ in first }
    }

    func header(_ name: String) -> String? { headers[name.lowercased()] }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The value at a path of names and indices, such as `items.0.id`; `nil` where there is none, or no JSON at all.
    func json(_ path: String) -> JSON? {
        var value = try? JSONDecoder().decode(JSON.self, from: Data(bytes))
        for part in path.split(separator: ".") { value = value?[part] }
        return value
    }

    func string(_ path: String) -> String? {
        guard case .string(let text) = json(path) else { return nil }
        return text
    }

    func number(_ path: String) -> Double? {
        guard case .number(let number) = json(path) else { return nil }
        return number
    }

    /// How many entries an array has.
    func count(_ path: String) -> Int? {
        guard case .array(let items) = json(path) else { return nil }
        return items.count
    }

    /// The last part of a problem's type.
    var problem: String? {
        guard header("Content-Type") == "application/problem+json" else { return nil }
        return string("type")?.replacingOccurrences(of: "urn:andrias:problem:", with: "")
    }
}

/// Any JSON value.
enum JSON: Decodable, Equatable, Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSON])
    case object([String: JSON])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSON].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSON].self))
        }
    }

    subscript(part: Substring) -> JSON? {
        switch self {
        case .array(let items): Int(part).flatMap { items.indices.contains($0) ? items[$0] : nil }
        case .object(let members): members[String(part)]
        default: nil
        }
    }
}
