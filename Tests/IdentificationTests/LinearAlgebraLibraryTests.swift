import Identification
import Testing

@Suite struct LinearAlgebraLibraryTests {
    let modern: Set<String> = ["avx2", "fma", "avx512f", "avx512bw", "avx512vl", "avx512dq"]

    @Test func slowKernelsOnAModernProcessorAreReplaced() {
        #expect(LinearAlgebraLibrary.betterCore(than: "Prescott", features: modern) == "SKYLAKEX")
        #expect(LinearAlgebraLibrary.betterCore(than: "Prescott", features: ["avx2", "fma"]) == "HASWELL")
    }

    @Test func goodKernelsAndOldProcessorsAreLeftAlone() {
        #expect(LinearAlgebraLibrary.betterCore(than: "SkylakeX", features: modern) == nil)
        #expect(LinearAlgebraLibrary.betterCore(than: "Zen", features: modern) == nil)
        #expect(LinearAlgebraLibrary.betterCore(than: "Prescott", features: ["sse2"]) == nil)
    }

    @Test func theLoadedLibraryNamesItsKernels() {
        #expect(!LinearAlgebraLibrary.core.isEmpty)
    }
}
