import Foundation
import FoundationNetworking
import Testing

/// A serving process and a process that enrols, on one data directory.
@Suite(.serialized) struct TwoProcessTests {
    struct Made: Decodable { let id: String }

    struct Answer: Decodable {
        struct Animal: Decodable { let name: String }
        let outcome: String?
        let individual: Animal?
    }

    @Test func theServiceFindsWhatWasEnrolledWhileItRuns() async throws {
        let program = try Program()
        defer { program.remove() }
        let photos = program.data.appending(path: "photos")
        let drawn = try await program.run("sample", photos.path, "--animals", "1", "--photos", "2", "--width", "800")
        #expect(drawn.status == 0, "\(drawn.output)")
        _ = try await program.run("agency", "add", "Office")
        let made = try await program.run("key", "add", "--agency", "Office", "--role", "screener")
        let key = String(try #require(made.output.split(separator: "\n").first))

        let log = program.data.appending(path: "service.log")
        try Data().write(to: log)
        let service = try program.start(["serve", "--port", "0"], errors: try FileHandle(forWritingTo: log))
        defer {
            service.terminate()
            service.waitUntilExit()
        }
        var said = ""
        while service.isRunning, !said.contains("listening on") {
            try await Task.sleep(for: .milliseconds(50))
            said = try String(contentsOf: log, encoding: .utf8)
        }
        let address = String(try #require(said.firstMatch(of: /listening on (http:\S+)/)?.output.1, "\(said)"))

        let list = try String(contentsOf: photos.appending(path: "screen.csv"), encoding: .utf8)
        let line = try #require(list.split(separator: "\n").first { $0.hasPrefix("seen-again.jpg") })
        let edges = line.split(separator: ",", omittingEmptySubsequences: false)[4..<8]
        let box = zip(["x", "y", "width", "height"], edges).map { #""\#($0)":\#($1)"# }.joined(separator: ",")
        let photo: Made = try await post(
            address, "v1/photos", Data(contentsOf: photos.appending(path: "seen-again.jpg")), type: "image/jpeg", key)
        let screening = Data(#"{"photoIds":["\#(photo.id)"],"bodyRegion":"head","box":{\#(box)}}"#.utf8)

        let before: Answer = try await post(address, "v1/screenings", screening, type: "application/json", key)
        #expect(before.outcome == "unknown")
        let enrolled = try await program.run("enroll", photos.appending(path: "enroll.csv").path)
        #expect(enrolled.status == 0, "\(enrolled.output)")
        // The same process, the first screening after: no restart, no waiting.
        let after: Answer = try await post(address, "v1/screenings", screening, type: "application/json", key)
        #expect(after.outcome == "matched")
        #expect(after.individual?.name == "SAMPLE-001")
    }

    private func post<T: Decodable>(
        _ address: String, _ path: String, _ body: Data, type: String, _ key: String
    ) async throws -> T {
        var request = URLRequest(url: try #require(URL(string: "\(address)/\(path)")))
        request.httpMethod = "POST"
        request.httpBody = body
        request.setValue("Bearer \(key)", forHTTPHeaderField: "Authorization")
        request.setValue(type, forHTTPHeaderField: "Content-Type")
        request.setValue("wait=30", forHTTPHeaderField: "Prefer")
        return try JSONDecoder().decode(T.self, from: try await URLSession.shared.data(for: request).0)
    }
}
