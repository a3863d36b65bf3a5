import Foundation
import Registry
import Storage
import TestSupport
import Testing

@Suite("Calibrations and policies", .database)
struct CalibrationTests {
    private func content(
        _ population: String? = "Hatsuka", region: BodyRegion = .head, scorer: String = "a b", slope: Double = 9,
        tail: ImpostorTail? = ImpostorTail(location: 27.5, scale: 1.75, searches: 44)
    ) -> LearnedCalibration.Content {
        let fit = LearnedCalibration.Fit(ece: 0.01, brier: 0.02, logLoss: 0.1)
        return LearnedCalibration.Content(
            population: population, region: region, scorer: scorer, intercept: -17.25, slope: slope,
            lookAlikeRate: 1e-5, genuinePairs: 40, impostorPairs: 400, animals: 12, tail: tail,
            figures: LearnedCalibration.Figures(
                before: fit, after: fit, falsePositives: [.init(wanted: 0.1, obtained: 0.0625)]))
    }

    @Test("A calibration counts from its activation until another of its kind is activated, and can come back")
    func activation() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            let first = try await store.addCalibration(content(), by: "Sato")
            let second = try await store.addCalibration(content(slope: 8), by: "Sato")
            let whole = try await store.addCalibration(content(nil), by: "Sato")
            let tail = try await store.addCalibration(content(region: .tail), by: "Sato")
            #expect(first.content == content() && first.madeBy == "Sato" && first.activeSince == nil)
            func active(_ population: String?) async throws -> Identifier<LearnedCalibration>? {
                try await store.activeCalibrations(region: .head, scorer: "a b")
                    .first { $0.content.population == population }?.id
            }
            #expect(try await active("Hatsuka") == nil)
            try await store.activateCalibration(first.id, by: "Sato", note: "better")
            try await store.activateCalibration(tail.id, by: "Sato")
            #expect(try await active("Hatsuka") == first.id)
            #expect(try await active(nil) == nil)
            try await store.activateCalibration(second.id, by: "Ito")
            try await store.activateCalibration(whole.id, by: "Ito")
            #expect(try await active("Hatsuka") == second.id)
            #expect(try await active(nil) == whole.id)
            try await store.activateCalibration(first.id, by: "Ito", note: "was better after all")
            #expect(try await active("Hatsuka") == first.id)
            let listed = try await store.calibrations().items
            #expect(Set(listed.map(\.id)) == Set([first, second, whole, tail].map(\.id)))
            #expect(Set(listed.filter { $0.activeSince != nil }.map(\.id)) == Set([first, whole, tail].map(\.id)))
            #expect(try await store.activeCalibrations(region: .head, scorer: "a c").isEmpty)
        }
    }

    @Test("Numbers that weigh nothing, and unknown calibrations, are refused")
    func refusals() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            for tail in [
                ImpostorTail(location: .nan, scale: 1, searches: 9), ImpostorTail(location: 1, scale: 0, searches: 9),
                ImpostorTail(location: 1, scale: 1, searches: 0),
            ] {
                let error = await #expect(throws: StorageError.self) {
                    try await store.addCalibration(content(tail: tail), by: "Sato")
                }
                guard case .ruleBroken(let rule) = error, rule.hasPrefix("calibrations_tail_") else {
                    Issue.record("\(String(describing: error))")
                    continue
                }
            }
            let without = try await store.addCalibration(content(tail: nil), by: "Sato")
            #expect(without.content.tail == nil)
            for slope in [0, -1, .infinity, .nan] {
                let error = await #expect(throws: StorageError.self) {
                    try await store.addCalibration(content(slope: slope), by: "Sato")
                }
                guard case .ruleBroken("calibrations_slope") = error else {
                    Issue.record("\(String(describing: error))")
                    continue
                }
            }
            let error = await #expect(throws: StorageError.self) {
                try await store.activateCalibration(Identifier(), by: "Sato")
            }
            guard case .notFound(.calibration, _) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }

    @Test("An agency's latest policy counts; without one the standard does")
    func policies() async throws {
        try await Fixture.with { fixture in
            let store = fixture.store
            #expect(try await store.policy(of: fixture.agency.id) == .standard)
            let strict = try DecisionPolicy(
                falsePositiveIdentificationRate: 0.001, costWrongName: 100, costMissedAnimal: 10, costReview: 1)
            let lenient = try DecisionPolicy(
                falsePositiveIdentificationRate: 0.1, costWrongName: 3, costMissedAnimal: 3, costReview: 1)
            try await store.setPolicy(strict, of: fixture.agency.id, by: "Sato")
            #expect(try await store.policy(of: fixture.agency.id) == strict)
            try await store.setPolicy(lenient, of: fixture.agency.id, by: "Sato")
            #expect(try await store.policy(of: fixture.agency.id) == lenient)
            let other = try await store.createAgency(name: "Aquarium")
            #expect(try await store.policy(of: other.id) == .standard)
            let error = await #expect(throws: StorageError.self) {
                try await store.setPolicy(strict, of: Identifier(), by: "Sato")
            }
            guard case .notFound(.agency, _) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }
}
