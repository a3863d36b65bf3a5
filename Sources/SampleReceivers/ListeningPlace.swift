import Foundation
import NIOCore

/// A port of 127.0.0.1 that nobody else gets, whether anybody listens on it or not.
final class ListeningPlace: Sendable {
    let port: Int
    private let holder: Int32

    /// - Parameter port: The port; 0 for any that is free.
    /// - Throws: What the system says, for instance that the port is taken.
    init(port: Int) throws {
        // A socket that is bound and does not listen lets another one of this process listen beside it.
        holder = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard holder >= 0 else { throw IOError(errnoCode: errno, reason: "socket") }
        var isReused: Int32 = 1
        setsockopt(holder, SOL_SOCKET, SO_REUSEADDR, &isReused, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(truncatingIfNeeded: port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let holder = holder
        let isBound = withUnsafeMutablePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(holder, $0, length) == 0 && getsockname(holder, $0, &length) == 0
            }
        }
        guard isBound else {
            let code = errno
            close(holder)
            throw IOError(errnoCode: code, reason: "bind to port \(port)")
        }
        self.port = Int(in_port_t(bigEndian: address.sin_port))
    }

    deinit { close(holder) }
}
