import Foundation
import Postgres
import Registry

extension RegistryStore {
    /// Enters a photograph of a known animal with its encounter and its template, in one transaction.
    ///
    /// - Returns: The records, and whether anything was new.
    /// - Throws: ``StorageError/photoAlreadyEnrolled(individual:photo:)`` where the same file is enrolled for another
    ///   animal, by whichever agency; ``StorageError/individualNameTaken(name:species:)``;
    ///   ``IdentityError/otherPopulation(individual:population:)``; ``PhotoFileError``;
    ///   ``StorageError/ruleBroken(rule:)`` for a date in the future or a blank name.
    public func enroll(_ enrolment: Enrolment) async throws -> EnrolmentResult {
        let sha256 = try await offThePool { () throws(PhotoFileError) in
            try PhotoFiles.fingerprint(of: enrolment.photo)
        }
        return try await transaction { session in
            try await session.enroll(enrolment, sha256: sha256) { try await keep(enrolment.photo, as: sha256) }
        }
    }
}

extension Session {
    fileprivate func enroll(
        _ enrolment: Enrolment, sha256: String, keepFile: () async throws -> Void
    ) async throws -> EnrolmentResult {
        // No merge may move the animal's encounters while this one is entered.
        _ = try await rows(.identityLockShared)
        // Two agencies may enrol the same file at the same moment; no unique key spans photograph and animal.
        _ = try await rows(.fileLock, [.text(sha256)])
        let (individual, isNew) = try await individual(of: enrolment)
        let earlier = try await rows(.annotationsByFile, [.text(sha256)])
        for row in earlier where try row.optionalIdentifier("individual_id") != individual.id {
            throw StorageError.photoAlreadyEnrolled(
                individual: try row.optional("individual_name") ?? "?", photo: try row.identifier("photo_id"))
        }
        // Before the first template: from there to the commit the whole gallery is locked.
        try await keepFile()
        if let row = try earlier.first(where: { try $0.named("body_region") == enrolment.region }) {
            return try await addTemplate(enrolment, annotation: Annotation(row: row), of: row, individual: individual)
        }
        let encounter = try await encounter(of: enrolment, individual: individual)
        let photo = try await addPhoto(
            id: Identifier(), sha256: sha256, byteCount: enrolment.photo.count, description: enrolment.description,
            agency: enrolment.agency
        ).record
        let annotation = Annotation(
            id: Identifier(), photo: photo.id, region: enrolment.region, mark: enrolment.mark)
        _ = try await rows(
            .annotationInsert,
            [
                .id(annotation.id), .id(photo.id), .id(encounter.id), .text(annotation.region.rawValue),
                try .mark(annotation.mark),
            ])
        _ = try await addTemplate(enrolment, to: annotation)
        return EnrolmentResult(
            individual: individual, isNewIndividual: isNew, encounter: encounter, photo: photo,
            annotation: annotation, change: .enrolled)
    }

    private func individual(of enrolment: Enrolment) async throws -> (Individual, isNew: Bool) {
        let row = try await findOrInsert(enrolment.individual, enrolment)
        let named = try Individual(row: row)
        guard named.species == enrolment.species else {
            throw StorageError.individualNameTaken(name: named.name, species: named.species)
        }
        var settled = try await settledIndividual(named.id) ?? named
        // Enrolments take turns at the animal that gets the encounter, not at the name that led to it.
        if settled.id != named.id { settled = try Individual(row: try await findOrInsert(settled.name, enrolment)) }
        if let wanted = enrolment.population, let known = settled.population, wanted != known {
            throw IdentityError.otherPopulation(individual: settled.name, population: known)
        }
        return (settled, try row.get("is_new"))
    }

    private func findOrInsert(_ name: String, _ enrolment: Enrolment) async throws -> Row {
        let parameters: [PostgresValue] = [
            .id(Identifier<Individual>()), .text(name), .text(enrolment.species), .text(enrolment.population),
        ]
        guard let row = try await rows(.individualFindOrInsert, parameters).first else {
            throw StorageError.notFound(.individual, name)
        }
        return row
    }

    private func encounter(of enrolment: Enrolment, individual: Individual) async throws -> Encounter {
        let parameters: [PostgresValue] =
            [
                .id(Identifier<Encounter>()), .id(enrolment.agency), .id(individual.id), .date(enrolment.observedAt),
            ] + PostgresValue.position(enrolment.position) + [.text(enrolment.locality), .text(enrolment.observer)]
        guard let row = try await rows(.encounterFindOrInsert, parameters).first else {
            throw StorageError.notFound(.encounter, nil)
        }
        return try Encounter(row: row)
    }

    /// Completes an earlier enrolment of the same region by the template of another extractor, where it is new.
    private func addTemplate(
        _ enrolment: Enrolment, annotation: Annotation, of row: Row, individual: Individual
    ) async throws -> EnrolmentResult {
        let isNew = try await addTemplate(enrolment, to: annotation)
        guard let photo = try await rows(.photoByID, [.id(annotation.photo)]).first,
            let encounter = try await rows(.encounterByID, [.id(row.identifier("encounter_id", of: Encounter.self))])
                .first
        else { throw StorageError.notFound(.photo, annotation.photo.description) }
        return EnrolmentResult(
            individual: individual, isNewIndividual: false, encounter: try Encounter(row: encounter),
            photo: try Photo(row: photo), annotation: annotation,
            change: isNew ? .templateAdded : .alreadyEnrolled)
    }

    private func addTemplate(_ enrolment: Enrolment, to annotation: Annotation) async throws -> Bool {
        try await !rows(
            .templateInsert,
            [
                .id(Identifier<StoredTemplate>()), .id(annotation.id), .text(enrolment.extractor),
                .bytes(enrolment.template),
            ]
        ).isEmpty
    }
}
