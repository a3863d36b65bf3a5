import ArgumentParser
import Foundation
import Registry
import Storage

/// `andrias webhook replay`: sends events again.
struct WebhookReplay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Send events again, under the identifiers they had.")

    @OptionGroup var data: DataOptions
    @OptionGroup var target: WebhookCommand.Target
    @Option(help: "One event.") var event: String?
    @Option(help: "Position of the first of a range.") var from: Int64?
    @Option(help: "Position of the last of a range.") var to: Int64?
    @Option(help: "All since a day such as 2026-05-01, or a moment with an offset.") var since: String?
    @Flag(help: "What was given up.") var dead = false

    func validate() throws {
        guard (from == nil) == (to == nil) else { throw ValidationError("--from and --to come together.") }
        guard [event != nil, from != nil, since != nil, dead].filter({ $0 }).count == 1 else {
            throw ValidationError("Give one of --event, --from with --to, --since and --dead.")
        }
        if let from, let to, !(0...to).contains(from) { throw ValidationError("--from is 0 to --to.") }
    }

    func run() async throws {
        let replay = try replay
        try await OpenRegistry.with(data) { registry in
            let endpoint = try await target.endpoint(in: registry)
            let count = try await registry.store.replay(replay, to: endpoint.id)
            print("\(count) events are on their way again.")
        }
    }

    private var replay: Replay {
        get throws {
            if let event {
                guard let id = Identifier<Event>(event) else {
                    throw CommandError("“\(event)” is not an event's identifier.")
                }
                return .event(id)
            }
            if let from, let to, from <= to { return .range(from...to) }
            if let since { return .since(try parsePastMoment(since, of: "--since")) }
            return .dead
        }
    }
}
