import Registry

/// What forbids taking the scores at their word.
struct Reservations: Sendable {
    /// Animals for which a submitted photograph is enrolled itself.
    var enrolled: [EnrolledPicture] = []
    /// Two animals that a photograph would name, each were the other not known.
    var rivalry: Rivalry?
    /// The animal that a photograph resembles once mirrored.
    var mirrored: String?
    /// The animal that a photograph resembles in another part than was said.
    var otherPart: (name: String, region: BodyRegion)?

    /// A submitted photograph that is a photograph of the registry.
    struct EnrolledPicture: Hashable, Sendable {
        /// The submitted photograph.
        let photo: Identifier<Photo>
        /// The animal it is enrolled for.
        let name: String
        /// Whether it is the very file, and not a copy.
        let isSameFile: Bool
    }

    /// Why two animals are named at once.
    enum Rivalry: Hashable, Sendable {
        /// The same spots name both: one animal may be entered twice.
        case oneAnimal([String])
        /// Different spots, or different photographs, name them.
        case severalAnimals([String])
    }

    /// The answer that can be stood for, of what the scores say of a usable photograph.
    func restrict(_ outcome: Outcome) -> Outcome {
        let speaksAgainst =
            switch outcome {
            case .matched: rivalry != nil
            // An enrolled photograph is no evidence for the animal it is enrolled as, and certainly none against it.
            case .unknown, .unusable: !enrolled.isEmpty || rivalry != nil || mirrored != nil || otherPart != nil
            case .undecided, .failed: false
            }
        return speaksAgainst ? .undecided : outcome
    }

    /// The reservations in words for people.
    var findings: [Finding] {
        var findings = named { $0.isSameFile }.map { Finding(.samePhoto, ["name": $0]) }
        findings += named { !$0.isSameFile }.map { Finding(.copiedPhoto, ["name": $0]) }
        switch rivalry {
        case .oneAnimal(let names):
            findings.append(Finding(.perhapsOneAnimal, ["names": names.joined(separator: ", ")]))
        case .severalAnimals(let names):
            findings.append(Finding(.severalKnownAnimals, ["names": names.joined(separator: ", ")]))
        case nil: break
        }
        if let mirrored { findings.append(Finding(.mirroredPhoto, ["name": mirrored])) }
        if let otherPart {
            findings.append(Finding(.otherBodyPart, ["name": otherPart.name, "region": otherPart.region.rawValue]))
        }
        return findings
    }

    private func named(_ isMeant: (EnrolledPicture) -> Bool) -> [String] {
        Set(enrolled.filter(isMeant).map(\.name)).sorted()
    }
}
