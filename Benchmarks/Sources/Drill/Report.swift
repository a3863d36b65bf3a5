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
        line("receivers", "taken", "lost", "refused", "twice", "explained", "disorder", "waiting", "dead")
        let statuses = try await stage.store.endpointStatuses(of: stands.map(\.endpoint))
        var isGood = true
        for role in Role.cast {
            let mine = stands.filter { $0.role.name == role.name }
            let taken = mine.map { $0.ledger.messages.count }.reduce(0, +)
            let lost = role.isLive ? mine.count * events - taken : 0
            let twice = mine.map(duplicates).reduce(([], []), { ($0.0 + $1.all, $0.1 + $1.explained) })
            let disorder = role.isOrdered ? mine.map(\.ledger.disorder).reduce(0, +) : 0
            let waiting = mine.map { statuses[$0.endpoint]?.waiting ?? 0 }.reduce(0, +)
            let dead = mine.map { statuses[$0.endpoint]?.dead ?? 0 }.reduce(0, +)
            line(
                "\(mine.count) × \(role.name)", "\(taken)", role.isLive ? "\(lost)" : "–",
                "\(mine.map(\.ledger.refusals).reduce(0, +))", "\(twice.0.count)", "\(twice.1.count)",
                role.isOrdered ? "\(disorder)" : "–", "\(waiting)", "\(dead)")
            isGood = isGood && lost == 0 && disorder == 0 && twice.0.count == twice.1.count
        }
        let kinds = Dictionary(grouping: trouble.blows, by: \.what).mapValues(\.count)
        for (what, count) in kinds.sorted(by: { $0.key < $1.key }) { Swift.print("  \(what): \(count) ×") }
        Swift.print(
            """
              A message counts as explained where a worker, the database or the clock was hit between its arrivals or in
              the two seconds before the first: the answer was lost before it was recorded.
            """)
        return isGood
    }

    /// Messages taken more than once, and those of them that a blow explains.
    private func duplicates(_ stand: Stand) -> (all: [String], explained: [String]) {
        let doubled = stand.ledger.messages.filter { $0.value.times.count > 1 }
        let blows = trouble.blows.map(\.at)
        let explained = doubled.filter { _, message in
            zip(message.times, message.times.dropFirst()).allSatisfy { first, second in
                blows.contains { $0 > first.addingTimeInterval(-2) && $0 < second }
            }
        }
        return (Array(doubled.keys), Array(explained.keys))
    }

    private func line(_ cells: String...) {
        let rest = cells.dropFirst().map { String(repeating: " ", count: max(1, 10 - $0.count)) + $0 }
        Swift.print("  " + cells[0].padding(toLength: 28, withPad: " ", startingAt: 0) + rest.joined())
    }
}
