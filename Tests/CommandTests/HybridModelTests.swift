import Foundation
import Testing

/// `andrias hybrid train`, `report` and `compare`, without a database.
@Suite("Models of natives and others at the command line")
struct HybridModelTests {
    private func drawn(_ program: Program, animals: Int = 240) async throws -> String {
        let folder = program.data.appending(path: "drawn")
        let run = try await program.run(
            "hybrid", "sample", folder.path, "--measures-only", "--animals", "\(animals)", "--photos", "2")
        #expect(run.status == 0, "\(run.output)")
        return folder.appending(path: "animals.csv").path
    }

    @Test("Drawn animals are learned from, reported and compared, and every output says that they are drawn")
    func wholeWay() async throws {
        let program = try Program()
        defer { program.remove() }
        let table = try await drawn(program)
        let models = ["discriminant", "logistic"].map { program.data.appending(path: "\($0).json").path }
        for (method, model) in zip(["discriminant", "logistic"], models) {
            let run = try await program.run("hybrid", "train", table, "--model", model, "--method", method)
            #expect(run.status == 0, "\(run.output)")
            #expect(run.output.contains("Drawn, not real"))
        }
        let figures = program.data.appending(path: "figures")
        let report = try await program.run("hybrid", "report", models[0], "--figures", figures.path)
        #expect(report.status == 0, "\(report.output)")
        for text in ["Drawn, not real", "実在の個体ではありません", "natives wrongly flagged", "1 %", "5 %", "10 %", "river"] {
            #expect(report.output.contains(text), "\(text)")
        }
        for name in ["calibration", "sensitivity", "ratios", "abstention"] {
            let figure = try String(contentsOf: figures.appending(path: "\(name).svg"), encoding: .utf8)
            #expect(figure.contains("Drawn, not real") && figure.contains("実在の個体"), "\(name)")
        }
        let json = try await program.run("hybrid", "report", models[0], "--json")
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
        #expect((object["notice"] as? String)?.contains("Drawn, not real") == true)
        let card = try await program.run("hybrid", "report", models[0], "--card")
        #expect(card.output.contains("DNA alone does") && card.output.contains("DNA だけです"))
        let compared = try await program.run(arguments: ["hybrid", "compare"] + models)
        #expect(compared.status == 0, "\(compared.output)")
        #expect(compared.output.contains("240 animals") && compared.output.contains("Drawn, not real"))
    }

    @Test("Drawn photographs are measured by their landmarks, and what cannot be measured is told")
    func photographs() async throws {
        let program = try Program()
        defer { program.remove() }
        let folder = program.data.appending(path: "drawn")
        let run = try await program.run("hybrid", "sample", folder.path, "--animals", "4", "--width", "400")
        #expect(run.status == 0, "\(run.output)")
        let table = folder.appending(path: "animals.csv")
        var lines = try String(contentsOf: table, encoding: .utf8).split(separator: "\n").map(String.init)
        // The first animal's snout is put beside the photograph.
        var cells = lines[1].split(separator: ",").map(String.init)
        cells[6] = "1.4"
        lines[1] = cells.joined(separator: ",")
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: table)
        let model = program.data.appending(path: "model.json")
        let train = try await program.run("hybrid", "train", table.path, "--photos", folder.path, "--model", model.path)
        #expect(train.status != 0)
        #expect(train.output.contains("DRAWN-100000-1.jpg: snout_tip lies beside the photograph"))
        #expect(train.output.contains("Too few animals with a DNA result"))
        #expect(!FileManager.default.fileExists(atPath: model.path))
    }

    @Test("An unknown class, mixed tables and files that are no models are refused with the place")
    func refusals() async throws {
        let program = try Program()
        defer { program.remove() }
        func train(_ text: String) async throws -> String {
            let table = program.data.appending(path: "table.csv")
            try Data(text.utf8).write(to: table)
            let run = try await program.run(
                "hybrid", "train", table.path, "--model", program.data.appending(path: "m.json").path)
            #expect(run.status != 0)
            return run.output
        }
        let header = "individual,dna,drawn,sharpness,head_pixels,value_a\n"
        #expect(
            try await train(header + "X,mostly native,no,1,400,1\n").contains("Line 2: “mostly native” is no class"))
        #expect(
            try await train(header + "X,native,no,1,400,1\nY,hybrid,yes,1,400,1\n").contains("mixes drawn and real"))
        #expect(try await train(header + "X,native,no,1,400,much\n").contains("“much” in the column “value_a”"))
        #expect(try await train("individual,dna\nX,native\n").contains("neither landmarks"))
        let report = try await program.run(
            "hybrid", "report", program.data.appending(path: "table.csv").path)
        #expect(report.status != 0 && report.output.contains("no model of `andrias hybrid train`"))
    }
}
