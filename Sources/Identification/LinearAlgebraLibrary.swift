import COpenBLAS
import Foundation
import OpenCVBridge

/// How the linear algebra library runs on this processor.
public enum LinearAlgebraLibrary {
    /// The kernels OpenBLAS chose, for instance `Prescott` or `SkylakeX`.
    public static var core: String { String(cString: openblas_get_corename()) }

    /// Keeps OpenBLAS and OpenCV to one thread each; parallelism belongs to the caller.
    public static func useOneThread() {
        openblas_set_num_threads(1)
        cv_bridge_use_one_thread()
    }

    /// The core OpenBLAS should have chosen, if it chose worse.
    ///
    /// OpenBLAS 0.3.21 does not know newer processors and falls back to its slowest kernels, about three times slower.
    /// The choice is read from `OPENBLAS_CORETYPE` when the library loads, so a program must start again to change it.
    ///
    /// - Parameters:
    ///   - core: What OpenBLAS chose.
    ///   - features: Flags of the processor as `/proc/cpuinfo` names them.
    /// - Returns: A value for `OPENBLAS_CORETYPE`, or `nil` where the choice is good or nothing better is known.
    public static func betterCore(than core: String, features: Set<String>) -> String? {
        guard slowCores.contains(core.lowercased()) else { return nil }
        if ["avx512f", "avx512bw", "avx512vl", "avx512dq"].allSatisfy(features.contains) { return "SKYLAKEX" }
        if ["avx2", "fma"].allSatisfy(features.contains) { return "HASWELL" }
        return nil
    }

    /// Flags of this machine's processor, empty where they cannot be read.
    public static var processorFeatures: Set<String> {
        guard let text = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8),
            let line = text.split(separator: "\n").first(where: { $0.hasPrefix("flags") || $0.hasPrefix("Features") })
        else { return [] }
        return Set(line.split(separator: ":").dropFirst().joined().split(separator: " ").map(String.init))
    }

    private static let slowCores: Set<String> = [
        "prescott", "katmai", "coppermine", "northwood", "core2", "penryn", "dunnington", "nehalem", "opteron",
        "opteron_sse3", "barcelona", "bobcat", "atom", "generic",
    ]
}
