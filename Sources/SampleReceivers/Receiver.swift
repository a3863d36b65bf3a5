/// A receiver of webhooks in this process.
public struct Receiver: Sendable {}
