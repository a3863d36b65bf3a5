import ArgumentParser
import Identification

/// The registry's command line.
@main
struct Andrias: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "andrias",
        abstract: "Tells which Japanese giant salamander is in a photograph.",
        discussion: """
            Everything is kept in the data directory (--data, or ANDRIAS_DATA): photographs, and a private Postgres \
            cluster unless ANDRIAS_DATABASE_URL names a server. Answers are advice: people and DNA decide.
            """,
        subcommands: [
            Serve.self, Enroll.self, Screen.self, Explain.self, Individuals.self, Duplicates.self,
            IdentityCommand.self, TagCommand.self, CasesCommand.self, TranslocationCommand.self, HighWaterCommand.self,
            OriginCommand.self, HybridCommand.self, DNACommand.self, CalibrationCommand.self, QualityCommand.self,
            Evaluate.self, Drift.self, Migrate.self,
            AgencyCommand.self,
            KeyCommand.self, WebhookCommand.self, MunicipalityCommand.self, RiverCommand.self, Verify.self, Doctor.self,
            Sample.self,
        ])

    static func main() async {
        restartWithFittingKernels()
        LinearAlgebraLibrary.useOneThread()
        await main(nil)
    }
}
