import Foundation
import Hybrids
import Postgres
import Registry

/// Whose results belong together.
enum DNASubject: Hashable, Sendable {
    /// A known animal, with whatever was merged into it.
    case animal(Identifier<Individual>)
    /// The animal of a screening, which nobody knows.
    case screening(Identifier<Screening>)

    /// What writers of its results and assessments take turns at.
    fileprivate var lock: UUID {
        switch self {
        case .animal(let id): id.uuid
        case .screening(let id): id.uuid
        }
    }
}

extension DNASample {
    /// Whose results those of this sample belong to.
    var subject: DNASubject? { individual.map(DNASubject.animal) ?? screening.map(DNASubject.screening) }
}

extension Session {
    /// Keeps others from changing which animals some screenings show, and who is who, until the transaction ends.
    ///
    /// All writers keep one order, so that none waits for another in a circle: screenings, who is who, then animals by
    /// ``lock(_:)``.
    func lock(_ screenings: [Identifier<Screening>]) async throws {
        try await lock(screenings.map(DNASubject.screening))
        _ = try await rows(.identityLockShared)
    }

    /// Keeps others from writing results and assessments of subjects until the transaction ends.
    func lock(_ subjects: [DNASubject]) async throws {
        for key in Set(subjects.map(\.lock)).sorted(by: { $0.uuidString < $1.uuidString }) {
            _ = try await rows(.dnaLock, [.uuid(key)])
        }
    }

    /// Whom a screening shows, as far as it is known by now.
    func subject(of screening: Identifier<Screening>) async throws -> DNASubject {
        let animal = try await rows(.animalOfScreening, [.id(screening)]).first?
            .optionalIdentifier("individual_id", of: Individual.self)
        return animal.map(DNASubject.animal) ?? .screening(screening)
    }

    /// All results of a subject, in the order they were entered.
    func results(of subject: DNASubject) async throws -> [DNAResult] {
        let found =
            switch subject {
            case .animal(let id): try await rows(.dnaResultsOfIndividual, [.id(id)])
            case .screening(let id): try await rows(.dnaResultsOfScreening, [.id(id)])
            }
        return try found.map(DNAResult.init)
    }

    /// What the DNA of several is known to say, before something changes it.
    func standings(of subjects: [DNASubject]) async throws -> [(subject: DNASubject, kind: DNAStanding.Kind)] {
        var standings: [(subject: DNASubject, kind: DNAStanding.Kind)] = []
        for subject in subjects where !standings.contains(where: { $0.subject == subject }) {
            standings.append((subject, DNAStanding(try await results(of: subject)).kind))
        }
        return standings
    }

    /// Draws the consequences of whatever changed the results of some, in the transaction that changed them.
    ///
    /// Assessments are made anew, results that contradict each other open a case, and others are told where an animal
    /// proves native or not that was not known to be.
    ///
    /// - Parameters:
    ///   - before: What was known of each before; an animal that was merged away meanwhile is left to the other.
    ///   - reviewer: Who changed it.
    /// - Throws: `PostgresError`, ``StorageError``.
    func follow(_ before: [(subject: DNASubject, kind: DNAStanding.Kind)], by reviewer: Reviewer) async throws {
        for (subject, kind) in before where try await isCurrent(subject) {
            let results = try await results(of: subject)
            let standing = DNAStanding(results)
            try await reassess(subject, standing, by: reviewer)
            guard let latest = results.last(where: { $0.isInForce && $0.isNative != nil }) else { continue }
            try await openDisagreement(results, of: subject, latest)
            guard standing.kind != kind else { continue }
            let payload = ["result": latest.id.description, "sample": latest.sample.description]
            switch standing.kind {
            case .notNative: try await append(.hybridConfirmed, individual: latest.individual, payload)
            case .native: try await append(.hybridCleared, individual: latest.individual, payload)
            case .untested, .maternalLine, .undetermined, .disputed: break
            }
        }
    }

    /// Changes which animal a screening shows, and draws the consequences.
    ///
    /// - Parameters:
    ///   - screening: The screening.
    ///   - individual: The animal that it will show; `nil` where it will be one that nobody knows.
    ///   - reviewer: Who changes it.
    ///   - change: The change.
    /// - Throws: `PostgresError`, ``StorageError``, and what the change throws.
    func changingAnimal(
        of screening: Identifier<Screening>, to individual: Identifier<Individual>?, by reviewer: Reviewer,
        _ change: () async throws -> Void
    ) async throws {
        try await lock([DNASubject.screening(screening)])
        guard try await !rows(.screeningConcernsDNA, [.id(screening)]).isEmpty else { return try await change() }
        _ = try await rows(.identityLockShared)
        let named = if let individual { try await settledIndividual(individual)?.id } else { individual }
        let other = named.map(DNASubject.animal) ?? .screening(screening)
        let concerned = [try await subject(of: screening), other]
        try await lock(concerned)
        let before = try await standings(of: concerned)
        try await change()
        let shown = try await subject(of: screening)
        // One that neither was is known as well as before: it was only not asked for.
        let third = before.contains { $0.subject == shown } ? [] : try await standings(of: [shown])
        try await follow(before + third, by: reviewer)
    }

    private func isCurrent(_ subject: DNASubject) async throws -> Bool {
        switch subject {
        case .animal(let id): try await rows(.mergeInForce, [.id(id)]).isEmpty
        case .screening(let id): try await self.subject(of: id) == subject
        }
    }

    /// Appends assessments of all screenings of a subject whose DNA says something else by now.
    ///
    /// Photograph and water stay as they were weighed; what laboratories say comes to stand beside them, and answers the
    /// question for which a person was to look.
    private func reassess(_ subject: DNASubject, _ standing: DNAStanding, by reviewer: Reviewer) async throws {
        let found =
            switch subject {
            case .animal(let id): try await rows(.hybridAssessmentsOfIndividual, [.id(id)])
            case .screening(let id): try await rows(.hybridAssessmentOfScreening, [.id(id)])
            }
        for earlier in try found.map(HybridAssessment.init) where earlier.content.dna != standing {
            var content = earlier.content.knowing(standing)
            if standing.kind == .native || standing.kind == .notNative { content.review = nil }
            _ = try await append(content, of: earlier.screening, .dna, by: reviewer)
        }
    }

    private func openDisagreement(
        _ results: [DNAResult], of subject: DNASubject, _ latest: DNAResult
    ) async throws {
        guard !DNAStanding.contradictions(results).isEmpty else { return }
        let (individual, screening): (Identifier<Individual>?, Identifier<Screening>?) =
            switch subject {
            case .animal(let id): (id, nil)
            case .screening(let id): (nil, id)
            }
        let isOpen = try await !rows(.dnaDisagreementOpen, [.id(individual), .id(screening)]).isEmpty
        guard !isOpen else { return }
        let evidence = RegistryCase.DNADisagreement(
            name: latest.individualName ?? latest.label, results: DNAStanding(results).records)
        let opened = try await openCase(
            .dnaDisagreement, agency: latest.agency, screening: screening, individual: individual,
            evidence: .json(encoding: evidence))
        try await append(
            .caseOpened, agency: latest.agency, screening: screening, individual: individual,
            ["case": opened.description, "kind": RegistryCase.Kind.dnaDisagreement.rawValue])
    }
}
