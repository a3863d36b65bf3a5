import Foundation
import Hybrids
import Provenance
import Registry
import Storage
import TestSupport
import Testing
import Web

@Suite("Native or not, on a screening's page", .database)
struct HybridPageTests {
    private let reviewer = Reviewer(name: "Sato")
    private let met = Date(timeIntervalSince1970: 1_750_000_000)

    /// A suspect in a water of hybrids; counts and rates are invented.
    private func suspect(_ registry: RunningRegistry) async throws -> (id: Identifier<Screening>, page: String) {
        let store = registry.store
        try await store.loadRivers(InventedRivers.network(), source: "invented", profile: .plain, by: "Sato")
        let position = try Position(latitude: 31.059, longitude: 138.0065, uncertaintyMeters: 50)
        try await store.addTestedCounts(
            [
                TestedCount(
                    label: "Secretwater", system: nil, position: position, years: 2025...2025,
                    animals: .init(native: 12, hybrid: 18, exotic: 0, undetermined: 0), source: "invented")
            ], by: "Sato")
        for (code, native, other) in [("jaw_tubercles", 2.0, 30.0), ("pale_blotches", 6, 36), ("long_tail", 4, 30)] {
            try await store.setCharacter(
                code, source: "invented",
                rates: .init(
                    native: .init(present: native, absent: 60 - native),
                    notNative: .init(present: other, absent: 60 - other)), by: "Sato")
        }
        let client = try await registry.client(.screener)
        let photo = try #require(try await client.submit(try plainJPEG()).string("id"))
        let body = """
            {"photoIds":["\(photo)"],"decimalLatitude":31.059,"decimalLongitude":138.0065,
            "coordinateUncertaintyInMeters":30,"eventDate":"2025-06-15T09:30:00+09:00"}
            """
        let made = try await client.post("/v1/screenings", json: body, ["Prefer": "wait=0"])
        let id = try #require(made.string("id").flatMap(Identifier<Screening>.init))
        try await store.assessHybrid(
            id,
            scores: [
                .init(code: "jaw_tubercles", sight: .present), .init(code: "pale_blotches", sight: .present),
                .init(code: "large_blotches", sight: .present), .init(code: "long_tail", sight: .notVisible),
            ], by: Reviewer(name: "Secretperson"))
        return (id, try #require(made.string("links.page")))
    }

    @Test("A finder reads the word, the numbers behind it, the reasons, and what to photograph next, in both languages")
    func suspicion() async throws {
        try await RunningRegistry.with { registry in
            let (_, page) = try await suspect(registry)
            let visitor = registry.visitor
            for (language, words) in [
                (
                    "en",
                    [
                        "May not be purely native", "this water", "60 %", "together", "96.3 %",
                        "hold it and have its DNA",
                        "Coarse blotches, present: recorded", "What to photograph next", "Long tail: not visible",
                        "The tail is long",
                    ]
                ),
                (
                    "ja",
                    [
                        "純粋な在来でない疑い", "この水域", "60 %", "両方から", "96.3 %", "DNA を検査してください",
                        "「斑紋が大きい」あり：記録しました", "次に撮影・確認するもの", "尾が長い: 見えない", "全長に比べて尾が長い",
                    ]
                ),
            ] {
                let text = try await visitor.get("\(page)&lang=\(language)").text
                for word in words { #expect(text.contains(word), "\(language): \(word)") }
                for hidden in ["Secretwater", "Secretperson", "31.059", "F1", "戻し交雑", "davidianus", "confirmed"] {
                    #expect(!text.contains(hidden), "\(language): \(hidden)")
                }
                #expect(!text.contains("<script"))
                let sketch = try #require(text.firstMatch(of: /src="(\/assets\/characters\/long_tail[^"]*)"/)).output.1
                let drawing = try await visitor.get(String(sketch))
                #expect(drawing.status == 200 && drawing.header("Content-Type") == "image/svg+xml")
                #expect(drawing.header("Content-Language") == language && drawing.text.hasPrefix("<svg"))
            }
            #expect(try await visitor.get("/assets/characters/wings").status == 404)
            #expect(try await visitor.get("/assets/characters/..%2Fstyle.css").status == 404)
        }
    }

    @Test("Only a laboratory's record says native, or names a hybrid, and then nobody is asked for photographs")
    func laboratory() async throws {
        try await RunningRegistry.with { registry in
            let (id, page) = try await suspect(registry)
            let store = registry.store
            let sample = try await store.addSample(
                SubmittedSample(label: "K-1", screening: id, takenBy: "Ito", takenAt: met),
                agency: registry.agency.id, by: reviewer
            ).record
            let found = { (dnaClass: DNAResult.Class, markers: DNAResult.Markers, note: String?) in
                SubmittedResult(
                    markers: markers, dnaClass: dnaClass, laboratory: "Kyoto", reportedAt: met + 86_400, note: note)
            }
            try await store.addResult(found(.davidianus, .mitochondrial, nil), of: sample.id, by: reviewer)
            let maternal = try await registry.visitor.get(page + "&lang=en").text
            #expect(maternal.contains("May not be purely native") && maternal.contains("it says nothing else"))
            let native = try await store.addResult(found(.japonicus, .snp, nil), of: sample.id, by: reviewer).record
            let cleared = try await registry.visitor.get(page + "&lang=en").text
            #expect(cleared.contains("Native by DNA") && cleared.contains("which DNA outranks</summary>"))
            #expect(!cleared.contains("Do not release") && !cleared.contains("What to photograph next"))
            try await store.correctResult(native.id, to: found(.f1, .snp, "wrong tube"), by: reviewer)
            let confirmed = try await registry.visitor.get(page + "&lang=ja").text
            #expect(confirmed.contains("DNA 検査では純粋な在来でない") && confirmed.contains("交雑第一世代（F1）"))
            #expect(confirmed.contains("放流せずに保持してください"))
        }
    }
}
