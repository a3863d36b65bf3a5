import Foundation
import Registry
import SampleReceivers
import Testing
import Webhooks

/// Certificates of an authority that nobody else trusts, made by openssl.
private final class Certificates {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "andrias-certificates-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try openssl(
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=authority -keyout ca.key -out ca.pem"
        )
        for (file, name) in [("server", "receiver.test"), ("client", "registry.test")] {
            try openssl(
                "req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=\(name) -addext subjectAltName=DNS:\(name) -keyout \(file).key -out \(file).csr"
            )
            try openssl(
                "x509 -req -in \(file).csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -copy_extensions copy -out \(file).pem"
            )
        }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func text(_ name: String) throws -> String { try String(contentsOf: folder.appending(path: name), encoding: .utf8) }

    private func openssl(_ arguments: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/openssl")
        process.arguments = arguments.split(separator: " ").map(String.init)
        process.currentDirectoryURL = folder
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "openssl \(arguments)")
    }
}

/// A server that speaks HTTP/2 over TLS, in a process of its own.
private final class EncryptedServer {
    let port: Int
    private let lane = UUID()
    private let process = Process()
    private let log: URL
    /// Holds the port, without listening.
    private let place: SampleReceiver

    // Arguments are made of the port; their files are of the certificates' folder.
    init(_ program: String, _ certificates: Certificates, _ arguments: (Int) -> [String]) async throws {
        place = try await SampleReceiver.start()
        await place.stop()
        port = place.port
        log = certificates.folder.appending(path: "\(UUID()).log")
        try Data().write(to: log)
        process.executableURL = URL(filePath: program)
        process.currentDirectoryURL = certificates.folder
        process.arguments = arguments(port)
        process.standardOutput = try FileHandle(forWritingTo: log)
        process.standardError = try FileHandle(forWritingTo: log)
        process.standardInput = FileHandle.nullDevice
        try process.run()
    }

    deinit {
        // The server may have inherited that it hears no gentler signal.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// What it printed.
    func heard() throws -> String { String(decoding: try Data(contentsOf: log), as: UTF8.self) }

    /// nghttpd numbers the connections in what it prints.
    func connections() throws -> Set<Substring> { Set(try heard().matches(of: /\[id=([0-9]+)\]/).map(\.output.1)) }

    func transfer(name: String = "receiver.test", trust: Transfer.Trust) async throws -> Transfer {
        let `guard` = AddressGuard { _ throws(AddressRefusal) in [NetworkAddress("127.0.0.1")].compactMap { $0 } }
        let target = try await `guard`.target("https://\(name):\(port)/hook", allowsPrivateAddresses: true)
        return Transfer(
            Transfer.Request(to: target, headers: [("webhook-id", "e1")], body: Array("{}".utf8), trust: trust),
            lane: lane, parallel: 20)
    }

    /// Sends once it listens.
    func send(
        _ transfers: Transfers, name: String = "receiver.test", trust: Transfer.Trust = Transfer.Trust()
    ) async throws -> Answer {
        let transfer = try await transfer(name: name, trust: trust)
        var answer = try #require(await transfers.send(transfer))
        let end = ContinuousClock.now + .seconds(10)
        while answer.response.contains("Failed to connect"), .now < end {
            try await Task.sleep(for: .milliseconds(20))
            answer = try #require(await transfers.send(transfer))
        }
        return answer
    }
}

@Suite("Encryption")
struct EncryptionTests {
    @Test(
        "HTTP/2 over TLS: an authority of the endpoint's own is trusted, and no other for it; many requests share one connection"
    )
    func http2() async throws {
        let certificates = try Certificates()
        let server = try await EncryptedServer("/usr/sbin/nghttpd", certificates) {
            ["-v", "--echo-upload", "-a", "127.0.0.1", "\($0)", "server.key", "server.pem"]
        }
        let transfers = Transfers()
        let own = Transfer.Trust(authorities: try certificates.text("ca.pem"))
        let first = try await server.send(transfers, trust: own)
        #expect(first.status == 200 && first.failure == nil && first.response == "{}")
        let before = try server.connections().count
        let transfer = try await server.transfer(trust: own)
        let delivered = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<60 { group.addTask { await transfers.send(transfer)?.failure == nil } }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(delivered == 60)
        #expect(try server.connections().count == before)
        // The system's authorities know nothing of this one.
        #expect(try await server.send(transfers).failure == .certificate)
        // The certificate is another name's, whatever address stands behind both.
        let wrong = try await server.send(transfers, name: "other.test", trust: own)
        #expect(wrong.failure == .certificate && wrong.status == nil && !wrong.response.isEmpty)
        // What is no certificate at all is the registry's fault.
        let broken = try await server.send(transfers, trust: Transfer.Trust(authorities: "no certificate"))
        #expect(broken.failure == .misconfigured)
        transfers.stop()
    }

    @Test("A receiver that asks for a certificate gets the endpoint's, and without one nothing is delivered")
    func mutual() async throws {
        let certificates = try Certificates()
        let server = try await EncryptedServer("/usr/sbin/nghttpd", certificates) {
            ["-v", "--echo-upload", "--verify-client", "-a", "127.0.0.1", "\($0)", "server.key", "server.pem"]
        }
        let transfers = Transfers()
        let authority = try certificates.text("ca.pem")
        let client = (
            certificate: try certificates.text("client.pem"), key: Array(try certificates.text("client.key").utf8)
        )
        let shown = try await server.send(transfers, trust: Transfer.Trust(authorities: authority, client: client))
        #expect(shown.status == 200 && shown.failure == nil)
        let hidden = try await server.send(transfers, trust: Transfer.Trust(authorities: authority))
        #expect(hidden.failure == .connection && hidden.status == nil)
        let broken = (certificate: client.certificate, key: Array("no key".utf8))
        // On a connection of its own: one that stands is used again whatever the key.
        let others = Transfers()
        let misconfigured = try await server.send(others, trust: Transfer.Trust(authorities: authority, client: broken))
        others.stop()
        #expect(misconfigured.failure == .misconfigured)
        transfers.stop()
    }

    @Test("A server that speaks nothing newer than TLS 1.1 gets nothing")
    func oldVersion() async throws {
        let certificates = try Certificates()
        let server = try await EncryptedServer("/usr/bin/openssl", certificates) {
            [
                "s_server", "-accept", "127.0.0.1:\($0)", "-key", "server.key", "-cert", "server.pem", "-tls1_1",
                "-cipher",
                "DEFAULT@SECLEVEL=0", "-www",
            ]
        }
        let transfers = Transfers()
        let own = Transfer.Trust(authorities: try certificates.text("ca.pem"))
        let answer = try await server.send(transfers, trust: own)
        #expect(answer.failure == .connection && answer.status == nil)
        #expect(!answer.response.contains("Failed to connect"))
        transfers.stop()
    }

    @Test("A mail server's certificate is verified before a word of the letter or the password is said")
    func mail() async throws {
        let certificates = try Certificates()
        let sender = try MailAddress("alerts@registry.example")
        let letter = Letter(to: sender, subject: "s", text: "t", id: "1", date: Date())
        let transfers = Transfers()
        let server = try await EncryptedServer("/usr/bin/openssl", certificates) {
            ["s_server", "-accept", "127.0.0.1:\($0)", "-key", "server.key", "-cert", "server.pem", "-www"]
        }
        let mail = try MailServer("smtps://user:password@127.0.0.1:\(server.port)", sender: sender)
        let transfer = Transfer(letter, through: mail)
        var answer = try #require(await transfers.send(transfer))
        let end = ContinuousClock.now + .seconds(10)
        while answer.response.contains("Failed to connect"), .now < end {
            try await Task.sleep(for: .milliseconds(20))
            answer = try #require(await transfers.send(transfer))
        }
        #expect(answer.failure == .certificate && answer.status == nil)
        transfers.stop()
    }
}
