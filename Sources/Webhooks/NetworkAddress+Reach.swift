extension NetworkAddress {
    /// From where an address can be reached.
    public enum Reach: String, Hashable, Sendable, CaseIterable {
        /// From anywhere.
        case global
        /// This machine.
        case loopback
        /// A private network: RFC 1918, unique local (RFC 4193), site-local, and the addresses that carriers share
        /// (RFC 6598).
        case privateNetwork
        /// The next machines.
        case linkLocal
        /// A cloud's service that hands out credentials.
        case metadata
        /// None: “this network”.
        case unspecified
        /// Many machines.
        case multicast
        /// An example in a document.
        case documentation
        /// A laboratory of network devices (RFC 2544, RFC 5180).
        case benchmarking
        /// A tunnel or translator whose far end cannot be judged: IPv4-compatible, local NAT64, 6to4, Teredo.
        case tunnel
        /// Nobody yet, or no machine.
        case reserved

        /// Whether an operator can allow it for an endpoint.
        var isForOperators: Bool {
            switch self {
            case .loopback, .privateNetwork, .linkLocal: true
            case .global, .metadata, .unspecified, .multicast, .documentation, .benchmarking, .tunnel, .reserved: false
            }
        }
    }

    /// From where the address can be reached; an address that carries an IPv4 address is judged by that one.
    ///
    /// The blocks are those of IANA's registries of special-purpose addresses (RFC 6890), with the metadata services of
    /// clouds.
    public var reach: Reach {
        if let carried { return carried.reach }
        let blocks = isVersion6 ? Self.blocks6 : Self.blocks4
        return blocks.first { $0.contains(self) }?.reach ?? (isVersion6 ? .reserved : .global)
    }

    /// The IPv4 address inside: mapped (::ffff:0:0/96), NAT64's well-known prefix (RFC 6052), ISATAP (RFC 5214).
    private var carried: NetworkAddress? {
        guard isVersion6 else { return nil }
        let head = bytes.prefix(12)
        let isMapped = head.elementsEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF])
        let isTranslated = head.elementsEqual([0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0])
        let isISATAP =
            bytes[0] & 0xE0 == 0x20 && bytes[8] & 0xFD == 0 && bytes[9...11].elementsEqual([0, 0x5E, 0xFE])
        return isMapped || isTranslated || isISATAP ? NetworkAddress(bytes: Array(bytes.suffix(4))) : nil
    }

    private struct Block: Sendable {
        let prefix: [UInt8]
        let length: Int
        let reach: Reach

        init(_ prefix: [UInt8], _ length: Int, _ reach: Reach) {
            self.prefix = prefix
            self.length = length
            self.reach = reach
        }

        func contains(_ address: NetworkAddress) -> Bool {
            for index in 0..<(length + 7) / 8 {
                let mask = UInt8(truncatingIfNeeded: 0xFF00 >> min(8, length - index * 8))
                let expected = index < prefix.count ? prefix[index] : 0
                if (address.bytes[index] ^ expected) & mask != 0 { return false }
            }
            return true
        }
    }

    /// The first that contains an address decides.
    private static let blocks4: [Block] = [
        // Amazon, Google, Microsoft and others; Alibaba; Microsoft's second; Oracle's old.
        Block([169, 254, 169, 254], 32, .metadata), Block([100, 100, 100, 200], 32, .metadata),
        Block([168, 63, 129, 16], 32, .metadata), Block([192, 0, 0, 192], 32, .metadata),
        // Amazon's task roles and time and name services.
        Block([169, 254, 169], 24, .metadata), Block([169, 254, 170], 24, .metadata),
        Block([0], 8, .unspecified), Block([10], 8, .privateNetwork), Block([100, 64], 10, .privateNetwork),
        Block([127], 8, .loopback), Block([169, 254], 16, .linkLocal), Block([172, 16], 12, .privateNetwork),
        Block([192, 0, 0], 24, .reserved), Block([192, 0, 2], 24, .documentation),
        Block([192, 31, 196], 24, .reserved), Block([192, 52, 193], 24, .reserved),
        Block([192, 88, 99], 24, .tunnel), Block([192, 168], 16, .privateNetwork),
        Block([192, 175, 48], 24, .reserved), Block([198, 18], 15, .benchmarking),
        Block([198, 51, 100], 24, .documentation), Block([203, 0, 113], 24, .documentation),
        Block([224], 4, .multicast), Block([240], 4, .reserved),
    ]

    /// The first that contains an address decides; of all others only 2000::/3 is in use.
    private static let blocks6: [Block] = [
        Block([0xFD, 0x00, 0x0E, 0xC2], 32, .metadata), Block([0xFD, 0x20, 0x00, 0xCE], 32, .metadata),
        Block([], 128, .unspecified), Block([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], 128, .loopback),
        Block([], 96, .tunnel), Block([0, 0x64, 0xFF, 0x9B, 0, 1], 48, .tunnel),
        Block([0x20, 0x01, 0, 0], 32, .tunnel), Block([0x20, 0x01, 0, 2, 0, 0], 48, .benchmarking),
        Block([0x20, 0x01, 0, 0], 23, .reserved), Block([0x20, 0x01, 0x0D, 0xB8], 32, .documentation),
        Block([0x20, 0x02], 16, .tunnel), Block([0x3F, 0xFE], 16, .reserved),
        Block([0x3F, 0xFF, 0], 20, .documentation),
        Block([0x26, 0x20, 0, 0x4F, 0x80], 48, .reserved),
        Block([0xFC], 7, .privateNetwork), Block([0xFE, 0x80], 10, .linkLocal),
        Block([0xFE, 0xC0], 10, .privateNetwork), Block([0xFF], 8, .multicast),
        Block([0x20], 3, .global),
    ]
}
