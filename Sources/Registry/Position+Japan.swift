extension Position {
    /// Whether it lies in the frame of degrees that holds Japan, from Okinotorishima to Etorofu and Minamitorishima.
    ///
    /// The frame holds parts of its neighbours too: it finds slips of the hand, not borders.
    public var isInJapan: Bool { Self.isInJapan(latitude: latitude, longitude: longitude) }

    /// Whether degrees north and east lie in the frame that holds Japan.
    public static func isInJapan(latitude: Double, longitude: Double) -> Bool {
        (20...46).contains(latitude) && (122...154).contains(longitude)
    }
}
