public import Foundation
public import Registry

/// A template with what a search has to know about its photograph.
public struct StoredTemplate: Hashable, Sendable {
    /// Identifier of the template; stays when the animal is renamed or the encounter reassigned.
    public let id: Identifier<StoredTemplate>
    /// The animal.
    public let individual: Identifier<Individual>
    /// Its catalogue name.
    public let name: String
    /// The population people count the animal to.
    public let population: String?
    /// When the animal was met; `nil` where nobody knows.
    public let observedAt: Date?
    /// The photograph.
    public let photo: Identifier<Photo>
    /// Hexadecimal SHA-256 of the photograph's file.
    public let sha256: String
    /// What the template describes.
    public let annotation: Identifier<Annotation>
    /// The part of the animal.
    public let region: BodyRegion
    /// Name and version of what made the template.
    public let extractor: String
    /// The template, as the extractor wrote it.
    public let bytes: [UInt8]
}

/// What changed in the gallery since a revision.
public struct GalleryChanges: Hashable, Sendable {
    /// The revision reached by applying these changes; ask for the next ones after it.
    public let revision: Int64
    /// Templates to add, or to replace under the same identifier.
    public let entries: [StoredTemplate]
    /// Templates to take out.
    public let removed: [Identifier<StoredTemplate>]
    /// Whether more changes follow this batch; ask again until it is false.
    public let more: Bool
}
