/// Lets requests go to the open Internet alone, and to the very addresses that it checked.
public struct AddressGuard: Sendable {
    /// Finds the addresses of a name.
    public typealias Resolve = @Sendable (_ host: String) async throws(AddressRefusal) -> [NetworkAddress]

    private let resolve: Resolve

    /// A guard.
    ///
    /// - Parameter resolve: Finds the addresses of a name.
    public init(resolve: @escaping Resolve) {
        self.resolve = resolve
    }

    /// A guard that asks the system's resolver.
    public init() {
        let resolver = NameResolver()
        self.init { host throws(AddressRefusal) in try await resolver.addresses(of: host) }
    }

    /// Reads an address and checks every address that its name stands for.
    ///
    /// - Returns: Where a request may go: whoever connects uses the checked addresses and never asks again.
    /// - Throws: ``AddressRefusal``.
    public func target(_ text: String, allowsPrivateAddresses: Bool = false) async throws(AddressRefusal)
        -> PinnedTarget
    {
        try await target(WebhookURL(text, allowsPrivateAddresses: allowsPrivateAddresses))
    }

    /// Checks every address that a name stands for.
    ///
    /// One address that is not allowed refuses all: a name that stands for the open Internet and for a private network
    /// at once is an attack or a mistake.
    ///
    /// - Throws: ``AddressRefusal``.
    public func target(_ url: WebhookURL) async throws(AddressRefusal) -> PinnedTarget {
        let addresses = if let address = NetworkAddress(url.host) { [address] } else { try await resolve(url.host) }
        guard !addresses.isEmpty else { throw .unresolved(host: url.host) }
        for address in addresses {
            let reach = address.reach
            guard reach == .global || reach.isForOperators && url.allowsPrivateAddresses else {
                throw .address(host: url.host, reach)
            }
        }
        return PinnedTarget(url: url, addresses: addresses)
    }
}

/// A receiver with the addresses that were checked; only a guard makes one.
public struct PinnedTarget: Hashable, Sendable {
    /// What is asked for.
    public let url: WebhookURL
    /// Where to connect, in the order of preference; never empty.
    public let addresses: [NetworkAddress]

    fileprivate init(url: WebhookURL, addresses: [NetworkAddress]) {
        self.url = url
        self.addresses = addresses
    }
}
