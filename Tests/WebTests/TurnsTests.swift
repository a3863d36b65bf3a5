import Registry
import Testing

@testable import Web

private actor Counter {
    private var working = 0
    private(set) var most = 0

    func begin() {
        working += 1
        most = max(most, working)
    }

    func end() { working -= 1 }
}

@Suite struct TurnsTests {
    @Test func onlySoManyWorkAtOnceAndAllGetTheirTurn() async throws {
        let turns = Turns(atOnce: 2, longestQueue: 100)
        let counter = Counter()
        let done = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<40 {
                group.addTask {
                    try await turns.take {
                        await counter.begin()
                        await Task.yield()
                        await counter.end()
                        return number
                    }
                }
            }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(done.count == 40)
        #expect(await counter.most <= 2)
    }

    @Test func whoWouldWaitTooLongIsToldToComeAgain() async throws {
        let turns = Turns(atOnce: 1, longestQueue: 0)
        let problem = try await turns.take {
            await #expect(throws: Problem.self) { try await turns.take {} }
        }
        #expect(problem?.text == .overloaded)
        #expect(problem?.retryAfter == 5)
        // A failure gives the turn back.
        await #expect(throws: CancellationError.self) { try await turns.take { throw CancellationError() } }
        #expect(try await turns.take { 7 } == 7)
    }
}
