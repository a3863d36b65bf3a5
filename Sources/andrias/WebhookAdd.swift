import ArgumentParser
import Foundation
import Provenance
import Registry
import Storage
import Webhooks

/// `andrias webhook add`: enters an endpoint.
struct WebhookAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Enter an endpoint; its secret is printed once.",
        discussion: """
            A webhook gets signed requests (Standard Webhooks 1.0.0), an e-mail address letters, and a feed is read by \
            the agency itself at GET /v1/events. Where takes one of --polygon, --system and --municipality; \
            without any it is everywhere.
            """)

    @OptionGroup var data: DataOptions
    @Option(help: "Name of the agency.") var agency: String
    @Option(help: "URL that gets signed requests.") var url: String?
    @Option(help: "Mail address that gets letters.") var email: String?
    @Flag(help: "The agency reads events itself.") var feed = false
    @Option(help: "What it is for, in the agency's words.") var label: String?
    @Option(help: "Types of events, separated by commas; all by default.") var types: String?
    @Option(help: "The least urgent it hears of: routine, prompt or immediate.") var urgency: String = "routine"
    @Option(help: "own: the agency's events and those of the whole registry; registry: everybody's.")
    var scope: String = "own"
    @Option(help: "GeoJSON file with the polygon in which it hears.") var polygon: String?
    @Option(help: "Code of the water system in which it hears.") var system: String?
    @Option(help: "Code of the municipality in which it hears.") var municipality: String?
    @Flag(help: "Keep the order of each animal's events.") var ordered = false
    @Flag(help: "Send immediate events alone for now.") var quiet = false
    @Option(help: "Requests at once, 1 to 64.") var parallel: Int = DeliverySettings().parallel
    @Option(help: "Language of letters: ja or en.") var language: String = "ja"
    @Flag(help: "Allow a receiver on a private network, http and any port.") var allowPrivate = false
    @Option(help: "PEM file with the authorities that its certificate may come from.") var ca: String?
    @Option(help: "PEM file with the certificate that the registry shows.") var clientCert: String?
    @Option(help: "PEM file with the key of that certificate.") var clientKey: String?
    @Option(help: "Who enters it.") var by: String = NSUserName()

    func validate() throws {
        guard [url != nil, email != nil, feed].filter({ $0 }).count == 1 else {
            throw ValidationError("Give one of --url, --email and --feed.")
        }
        guard [polygon, system, municipality].compactMap(\.self).count <= 1 else {
            throw ValidationError("Give one of --polygon, --system and --municipality.")
        }
        guard (1...64).contains(parallel) else { throw ValidationError("--parallel is 1 to 64.") }
    }

    func run() async throws {
        let channel: Endpoint.Channel =
            if let url { .webhook(url: url) } else if let email { .email(address: email) } else { .feed }
        let subscription = Subscription(
            types: try chosenTypes, minimumUrgency: try parseName(urgency, of: "--urgency"),
            scope: try parseName(scope, of: "--scope"), area: try area, isQuiet: quiet)
        let delivery = DeliverySettings(
            parallel: parallel, isOrdered: ordered, allowsPrivateAddresses: allowPrivate,
            certificateAuthorities: try ca.map(readPEM), clientCertificate: try clientCert.map(readPEM),
            language: try parseName(language, of: "--language"))
        let key = try clientKey.map(readPEM)
        try await OpenRegistry.with(data) { registry in
            let agency = try await registry.knownAgency(named: agency)
            let draft = EndpointDraft(
                agency: agency.id, channel: channel, label: label ?? channel.words, subscription: subscription,
                delivery: delivery)
            let (endpoint, keys) = try await registry.registrar().enter(draft, clientKey: key, by: by)
            print("endpoint    \(endpoint.id)  \(endpoint.channel.words)")
            if let keys, email == nil { print(keys.shown) }
        }
    }

    private var chosenTypes: Set<EventType>? {
        get throws {
            guard let types else { return nil }
            let names = types.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
            guard !names.isEmpty else { throw CommandError("--types names no type. Leave it out for all.") }
            return Set(try names.map { try parseName($0, of: "--types") })
        }
    }

    private var area: Subscription.Area? {
        get throws {
            if let system { return .waterSystem(system) }
            if let municipality { return .municipality(municipality) }
            guard let polygon else { return nil }
            return .polygon(geoJSON: try readText(polygon, atMost: AreaReading.byteLimit))
        }
    }

    private func readPEM(_ path: String) throws -> String { try readText(path, atMost: 1 << 16) }

    private func readText(_ path: String, atMost limit: Int) throws -> String {
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw CommandError("\(path) cannot be read. Check the path.")
        }
        defer { try? file.close() }
        guard let bytes = try file.read(upToCount: limit + 1), bytes.count <= limit else {
            throw CommandError("\(path) is empty, or larger than \(limit >> 10) KiB.")
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension Endpoint.Channel {
    /// The channel with its address, for people.
    var words: String {
        switch self {
        case .webhook(let url): url
        case .email(let address): address
        case .feed: "feed"
        }
    }
}

/// Reads one of some words.
///
/// - Throws: `CommandError`, which lists the known ones.
func parseName<T: RawRepresentable & CaseIterable>(_ text: String, of option: String) throws -> T
where T.RawValue == String {
    guard let value = T(rawValue: text) else {
        let known = T.allCases.map(\.rawValue).joined(separator: ", ")
        throw CommandError("\(option) “\(text)” is none of \(known).")
    }
    return value
}
