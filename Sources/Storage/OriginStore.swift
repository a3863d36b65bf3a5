import Foundation
import Postgres
public import Provenance
public import Registry

extension RegistryStore {
    /// Where a known animal belongs, with the agency that decides.
    ///
    /// - Parameters:
    ///   - individual: The animal; of one that was merged, the one it was merged into counts.
    ///   - found: Where it is, from a rescue; `nil` where nobody said.
    ///   - agency: Whose movement parameters say which weirs hold back; `nil` for those of all.
    /// - Returns: The origin, its last sentence who decides.
    /// - Throws: ``StorageError/notFound(_:_:)`` for an unknown animal; `PostgresError`.
    public func origin(
        of individual: Identifier<Individual>, found: Position? = nil, asked agency: Identifier<Agency>? = nil
    ) async throws -> Origin {
        guard let animal = try await settledIndividual(individual) else {
            throw StorageError.notFound(.individual, individual.description)
        }
        let network = waters
        var sightings: [Sighting] = []
        for encounter in try await allEncounters(of: animal.id) {
            sightings.append(try await network.sighting(at: encounter.observedAt, encounter.position))
        }
        let rule = OriginRule(network, parameters: try await movementParameters(of: agency))
        let origin = try await rule.origin(
            of: animal.name, sightings: sightings,
            found: found == nil ? nil : network.sighting(at: nil, found))
        return try await decided(origin)
    }

    /// Where the animal of a screening belongs: of a match, where that animal does, from where it was found.
    ///
    /// - Throws: as ``origin(of:found:asked:)``.
    public func origin(of screening: Screening) async throws -> Origin {
        guard let individual = screening.verdict?.outcome.individual else {
            return try await decided(.unnamed(isUnknown: screening.verdict?.outcome == .unknown))
        }
        return try await origin(of: individual, found: screening.submission.position, asked: screening.agency)
    }

    private func allEncounters(of individual: Identifier<Individual>) async throws -> [Encounter] {
        var encounters: [Encounter] = []
        var after: Identifier<Encounter>?
        repeat {
            let page = try await self.encounters(after: after, limit: 1000, individual: individual)
            encounters += page.items
            after = page.next
        } while after != nil
        return encounters
    }

    private func decided(_ origin: Origin) async throws -> Origin {
        let agency: Agency? =
            if let system = origin.system { try await responsible(forSystem: system) } else { nil }
        let sentence =
            agency.map {
                Finding(.originDecidedBy, ["agency": $0.name, "contact": $0.contact ?? "–"])
            } ?? Finding(.originNoContact)
        return Origin(home: origin.home, release: origin.release, reasons: origin.reasons + [sentence])
    }
}
