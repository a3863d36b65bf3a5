import Hummingbird
import NIOCore
import Registry
import Synchronization

/// Reads bodies within limits of size, time and memory over all requests.
final class BodyReader: Sendable {
    private let maximumBytes: Int
    private let maximumBytesInFlight: Int
    private let timeout: Duration
    private let inFlight = Mutex(0)

    init(_ configuration: WebConfiguration) {
        maximumBytes = configuration.maximumBodyBytes
        maximumBytesInFlight = configuration.maximumBytesInFlight
        timeout = configuration.bodyTimeout
    }

    /// Reads the whole body, uses it, and gives its memory back.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - limit: The largest body taken, where it is smaller than that of all requests.
    ///   - use: Gets the body.
    /// - Returns: What `use` returns.
    /// - Throws: `Problem` where it is too large, too slow, or too much is held already; it is refused by its announced
    ///   length before any of it is read.
    func withBody<T: Sendable>(
        of request: Request, atMost limit: Int? = nil, _ use: @Sendable ([UInt8]) async throws -> T
    ) async throws -> T {
        let maximumBytes = min(limit ?? maximumBytes, maximumBytes)
        let tooLarge = tooLarge(maximumBytes)
        if let announced = request.headers[.contentLength].flatMap({ Int($0) }), announced > maximumBytes {
            throw tooLarge
        }
        let held = Mutex(0)
        defer { inFlight.withLock { $0 -= held.withLock { $0 } } }
        let bytes = try await read(request) { [self] count in
            held.withLock { $0 += count }
            guard
                inFlight.withLock({
                    $0 += count; return $0
                }) <= maximumBytesInFlight
            else {
                throw Problem.overloaded
            }
            guard held.withLock({ $0 }) <= maximumBytes else { throw tooLarge }
        }
        return try await use(bytes)
    }

    private func read(_ request: Request, holding hold: @escaping @Sendable (Int) throws -> Void) async throws
        -> [UInt8]
    {
        try await withThrowingTaskGroup(of: [UInt8]?.self) { group in
            group.addTask {
                var bytes: [UInt8] = []
                for try await chunk in request.body {
                    try hold(chunk.readableBytes)
                    bytes.append(contentsOf: chunk.readableBytesView)
                }
                return bytes
            }
            group.addTask { [timeout] in
                try await Task.sleep(for: timeout)
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let bytes = first else { throw tooSlow }
            return bytes
        }
    }

    private func tooLarge(_ maximumBytes: Int) -> Problem {
        var problem = Problem(.contentTooLarge, ["limit": String(maximumBytes)])
        problem.endsConnection = true
        return problem
    }

    private var tooSlow: Problem {
        var problem = Problem(.requestTimeout, ["seconds": String(timeout.components.seconds)])
        problem.endsConnection = true
        return problem
    }
}

extension Problem {
    static var overloaded: Problem {
        var problem = Problem(.overloaded)
        problem.retryAfter = 5
        problem.endsConnection = true
        return problem
    }
}
