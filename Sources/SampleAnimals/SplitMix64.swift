/// The SplitMix64 generator (Steele, Lea and Flood, 2014): one 64-bit state, the same sequence on every machine.
struct SplitMix64 {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    /// A generator for one named purpose, independent of the generators of other purposes under the same seed.
    init(seed: UInt64, purpose: UInt64) {
        var mixer = SplitMix64(seed: seed ^ (purpose &* 0xD6E8_FEB8_6659_FD93))
        state = mixer.next()
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// A number in 0 ..< 1.
    mutating func unit() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    mutating func between(_ low: Double, _ high: Double) -> Double {
        low + (high - low) * unit()
    }

    mutating func float(_ low: Float, _ high: Float) -> Float {
        Float(between(Double(low), Double(high)))
    }

    /// An integer in 0 ..< `bound`, for small positive bounds.
    mutating func index(_ bound: Int) -> Int {
        Int(next() >> 33) % bound
    }
}
