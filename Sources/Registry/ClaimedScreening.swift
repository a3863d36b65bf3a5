public import Foundation

/// A screening lent to one worker until a moment, after which another may take it over.
public struct ClaimedScreening: Sendable {
    /// The screening.
    public let screening: Screening
    /// This loan, told apart from every other.
    public let lease: UUID
    /// Which attempt at the screening this is, from 1.
    public let attempt: Int
    /// When others may take it over, by the database's clock.
    public let leasedUntil: Date

    /// A loan as storage grants it.
    public init(screening: Screening, lease: UUID, attempt: Int, leasedUntil: Date) {
        self.screening = screening
        self.lease = lease
        self.attempt = attempt
        self.leasedUntil = leasedUntil
    }

    /// After how many attempts a screening is given up.
    public static let maximumAttempts = 3
}

/// Why a worker gives a screening back.
public enum ReleaseReason: Sendable {
    /// The worker stops; the screening waits again at once and the attempt does not count.
    case interrupted
    /// Processing failed; the screening waits for a while, or is given up with this detail after the last attempt.
    case failed(detail: String, retryAfter: Duration)
}
