import Foundation
import Registry
import SampleReceivers
import Testing
import Webhooks

@Suite("Mail")
struct MailTests {
    private let sender: MailAddress
    private let recipient: MailAddress

    init() throws {
        sender = try MailAddress("alerts@registry.example")
        recipient = try MailAddress("office@agency.example")
    }

    private func letter(subject: String = "交雑の疑い", text: String = "京都府で一頭。\n確認してください。") -> Letter {
        Letter(to: recipient, subject: subject, text: text, id: "0190-a.b", date: Date(timeIntervalSince1970: 0))
    }

    private func server(_ sample: SampleMailServer) throws -> MailServer {
        try MailServer("smtp://127.0.0.1:\(sample.port)?tls=none", sender: sender)
    }

    /// Undoes what a mail program undoes.
    private func read(_ message: String) throws -> (headers: [String: String], text: String) {
        let parts = message.components(separatedBy: "\r\n\r\n")
        let head = try #require(parts.first).replacing("\r\n ", with: " ")
        var headers: [String: String] = [:]
        for line in head.components(separatedBy: "\r\n") {
            let pair = line.split(separator: ":", maxSplits: 1)
            headers[String(pair[0])] = pair[1].trimmingCharacters(in: .whitespaces)
        }
        let words = try #require(headers["Subject"]).split(separator: " ").map { word in
            Data(base64Encoded: String(word.dropFirst("=?UTF-8?B?".count).dropLast(2)))
        }
        headers["Subject"] = String(
            decoding: try words.map { try #require($0) }.joined(), as: UTF8.self)
        let body = parts.dropFirst().joined().replacing("\r\n", with: "")
        return (headers, String(decoding: try #require(Data(base64Encoded: body)), as: UTF8.self))
    }

    @Test("A Japanese letter arrives over SMTP as it was written, and each attempt has the same message id")
    func delivered() async throws {
        let sample = try await SampleMailServer.start()
        let transfers = Transfers()
        let subject = "【至急】" + String(repeating: "オオサンショウウオの交雑の疑い ", count: 10)
        let text = "一行目\n.\n..二行目\r\n" + String(repeating: "長い文。", count: 500)
        for _ in 0..<2 {
            let answer = try #require(
                await transfers.send(Transfer(letter(subject: subject, text: text), through: server(sample))))
            #expect(answer.failure == nil)
            #expect(answer.status == 250)
        }
        #expect(sample.letters.count == 2)
        let first = try #require(sample.letters.first)
        #expect(first.sender == "alerts@registry.example")
        #expect(first.recipients == ["office@agency.example"])
        #expect(first.message.utf8.allSatisfy { $0 < 0x80 })
        #expect(first.message.components(separatedBy: "\r\n").allSatisfy { $0.utf8.count <= 78 })
        let (headers, body) = try read(first.message)
        #expect(headers["Subject"] == subject)
        #expect(body == text.replacing("\r\n", with: "\n").replacing("\n", with: "\r\n"))
        #expect(headers["Message-ID"] == "<0190-a.b@registry.example>")
        #expect(headers["Date"] == "Thu, 01 Jan 1970 00:00:00 +0000")
        #expect(headers["Content-Type"] == "text/plain; charset=utf-8")
        #expect(first.message == sample.letters.last?.message)
        await sample.stop()
        transfers.stop()
    }

    @Test("Nothing in a subject, a text, an id or an address becomes a header or a recipient")
    func injection() throws {
        let attack = "x\r\nBcc: thief@evil.example\r\n\r\nhello\u{0}\u{85}\u{2028}"
        let letter = Letter(to: recipient, subject: attack, text: attack, id: attack, date: Date())
        let message = String(decoding: letter.message(from: sender), as: UTF8.self)
        #expect(!message.contains("Bcc:"))
        #expect(!message.contains("thief@"))
        #expect(message.components(separatedBy: "\r\n\r\n").count == 2)
        let names = message.components(separatedBy: "\r\n").prefix { !$0.isEmpty }.filter { !$0.hasPrefix(" ") }
            .map { $0.prefix { $0 != ":" } }
        #expect(
            names == [
                "Date", "From", "To", "Subject", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type",
                "Content-Transfer-Encoding",
            ])
        for text in [
            "", "a", "@", "a@", "@b", "a@b@c", "a b@c", "a@b c", "a@b\r\nRCPT TO:<x@y>", "a@b>", "<a@b>", "a,b@c",
            "a@b,c@d", "\"a\"@b", ".a@b", "a.@b", "a..b@c", "a@b..c", "a@-b", "a@[127.0.0.1]", "川@b.example",
            "a@川.example", String(repeating: "a", count: 65) + "@b", String(repeating: "a", count: 10_000_000) + "@b",
        ] {
            #expect(throws: MailAddress.Rejection.self, "\(text.prefix(40))") { try MailAddress(text) }
        }
        #expect(try MailAddress("first.last+alerts@mail.city.lg.jp").domain == "mail.city.lg.jp")
    }

    @Test("A server that refuses, hangs, is away or offers no encryption is a failure that says which")
    func failures() async throws {
        let transfers = Transfers(limits: Transfers.Limits(connect: .milliseconds(500), whole: .milliseconds(500)))
        let sample = try await SampleMailServer.start()
        func failure(_ behaviour: SampleMailServer.Behaviour, _ server: MailServer) async throws -> Answer {
            sample.behaviour = behaviour
            return try #require(await transfers.send(Transfer(letter(), through: server)))
        }
        let unknown = try await failure(.refusesRecipients(), server(sample))
        #expect(unknown.failure == .refused)
        #expect(unknown.status == 550)
        #expect(unknown.response.contains("550"))
        let later = try await failure(.refusesText(), server(sample))
        #expect(later.failure == .refused)
        #expect(later.status == 451)
        let encrypted = try MailServer("smtp://127.0.0.1:\(sample.port)", sender: sender)
        #expect(try await failure(.takes, encrypted).failure == .misconfigured)
        let withPassword = try MailServer("smtp://user:password@127.0.0.1:\(sample.port)", sender: sender)
        let before = sample.commands.count
        #expect(try await failure(.breaksEncryption, withPassword).failure != nil)
        // Not a word of the letter or the password was said before the encryption that never came.
        #expect(sample.commands.dropFirst(before).filter { !$0.hasPrefix("EHLO") } == ["STARTTLS"])
        #expect(try await failure(.hangs, server(sample)).failure == .timeout)
        #expect(sample.letters.isEmpty)
        await sample.stop()
        #expect(try await failure(.takes, server(sample)).failure == .connection)
        transfers.stop()
    }

    @Test("A mail server's address is checked, and a password never travels unencrypted")
    func addresses() throws {
        for text in ["smtp://mail.example", "smtps://u:p%40w@mail.example:465", "smtp://u@mail.example:587/"] {
            _ = try MailServer(text, sender: sender)
        }
        for (text, rejection) in [
            ("", .address), ("mail.example", .address), ("https://mail.example", .address),
            ("smtp://mail.example/path", .address), ("smtp://mail.example#x", .address),
            ("smtp://u:p@mail.example?tls=none", .openPassword), ("smtp://mail.example?tls=maybe", .setting),
            ("smtps://mail.example?tls=none", .setting), ("smtp://mail\r\n.example", .address),
        ] as [(String, MailServer.Rejection)] {
            #expect(throws: rejection, "\(text)") { try MailServer(text, sender: sender) }
        }
    }
}
