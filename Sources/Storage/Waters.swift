public import Provenance

extension RegistryStore {
    /// The river network as the rules of provenance ask it.
    public var waters: WaterNetwork { .none }
}
