public import Registry

/// Why a score or a character was refused.
public enum HybridError: Error, Hashable, Sendable, CustomStringConvertible {
    /// No character has this code.
    case unknownCharacter(String, known: [String])
    /// A character is scored twice at once.
    case scoredTwice(String)
    /// The photograph is none of the screening's.
    case photoElsewhere(Identifier<Photo>)
    /// Counts that cannot be those of a Beta distribution.
    case counts(String)
    /// A new character without its names, its way to be seen, or its source.
    case characterIncomplete(String)

    /// What happened, to what, and what to do.
    public var description: String {
        switch self {
        case .unknownCharacter(let code, let known):
            "“\(code)” is no character. Known: \(known.joined(separator: ", "))."
        case .scoredTwice(let code): "“\(code)” is scored twice at once: keep one of the two."
        case .photoElsewhere(let photo): "Photograph \(photo) is not one of the screening's: name one that is."
        case .counts(let code):
            "The counts of “\(code)” are none: give animals with and without it, not negative, and some of either kind."
        case .characterIncomplete(let code):
            "“\(code)” is new: give its names, how to see it, and its source, each in Japanese and English where it is worded."
        }
    }
}
