public import Registry

/// How events are put into words and bytes.
public struct DeliveryContent: Sendable {
    /// The body of a request.
    public let body: @Sendable (Event) throws -> [UInt8]
    /// The media type of the body.
    public let mediaType: String
    /// The subject and text of a letter.
    public let letter: @Sendable (Event, Language) -> (subject: String, text: String)

    /// Content of closures.
    public init(
        mediaType: String, body: @escaping @Sendable (Event) throws -> [UInt8],
        letter: @escaping @Sendable (Event, Language) -> (subject: String, text: String)
    ) {
        self.mediaType = mediaType
        self.body = body
        self.letter = letter
    }

    /// CloudEvents and letters of a registry.
    ///
    /// - Parameter site: The address of the registry, where it has one.
    /// - Returns: Closures over events.
    public static func live(site: String?) -> DeliveryContent {
        DeliveryContent(
            mediaType: Event.cloudEventMediaType + "; charset=utf-8",
            body: { try $0.cloudEvent(source: Event.source(of: site)) },
            letter: { $0.letter(in: $1, site: site) })
    }
}
