import ArgumentParser
import Foundation
import Registry
import Storage

extension DNACommand {
    /// `andrias dna sample`: samples and through whose hands they went.
    struct Sample: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Samples, and through whose hands they went.",
            subcommands: [Add.self, HandOver.self, Receive.self, List.self], defaultSubcommand: List.self)

        struct Add: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "Enter a sample that was taken of an animal.",
                discussion: "Of a known animal (--animal), of an animal that was photographed (--screening), or both.")

            @OptionGroup var data: DataOptions
            @Argument(help: "What is written on the tube.") var label: String
            @Option(help: "The animal.") var animal: String?
            @Option(help: "Identifier of the screening of its photographs.") var screening: String?
            @Option(help: "Who took it.") var takenBy: String
            @Option(help: "When, for instance 2026-06-15 or 2026-06-15T09:30:00+09:00.") var at: String
            @Option(help: "How it was sealed.") var seal: String?
            @Option(help: "What was taken, for instance tail tip in ethanol.") var tissue: String?
            @Option(help: "Degrees north of where the animal was; else the screening says it.") var latitude: Double?
            @Option(help: "Degrees east.") var longitude: Double?
            @Option(help: "Uncertainty in metres.") var uncertainty: Double?
            @Option(help: "Where, in words.") var locality: String?
            @Option(help: "Agency that took it; entered where it is new.") var agency: String = "local"
            @Option(help: "Who enters it.") var by: String = NSUserName()

            func run() async throws {
                let screening: Identifier<Screening>? = try screening.map { try parseIdentifier($0, of: "a screening") }
                let position = try parsePlaceInJapan(latitude, longitude, uncertainty: uncertainty)
                let moment = try parsePastMoment(at, of: "--at")
                try await OpenRegistry.with(data) { registry in
                    var individual: Identifier<Individual>?
                    if let animal { individual = try await registry.individual(called: animal).id }
                    let sample = SubmittedSample(
                        label: label, individual: individual, screening: screening, tissue: tissue, position: position,
                        locality: locality, takenBy: takenBy, takenAt: moment, seal: seal)
                    let added = try await registry.store.addSample(
                        sample, agency: registry.agency(named: agency).id, by: Reviewer(name: by)
                    ).record
                    print([added].table)
                }
            }
        }

        /// One step of a sample's way.
        struct Step: ParsableArguments {
            @Argument(help: "Label or identifier of the sample.") var sample: String
            @Option(help: "Who gave it away.") var from: String
            @Option(help: "Who got it.") var to: String
            @Option(help: "When, for instance 2026-06-15; now where it is left out.") var at: String?
            @Option(help: "How it is sealed, or in which state its seal came.") var seal: String?
            @Option(help: "What else is to be known.") var note: String?
            @Option(help: "Who records it.") var by: String = NSUserName()

            func record(_ kind: DNASample.CustodyStep.Kind, _ data: DataOptions) async throws {
                let moment = try at.map { try parsePastMoment($0, of: "--at") } ?? Date()
                try await OpenRegistry.with(data) { registry in
                    let sample = try await registry.sample(called: sample)
                    let isReceived = kind == .received
                    try await registry.store.addCustody(
                        kind, of: sample.id, person: isReceived ? to : from, counterpart: isReceived ? from : to,
                        seal: seal, note: note, at: moment, by: Reviewer(name: by))
                    print(try await registry.store.custody(of: sample.id).table)
                }
            }
        }

        struct HandOver: AsyncParsableCommand {
            static let configuration = CommandConfiguration(abstract: "Record that a sample was handed over.")

            @OptionGroup var data: DataOptions
            @OptionGroup var step: Step

            func run() async throws { try await step.record(.handedOver, data) }
        }

        struct Receive: AsyncParsableCommand {
            static let configuration = CommandConfiguration(abstract: "Record that a sample was received.")

            @OptionGroup var data: DataOptions
            @OptionGroup var step: Step

            func run() async throws { try await step.record(.received, data) }
        }

        struct List: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "List samples, or show through whose hands one went.")

            @OptionGroup var data: DataOptions
            @Argument(help: "Label or identifier of one; all where it is left out.") var sample: String?
            @Option(help: "Of which animal.") var animal: String?

            func run() async throws {
                try await OpenRegistry.with(data) { registry in
                    if let sample {
                        let shown = try await registry.sample(called: sample)
                        print([shown].table)
                        print("\n" + (try await registry.store.custody(of: shown.id).table))
                        return
                    }
                    var individual: Identifier<Individual>?
                    if let animal { individual = try await registry.individual(called: animal).id }
                    let samples = try await allPages { after in
                        try await registry.store.samples(after: after, limit: 200, individual: individual)
                    }
                    print(samples.table)
                }
            }
        }
    }
}

extension [DNASample] {
    fileprivate var table: String {
        var table = TextTable(header: ["taken", "label", "animal", "tissue", "by", "where", "screening", "id"])
        for sample in self {
            table.append([
                sample.takenAt.formatted(.iso8601), sample.label, sample.individualName ?? "–", sample.tissue ?? "–",
                sample.takenBy, sample.locality ?? sample.position.map { "\($0.latitude), \($0.longitude)" } ?? "–",
                sample.screening?.description ?? "–", sample.id.description,
            ])
        }
        return table.text
    }
}

extension [DNASample.CustodyStep] {
    fileprivate var table: String {
        var table = TextTable(header: ["when", "step", "who", "to or from", "seal", "note", "recorded by"])
        for step in self {
            table.append([
                step.happenedAt.formatted(.iso8601), step.kind.rawValue, step.person, step.counterpart ?? "–",
                step.seal ?? "–", step.note ?? "–", step.recordedBy.name,
            ])
        }
        return table.text
    }
}
