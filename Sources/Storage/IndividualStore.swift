import Foundation
import Postgres
public import Registry

extension RegistryStore {
    /// Known animals in the order they were entered.
    ///
    /// - Parameters:
    ///   - after: The last animal of the page before.
    ///   - limit: How many, 1 … 1000.
    /// - Returns: A page.
    /// - Throws: `PostgresError`, ``StorageError/recordUnreadable(column:reason:)``.
    public func individuals(
        after: Identifier<Individual>? = nil, limit: Int = 50
    ) async throws -> Page<Individual> {
        let limit = Page<Individual>.bounded(limit)
        let rows = try await rows(.individuals, [.after(after), .count(limit + 1)])
        return Page(try rows.map(Individual.init), limit: limit, id: \.id)
    }

    /// The animal with an identifier.
    public func individual(_ id: Identifier<Individual>) async throws -> Individual? {
        try await rows(.individualByID, [.id(id)]).first.map(Individual.init)
    }

    /// The animal of exactly this catalogue name.
    public func individual(named name: String) async throws -> Individual? {
        try await rows(.individualByName, [.text(name)]).first.map(Individual.init)
    }

    /// The animal that an animal was merged into at last, or the animal itself.
    ///
    /// - Returns: `nil` where there is no such animal.
    /// - Throws: `PostgresError`, ``StorageError/recordUnreadable(column:reason:)``.
    public func settledIndividual(_ id: Identifier<Individual>) async throws -> Individual? {
        try await rows(.individualSettled, [.id(id)]).first.map(Individual.init)
    }

    /// Says to which population people count an animal; `nil` takes back what was said.
    ///
    /// - Throws: ``StorageError/notFound(_:_:)``; ``StorageError/ruleBroken(rule:)`` for a blank name.
    public func setPopulation(_ population: String?, of individual: Identifier<Individual>) async throws {
        guard try await !rows(.individualSetPopulation, [.id(individual), .text(population)]).isEmpty else {
            throw StorageError.notFound(.individual, individual.description)
        }
    }

    /// Encounters in the order they were entered.
    ///
    /// - Parameters:
    ///   - after: The last encounter of the page before.
    ///   - limit: How many, 1 … 1000.
    ///   - individual: Of which animal; `nil` for all.
    /// - Returns: A page.
    /// - Throws: `PostgresError`, ``StorageError/recordUnreadable(column:reason:)``.
    public func encounters(
        after: Identifier<Encounter>? = nil, limit: Int = 50, individual: Identifier<Individual>? = nil
    ) async throws -> Page<Encounter> {
        let limit = Page<Encounter>.bounded(limit)
        let rows = try await rows(.encounters, [.after(after), .count(limit + 1), .id(individual)])
        return Page(try rows.map(Encounter.init), limit: limit, id: \.id)
    }

    /// The encounter with an identifier.
    public func encounter(_ id: Identifier<Encounter>) async throws -> Encounter? {
        try await rows(.encounterByID, [.id(id)]).first.map(Encounter.init)
    }
}

extension Session {
    func settledIndividual(_ id: Identifier<Individual>) async throws -> Individual? {
        try await rows(.individualSettled, [.id(id)]).first.map(Individual.init)
    }
}
