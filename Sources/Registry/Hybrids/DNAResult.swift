public import Foundation

/// What a laboratory found in a sample.
public struct DNAResult: Hashable, Sendable, Codable {
    /// Identifier.
    public let id: Identifier<DNAResult>
    /// The sample.
    public let sample: Identifier<DNASample>
    /// What is written on the sample's tube.
    public let label: String
    /// Whose sample it is.
    public let agency: Identifier<Agency>
    /// The animal, as far as it is known by now.
    public let individual: Identifier<Individual>?
    /// The animal's catalogue name.
    public let individualName: String?
    /// What was looked at.
    public let markers: Markers
    /// The class as the laboratory gave it; of mitochondrial DNA the species of the maternal line.
    public let dnaClass: Class
    /// Who found it.
    public let laboratory: String
    /// When the laboratory reported it.
    public let reportedAt: Date
    /// SHA-256 of the report in lower-case hexadecimal digits, where there is a file.
    public let documentSHA256: String?
    /// What else is to be known; of a correction, why.
    public let note: String?
    /// The result that this one corrects.
    public let replaces: Identifier<DNAResult>?
    /// The correction that counts instead.
    public let replacedBy: Identifier<DNAResult>?
    /// Who entered it.
    public let recordedBy: Reviewer
    /// When it was entered.
    public let createdAt: Date

    /// What a laboratory looks at.
    public enum Markers: String, CaseIterable, Codable, Sendable {
        /// Mitochondrial DNA: the maternal line, and nothing else.
        case mitochondrial = "mtdna"
        /// Microsatellites.
        case microsatellites
        /// Allozymes.
        case allozymes
        /// Single nucleotide polymorphisms.
        case snp

        /// The classes that they can show.
        public var classes: [Class] {
            self == .mitochondrial ? [.japonicus, .davidianus, .otherSpecies, .undetermined] : Class.allCases
        }
    }

    /// What a laboratory says that an animal is.
    public enum Class: String, CaseIterable, Codable, Sendable {
        /// *Andrias japonicus*.
        case japonicus
        /// *Andrias davidianus*.
        case davidianus
        /// Another species of *Andrias*.
        case otherSpecies = "other_species"
        /// A hybrid of unstated generation.
        case hybrid
        /// A hybrid of the first generation.
        case f1
        /// A hybrid of the second generation.
        case f2
        /// A backcross with *Andrias japonicus*.
        case backcrossJaponicus = "backcross_japonicus"
        /// A backcross with *Andrias davidianus*.
        case backcrossDavidianus = "backcross_davidianus"
        /// The markers did not tell.
        case undetermined

        private static let hybrids: Set<Class> = [.hybrid, .f1, .f2, .backcrossJaponicus, .backcrossDavidianus]

        /// Whether two classes of one animal can both be right: a hybrid of unstated generation is of any.
        public func agrees(with other: Class) -> Bool {
            self == other || self == .undetermined || other == .undetermined
                || self == .hybrid && Self.hybrids.contains(other)
                || other == .hybrid && Self.hybrids.contains(self)
        }
    }

    /// Whether the animal is native; `nil` where the result says nothing about that, as mitochondrial DNA never does.
    public var isNative: Bool? {
        markers == .mitochondrial || dnaClass == .undetermined ? nil : dnaClass == .japonicus
    }

    /// Whether it counts: no correction replaces it.
    public var isInForce: Bool { replacedBy == nil }

    /// A record as storage keeps it.
    public init(
        id: Identifier<DNAResult>, sample: Identifier<DNASample>, label: String, agency: Identifier<Agency>,
        individual: Identifier<Individual>?, individualName: String?, markers: Markers, dnaClass: Class,
        laboratory: String, reportedAt: Date, documentSHA256: String?, note: String?,
        replaces: Identifier<DNAResult>?, replacedBy: Identifier<DNAResult>?, recordedBy: Reviewer, createdAt: Date
    ) {
        self.id = id
        self.sample = sample
        self.label = label
        self.agency = agency
        self.individual = individual
        self.individualName = individualName
        self.markers = markers
        self.dnaClass = dnaClass
        self.laboratory = laboratory
        self.reportedAt = reportedAt
        self.documentSHA256 = documentSHA256
        self.note = note
        self.replaces = replaces
        self.replacedBy = replacedBy
        self.recordedBy = recordedBy
        self.createdAt = createdAt
    }
}

extension DNAResult.Markers {
    /// Reads markers as sheets name them, in English or Japanese, whatever the case and width of the letters.
    public init?(printed text: String) {
        switch text.folded {
        case "mtdna", "mitochondrial", "mitochondrialdna", "ミトコンドリア", "ミトコンドリアdna": self = .mitochondrial
        case "microsatellites", "microsatellite", "ssr", "マイクロサテライト": self = .microsatellites
        case "allozymes", "allozyme", "アロザイム": self = .allozymes
        case "snp", "snps", "一塩基多型": self = .snp
        default: return nil
        }
    }
}

extension DNAResult.Class {
    /// Reads a class by its name, or by its words in either language, whatever the case and width of the letters.
    public init?(printed text: String) {
        let text = text.folded
        let found = Self.allCases.first { each in
            each.rawValue.folded == text || Language.allCases.contains { HybridText(each).text(in: $0).folded == text }
        }
        guard !text.isEmpty, let found else { return nil }
        self = found
    }
}

extension String {
    /// Letters and digits alone, compatibility forms and case folded.
    fileprivate var folded: String {
        precomposedStringWithCompatibilityMapping.lowercased().filter { $0.isLetter || $0.isNumber }
    }
}
