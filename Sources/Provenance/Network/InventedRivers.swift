public import Foundation

/// Two invented water systems with a divide between, for tests and the demonstration: not a real place.
///
/// The one, INVENTED-A, has a confluence, a braid, a brook of unknown direction and five weirs; the other, INVENTED-B, a
/// confluence and one weir.
public enum InventedRivers {
    /// The file, plain profile.
    public static var file: Data { Data(PackageResources.invented_rivers_geojson) }

    /// The network.
    ///
    /// - Throws: ``NetworkRefusal`` where the program was built wrongly.
    public static func network() throws(NetworkRefusal) -> RiverNetwork {
        try RiverNetwork.built(from: RiverReading(.plain).read(file), source: "invented").network
    }
}
