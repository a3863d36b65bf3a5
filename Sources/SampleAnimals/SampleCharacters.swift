/// A character in which drawn animals of different kinds differ.
///
/// The directions follow the visual guides and the abstracts of Hara and others (2023, 2025); how much a step of it
/// changes a picture is an invention of the drawing and says nothing about real animals.
public enum SampleCharacter: String, Sendable, Hashable, CaseIterable, Codable {
    /// Width of the head over its length: a step is 4 %.
    case headWidth = "head_width"
    /// Width of the mouth: a step moves each corner of a plain mouth outwards by about 0.012 of the head's width.
    case mouthWidth = "mouth_width"
    /// Lightness of the ground colour: a step is a factor of e^0.12.
    case groundLightness = "ground_lightness"
    /// How grey the ground colour is: a step takes away a fifth of its colour; browner below 0 is not drawn.
    case groundGreyness = "ground_greyness"
    /// Size of pale blotches: a step is a factor of e^0.22 of a diameter of 0.16 head widths.
    case blotchSize = "blotch_size"
    /// How pale blotches are: a step mixes in 0.12 of a pale colour; none are drawn at 0 and below.
    case blotchPaleness = "blotch_paleness"
    /// How fine the black spots are: a step makes them smaller by a factor of e^0.15.
    case spotFineness = "spot_fineness"
    /// How many warts there are: a step is a factor of e^0.3.
    case wartDensity = "wart_density"
    /// How many of the crown's warts stand in pairs: a step is a fifth of them; none at 0 and below.
    case wartPairing = "wart_pairing"
}

/// The characters of one drawn animal, in standard deviations of drawn natives from their mean.
public struct SampleCharacters: Sendable, Hashable {
    /// One value for each ``SampleCharacter`` in its order, −4 … 4.
    public let values: [Double]

    /// Nothing but what follows from an animal's seed.
    public static let plain = SampleCharacters()

    /// Characters of given values; 0 where none is given, and what is beyond 4 or no number is brought into range.
    public init(_ values: [SampleCharacter: Double] = [:]) {
        self.values = SampleCharacter.allCases.map { character in
            let value = values[character] ?? 0
            return value.isNaN ? 0 : min(4, max(-4, value))
        }
    }

    /// The value of a character.
    public subscript(character: SampleCharacter) -> Double {
        // The order of the cases is the order of the values.
        values[SampleCharacter.places[character] ?? 0]
    }

    func float(_ character: SampleCharacter) -> Float { Float(self[character]) }
}

extension SampleCharacter {
    fileprivate static let places = Dictionary(
        uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })
}
