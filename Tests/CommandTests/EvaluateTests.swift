import Foundation
import TestSupport
import Testing

/// `andrias evaluate` on real photographs, where they are present.
@Suite(.enabled(if: SharedData.isPresent)) struct EvaluateTests {
    let newts = SharedData.folder.appending(path: "newts")

    struct Figures: Decodable {
        let probes: Int
        let animals: Int
        let top1: Double
        let templateBytes: Int
        let gallery: String
        let failures: [[String: String]]
    }

    /// A protocol of the first probes of three animals, each against photographs of eight.
    func smallProtocol(adding line: String? = nil) throws -> String {
        let metadata = try String(contentsOf: newts.appending(path: "metadata.csv"), encoding: .utf8)
        let lines = metadata.split(whereSeparator: \.isNewline).map { $0.split(separator: ",").map(String.init) }
        let header = lines[0]
        let column = { (name: String) in try #require(header.firstIndex(of: name)) }
        let (file, individual, cohort, role) = (
            try column("file"), try column("individual"), try column("cohort"), try column("role")
        )
        var firsts: [String: String] = [:]
        var probes: [(file: String, individual: String)] = []
        for row in lines.dropFirst() where row[cohort] == "TK" {
            if row[role] == "gallery", firsts[row[individual]] == nil { firsts[row[individual]] = row[file] }
            if row[role] == "probe", !probes.contains(where: { $0.individual == row[individual] }) {
                probes.append((row[file], row[individual]))
            }
        }
        let chosen = probes.filter { firsts[$0.individual] != nil }.prefix(3)
        let others = firsts.sorted { $0.key < $1.key }.filter { pair in !chosen.contains { $0.individual == pair.key } }
        let gallery = (chosen.compactMap { firsts[$0.individual] } + others.prefix(5).map(\.value))
            .joined(separator: " ")
        return
            (["probe,individual,new_animal,months,gallery_rolling,gallery_single"]
            + chosen.map { "\($0.file),\($0.individual),no,1.0,,\(gallery)" } + [line].compactMap(\.self))
            .joined(separator: "\n") + "\n"
    }

    func write(_ text: String, _ name: String, in program: Program) throws -> String {
        let file = program.data.appending(path: name)
        try Data(text.utf8).write(to: file)
        return file.path
    }

    @Test func realPhotographsAreEvaluated() async throws {
        let program = try Program()
        defer { program.remove() }
        let list = try write(try smallProtocol(), "protocol.csv", in: program)
        let (json, report) = (program.data.appending(path: "figures.json"), program.data.appending(path: "report"))
        // The names begin with “photos/”, and the folder given is that of the photographs themselves.
        let run = try await program.run(
            "evaluate", "--protocol", list, "--photos", newts.appending(path: "photos").path, "--gallery", "single",
            "--json", json.path, "--report", report.path)
        #expect(run.status == 0, "\(run.output)")
        #expect(run.output.contains("3 mated searches of 3 animals, 3 non-mated"))
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let figures = try decoder.decode(Figures.self, from: try Data(contentsOf: json))
        #expect(figures.probes == 3)
        #expect(figures.gallery == "single")
        #expect(figures.top1 == 1)
        #expect(figures.failures.isEmpty)
        #expect(figures.templateBytes > 1000)
        for name in ["report.html", "det.svg", "calibration.svg"] {
            #expect(FileManager.default.fileExists(atPath: report.appending(path: name).path), "\(name)")
        }
    }

    @Test func anUnreadablePhotographIsCountedAndAMissingOneRefused() async throws {
        let program = try Program()
        defer { program.remove() }
        let photos = program.data.appending(path: "photos")
        try FileManager.default.createDirectory(at: photos, withIntermediateDirectories: true)
        try Data("not a photograph".utf8).write(to: photos.appending(path: "a.jpg"))
        try FileManager.default.createDirectory(
            at: photos.appending(path: "b.jpg"), withIntermediateDirectories: true)
        let header = "probe,individual,new_animal,months,gallery_rolling,gallery_single\n"
        let list = try write("\u{FEFF}" + header + "a.jpg,A,no,,b.jpg,b.jpg\n", "protocol.csv", in: program)
        _ = try write("file,individual\na.jpg,A\nb.jpg,A\n", "metadata.csv", in: program)
        let run = try await program.run("evaluate", "--protocol", list, "--photos", photos.path)
        #expect(run.status == 0, "\(run.output)")
        #expect(run.output.contains("2 photographs could not be compared"))

        let names = (1...12).map { "gone-\($0).jpg" }
        let missing = try write(
            header + "a.jpg,A,no,,\(names.joined(separator: " ")),b.jpg\n", "missing.csv", in: program)
        let refused = try await program.run("evaluate", "--protocol", missing, "--photos", photos.path)
        #expect(refused.status != 0)
        #expect(refused.output.contains("12 of 13 photographs of the protocol are not in"))
        #expect(refused.output.contains("gone-1.jpg, gone-10.jpg"))
        #expect(refused.output.contains("and 2 more"))
    }

    @Test func mistakesInTheProtocolAreNamed() async throws {
        let program = try Program()
        defer { program.remove() }
        let photos = newts.path
        let columns = try write("probe,individual,months\nx.jpg,A,1\n", "columns.csv", in: program)
        let lacking = try await program.run("evaluate", "--protocol", columns, "--photos", photos)
        #expect(lacking.status != 0)
        #expect(lacking.output.contains("lacks the columns new_animal"))

        let header = "probe,individual,new_animal,months,gallery_rolling,gallery_single\n"
        let empty = try write(header, "empty.csv", in: program)
        let nothing = try await program.run("evaluate", "--protocol", empty, "--photos", photos)
        #expect(nothing.status != 0)
        #expect(nothing.output.contains("holds no probe"))

        let list = try write(try smallProtocol(), "protocol.csv", in: program)
        let metadata = try write("file,individual\nother.jpg,A\n", "names.csv", in: program)
        let unnamed = try await program.run(
            "evaluate", "--protocol", list, "--photos", photos, "--gallery", "single", "--metadata", metadata)
        #expect(unnamed.status != 0)
        #expect(unnamed.output.contains("Nobody says who is on 8 gallery photographs"))
    }
}
