import Dispatch

/// Runs work that waits for a disk on a thread of Dispatch, so that no thread of Swift's own pool stands still.
func offThePool<T: Sendable, Failure: Error>(
    _ work: @Sendable @escaping () throws(Failure) -> T
) async throws(Failure) -> T {
    let result = await withCheckedContinuation { (continuation: CheckedContinuation<Result<T, Failure>, Never>) in
        DispatchQueue.global(qos: .userInitiated).async {
            continuation.resume(returning: Result { () throws(Failure) in try work() })
        }
    }
    return try result.get()
}
