public import Registry

/// Why a decision on who is who was refused.
public enum IdentityError: Error, Hashable, Sendable, CustomStringConvertible {
    /// An animal cannot be merged into itself, or split from itself.
    case sameAnimal(String)
    /// The animal was merged into another, which counts in its place; the merge in force.
    case merged(String, into: String, by: Identifier<IdentityChange>)
    /// An encounter is not one of the animal's.
    case encounterElsewhere(Identifier<Encounter>, individual: String)
    /// A split names no encounter.
    case nothingToSplit(String)
    /// A split would leave the animal without any encounter.
    case everythingSplit(String)
    /// The change was undone before.
    case alreadyUndone(Identifier<IdentityChange>, by: Identifier<IdentityChange>)
    /// An undo is not undone.
    case undoOfUndo(Identifier<IdentityChange>)
    /// A later change stands on this one.
    case laterChange(Identifier<IdentityChange>, undoFirst: Identifier<IdentityChange>)
    /// Both animals of the proposal are one already.
    case alreadyOne(Identifier<DuplicateProposal>, individual: String)
    /// A photograph of the proposal belongs to no animal any more.
    case nobody(Identifier<DuplicateProposal>)
    /// People count the animal to another population.
    case otherPopulation(individual: String, population: String)

    /// What happened, to what, and what to do.
    public var description: String {
        switch self {
        case .sameAnimal(let name):
            "“\(name)” is one animal already: name two."
        case .merged(let name, let into, let change):
            "“\(name)” was merged into “\(into)” (change \(change)): name “\(into)”, or undo that change."
        case .encounterElsewhere(let encounter, let individual):
            "Encounter \(encounter) is not one of “\(individual)”: look at the animal's encounters again."
        case .nothingToSplit(let name):
            "No encounter of “\(name)” was named: name those that are another animal's."
        case .everythingSplit(let name):
            "All encounters of “\(name)” would leave it: leave one, or merge it into the other animal."
        case .alreadyUndone(let change, let undo):
            "Change \(change) was undone before, by \(undo)."
        case .undoOfUndo(let change):
            "Change \(change) is an undo: merge or split again instead."
        case .laterChange(let change, let later):
            "A later change stands on change \(change): undo \(later) first."
        case .alreadyOne(let proposal, let individual):
            "Both photographs of proposal \(proposal) belong to “\(individual)” already: undo that merge, or split the "
                + "animal, if they should not."
        case .nobody(let proposal):
            "A photograph of proposal \(proposal) belongs to no animal any more: settle its encounter first."
        case .otherPopulation(let individual, let population):
            "“\(individual)” is counted to the population “\(population)”: correct the list, or the animal with "
                + "`andrias identity population`."
        }
    }
}
