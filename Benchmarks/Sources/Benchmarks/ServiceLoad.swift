import Foundation
import SampleAnimals

/// Screens photographs through a running service: one after the other, then from ten clients at once.
struct ServiceLoad: Sendable {
    let client: ServiceClient

    func run() async throws {
        var large = SampleConditions.random(seed: 70, difficulty: .good)
        large.width = 4032
        large.height = 3024
        let original = try await client.upload(try draw(1, large))
        var times: [Double] = []
        for _ in 0..<15 { times.append(try await client.screen(original).milliseconds) }
        print("step                                          median ms   quartiles")
        row("12 MP screening over HTTP, verdict committed", Spread(times))

        var small = SampleConditions.random(seed: 71, difficulty: .ordinary)
        small.width = 1600
        small.height = 1200
        let photos = try await concurrentMap(Array(1...10)) { [small] animal in
            try await client.upload(try draw(UInt64(animal), small))
        }
        let start = ContinuousClock.now
        let answers = try await withThrowingTaskGroup(of: [ServiceClient.Answer].self) { group in
            for photo in photos {
                group.addTask {
                    var answers: [ServiceClient.Answer] = []
                    for _ in 0..<5 { answers.append(try await client.screen(photo)) }
                    return answers
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        let elapsed = (ContinuousClock.now - start) / .seconds(1)
        let spread = Spread(answers.map(\.milliseconds))
        row("50 screenings from 10 clients", spread)
        print(
            "p99 \(fixed(spread.p99, 0)) ms, "
                + "\(fixed(Double(answers.count) / elapsed, 1)) a second; answered \(answers.count) of 50, "
                + "\(Set(answers.map(\.id)).count) distinct, \(answers.count { $0.outcome != nil }) with an outcome")
    }
}

/// A photograph of an animal.
func draw(_ animal: UInt64, _ conditions: SampleConditions) throws -> SamplePhoto {
    try renderPhoto(of: SampleAnimal(seed: animal), under: conditions, capturedAt: nil, position: nil)
}
