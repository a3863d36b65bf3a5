import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
    /// A JSON document: camel case, moments in RFC 3339, keys in order.
    static func json(
        _ document: some Encodable, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
    ) throws -> Response {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .custom { moment, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(moment.wire)
        }
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var headers = headers
        headers[.contentType] = "application/json"
        if headers[.cacheControl] == nil { headers[.cacheControl] = "private, no-cache" }
        return Response(
            status: status, headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: try encoder.encode(document))))
    }
}

extension Date {
    /// RFC 3339 in UTC with milliseconds.
    var wire: String { formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)) }

    /// Reads RFC 3339 with an offset, with or without a fraction of a second; `nil` for anything else.
    init?(wire text: String) {
        for fraction in [false, true] {
            let style = Date.ISO8601FormatStyle(includingFractionalSeconds: fraction)
            if let moment = try? style.parse(text) {
                self = moment
                return
            }
        }
        return nil
    }
}
