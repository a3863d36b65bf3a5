import AlertStage
import Foundation
import Registry
import SampleReceivers
import Storage

/// What a drill came to.
struct Report {
    let stands: [Stand]
    let trouble: Trouble
    let stage: Stage
    let events: Int

    /// Prints the table.
    ///
    /// - Returns: Whether nothing was lost, no duplicate is unexplained and every order held.
    func print() async throws -> Bool {
        line("receivers", "taken", "lost", "refused", "twice", "explained", "recorded", "disorder", "waiting", "dead")
        let statuses = try await stage.store.endpointStatuses(of: stands.map(\.endpoint))
        var isGood = true
        for role in Role.cast {
            let mine = stands.filter { $0.role.name == role.name }
            let taken = mine.map { $0.ledger.messages.count }.reduce(0, +)
            let lost = role.isLive ? mine.count * events - taken : 0
            let twice = mine.flatMap(duplicates)
            let explained = twice.count(where: \.isExplained)
            var recorded = 0
            for duplicate in twice {
                let attempts = try await stage.store.deliveryAttempts(of: duplicate.event, to: duplicate.endpoint)
                if attempts.count(where: { $0.failure == nil }) > 1 { recorded += 1 }
            }
            let disorder = role.isOrdered ? mine.map(\.ledger.disorder).reduce(0, +) : 0
            let waiting = mine.map { statuses[$0.endpoint]?.waiting ?? 0 }.reduce(0, +)
            let dead = mine.map { statuses[$0.endpoint]?.dead ?? 0 }.reduce(0, +)
            line(
                "\(mine.count) × \(role.name)", "\(taken)", role.isLive ? "\(lost)" : "–",
                "\(mine.map(\.ledger.refusals).reduce(0, +))", "\(twice.count)", "\(explained)", "\(recorded)",
                role.isOrdered ? "\(disorder)" : "–", "\(waiting)", "\(dead)")
            isGood = isGood && lost == 0 && disorder == 0 && explained == twice.count && recorded == 0
        }
        let kinds = Dictionary(grouping: trouble.blows, by: \.what).mapValues(\.count)
        for (what, count) in kinds.sorted(by: { $0.key < $1.key }) { Swift.print("  \(what): \(count) ×") }
        Swift.print(
            """
              A message taken twice counts as explained where a worker, the database or the clock was hit between its
              arrivals or in the two seconds before the first: the answer was lost before it was recorded. Recorded
              are those whose success was recorded more than once; there must be none.
            """)
        return isGood
    }

    /// A message taken more than once.
    private struct Duplicate {
        let event: Identifier<Event>
        let endpoint: Identifier<Endpoint>
        /// Whether a blow explains it.
        let isExplained: Bool
    }

    private func duplicates(_ stand: Stand) -> [Duplicate] {
        let blows = trouble.blows.map(\.at)
        return stand.ledger.messages.compactMap { id, message in
            guard message.times.count > 1, let event = Identifier<Event>(id) else { return nil }
            let isExplained = zip(message.times, message.times.dropFirst()).allSatisfy { first, second in
                blows.contains { $0 > first.addingTimeInterval(-2) && $0 < second }
            }
            return Duplicate(event: event, endpoint: stand.endpoint, isExplained: isExplained)
        }
    }

    private func line(_ cells: String...) {
        let rest = cells.dropFirst().map { String(repeating: " ", count: max(1, 10 - $0.count)) + $0 }
        Swift.print("  " + cells[0].padding(toLength: 28, withPad: " ", startingAt: 0) + rest.joined())
    }
}
