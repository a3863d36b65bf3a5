public import Foundation
public import Registry

/// Something to be sent.
public struct Transfer: Sendable {
    /// Those of one lane share its limit; an endpoint is a lane.
    public let lane: UUID
    /// How many of its lane are on the way at once.
    public let parallel: Int
    let content: Content

    enum Content: Sendable {
        case request(Request)
        case letter(Letter, MailServer)
    }

    /// A request to a receiver of webhooks.
    public struct Request: Sendable {
        /// Where to.
        public let target: PinnedTarget
        /// Names and values of headers.
        public let headers: [(name: String, value: String)]
        /// The body.
        public let body: [UInt8]
        /// Whose certificates are trusted.
        public let trust: Trust

        /// A request.
        public init(
            to target: PinnedTarget, headers: [(name: String, value: String)], body: [UInt8], trust: Trust = Trust()
        ) {
            self.target = target
            self.headers = headers
            self.body = body
            self.trust = trust
        }
    }

    /// Whose certificates are trusted, and what the registry shows of itself.
    public struct Trust: Sendable {
        /// Certificates in PEM that the server's may come from, and no others; `nil` for those of the system.
        public let authorities: String?
        /// The registry's certificate and private key in PEM.
        public let client: (certificate: String, key: [UInt8])?

        /// Trust.
        public init(authorities: String? = nil, client: (certificate: String, key: [UInt8])? = nil) {
            self.authorities = authorities
            self.client = client
        }
    }

    /// A request of a lane.
    public init(_ request: Request, lane: UUID = UUID(), parallel: Int = 1) {
        content = .request(request)
        self.lane = lane
        self.parallel = parallel
    }

    /// A letter, through a server.
    public init(_ letter: Letter, through server: MailServer, lane: UUID = UUID(), parallel: Int = 1) {
        content = .letter(letter, server)
        self.lane = lane
        self.parallel = parallel
    }
}

/// What became of something that was sent.
public struct Answer: Hashable, Sendable {
    /// When the attempt began.
    public let startedAt: Date
    /// How long it took.
    public let milliseconds: Double
    /// The HTTP or SMTP status; `nil` where no complete one came.
    public let status: Int?
    /// Why it failed; `nil` for a success.
    public let failure: DeliveryAttempt.Failure?
    /// The answer's body as text, at most 20 kB; without an answer, what went wrong.
    public let response: String
    /// How long the receiver wants to be left alone.
    public let retryAfter: Duration?

    /// An answer.
    public init(
        startedAt: Date, milliseconds: Double, status: Int?, failure: DeliveryAttempt.Failure?, response: String,
        retryAfter: Duration? = nil
    ) {
        self.startedAt = startedAt
        self.milliseconds = milliseconds
        self.status = status
        self.failure = failure
        self.response = response
        self.retryAfter = retryAfter
    }

    /// What happens where nothing could be sent.
    public init(failed failure: DeliveryAttempt.Failure, _ reason: String, at moment: Date = Date()) {
        self.init(startedAt: moment, milliseconds: 0, status: nil, failure: failure, response: reason)
    }

    /// The attempt as it is kept.
    public func attempt(number: Int) -> DeliveryAttempt {
        DeliveryAttempt(
            number: number, startedAt: startedAt, milliseconds: milliseconds, status: status, failure: failure,
            response: response)
    }
}
