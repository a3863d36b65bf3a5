import Testing
import Webhooks

/// A generator with a seed (SplitMix64), so that a failure comes again.
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

@Suite("Retry schedule")
struct ScheduleTests {
    private let schedule = RetrySchedule.standard

    @Test("Ten attempts over three days, then the delivery is a dead letter")
    func standard() {
        var generator = Seeded(state: 1)
        var waited = Duration.zero
        var step = 0
        while case .retry(let pause) = schedule.next(afterStep: step, using: &generator) {
            waited += pause
            step += 1
        }
        #expect(step == 9)
        let hours = 2 + 5 + 10 + 14 + 20 + 24
        let whole = Duration.seconds(5 + 300 + 1800 + 3600 * hours)
        #expect((whole * 0.9...whole * 1.1).contains(waited))
        #expect(schedule.pauses.first == .zero)
    }

    @Test("Every pause is within a tenth of the schedule's, and they differ", arguments: 0..<9)
    func jitter(step: Int) {
        var generator = Seeded(state: UInt64(step))
        let nominal = schedule.pauses[step + 1]
        var seen: Set<Duration> = []
        for _ in 0..<1000 {
            guard case .retry(let pause) = schedule.next(afterStep: step, using: &generator) else {
                Issue.record("Step \(step) is not the last.")
                return
            }
            #expect((nominal * 0.9...nominal * 1.1).contains(pause))
            seen.insert(pause)
        }
        #expect(seen.count > 900)
    }

    @Test("A receiver's wish lengthens a pause, never shortens it, and never beyond a day")
    func retryAfter() {
        var generator = Seeded(state: 3)
        for _ in 0..<2000 {
            let step = Int.random(in: 0..<9, using: &generator)
            let wish = Duration.seconds(Int.random(in: 0...200_000, using: &generator))
            guard case .retry(let pause) = schedule.next(afterStep: step, retryAfter: wish, using: &generator) else {
                Issue.record("Step \(step) is not the last.")
                return
            }
            #expect(pause >= schedule.pauses[step + 1] * 0.9)
            #expect(pause >= min(wish, .seconds(86400)))
            #expect(pause <= max(schedule.pauses[step + 1] * 1.1, .seconds(86400)))
        }
    }

    @Test("A step that the schedule has not is its end", arguments: [-1, 9, 10, .max])
    func ends(step: Int) {
        #expect(schedule.next(afterStep: step, retryAfter: .seconds(5)) == .dead)
    }
}
