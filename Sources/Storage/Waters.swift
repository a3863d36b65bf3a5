public import Provenance

extension RegistryStore {
    /// The river network as the rules of provenance ask it.
    public var waters: WaterNetwork {
        WaterNetwork { position in
            let location = try await locate(position)
            guard location.candidates.isEmpty else { return location }
            return try await isRiverNetworkLoaded() ? location : nil
        } way: { start, end in
            try await way(from: start, to: end)
        }
    }
}
