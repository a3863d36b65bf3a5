public import Provenance

extension RegistryStore {
    /// The river network as the rules of provenance ask it.
    public var waters: WaterNetwork {
        WaterNetwork { position in
            try await locate(position)
        } way: { start, end in
            try await way(from: start, to: end)
        }
    }
}
