import AlertStage
import Foundation
import Registry
import SampleReceivers
import Storage

/// Sends alerts while everything goes wrong, and counts what arrived.
@main
struct Drill {
    /// Half of the events; each answered screening makes two.
    let screenings: Int
    /// Between two screenings, so that even a few events meet several killed workers.
    let pause: Duration
    /// How far the clock is stepped, in seconds.
    let step: Int
    let program: String

    static func main() async {
        let arguments = CommandLine.arguments.dropFirst()
        guard arguments.first == "webhooks", arguments.dropFirst().allSatisfy({ $0 == "--quick" }),
            let program = ProcessInfo.processInfo.environment["ANDRIAS"]
        else {
            print("usage: ANDRIAS=PROGRAM Drill webhooks [--quick]")
            exit(2)
        }
        let isQuick = arguments.contains("--quick")
        do {
            let drill =
                isQuick
                ? Drill(screenings: 300, pause: .milliseconds(60), step: 20, program: program)
                : Drill(screenings: 5000, pause: .zero, step: 120, program: program)
            exit(try await drill.run() ? 0 : 1)
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            exit(1)
        }
    }

    private func run() async throws -> Bool {
        let stage = try await Stage.open(program: program, animals: 100, environment: try FakeClock.environment())
        defer { try? FileManager.default.removeItem(at: FakeClock.file) }
        let stands = try await openStands(on: stage)
        print("drill: \(screenings * 2) events to \(stands.count) receivers, by three workers")
        // The first five waits of the schedule, 5 s to 5 h, become 20 ms to 72 s.
        let trouble = try Trouble(stage: stage, workers: 3, options: ["--time-scale", "0.004"])
        let started = ContinuousClock.now
        let killing = Task { try await trouble.killWorkers(every: .seconds(4)) }
        let turning = Task { try await turn(stands) }
        try await appendEvents(on: stage, trouble)
        print("drill: all events are committed after \(seconds(since: started)) s; waiting for the receivers")
        turning.cancel()
        _ = await turning.result
        try await settle(stands)
        let isComplete = try await waitForAll(stands, on: stage)
        killing.cancel()
        trouble.stopWorkers()
        let took = seconds(since: started)
        let isGood = try await Report(stands: stands, trouble: trouble, stage: stage, events: screenings * 2).print()
        print("drill: \(isComplete ? "complete" : "NOT complete") after \(took) s")
        for stand in stands { await stand.receiver.stop() }
        try await stage.close()
        return isComplete && isGood
    }

    private func openStands(on stage: Stage) async throws -> [Stand] {
        // Not that one of the others was disabled, which happens on the way.
        let types = ["--types", "screening.completed,identity.matched"]
        var stands: [Stand] = []
        for role in Role.cast {
            for _ in 0..<role.count {
                let receiver = try await SampleReceiver.start(role.turns[0], keeps: 1)
                let ledger = Ledger()
                receiver.onMessage { ledger.note($0, $1) }
                let endpoint = try await stage.addWebhook(receiver.url, types + (role.isOrdered ? ["--ordered"] : []))
                stands.append(Stand(role: role, receiver: receiver, ledger: ledger, endpoint: endpoint))
            }
        }
        return stands
    }

    /// Commits the events, and hits the database and the clock on the way.
    private func appendEvents(on stage: Stage, _ trouble: Trouble) async throws {
        for number in 0..<screenings {
            switch number {
            case screenings / 5: try trouble.stepClock(by: step)
            case screenings / 3: try await trouble.restartDatabase(gently: true)
            case screenings * 2 / 3: try await trouble.restartDatabase(gently: false)
            case screenings * 4 / 5: try trouble.stepClock(by: 0)
            default: break
            }
            try await Task.sleep(for: pause)
            let animal = stage.animals[number % stage.animals.count]
            // A connection from before a restart is dead, and the screening was not answered then.
            while true {
                do {
                    try await stage.answer(animal: animal)
                    break
                } catch {
                    try await Task.sleep(for: .milliseconds(200))
                }
            }
        }
    }

    private func turn(_ stands: [Stand]) async throws {
        var number = 0
        while true {
            try await Task.sleep(for: .seconds(4))
            number += 1
            for stand in stands {
                if stand.role.turns.count > 1 {
                    stand.receiver.behaviour = stand.role.turns[number % stand.role.turns.count]
                }
                if stand.role.isDownAtTimes {
                    if number % 2 == 1 { await stand.receiver.stop() } else { try await stand.receiver.start() }
                }
            }
        }
    }

    /// Leaves every live receiver well, or an unlucky message would wait for hours of the schedule.
    private func settle(_ stands: [Stand]) async throws {
        for stand in stands where stand.role.isLive {
            stand.receiver.behaviour = stand.role.settled
            if stand.role.isDownAtTimes {
                await stand.receiver.stop()
                try await stand.receiver.start()
            }
        }
    }

    /// Waits until every live receiver has everything, or nothing has changed for three minutes.
    private func waitForAll(_ stands: [Stand], on stage: Stage) async throws -> Bool {
        let events = screenings * 2
        var best = 0
        var since = ContinuousClock.now
        while true {
            let counts = stands.filter(\.role.isLive).map { $0.ledger.messages.count }
            let sum = counts.reduce(0, +)
            if counts.allSatisfy({ $0 >= events }) { return true }
            if sum > best { (best, since) = (sum, .now) }
            if ContinuousClock.now - since > .seconds(180) { return false }
            try await Task.sleep(for: .milliseconds(500))
        }
    }

    private func seconds(since start: ContinuousClock.Instant) -> Int {
        Int((ContinuousClock.now - start) / .seconds(1))
    }
}

/// A receiver at its place.
struct Stand: Sendable {
    let role: Role
    let receiver: SampleReceiver
    let ledger: Ledger
    let endpoint: Identifier<Endpoint>
}
