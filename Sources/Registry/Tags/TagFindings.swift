/// What tags say in one screening, in sentences; they name animals and never codes, for everybody reads them.
struct TagFindings {
    private let tags: TagVerdict
    private let evidence: TagEvidence

    init(_ tags: TagVerdict, evidence: TagEvidence) {
        self.tags = tags
        self.evidence = evidence
    }

    /// The sentences, the most important first.
    var all: [Finding] { [main].compactMap(\.self) + readings + [scan, probability, assumption].compactMap(\.self) }

    private var photo: String { tags.photo.name ?? "–" }

    private func names(_ isMeant: (TagVerdict.Holder) -> Bool) -> String {
        Set(tags.readings.flatMap(\.holders).filter(isMeant).map(\.name)).sorted().joined(separator: ", ")
    }

    private var main: Finding? {
        let named = names { $0.state == .bears || $0.state == .later }
        switch tags.agreement {
        case .agree: return Finding(.tagAgrees, ["name": named])
        case .tagAlone: return Finding(.tagAlone, ["name": named])
        case .newTag: return Finding(.tagNew, ["name": photo])
        case .tagLost: return Finding(.tagLost, ["name": photo])
        case .photoAlone, .neither: return nil
        case .conflict:
            switch tags.conflict {
            case .twoAnimals: return Finding(.tagsOfTwoAnimals, ["names": named])
            case .deadAnimal: return Finding(.tagOfDeadAnimal, ["name": names { $0.state == .died }])
            case .tagAndPhoto where tags.photo.individual == nil: return Finding(.tagAgainstSpots, ["tag": named])
            case .tagAndPhoto, nil: return Finding(.tagAgainstPhoto, ["tag": named, "photo": photo])
            }
        }
    }

    private var readings: [Finding] {
        var findings: [Finding] = []
        for reading in tags.readings {
            if reading.refusal != nil { findings.append(Finding(.tagUnreadable)) }
            if reading.code != nil, reading.holders.isEmpty { findings.append(Finding(.tagUnknown)) }
            findings += Set(reading.similar.map(\.name)).sorted().map { Finding(.tagSimilar, ["name": $0]) }
            for holder in reading.holders {
                if holder.state == .ended { findings.append(Finding(.tagEnded, ["name": holder.name])) }
                if holder.state == .later { findings.append(Finding(.tagLater, ["name": holder.name])) }
            }
            if reading.flags.contains(.testCode) || reading.flags.contains(.knownDuplicateRange) {
                findings.append(Finding(.tagNotUnique))
            }
        }
        return findings.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// A reader that cannot read what the animal bears says nothing, and that has to be said.
    private var scan: Finding? {
        guard let scan = tags.scan, scan.noneFound, let individual = tags.photo.individual,
            let borne = evidence.borne[individual], !borne.isEmpty, !borne.contains(where: scan.reads)
        else { return nil }
        return Finding(.tagReaderUnfit, ["name": photo])
    }

    private var probability: Finding? {
        guard let first = tags.posterior.first else { return nil }
        let percent = { (probability: Double) in
            probability < 0.01 ? "<1" : String(min(99, Int(probability * 100)))
        }
        return Finding(
            .tagProbability, ["name": first.name, "photo": percent(first.photo), "both": percent(first.combined)])
    }

    private var assumption: Finding? {
        guard !tags.posterior.isEmpty else { return nil }
        let used = tags.readings.isEmpty ? [tags.rates.notFound] : [tags.rates.misread, tags.rates.wrongRecord]
        return used.contains { $0.isAssumed && !$0.isCounted } ? Finding(.tagRatesAssumed) : nil
    }
}
