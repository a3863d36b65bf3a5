import Crypto
import Foundation
import Registry
import Testing
import Webhooks

@Suite("Signing")
struct SigningTests {
    private let moment = Date(timeIntervalSince1970: 1_674_087_231)

    @Test("A v1 signature is the one that the specification's reference libraries make")
    func knownSignature() throws {
        // Test vector of the reference libraries of Standard Webhooks.
        let secret = try WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        let keys = SigningKeys(secret: secret, key: .generate())
        let headers = try WebhookSignature.headers(
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek", at: Date(timeIntervalSince1970: 1_614_265_330),
            body: Array(#"{"test": 2432232314}"#.utf8), keys: [keys])
        #expect(headers.timestamp == "1614265330")
        #expect(headers.signature.split(separator: " ").first == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    }

    @Test("While one secret replaces another, receivers that know either verify, with v1 and with v1a")
    func rotation() throws {
        let (old, new) = (SigningKeys.generate(), SigningKeys.generate())
        let body = Array("{}".utf8)
        let headers = try WebhookSignature.headers(id: "e1", at: moment, body: body, keys: [old, new])
        #expect(headers.signature.split(separator: " ").count == 4)
        for keys in [old, new] {
            try WebhookSignature.verify(headers, body: body, secret: keys.secret, now: moment)
            try WebhookSignature.verify(headers, body: body, publicKey: keys.key.publicKey, now: moment)
        }
        let stranger = SigningKeys.generate()
        #expect(throws: WebhookSignature.Doubt.signature) {
            try WebhookSignature.verify(headers, body: body, secret: stranger.secret, now: moment)
        }
        #expect(throws: WebhookSignature.Doubt.signature) {
            try WebhookSignature.verify(headers, body: body, publicKey: stranger.key.publicKey, now: moment)
        }
    }

    @Test("A message that was changed, or that is five minutes old, is not trusted")
    func doubts() throws {
        let keys = SigningKeys.generate()
        let body = Array("{}".utf8)
        let headers = try WebhookSignature.headers(id: "e1", at: moment, body: body, keys: [keys])
        func doubt(_ headers: WebhookSignature.Headers, _ body: [UInt8], _ now: Date) -> WebhookSignature.Doubt? {
            do {
                try WebhookSignature.verify(headers, body: body, secret: keys.secret, now: now)
                return nil
            } catch { return error }
        }
        #expect(doubt(headers, body, moment) == nil)
        #expect(doubt(headers, body, moment.addingTimeInterval(300)) == nil)
        #expect(doubt(headers, body, moment.addingTimeInterval(302)) == .timestampOff(seconds: -302))
        #expect(doubt(headers, body, moment.addingTimeInterval(-302)) == .timestampOff(seconds: 302))
        #expect(doubt(headers, Array("{} ".utf8), moment) == .signature)
        let (timestamp, signature) = (headers.timestamp, headers.signature)
        #expect(doubt(.init(id: "e2", timestamp: timestamp, signature: signature), body, moment) == .signature)
        #expect(doubt(.init(id: "e1", timestamp: "1674087232", signature: signature), body, moment) == .signature)
        #expect(doubt(.init(id: "e1", timestamp: "soon", signature: signature), body, moment) == .timestampUnreadable)
        #expect(doubt(.init(id: "e1", timestamp: timestamp, signature: ""), body, moment) == .signature)
        #expect(doubt(.init(id: "e1", timestamp: timestamp, signature: "v1 v1,% v2,AAAA"), body, moment) == .signature)
    }

    @Test("Secrets that are not whsec_ and 24 to 64 bytes are refused, one of 10 MB at once")
    func badSecrets() throws {
        func refusal(_ text: String) -> WebhookSecret.Rejection? {
            do {
                _ = try WebhookSecret(text)
                return nil
            } catch { return error }
        }
        func secret(_ count: Int) -> String { "whsec_" + Data(repeating: 7, count: count).base64EncodedString() }
        #expect(refusal(secret(24)) == nil)
        #expect(refusal(secret(64)) == nil)
        #expect(refusal(secret(23)) == .length(23))
        #expect(refusal(secret(65)) == .length(65))
        #expect(refusal(secret(10_000_000)) == .tooLong)
        #expect(refusal("whsec_") == .length(0))
        #expect(refusal("whsec_%%%%") == .encoding)
        #expect(refusal("secret_" + secret(24).dropFirst(6)) == .prefix)
        #expect(refusal("") == .prefix)
        let made = WebhookSecret.generate()
        #expect(made.bytes.count == 32)
        #expect(try WebhookSecret(made.text) == made)
        #expect(WebhookSecret.generate() != made)
    }

    @Test("Nothing that a log or a debugger prints shows a secret")
    func hiddenSecrets() throws {
        let keys = SigningKeys.generate()
        let server = try MailServer("smtps://user:hidden-word@mail.example", sender: MailAddress("a@b.example"))
        var dumped = ""
        dump(keys, to: &dumped)
        dump(server, to: &dumped)
        dumped += "\(keys) \(keys.secret) \(keys.key) \(server) \(String(reflecting: server))"
        #expect(!dumped.contains(keys.secret.text.dropFirst(6)))
        #expect(!dumped.contains(Data(keys.key.bytes).base64EncodedString()))
        #expect(!dumped.contains("hidden-word"))
        #expect(!dumped.contains("user"))
    }

    @Test("A public key reads back from its text")
    func publicKeys() throws {
        let key = WebhookSigningKey.generate()
        #expect(try WebhookPublicKey("\(key.publicKey)") == key.publicKey)
        #expect(try WebhookSigningKey(bytes: key.bytes).publicKey == key.publicKey)
        #expect(throws: WebhookPublicKey.Rejection.text) { try WebhookPublicKey("whsec_AAAA") }
        #expect(throws: WebhookPublicKey.Rejection.length(3)) { try WebhookPublicKey("whpk_AAAA") }
        #expect(throws: WebhookSigningKey.Rejection.self) { try WebhookSigningKey(bytes: [1, 2, 3]) }
    }
}

@Suite("Sealed secrets")
struct SealTests {
    private let endpoint = Identifier<Endpoint>()

    private func seal(_ byte: UInt8) throws -> SecretSeal {
        try SecretSeal(masterKey: Array(repeating: byte, count: 32))
    }

    @Test("Sealed keys open again, and look different each time")
    func roundTrip() throws {
        let keys = SigningKeys.generate()
        let sealed = try keys.sealed(for: endpoint, with: seal(1))
        let opened = try SigningKeys(opening: sealed, of: endpoint, with: seal(1))
        #expect(opened.secret == keys.secret)
        #expect(opened.key.bytes == keys.key.bytes)
        #expect(sealed.publicKey == keys.key.publicKey.bytes)
        #expect(try keys.sealed(for: endpoint, with: seal(1)).hmac != sealed.hmac)
        #expect(!Data(sealed.hmac).contains(Data(keys.secret.bytes)))
    }

    @Test("What was sealed for another endpoint, under another key, or was changed, does not open")
    func unopenable() throws {
        let sealed = try seal(1).seal(Array("secret".utf8), of: endpoint)
        #expect(throws: SecretSeal.Failure.unopenable(endpoint)) { try seal(2).open(sealed, of: endpoint) }
        let other = Identifier<Endpoint>()
        #expect(throws: SecretSeal.Failure.unopenable(other)) { try seal(1).open(sealed, of: other) }
        for place in sealed.indices {
            var changed = sealed
            changed[place] ^= 1
            #expect(throws: SecretSeal.Failure.unopenable(endpoint)) { try seal(1).open(changed, of: endpoint) }
        }
        #expect(throws: SecretSeal.Failure.unopenable(endpoint)) { try seal(1).open([], of: endpoint) }
        #expect(throws: SecretSeal.Failure.masterKey(count: 31)) {
            try SecretSeal(masterKey: Array(repeating: 1, count: 31))
        }
        let short = try seal(1).seal([1, 2, 3], of: endpoint)
        #expect(throws: SecretSeal.Failure.unopenable(endpoint)) {
            try SigningKeys(
                opening: SealedEndpointSecret(hmac: short, ed25519: short, publicKey: []), of: endpoint, with: seal(1))
        }
    }
}
