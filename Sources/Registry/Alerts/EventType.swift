/// What an event tells; the name is part of the interface and never changes its meaning.
public enum EventType: String, CaseIterable, Codable, Sendable {
    /// A screening was answered or given up.
    case screeningCompleted = "screening.completed"
    /// A screening's photographs show a known animal.
    case identityMatched = "identity.matched"
    /// A screening's photographs show none of the known animals.
    case animalUnknown = "animal.unknown"
    /// An animal may be a hybrid or not native: hold it and test its DNA.
    case hybridSuspected = "hybrid.suspected"
    /// A laboratory found an animal to be a hybrid or not native.
    case hybridConfirmed = "hybrid.confirmed"
    /// A laboratory found an animal to be native.
    case hybridCleared = "hybrid.cleared"
    /// A known animal was met where it cannot have gone by itself.
    case animalRelocated = "animal.relocated"
    /// The same, and it is back where it lived.
    case animalReturned = "animal.returned"
    /// Tag and photograph, or two tags, contradict each other.
    case tagConflict = "tag.conflict"
    /// A known animal bears no tag any more that a fitting reader could find.
    case tagLost = "tag.lost"
    /// A person decided on a screening.
    case decisionMade = "decision.made"
    /// A contradiction waits for people.
    case caseOpened = "case.opened"
    /// Two animals may be one.
    case duplicateProposed = "duplicate.proposed"
    /// An animal was merged into another.
    case identityMerged = "identity.merged"
    /// Encounters of an animal became another's.
    case identitySplit = "identity.split"
    /// A merge or split was undone.
    case identityChangeUndone = "identity.change_undone"
    /// Nothing is sent to an endpoint any more.
    case endpointDisabled = "endpoint.disabled"
    /// Somebody asked whether an endpoint hears.
    case endpointTest = "endpoint.test"
}

/// How soon somebody has to hear of an event.
public enum Urgency: String, CaseIterable, Codable, Comparable, Sendable {
    /// For the record.
    case routine
    /// On the same day.
    case prompt
    /// At once: an animal may be lost in the meantime.
    case immediate

    /// By how soon.
    public static func < (first: Urgency, second: Urgency) -> Bool { first.rank < second.rank }

    private var rank: Int {
        switch self {
        case .routine: 0
        case .prompt: 1
        case .immediate: 2
        }
    }
}

extension EventType {
    /// How soon somebody has to hear of it.
    ///
    /// - Parameter occasion: On which occasion the animal was photographed; one that people hold waits for the answer.
    /// - Returns: Its class.
    public func urgency(on occasion: Occasion? = nil) -> Urgency {
        switch self {
        case .hybridSuspected, .hybridConfirmed, .animalRelocated, .tagConflict: .immediate
        case .identityMatched, .animalUnknown:
            switch occasion {
            case .seizure: .immediate
            case .rescue: .prompt
            case .survey, .find, nil: .routine
            }
        case .hybridCleared, .animalReturned, .tagLost, .caseOpened, .endpointDisabled: .prompt
        case .screeningCompleted, .decisionMade, .duplicateProposed, .identityMerged, .identitySplit,
            .identityChangeUndone, .endpointTest:
            .routine
        }
    }
}
