/// When a delivery that failed is tried again.
public struct RetrySchedule: Sendable {}
