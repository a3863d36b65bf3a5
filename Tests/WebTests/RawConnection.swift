import Foundation
import Testing

/// A TCP connection that sends what no well-behaved client would.
struct RawConnection {
    private let port: UInt16

    init(_ address: String) throws {
        port = UInt16(try #require(URL(string: address)?.port))
    }

    /// Sends bytes and reads until the other side closes.
    func exchange(_ request: String) async throws -> String {
        let port = port
        return try await Task.detached { try Self.exchange(request, port: port) }.value
    }

    private static func exchange(_ request: String, port: UInt16) throws -> String {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        try #require(socket >= 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        try #require(connected == 0)
        try #require(send(socket, request, request.utf8.count, 0) == request.utf8.count)
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while case let count = recv(socket, &buffer, buffer.count, 0), count > 0 { answer += buffer.prefix(count) }
        return String(decoding: answer, as: UTF8.self)
    }
}
