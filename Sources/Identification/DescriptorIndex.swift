import Registry
import VisionKernels

/// Finds photographs that share descriptors with a query without looking at every one.
///
/// Locality-sensitive hashing (Indyk and Motwani 1998) with multi-probe look-ups (Lv et al. 2007): the signs of 16 of a
/// descriptor's 40 most informative coefficients are a key, in each of eight tables; descriptors of one spot often share
/// a key. Each photograph that is met gets a vote. Photographs are kept in runs, each built once.
///
/// Of 92 searches of newt bellies among 10,000 photographs, all others mixed from the descriptors of real ones, .99
/// found their animal among the 200 photographs with most votes and all among 400; single-probe look-ups .80 and .89.
struct DescriptorIndex: Sendable {
    private var runs: [IndexRun] = []

    /// Adds photographs that no run holds.
    mutating func add(_ entries: [GalleryEntry]) { runs.append(IndexRun(entries)) }

    /// The photographs that most descriptors vote for.
    ///
    /// - Parameters:
    ///   - query: The template that is searched for.
    ///   - most: How many at most.
    /// - Returns: Identifiers; equal indices and queries give equal answers.
    func candidates(for query: Template, most: Int) -> [Identifier<GalleryEntry>] {
        let keys = query.free.map(DescriptorKeys.init(probing:))
        let ballots = runs.map { $0.votes(for: keys) }
        let least = Self.leastVotes(ballots, for: most)
        var found: [(votes: UInt16, run: Int, place: Int)] = []
        for (run, ballot) in ballots.enumerated() {
            for place in ballot.indices where ballot[place] >= least { found.append((ballot[place], run, place)) }
        }
        return found.sorted { ($1.votes, $0.run, $0.place) < ($0.votes, $1.run, $1.place) }.prefix(most)
            .map { runs[$0.run].ids[$0.place] }
    }

    /// The votes that at least so many photographs have, and 1 at least: sorting all of them would take longer than
    /// looking at them.
    private static func leastVotes(_ ballots: [[UInt16]], for most: Int) -> UInt16 {
        var counts = [Int](repeating: 0, count: Int(UInt16.max) + 1)
        for ballot in ballots { for votes in ballot { counts[Int(votes)] += 1 } }
        var seen = 0
        var least = counts.count - 1
        while least > 1, seen + counts[least] < most {
            seen += counts[least]
            least -= 1
        }
        return UInt16(least)
    }
}

/// Tables of photographs, each photograph a place of 16 bits.
private final class IndexRun: Sendable {
    let ids: [Identifier<GalleryEntry>]
    /// By channel and table.
    private let tables: [[PostingTable]]

    init(_ entries: [GalleryEntry]) {
        ids = entries.map(\.id)
        let channels = entries.map(\.template.free.count).max() ?? 0
        tables = (0..<channels).map { channel in
            var keys = [[UInt16]](repeating: [], count: KeyTable.all.count)
            var places: [UInt16] = []
            for (place, entry) in entries.enumerated() where channel < entry.template.free.count {
                let signs = entry.template.free[channel].descriptors.signs(limit: KeyTable.descriptors)
                for (table, choice) in KeyTable.all.enumerated() { keys[table] += choice.keys(signs) }
                places += [UInt16](repeating: UInt16(place), count: signs.count)
            }
            return keys.map { PostingTable(keys: $0, places: places) }
        }
    }

    func votes(for keys: [DescriptorKeys]) -> [UInt16] {
        var votes = [UInt16](repeating: 0, count: ids.count)
        votes.withUnsafeMutableBufferPointer { votes in
            for (channel, keys) in keys.enumerated() where channel < tables.count {
                for (table, probes) in keys.probes.enumerated() {
                    for key in probes { tables[channel][table].vote(key, in: votes) }
                }
            }
        }
        return votes
    }
}

/// Which photographs have a key: places sorted by key.
private struct PostingTable: Sendable {
    private let starts: [UInt32]
    private let places: [UInt16]

    /// Sorts by counting.
    init(keys: [UInt16], places: [UInt16]) {
        var starts = [UInt32](repeating: 0, count: Int(UInt16.max) + 2)
        for key in keys { starts[Int(key) + 1] += 1 }
        for index in 1..<starts.count { starts[index] += starts[index - 1] }
        var next = starts
        var sorted = [UInt16](repeating: 0, count: places.count)
        for (key, place) in zip(keys, places) {
            sorted[Int(next[Int(key)])] = place
            next[Int(key)] += 1
        }
        self.starts = starts
        self.places = sorted
    }

    func vote(_ key: UInt16, in votes: UnsafeMutableBufferPointer<UInt16>) {
        for index in Int(starts[Int(key)])..<Int(starts[Int(key) + 1]) { votes[Int(places[index])] &+= 1 }
    }
}

/// The keys under which a channel of a query is looked up, by table.
struct DescriptorKeys {
    fileprivate let probes: [[UInt16]]

    /// Each descriptor's own key, those with one of its three least certain signs changed, and with the first two.
    init(probing features: FeatureSet) {
        let signs = features.descriptors.signs(limit: KeyTable.descriptors)
        probes = KeyTable.all.map { table in
            table.keys(signs).enumerated().flatMap { index, key -> [UInt16] in
                let magnitudes = table.coefficients.map { features.descriptors.magnitude(index, Int($0)) }
                let uncertain = magnitudes.indices.sorted { (magnitudes[$0], $0) < (magnitudes[$1], $1) }
                    .prefix(3).map { UInt16(1) << UInt16($0) }
                return [key] + uncertain.map { key ^ $0 } + [key ^ uncertain[0] ^ uncertain[1]]
            }
        }
    }
}

/// Which coefficients make a key.
private struct KeyTable: Sendable {
    let coefficients: [UInt8]

    /// The strongest descriptors of a channel that are kept and looked up.
    static let descriptors = 96
    private static let informative = 40
    private static let bits = 16

    static let all: [KeyTable] = (0..<8).map { table in
        // Ranks by a multiplicative hash (Knuth): as good as chance, and the same in every process.
        let ranked = (0..<informative).sorted {
            UInt32(table * 64 + $0 + 1) &* 2_654_435_761 < UInt32(table * 64 + $1 + 1) &* 2_654_435_761
        }
        return KeyTable(coefficients: ranked.prefix(bits).map(UInt8.init))
    }

    func keys(_ signs: [UInt64]) -> [UInt16] {
        [UInt16](unsafeUninitializedCapacity: signs.count) { keys, count in
            vk_keys(signs, Int32(signs.count), coefficients, keys.baseAddress)
            count = signs.count
        }
    }
}
