public import Foundation

/// An endpoint as somebody asks for it.
public struct EndpointDraft: Hashable, Sendable {
    /// Whose it is.
    public var agency: Identifier<Agency>
    /// How it is reached.
    public var channel: Endpoint.Channel
    /// What it is for, 1 … 200 characters.
    public var label: String
    /// What it hears of.
    public var subscription: Subscription
    /// How it is spoken to.
    public var delivery: DeliverySettings

    /// An endpoint to be.
    public init(
        agency: Identifier<Agency>, channel: Endpoint.Channel, label: String,
        subscription: Subscription = Subscription(), delivery: DeliverySettings = DeliverySettings()
    ) {
        self.agency = agency
        self.channel = channel
        self.label = label
        self.subscription = subscription
        self.delivery = delivery
    }
}

/// What signs for an endpoint, its private parts encrypted.
public struct SealedEndpointSecret: Hashable, Sendable {
    /// Secret of `v1` signatures (HMAC-SHA256), encrypted.
    public let hmac: [UInt8]
    /// Private key of `v1a` signatures (ed25519), encrypted.
    public let ed25519: [UInt8]
    /// Its public key, 32 bytes.
    public let publicKey: [UInt8]

    /// Encrypted secrets.
    public init(hmac: [UInt8], ed25519: [UInt8], publicKey: [UInt8]) {
        self.hmac = hmac
        self.ed25519 = ed25519
        self.publicKey = publicKey
    }
}

/// How an endpoint is doing.
public struct EndpointStatus: Hashable, Sendable {
    /// When something was last delivered.
    public let lastSuccessAt: Date?
    /// Attempts of the last 24 hours.
    public let attempts: Int
    /// Failed ones among them.
    public let failures: Int
    /// Deliveries that wait.
    public let waiting: Int
    /// When the oldest event that waits happened.
    public let oldestWaiting: Date?
    /// When the next attempt is due; `nil` where nothing waits.
    public let nextAttemptAt: Date?
    /// Dead letters.
    public let dead: Int
    /// Failures since the last success as the breaker counts them: many at once open it once, then each probe counts.
    public let failuresInARow: Int
    /// Until when nothing is tried; `nil` while the circuit breaker is closed.
    public let openUntil: Date?

    /// A summary as storage makes it.
    public init(
        lastSuccessAt: Date?, attempts: Int, failures: Int, waiting: Int, oldestWaiting: Date?, nextAttemptAt: Date?,
        dead: Int, failuresInARow: Int, openUntil: Date?
    ) {
        self.lastSuccessAt = lastSuccessAt
        self.attempts = attempts
        self.failures = failures
        self.waiting = waiting
        self.oldestWaiting = oldestWaiting
        self.nextAttemptAt = nextAttemptAt
        self.dead = dead
        self.failuresInARow = failuresInARow
        self.openUntil = openUntil
    }
}
