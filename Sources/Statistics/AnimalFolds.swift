/// Animals dealt into folds for cross-validation: the same animals always into the same folds.
public struct AnimalFolds: Sendable {
    private let folds: [String: Int]
    /// Number of folds: 10, or the number of animals where there are fewer.
    public let count: Int

    /// Orders the animals by the FNV-1a hash of their names and deals them round.
    public init(_ animals: some Sequence<String>) {
        let ordered = Set(animals).sorted { (fnv1a($0), $0) < (fnv1a($1), $1) }
        let count = max(1, min(10, ordered.count))
        self.count = count
        folds = Dictionary(uniqueKeysWithValues: ordered.enumerated().map { ($1, $0 % count) })
    }

    /// The fold of an animal.
    public subscript(animal: String) -> Int { folds[animal] ?? 0 }
}

/// FNV-1a (Fowler, Noll and Vo), 64 bits: the same number in every process, unlike `Hasher`.
private func fnv1a(_ text: String) -> UInt64 {
    text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
}
