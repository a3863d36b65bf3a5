import Foundation

extension Event {
    /// The event as a letter to a person: what happened, how soon it counts, roughly where, what to do next, and where
    /// the rest can be read.
    ///
    /// - Parameters:
    ///   - language: Its language.
    ///   - site: The address of the registry without a slash at the end; without one the letter has no link.
    /// - Returns: A subject of one line, and lines of text that end with `\n`.
    public func letter(in language: Language, site: String?) -> (subject: String, text: String) {
        let subject = AlertText.subject.text(
            in: language,
            ["urgency": AlertText(urgency).text(in: language), "title": type.title(in: language)])
        let meaning = AlertText.meaning(of: urgency).text(in: language)
        var paragraphs = [
            type.happened(in: language),
            [
                AlertText.urgency.text(in: language, ["urgency": meaning]),
                placeLine(in: language),
                AlertText.moment.text(in: language, ["moment": createdAt.formatted(Self.japan)]),
            ].joined(separator: "\n"),
        ]
        let words = particularWords(in: language)
        if !words.isEmpty { paragraphs.append(words.joined(separator: "\n")) }
        paragraphs.append(AlertText.whatToDo.text(in: language) + "\n" + type.advice(in: language))
        if let site { paragraphs.append(AlertText.link.text(in: language, ["link": site + readingPath])) }
        paragraphs.append(AlertText.numbers.text(in: language) + "\n" + numbers.joined(separator: "\n"))
        if screening != nil { paragraphs.append(AlertText.advice.text(in: language)) }
        paragraphs.append(AlertText.unexpected.text(in: language))
        return (subject, paragraphs.joined(separator: "\n\n") + "\n")
    }

    private func placeLine(in language: Language) -> String {
        place.map { AlertText.place.text(in: language, $0.words) } ?? AlertText.placeNotTold.text(in: language)
    }

    /// The particulars that are words, as people say them; what cannot be read is left to the link.
    func particularWords(in language: Language) -> [String] {
        let particulars = (try? particulars) ?? [:]
        return type.content.particulars.compactMap { particular in
            guard let value = particulars[particular.key], let label = AlertText(rawValue: particular.key),
                let words = Self.words(for: value, of: particular.key, in: language)
            else { return nil }
            return AlertText.particular.text(in: language, ["label": label.text(in: language), "words": words])
        }
    }

    private static func words(for value: String, of key: String, in language: Language) -> String? {
        let text: AlertText? =
            switch key {
            case "outcome": Outcome.Name(rawValue: value).map(AlertText.init)
            case "conflict": TagVerdict.Conflict(rawValue: value).map(AlertText.init)
            case "kind":
                Decision.Kind(rawValue: value).map(AlertText.init)
                    ?? RegistryCase.Kind(rawValue: value).map(AlertText.init)
            case "reason": Endpoint.Disabled.Reason(rawValue: value).map(AlertText.init)
            default: nil
            }
        if let text { return text.text(in: language) }
        return key == "verdict" ? MovementVerdict.Kind(rawValue: value).map { PageText($0).text(in: language) } : nil
    }

    /// Where a person reads on.
    private var readingPath: String {
        if let screening { return "/v1/screenings/\(screening)" }
        return "/v1/events/\(id)"
    }

    private var numbers: [String] {
        ["event \(id)"]
            + EventRecord.allCases.compactMap { record in
                record == .agency ? nil : identifier(of: record).map { "\(record.rawValue) \($0)" }
            }
    }

    /// `2026-05-01 09:30` in Japan.
    private static let japan = Date.VerbatimFormatStyle(
        format: """
            \(year: .defaultDigits)-\(month: .twoDigits)-\(day: .twoDigits) \
            \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits)
            """,
        timeZone: TimeZone(secondsFromGMT: 9 * 3600) ?? .gmt, calendar: Calendar(identifier: .gregorian))
}

extension GeneralizedPlace {
    var words: [String: String] {
        ["latitude": "\(latitude)", "longitude": "\(longitude)", "precision": "\(precision)"]
    }
}

extension AlertText {
    fileprivate init(_ outcome: Outcome.Name) {
        switch outcome {
        case .matched: self = .outcomeMatched
        case .undecided: self = .outcomeUndecided
        case .unknown: self = .outcomeUnknown
        case .unusable: self = .outcomeUnusable
        case .failed: self = .outcomeFailed
        }
    }

    fileprivate init(_ conflict: TagVerdict.Conflict) {
        switch conflict {
        case .tagAndPhoto: self = .conflictTagAndPhoto
        case .twoAnimals: self = .conflictTwoAnimals
        case .deadAnimal: self = .conflictDeadAnimal
        }
    }

    fileprivate init(_ decision: Decision.Kind) {
        switch decision {
        case .confirmed: self = .decisionConfirmed
        case .rejected: self = .decisionRejected
        case .unknown: self = .decisionUnknown
        case .undecidable: self = .decisionUndecidable
        }
    }

    fileprivate init(_ kind: RegistryCase.Kind) {
        switch kind {
        case .tagConflict: self = .caseTagConflict
        case .hybridReview: self = .caseHybridReview
        case .dnaDisagreement: self = .caseDNADisagreement
        }
    }

    fileprivate init(_ reason: Endpoint.Disabled.Reason) {
        switch reason {
        case .byPerson: self = .disabledByPerson
        case .gone: self = .disabledGone
        case .failing: self = .disabledFailing
        }
    }
}
