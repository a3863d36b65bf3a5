import Foundation
import VisionKernels

/// A query's nearest neighbour in a reference, with what geometry needs of it.
struct Neighbour {
    let pair: KeypointPair
    let from: (x: Float, y: Float)
    let to: (x: Float, y: Float)
    /// How much the keypoint turned, in radians.
    let turn: Float
    /// How much it grew, as a factor.
    let growth: Float
    /// Distance to it as a fraction of the distance to the second nearest, 0 … 1.
    let ratio: Float
    /// Whether it is mutual and passes the ratio test.
    let isFirm: Bool
}

/// What the neighbours of one branch agree on.
///
/// *Firm* matches propose one map from picture to picture; then every neighbour that the map puts near where it is
/// counts, firm or not: a chance neighbour seldom lies there. Each counts by how distinct it is, so a spot that has a
/// double elsewhere on the animal counts little. Firm matches count again where they agree, which keeps evidence that
/// only a part of a bent body gives.
struct BranchAgreement {
    /// Sum of the weights of the neighbours that agree.
    let weight: Double
    /// The neighbours that agree.
    let pairs: [KeypointPair]

    /// Agreement of features with directions of their own.
    ///
    /// The map is one similarity to 10 pixels, and neighbours count to 16 pixels, 0.7 rad and an octave. Firm matches
    /// count again where a neighbouring one agrees with the similarity that their own keypoints imply.
    static func free(_ neighbours: [Neighbour]) -> BranchAgreement {
        let firm = FirmMatches(neighbours)
        let again = firm.supported
        guard let map = firm.similarity(within: 10) else {
            return BranchAgreement(again, agreeing: [])
        }
        let turn = atan2(map[3], map[0])
        let growth = hypot(map[0], map[3])
        return BranchAgreement(
            again,
            agreeing: (firm.matches + neighbours.filter { !$0.isFirm }).filter {
                $0.isNear(map, within: 16) && abs(remainder($0.turn - turn, 2 * .pi)) <= 0.7
                    && abs(log2($0.growth / growth)) <= 1
            })
    }

    /// Agreement of features on straightened bodies, in pixels of 400 × 120.
    ///
    /// The map is affine to 7 pixels, and neighbours count to 9. Firm matches count again where they agree to 6.
    static func strip(_ neighbours: [Neighbour]) -> BranchAgreement {
        let firm = FirmMatches(neighbours)
        guard let map = firm.stripMap(within: 7) else { return BranchAgreement([], agreeing: []) }
        return BranchAgreement(
            firm.matches.filter { $0.isNear(map, within: 6) },
            agreeing: (firm.matches + neighbours.filter { !$0.isFirm }).filter { $0.isNear(map, within: 9) })
    }

    /// Adds up; of several neighbours with one reference the first counts.
    private init(_ again: [Neighbour], agreeing: [Neighbour]) {
        var seen: Set<Reference> = []
        let distinct = agreeing.filter { seen.insert(Reference($0.pair)).inserted }
        // Nine tenths, so that a neighbour in the right place with a double elsewhere still counts a little.
        weight =
            again.reduce(0) { $0 + 4 * Double(1 - $1.ratio) }
            + distinct.reduce(0) { $0 + 3 * Double(1 - 0.9 * $1.ratio) }
        pairs = again.map(\.pair).filter { seen.insert(Reference($0)).inserted } + distinct.map(\.pair)
    }

    private struct Reference: Hashable {
        let channel: Int
        let index: Int

        init(_ pair: KeypointPair) {
            channel = pair.channel
            index = pair.reference
        }
    }
}

extension Neighbour {
    fileprivate func isNear(_ map: [Float], within distance: Float) -> Bool {
        let x = map[0] * from.x + map[1] * from.y + map[2] - to.x
        let y = map[3] * from.x + map[4] * from.y + map[5] - to.y
        return x * x + y * y <= distance * distance
    }
}

/// The firm matches, the most distinct first, laid out for the kernels.
struct FirmMatches {
    let matches: [Neighbour]
    private let fromX: [Float]
    private let fromY: [Float]
    private let toX: [Float]
    private let toY: [Float]
    private let turn: [Float]
    private let growth: [Float]

    init(_ neighbours: [Neighbour]) {
        // Equal ratios in their order, so that equal input gives equal output.
        let firm = neighbours.enumerated().filter(\.element.isFirm)
            .sorted { ($0.element.ratio, $0.offset) < ($1.element.ratio, $1.offset) }.map(\.element)
        matches = firm
        fromX = firm.map(\.from.x)
        fromY = firm.map(\.from.y)
        toX = firm.map(\.to.x)
        toY = firm.map(\.to.y)
        turn = firm.map(\.turn)
        growth = firm.map(\.growth)
    }

    /// Matches that a neighbouring match agrees with about turn, scale and place.
    var supported: [Neighbour] {
        let flags = withPlaces(limit: matches.count) { places in
            [UInt8](unsafeUninitializedCapacity: matches.count) { flags, count in
                vk_supported(places, flags.baseAddress)
                count = matches.count
            }
        }
        return matches.indices.filter { flags[$0] != 0 }.map { matches[$0] }
    }

    /// The one similarity that most matches agree with; `nil` where fewer than three do.
    func similarity(within distance: Float) -> [Float]? { map { vk_similarity($0, distance, $1) } }

    /// The one affine map of straightened bodies that most matches agree with; `nil` where fewer than three do.
    func stripMap(within distance: Float) -> [Float]? { map { vk_strip_map($0, distance, 400, $1) } }

    private func map(
        _ kernel: (UnsafePointer<vk_places>, UnsafeMutablePointer<Float>) -> Int32
    ) -> [Float]? {
        var map = [Float](repeating: 0, count: 6)
        // The kernel takes the cube of the number; the most distinct matches propose the map.
        let found = withPlaces(limit: 48) { kernel($0, &map) }
        return found > 0 ? map : nil
    }

    private func withPlaces<T>(limit: Int, _ body: (UnsafePointer<vk_places>) -> T) -> T {
        fromX.withUnsafeBufferPointer { fromX in
            fromY.withUnsafeBufferPointer { fromY in
                toX.withUnsafeBufferPointer { toX in
                    toY.withUnsafeBufferPointer { toY in
                        turn.withUnsafeBufferPointer { turn in
                            growth.withUnsafeBufferPointer { growth in
                                var places = vk_places(
                                    from_x: fromX.baseAddress, from_y: fromY.baseAddress, to_x: toX.baseAddress,
                                    to_y: toY.baseAddress, turn: turn.baseAddress, growth: growth.baseAddress,
                                    count: Int32(min(limit, matches.count)))
                                return body(&places)
                            }
                        }
                    }
                }
            }
        }
    }
}
