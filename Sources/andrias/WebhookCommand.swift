import ArgumentParser
import Foundation
import Registry
import Storage
import Webhooks

/// `andrias webhook`: where agencies hear of events, and how that goes.
struct WebhookCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "webhook", abstract: "Say where agencies hear of events, and look at how that goes.",
        subcommands: [
            WebhookAdd.self, WebhookList.self, Test.self, WebhookReplay.self, WebhookTail.self, Rotate.self, Quiet.self,
            Unquiet.self, Enable.self, Disable.self, Remove.self, WebhookWork.self,
        ])

    /// Which endpoint is meant.
    struct Target: ParsableArguments {
        @Argument(help: "Identifier of the endpoint, as `andrias webhook list` prints it.") var id: String

        func endpoint(in registry: OpenRegistry) async throws -> Endpoint {
            guard let identifier = Identifier<Endpoint>(id) else {
                throw CommandError("“\(id)” is not an endpoint's identifier: `andrias webhook list` prints them.")
            }
            guard let endpoint = try await registry.store.endpoint(identifier) else {
                throw CommandError("There is no endpoint \(id), or it was removed: `andrias webhook list` prints them.")
            }
            return endpoint
        }
    }

    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send a signed test message; a delivery worker sends it.")

        @OptionGroup var data: DataOptions
        @OptionGroup var target: Target

        func run() async throws {
            try await OpenRegistry.with(data) { registry in
                let endpoint = try await target.endpoint(in: registry)
                let event = try await registry.store.appendTest(of: endpoint.id).record
                guard endpoint.channel != .feed else {
                    print("Test \(event.id) stands in the agency's feed (GET /v1/events).")
                    return
                }
                print("Test \(event.id) is on its way; look at it with `andrias webhook tail \(endpoint.id)`.")
            }
        }
    }

    struct Rotate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a new secret, printed once; the one before signs beside it for a while.")

        @OptionGroup var data: DataOptions
        @OptionGroup var target: Target
        @Option(help: "For how long, such as 24h, 90m or 7d; 0 ends the old secret at once.") var overlap: String =
            "24h"

        func run() async throws {
            let overlap = try parseSpan(overlap, of: "--overlap", atMost: EndpointRegistrar.longestOverlap)
            try await OpenRegistry.with(data) { registry in
                let endpoint = try await target.endpoint(in: registry)
                print(try await registry.registrar().rotate(endpoint.id, overlap: overlap).shown)
            }
        }
    }

    struct Quiet: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Send immediate events alone; the others wait.")
        @OptionGroup var data: DataOptions
        @OptionGroup var target: Target
        func run() async throws { try await target.change(data) { $0.subscription.isQuiet = true } }
    }

    struct Unquiet: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Send everything again, what waited first.")
        @OptionGroup var data: DataOptions
        @OptionGroup var target: Target
        func run() async throws { try await target.change(data) { $0.subscription.isQuiet = false } }
    }

    struct Enable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send to a disabled endpoint again; what happened meanwhile it hears by replay --since.")
        @OptionGroup var data: DataOptions
        @OptionGroup var target: Target
        func run() async throws {
            try await OpenRegistry.with(data) { registry in
                let endpoint = try await registry.store.enableEndpoint(target.endpoint(in: registry).id)
                print("\(endpoint.id) is enabled.")
            }
        }
    }

    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Send nothing to an endpoint any more.")
        @OptionGroup var data: DataOptions
        @OptionGroup var target: Target
        func run() async throws {
            try await OpenRegistry.with(data) { registry in
                let endpoint = try await registry.store.disableEndpoint(target.endpoint(in: registry).id, .byPerson)
                print("\(endpoint.id) is disabled.")
            }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove an endpoint and forget its secrets; the history of its deliveries stays.")
        @OptionGroup var data: DataOptions
        @OptionGroup var target: Target
        func run() async throws {
            try await OpenRegistry.with(data) { registry in
                let endpoint = try await target.endpoint(in: registry)
                try await registry.store.removeEndpoint(endpoint.id)
                print("\(endpoint.id) is removed.")
            }
        }
    }
}

extension WebhookCommand.Target {
    /// Changes an endpoint and prints its line.
    fileprivate func change(_ data: DataOptions, _ change: (inout EndpointDraft) -> Void) async throws {
        try await OpenRegistry.with(data) { registry in
            let endpoint = try await endpoint(in: registry)
            var draft = EndpointDraft(
                agency: endpoint.agency, channel: endpoint.channel, label: endpoint.label,
                subscription: endpoint.subscription, delivery: endpoint.delivery)
            change(&draft)
            let changed = try await registry.registrar().change(endpoint.id, to: draft)
            print("\(changed.id) is \(changed.subscription.isQuiet ? "quiet" : "not quiet").")
        }
    }
}

extension OpenRegistry {
    /// Enters endpoints and changes them.
    func registrar() throws -> EndpointRegistrar { EndpointRegistrar(store: store, seal: try secretSeal()) }
}

extension SigningKeys {
    /// What the owner of an endpoint is shown once.
    var shown: String {
        """
        secret      \(secret.text)
        public key  \(key.publicKey)
        Keep the secret: it is shown once. Either verifies a message, the secret v1 signatures, the public key v1a.
        """
    }
}
