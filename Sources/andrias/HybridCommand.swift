import ArgumentParser

/// `andrias hybrid`: what photographs of DNA-tested animals teach.
struct HybridCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hybrid", abstract: "Learn from DNA-tested animals what photographs say of natives and others.",
        subcommands: [HybridTrain.self, HybridReport.self, HybridCompare.self, HybridSample.self])
}
