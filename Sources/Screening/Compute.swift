public import Foundation

/// Runs heavy computation on threads of its own, so that requests are answered while photographs are compared.
public final class Compute: TaskExecutor {
    /// How many computations run at once.
    public let width: Int
    private let operations = OperationQueue()

    /// An executor.
    ///
    /// - Parameter width: Computations at once; by default one for each processor.
    public init(width: Int = ProcessInfo.processInfo.activeProcessorCount) {
        self.width = max(1, width)
        operations.maxConcurrentOperationCount = self.width
        operations.qualityOfService = .utility
    }

    /// Takes a job from the concurrency runtime.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        operations.addOperation { [self] in job.runSynchronously(on: asUnownedTaskExecutor()) }
    }
}
