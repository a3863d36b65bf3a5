import Foundation
import Synchronization
import Testing

@testable import Webhooks

@Suite("Name resolution")
struct NameResolverTests {
    @Test("The system's own name of this machine is found, and a name that nobody has is not")
    func system() async throws {
        let resolver = NameResolver()
        let addresses = try await resolver.addresses(of: "localhost")
        #expect(!addresses.isEmpty && addresses.allSatisfy { $0.reach == .loopback })
        await #expect(throws: AddressRefusal.unresolved(host: "does-not-exist.invalid")) {
            try await resolver.addresses(of: "does-not-exist.invalid")
        }
    }

    @Test("However many ask for a name, it is looked up once, and again when the answer is old")
    func once() async throws {
        let count = Mutex(0)
        let lookUp: @Sendable (String) -> [NetworkAddress] = { _ in
            count.withLock { $0 += 1 }
            return [NetworkAddress(bytes: [93, 184, 216, 34])]
        }
        let keeping = NameResolver(kept: .seconds(3600), lookUp: lookUp)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<100 {
                group.addTask {
                    let addresses = try await keeping.addresses(of: "receiver.example")
                    #expect(addresses.map(\.description) == ["93.184.216.34"])
                }
            }
            try await group.waitForAll()
        }
        #expect(count.withLock { $0 } == 1)
        let forgetful = NameResolver(kept: .zero, lookUp: lookUp)
        for _ in 0..<2 { _ = try await forgetful.addresses(of: "receiver.example") }
        #expect(count.withLock { $0 } == 3)
    }

    @Test("A name server that does not answer keeps nobody longer than the limit, and no other name waits for it")
    func hanging() async throws {
        let gate = DispatchSemaphore(value: 0)
        defer { for _ in 0..<10 { gate.signal() } }
        let resolver = NameResolver(limit: .milliseconds(100)) { host in
            if host == "hanging.example" { gate.wait() }
            return [NetworkAddress(bytes: [93, 184, 216, 34])]
        }
        let hanging = Task { try await resolver.addresses(of: "hanging.example") }
        #expect(try await resolver.addresses(of: "receiver.example").count == 1)
        await #expect(throws: AddressRefusal.unresolved(host: "hanging.example")) {
            try await hanging.value
        }
    }
}
