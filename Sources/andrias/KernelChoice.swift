import Foundation
import Identification

/// Starts the program again with a fitting `OPENBLAS_CORETYPE` where OpenBLAS chose slow kernels.
///
/// The library reads the variable when it is loaded, before any of our code runs, so only a fresh start helps. A value
/// set by the user is left alone, which also ends the recursion.
func restartWithFittingKernels() {
    guard getenv("OPENBLAS_CORETYPE") == nil,
        let core = LinearAlgebraLibrary.betterCore(
            than: LinearAlgebraLibrary.core, features: LinearAlgebraLibrary.processorFeatures)
    else { return }
    setenv("OPENBLAS_CORETYPE", core, 1)
    var arguments: [UnsafeMutablePointer<CChar>?] = CommandLine.arguments.map { strdup($0) }
    arguments.append(nil)
    execv("/proc/self/exe", arguments)
    // Still here: the program could not be started again, and runs on slower but right.
    for argument in arguments { free(argument) }
}
