public import Foundation

/// One event on its way to one endpoint.
public struct Delivery: Hashable, Sendable {
    /// Where it goes.
    public let endpoint: Identifier<Endpoint>
    /// What it tells.
    public let event: Identifier<Event>
    /// Place of the event in the order of events.
    public let position: Int64
    /// The event's type.
    public let type: EventType
    /// How far it has come.
    public let state: State
    /// How often it was tried.
    public let attempts: Int
    /// When it is tried next, at the earliest; present while it waits.
    public let nextAttemptAt: Date?
    /// When it was delivered or given up.
    public let endedAt: Date?

    /// How far a delivery has come.
    public enum State: String, CaseIterable, Codable, Sendable {
        /// To be tried, for the first time or again.
        case waiting
        /// Taken with a 2xx answer.
        case delivered
        /// Given up after the whole schedule, or with the endpoint: a dead letter, until it is replayed.
        case dead
    }

    /// A record as storage keeps it.
    public init(
        endpoint: Identifier<Endpoint>, event: Identifier<Event>, position: Int64, type: EventType, state: State,
        attempts: Int, nextAttemptAt: Date?, endedAt: Date?
    ) {
        self.endpoint = endpoint
        self.event = event
        self.position = position
        self.type = type
        self.state = state
        self.attempts = attempts
        self.nextAttemptAt = nextAttemptAt
        self.endedAt = endedAt
    }
}

/// One try to deliver an event.
public struct DeliveryAttempt: Hashable, Sendable {
    /// Which try it was, from 1.
    public let number: Int
    /// When it began.
    public let startedAt: Date
    /// How long it took.
    public let milliseconds: Double
    /// The HTTP or SMTP status; `nil` where no answer came.
    public let status: Int?
    /// Why it failed; `nil` for a success.
    public let failure: Failure?
    /// The answer's body as text, at most 20 kB; what went wrong where none came.
    public let response: String

    /// Why a try failed.
    public enum Failure: String, CaseIterable, Codable, Sendable {
        /// An answer other than 2xx, or a redirect, which is never followed.
        case refused
        /// 410: the endpoint wants nothing any more.
        case gone
        /// The guard of addresses does not let it through.
        case forbiddenAddress = "forbidden_address"
        /// The name cannot be resolved.
        case unresolved
        /// Nobody listens, or the connection broke.
        case connection
        /// The certificate is not to be trusted.
        case certificate
        /// No complete answer in time.
        case timeout
        /// The body is larger than what is read of one.
        case tooLarge = "too_large"
        /// The registry could not send: its mail server is not set, or its secrets cannot be opened.
        case misconfigured
    }

    /// A record as storage keeps it.
    public init(
        number: Int, startedAt: Date, milliseconds: Double, status: Int?, failure: Failure?, response: String
    ) {
        self.number = number
        self.startedAt = startedAt
        self.milliseconds = milliseconds
        self.status = status
        self.failure = failure
        self.response = response
    }
}
