extension PhotoQuality {
    /// Where advice and refusal begin.
    ///
    /// Chosen on 372 cut-out newts and two whole phone photographs, all of them usable, at 512 pixels, and on 47 of the
    /// newts blurred by a Gaussian, darkened and overexposed:
    ///
    /// | Photographs | Sharpness: least, median | Mean luma: least, median | Bright: median, most | Glare: most |
    /// |---|---|---|---|---|
    /// | as taken | 0.285, 0.722 | 45, 72 | 0, 0.002 | 0.043 |
    /// | blurred, σ 1, 2, 3 pixels | median 0.525, 0.304, 0.206 | | | |
    /// | blurred, σ 4, 6, 8 pixels | median 0.155, 0.116, 0.108 | | | |
    /// | exposure × 0.5, 0.25, 0.15, 0.1 | | median 35, 17, 10, 7 | | |
    /// | exposure × 2, 3, 4, 6 | | | median 0.01, 0.12, 0.26, 0.57 | |
    public enum Thresholds {
        /// Sharpness below which the photograph is called soft: a blur of about 3 pixels at working size.
        public static let soft = 0.22
        /// Sharpness below which it is unusable: a blur of more than 6 pixels.
        public static let blurred = 0.10
        /// Mean luma below which it is called dark: half the usual exposure.
        public static let dim = 35.0
        /// Mean luma below which it is unusable: an eighth of the usual exposure.
        public static let dark = 8.0
        /// Part of bright pixels above which it is called bright: three times the usual exposure.
        public static let bright = 0.10
        /// Part of bright pixels above which it is unusable: six times the usual exposure.
        public static let overexposed = 0.60
        /// Part of the animal under reflections above which advice is given.
        public static let glare = 0.10
        /// Part of the animal under reflections above which it is unusable.
        public static let mostlyGlare = 0.60
        /// Long side of the animal in original pixels below which it is called small; the newts have 439 and more.
        public static let small = 250.0
        /// Long side of the animal in original pixels below which it is unusable.
        public static let tooSmall = 96.0
    }
}
