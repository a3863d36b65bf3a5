import Foundation
import Registry
import SampleReceivers
import Synchronization
import Testing
import Webhooks

/// A guard that knows the addresses of a few names.
private func knowing(_ names: [String: [String]]) -> AddressGuard {
    AddressGuard { host throws(AddressRefusal) in
        guard let addresses = names[host] else { throw .unresolved(host: host) }
        return addresses.compactMap(NetworkAddress.init)
    }
}

private func refusal(
    _ url: String, _ guard: AddressGuard = AddressGuard(), allowsPrivateAddresses: Bool = false
) async -> AddressRefusal? {
    do {
        _ = try await `guard`.target(url, allowsPrivateAddresses: allowsPrivateAddresses)
        return nil
    } catch { return error }
}

@Suite("Address guard")
struct AddressGuardTests {
    /// What would reach something inside if it were let through.
    static let hostileURLs: [String] = [
        // Loopback in all its writings.
        "https://127.0.0.1/", "https://127.0.0.1:8443/", "https://127.1/", "https://127.0.1/", "https://2130706433/",
        "https://0x7f000001/", "https://0x7f.0.0.1/", "https://0x7F.1/", "https://017700000001/",
        "https://0177.0.0.1/", "https://0177.0x0.0.1/", "https://00000177.0.0.1/", "https://127.0.0.1./",
        "https://2130706433./", "https://127.255.255.254/", "https://%31%32%37.0.0.1/", "https://127%2e0%2e0%2e1/",
        "https://[::1]/", "https://[0:0:0:0:0:0:0:1]/", "https://[0000::0001]/", "https:127.0.0.1", "https:/127.0.0.1/",
        "https:///127.0.0.1/",
        "https://①②⑦.⓪.⓪.①/", "https://１２７.０.０.１/", "https://127。0。0。1/", "https://localhost/",
        "https://LOCALHOST/", "https://localhost./", "https://loc%61lhost/", "https://loca\u{AD}lhost/",
        // An IPv4 address inside an IPv6 address.
        "https://[::ffff:127.0.0.1]/", "https://[::ffff:7f00:1]/", "https://[::127.0.0.1]/", "https://[::7f00:1]/",
        "https://[64:ff9b::127.0.0.1]/", "https://[64:ff9b::a9fe:a9fe]/", "https://[64:ff9b:1::8.8.8.8]/",
        "https://[2002:7f00:1::]/", "https://[2002:c0a8:101::1]/", "https://[2001:0:53aa:64c:0:0:80ff:fffe]/",
        "https://[::ffff:a9fe:a9fe]/", "https://[2606:4700::5efe:10.0.0.1]/", "https://[2606:4700::200:5efe:10.0.0.1]/",
        // Services that hand out credentials.
        "https://169.254.169.254/latest/meta-data/", "https://2852039166/", "https://0xa9fea9fe/",
        "https://0251.0376.0251.0376/", "https://169.254.170.2/", "https://100.100.100.200/", "https://168.63.129.16/",
        "https://192.0.0.192/", "https://[fd00:ec2::254]/", "https://[fd20:ce::254]/",
        // Private, shared and next networks.
        "https://10.0.0.1/", "https://10.255.255.255/", "https://012.0.0.1/", "https://172.16.0.1/",
        "https://172.31.255.254/", "https://192.168.0.1/", "https://3232235521/", "https://100.64.0.1/",
        "https://100.127.255.254/", "https://169.254.0.1/", "https://[fe80::1]/", "https://[fe80::1%25eth0]/",
        "https://[fc00::1]/", "https://[fdff::1]/", "https://[fec0::1]/",
        // No machine, many machines, and what is not given to anybody.
        "https://0.0.0.0/", "https://0/", "https://0x0/", "https://0.1.2.3/", "https://[::]/", "https://224.0.0.1/",
        "https://239.255.255.250/", "https://240.0.0.1/", "https://255.255.255.255/", "https://[ff02::1]/",
        "https://192.0.0.8/", "https://192.0.2.1/", "https://198.51.100.1/", "https://203.0.113.9/",
        "https://198.18.0.1/", "https://198.19.255.255/", "https://192.88.99.1/", "https://[2001:db8::1]/",
        "https://[3fff::1]/", "https://[2001:2::1]/", "https://[2001:20::1]/", "https://[100::1]/",
        "https://[4000::1]/",
        "https://[5f00::1]/", "https://[3ffe::1]/",
        // Schemes, ports, users, and what parsers disagree about.
        "http://receiver.example/", "ftp://receiver.example/", "file:///etc/passwd", "gopher://receiver.example/_x",
        "dict://receiver.example:11211/stat", "smtp://receiver.example", "unix:///var/run/docker.sock",
        "receiver.example", "//receiver.example/", "javascript:alert(1)", "",
        "https://receiver.example:22/", "https://receiver.example:80/", "https://receiver.example:5432/",
        "https://receiver.example:0/", "https://receiver.example:65536/", "https://receiver.example:-1/",
        "https://receiver.example:443:25/", "https://receiver.example:4430443/",
        "https://user@receiver.example/", "https://user:password@receiver.example/", "https://:@receiver.example/",
        "https://receiver.example@127.0.0.1/", "https://127.0.0.1@receiver.example/",
        "https://receiver.example\\@127.0.0.1/", "https://receiver.example\\.evil.example/",
        "https://receiver.example#@127.0.0.1/", "https://receiver.example/#fragment",
        "https://receiver.example /", "https://receiver.example\t/", "https://receiver.example\r\nHost: evil/",
        "https://receiver.example%0d%0aevil/", "https://receiver.example%00.evil.example/",
        "https://receiver.example\u{0}.evil.example/", "https://receiver.example%2f@127.0.0.1/", "https://[::1",
        "https://[::1]evil.example/", "https://[v1.x]/", "https:///", "https://", "https://./", "https://../",
        "https://receiver.example/\u{202E}", "https://川.example/",
        "https://" + String(repeating: "a", count: 300) + ".example/",
        "https://receiver.example/" + String(repeating: "a", count: 2000),
        // Names that stand for addresses inside, one of them beside a good one.
        "https://inside.example/", "https://mixed.example/", "https://mapped.example/", "https://metadata.example/",
        "https://nobody.example/",
    ]

    private static let names = knowing([
        "receiver.example": ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"],
        "receiver.example.evil.example": ["93.184.216.34"],
        "localhost": ["127.0.0.1", "::1"],
        "inside.example": ["10.1.2.3"],
        "mixed.example": ["93.184.216.34", "192.168.1.1"],
        "mapped.example": ["::ffff:192.168.1.1"],
        "metadata.example": ["169.254.169.254"],
        "nobody.example": [],
    ])

    @Test("Nothing inside is reached, however it is written", arguments: hostileURLs)
    func hostile(url: String) async {
        #expect(await refusal(url, Self.names) != nil)
    }

    @Test("The list of hostile addresses is as long as it was asked for") func length() {
        #expect(Set(Self.hostileURLs).count >= 60)
    }

    @Test(
        "The open Internet is let through, on its two ports",
        arguments: [
            "https://receiver.example", "https://receiver.example:8443/hook?tenant=1&x=%E5%B7%9D",
            "HTTPS://Receiver.Example./",
            "https://93.184.216.34/", "https://[2606:2800:220:1:248:1893:25c8:1946]:8443/", "https://[::ffff:8.8.8.8]/",
            "https://[64:ff9b::8.8.8.8]/",
        ])
    func open(url: String) async {
        #expect(await refusal(url, Self.names) == nil)
    }

    @Test("An operator's word opens private networks, http and every port, but neither metadata nor the rest")
    func privateAddresses() async {
        for url in [
            "http://127.0.0.1:9000/hook", "https://10.0.0.1:5000/", "http://localhost:80/", "https://[fd12::1]/",
            "http://inside.example:1/", "https://192.168.1.1/", "https://[::ffff:127.0.0.1]/", "https://169.254.1.1/",
        ] {
            #expect(await refusal(url, Self.names, allowsPrivateAddresses: true) == nil, "\(url)")
        }
        for url in [
            "http://169.254.169.254/", "http://metadata.example/", "http://[fd00:ec2::254]/", "http://0.0.0.0/",
            "http://224.0.0.1/", "http://255.255.255.255/", "http://user@127.0.0.1/", "ftp://127.0.0.1/",
            "http://127.0.0.1:0/", "http://[::]/", "http://[2002:7f00:1::]/",
        ] {
            #expect(await refusal(url, Self.names, allowsPrivateAddresses: true) != nil, "\(url)")
        }
    }

    @Test("A refusal says why, and never which address a name stands for")
    func reasons() async throws {
        #expect(
            await refusal("https://inside.example/", Self.names) == .address(host: "inside.example", .privateNetwork))
        #expect(await refusal("https://metadata.example/", Self.names) == .address(host: "metadata.example", .metadata))
        #expect(await refusal("https://nobody.example/", Self.names) == .unresolved(host: "nobody.example"))
        #expect(await refusal("https://u:p@receiver.example/", Self.names) == .credentials)
        #expect(await refusal("https://receiver.example:22/", Self.names) == .port(22))
        #expect(await refusal("https://receiver.example:65536/", Self.names) == .port(nil))
        #expect(await refusal("http://receiver.example/", Self.names) == .scheme("http"))
        #expect(await refusal("https://receiver.example/#x", Self.names) == .fragment)
        #expect(await refusal("https://[fe80::1%25eth0]/", Self.names) == .zone)
        #expect(await refusal("https://川.example/", Self.names) == .characters)
        #expect(await refusal("https://receiver.example/" + String(repeating: "a", count: 10_000_000)) == .tooLong)
        let inside = try #require(await refusal("https://inside.example/", Self.names))
        #expect(!"\(inside)".contains("10.1.2.3"))
    }

    @Test(
        "Whatever lies outside the blocks in use is not global: every block's first and last address, and its neighbours"
    )
    func blocks() {
        for (first, last, neighbours) in [
            ("10.0.0.0", "10.255.255.255", ["9.255.255.255", "11.0.0.0"]),
            ("100.64.0.0", "100.127.255.255", ["100.63.255.255", "100.128.0.0"]),
            ("172.16.0.0", "172.31.255.255", ["172.15.255.255", "172.32.0.0"]),
            ("192.168.0.0", "192.168.255.255", ["192.167.255.255", "192.169.0.0"]),
            ("198.18.0.0", "198.19.255.255", ["198.17.255.255", "198.20.0.0"]),
            ("224.0.0.0", "255.255.255.255", ["223.255.255.255"]),
            ("fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", ["2a00::1"]),
            ("2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff", ["2003::"]),
            ("2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", ["2001:db7::", "2001:db9::"]),
        ] {
            for inside in [first, last] {
                #expect(NetworkAddress(inside).map { $0.reach != .global } == true, "\(inside)")
            }
            for outside in neighbours { #expect(NetworkAddress(outside)?.reach == .global, "\(outside)") }
        }
        #expect(NetworkAddress("::1")?.description == "::1")
        #expect(NetworkAddress("010.0.0.1") == nil)
        #expect(NetworkAddress("1.2.3") == nil)
    }

    @Test("A name that changes its answer is connected to at the address that was checked, and at no other")
    func rebinding() async throws {
        let (good, bad) = (try await SampleReceiver.start(), try await SampleReceiver.start())
        defer {
            Task {
                await good.stop(); await bad.stop()
            }
        }
        // Both are on loopback; what changes is the address: the attacker's second answer is 127.0.0.2, where the
        // second receiver would be reached as well as the first.
        let asked = Mutex(0)
        let `guard` = AddressGuard { _ throws(AddressRefusal) in
            let isFirst = asked.withLock { count in
                count += 1
                return count == 1
            }
            return [NetworkAddress(isFirst ? "127.0.0.1" : "169.254.169.254")].compactMap { $0 }
        }
        let url = "http://rebinding.example:\(good.port)/hook"
        let target = try await `guard`.target(url, allowsPrivateAddresses: true)
        let transfers = Transfers()
        for _ in 0..<3 {
            let answer = try #require(
                await transfers.send(Transfer(.init(to: target, headers: [], body: Array("{}".utf8)))))
            #expect(answer.failure == nil)
        }
        #expect(asked.withLock { $0 } == 1)
        #expect(good.messages.count == 3)
        #expect(good.messages.allSatisfy { $0.headers["host"] == "rebinding.example:\(good.port)" })
        #expect(
            await refusal(url, `guard`, allowsPrivateAddresses: true) == .address(host: "rebinding.example", .metadata))
        transfers.stop()
    }

    @Test("A redirect to a private address is a failure and is not followed")
    func redirects() async throws {
        let inside = try await SampleReceiver.start()
        let outside = try await SampleReceiver.start(.redirects(to: inside.url))
        defer {
            Task {
                await inside.stop(); await outside.stop()
            }
        }
        let target = try await AddressGuard().target(outside.url, allowsPrivateAddresses: true)
        let transfers = Transfers()
        let answer = try #require(await transfers.send(Transfer(.init(to: target, headers: [], body: []))))
        #expect(answer.status == 302)
        #expect(answer.failure == .refused)
        #expect(inside.connectionCount == 0)
        transfers.stop()
    }
}

@Suite("Name resolution")
struct NameResolutionTests {
    @Test("The system's own name of this machine is found, and what it stands for is refused")
    func system() async {
        #expect(await refusal("https://localhost/") == .address(host: "localhost", .loopback))
        #expect(await refusal("https://does-not-exist.invalid/") == .unresolved(host: "does-not-exist.invalid"))
    }
}
