import Foundation
import Postgres
public import Registry

extension RegistryStore {
    /// What the registry knows of the tags that came with a screening, of all animals, wherever they live.
    ///
    /// - Parameters:
    ///   - screening: The screening.
    ///   - candidates: Animals that the photographs may show; of these the tags they bear are told.
    /// - Returns: Everything that ``TagAgreement`` weighs.
    /// - Throws: `PostgresError`, ``StorageError/recordUnreadable(column:reason:)``.
    public func tagEvidence(
        for screening: Screening, candidates: [Identifier<Individual>]
    ) async throws -> TagEvidence {
        let submission = screening.submission
        let moment = submission.observedAt ?? screening.createdAt
        let read = Dictionary(submission.tagCodes.map { ($0, Result(reading: $0)) }) { first, _ in first }
        let codes = Set(read.values.compactMap { try? $0.get().code })
        let holders = try await holders(of: codes.map(\.canonical), at: moment)
        let slips = Dictionary(
            codes.filter { holders[$0.canonical] == nil }.map { ($0, $0.slips) }
        ) { first, _ in first }
        let similar = try await self.holders(of: slips.values.flatMap(\.self), at: moment)
        var seen: Set<String> = []
        let readings = submission.tagCodes.filter { seen.insert($0).inserted }.map { text in
            switch read[text] ?? Result(reading: text) {
            case .failure(let refusal): TagVerdict.Reading(text: text, refusal: refusal.description)
            case .success(let reading):
                TagVerdict.Reading(
                    text: text, code: reading.code.canonical, kind: reading.code.kind, flags: reading.flags,
                    holders: holders[reading.code.canonical] ?? [],
                    similar: (slips[reading.code] ?? []).flatMap { similar[$0] ?? [] }.filter { $0.state == .bears })
            }
        }
        let named = readings.flatMap(\.holders).map(\.individual)
        let concerned: PostgresValue = .ids(Set(named + candidates))
        var borne: [Identifier<Individual>: [TagCode.Kind]] = [:]
        for row in try await rows(.tagsBorne, [concerned, .timestamp(moment)]) {
            borne[try row.identifier("individual_id"), default: []].append(try row.named("kind"))
        }
        let photographed = try await rows(
            .individualsPhotographed, [.ids(named), .text(submission.region.rawValue)]
        ).map { try $0.identifier("individual_id", of: Individual.self) }
        let (animals, tagged) = try await row(.tagCounts) { row in
            (try row.get("animals", as: Int.self), try row.get("tagged_animals", as: Int.self))
        }
        return TagEvidence(
            readings: readings, scan: submission.tagScan, borne: borne, photographed: Set(photographed),
            animals: animals, taggedAnimals: tagged, rates: try await tagRates())
    }

    /// How often tags mislead: counted in the registry's settled history, or what its rows of assumptions say.
    public func tagRates() async throws -> TagRates {
        var rates: [String: TagRates.Rate] = [:]
        for row in try await rows(.tagRates) {
            rates[try row.get("name")] = TagRates.Rate(
                rate: try row.get("rate"), isCounted: try row.get("is_counted"), isAssumed: try row.get("is_assumed"),
                trials: try row.get("trials"), failures: try row.get("failures"), source: try row.get("source"))
        }
        guard let misread = rates["misread"], let wrong = rates["wrong_record"], let missed = rates["not_found"] else {
            throw StorageError.recordUnreadable(column: "tag_rates", reason: "a rate is missing")
        }
        return TagRates(misread: misread, wrongRecord: wrong, notFound: missed)
    }

    private func holders(of codes: [String], at moment: Date) async throws -> [String: [TagVerdict.Holder]] {
        guard !codes.isEmpty else { return [:] }
        var holders: [String: [TagVerdict.Holder]] = [:]
        for row in try await rows(.tagHolders, [.textArray(codes), .timestamp(moment)]) {
            holders[try row.get("code"), default: []].append(
                TagVerdict.Holder(
                    individual: try row.identifier("individual_id"), name: try row.get("individual_name"),
                    state: try row.named("state")))
        }
        return holders
    }
}

extension Result<TagReading, TagRefusal> {
    fileprivate init(reading text: String) {
        self.init { () throws(TagRefusal) in try TagReading(text) }
    }
}
