import Foundation
import Postgres
public import Registry

extension RegistryStore {
    /// The characters as they count, in the order in which they were first set.
    public func characters() async throws -> [DiagnosticCharacter] {
        try await rows(.hybridCharacters).map {
            (order: try $0.get("first_position", as: Int.self), character: try DiagnosticCharacter(row: $0))
        }.sorted { $0.order < $1.order }.map(\.character)
    }

    /// Sets a character from this moment on; an assessment made before stays as it is.
    ///
    /// - Parameters:
    ///   - code: Which; a new one enters a character.
    ///   - name: Its name; `nil` leaves it as it is.
    ///   - howToSee: How to see it; `nil` leaves it as it is.
    ///   - source: Who described it, and where the numbers come from.
    ///   - rates: How often it occurs; `nil` takes numbers back: then it is recorded and weighs nothing.
    ///   - person: Who sets it, by name.
    /// - Returns: The character as it counts.
    /// - Throws: ``HybridError/counts(_:)``, ``HybridError/characterIncomplete(_:)``;
    ///   ``StorageError/ruleBroken(rule:)`` for a code or words that cannot be.
    @discardableResult
    public func setCharacter(
        _ code: String, name: BilingualText? = nil, howToSee: BilingualText? = nil, source: String,
        rates: DiagnosticCharacter.Rates?, by person: String
    ) async throws -> DiagnosticCharacter {
        if let rates, !rates.native.isValid || !rates.notNative.isValid { throw HybridError.counts(code) }
        let before = try await characters().first { $0.code == code }
        guard let name = name ?? before?.name, let howToSee = howToSee ?? before?.howToSee else {
            throw HybridError.characterIncomplete(code)
        }
        return try await row(
            .hybridCharacterInsert,
            [
                .text(code), .text(name.ja), .text(name.en), .text(howToSee.ja), .text(howToSee.en), .text(source),
                .number(rates?.native.present), .number(rates?.native.absent), .number(rates?.notNative.present),
                .number(rates?.notNative.absent), .text(person),
            ], read: DiagnosticCharacter.init)
    }

    /// What people saw on a screening's photographs, in the order they said so.
    public func scores(of screening: Identifier<Screening>) async throws -> [CharacterScore] {
        try await rows(.hybridScoresOfScreening, [.id(screening)]).map(CharacterScore.init)
    }
}

extension Session {
    func scores(of screening: Identifier<Screening>) async throws -> [CharacterScore] {
        try await rows(.hybridScoresOfScreening, [.id(screening)]).map(CharacterScore.init)
    }
}

extension DiagnosticCharacter {
    init(row: Row) throws {
        let present: Double? = try row.optional("native_present")
        let rates = try present.map { present in
            Rates(
                native: Count(present: present, absent: try row.get("native_absent")),
                notNative: Count(
                    present: try row.get("not_native_present"), absent: try row.get("not_native_absent")))
        }
        self.init(
            code: try row.get("code"), name: BilingualText(ja: try row.get("name_ja"), en: try row.get("name_en")),
            howToSee: BilingualText(ja: try row.get("sight_ja"), en: try row.get("sight_en")),
            source: try row.get("source"), rates: rates, setBy: try row.get("set_by"),
            validSince: try row.get("valid_since"))
    }
}

extension CharacterScore {
    init(row: Row) throws {
        self.init(
            id: try row.identifier("id"), screening: try row.identifier("screening_id"),
            photo: try row.optionalIdentifier("photo_id"), code: try row.get("code"), sight: try row.named("sight"),
            scoredBy: Reviewer(name: try row.get("scored_by"), key: try row.optionalIdentifier("api_key_id")),
            scoredAt: try row.get("scored_at"))
    }
}
