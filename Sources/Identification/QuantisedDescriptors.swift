import COpenBLAS
import VisionKernels

/// Local descriptors reduced to 64 signed bytes each, in the order in which the matching kernel reads them.
///
/// A RootSIFT descriptor (Arandjelović and Zisserman 2012) is taken as a 4 × 4 grid of 8 directions and transformed by
/// the cosine transform over the grid and the Fourier transform over the directions, both orthonormal; 64 of the 128
/// coefficients are kept by a fixed rule, the ones of low frequency, without the mean, which all descriptors share.
/// Nothing of it is learned, so it fits every animal alike; on newt bellies the kept part holds 92 % of the variance.
/// Turning the picture by 180° only changes signs of coefficients.
public struct QuantisedDescriptors: Hashable, Sendable {
    /// Bytes of a descriptor.
    public static let dimension = Int(VK_DIMENSION)
    /// Number of descriptors.
    public let count: Int
    /// Blocks of eight interleaved descriptors: ⌈count / 8⌉ × 512 bytes, the last one filled up with zeros.
    public let blocks: [Int8]
    /// Squared Euclidean norms, padded with zeros to a multiple of eight.
    let squares: [Int32]

    /// Descriptors from storage.
    ///
    /// - Returns: `nil` where the number of bytes is not that of `count` descriptors, a norm exceeds 181, beyond
    ///   which the kernel's sums would overflow, or a byte is −128, whose magnitude no byte holds.
    public init?(count: Int, blocks: [Int8]) {
        guard (0...Int(VK_MOST_FEATURES)).contains(count), blocks.count == Self.blockBytes(count),
            let squares = Self.squaredNorms(blocks, count)
        else { return nil }
        self.count = count
        self.blocks = blocks
        self.squares = squares
    }

    private init(count: Int, blocks: [Int8], squares: [Int32]) {
        self.count = count
        self.blocks = blocks
        self.squares = squares
    }

    /// Reduces SIFT descriptors.
    ///
    /// - Parameter sift: Row-major `count` × 128 non-negative floats.
    init(reducing sift: ArraySlice<Float>) {
        let count = sift.count / Self.siftLength
        let roots = rootSIFT(sift)
        let coefficients = [Float](unsafeUninitializedCapacity: count * Self.dimension) { buffer, initialised in
            cblas_sgemm(
                CblasRowMajor, CblasNoTrans, CblasTrans, Int32(count), Int32(Self.dimension), Int32(Self.siftLength),
                Self.scale, roots, Int32(Self.siftLength), Coefficient.matrix, Int32(Self.siftLength), 0,
                buffer.baseAddress, Int32(Self.dimension))
            initialised = count * Self.dimension
        }
        var blocks = [Int8](repeating: 0, count: Self.blockBytes(count))
        var squares = [Int32](repeating: 0, count: Self.padded(count))
        for index in 0..<count {
            let row = coefficients[index * Self.dimension..<(index + 1) * Self.dimension]
            let norm = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
            // Rounding may lengthen by half a step in each coefficient.
            let shrink = min(1, (Float(Self.largestNorm) - 4) / max(norm, 1))
            for (place, value) in row.enumerated() {
                let rounded = Int8(max(-127, min(127, (value * shrink).rounded())))
                blocks[Self.offset(index, place)] = rounded
                squares[index] += Int32(rounded) * Int32(rounded)
            }
        }
        self.init(count: count, blocks: blocks, squares: squares)
    }

    /// The descriptors of the picture turned by 180°, for features that are measured upright.
    var turnedByHalf: QuantisedDescriptors {
        let flips = Coefficient.kept.map(\.changesWhenTurned)
        var blocks = blocks
        for index in 0..<count {
            for place in 0..<Self.dimension where flips[place] {
                let offset = Self.offset(index, place)
                blocks[offset] = -blocks[offset]
            }
        }
        return QuantisedDescriptors(count: count, blocks: blocks, squares: squares)
    }

    /// The descriptors in another order.
    func reordered(_ order: [Int]) -> QuantisedDescriptors {
        var blocks = [Int8](repeating: 0, count: Self.blockBytes(order.count))
        var squares = [Int32](repeating: 0, count: Self.padded(order.count))
        for (target, source) in order.enumerated() {
            for place in 0..<Self.dimension {
                blocks[Self.offset(target, place)] = self.blocks[Self.offset(source, place)]
            }
            squares[target] = self.squares[source]
        }
        return QuantisedDescriptors(count: order.count, blocks: blocks, squares: squares)
    }

    /// Squared norms, padded to whole blocks; `nil` where the kernel could not hold a product.
    private static func squaredNorms(_ blocks: [Int8], _ count: Int) -> [Int32]? {
        var isValid = false
        let squares = [Int32](unsafeUninitializedCapacity: padded(count)) { squares, initialised in
            isValid = vk_squared_norms(blocks, Int32(count), squares.baseAddress) == 0
            initialised = padded(count)
        }
        return isValid ? squares : nil
    }

    /// Which coefficients of the first descriptors are positive, a bit each.
    func signs(limit: Int) -> [UInt64] {
        let count = min(limit, count)
        return [UInt64](unsafeUninitializedCapacity: count) { signs, initialised in
            vk_signs(blocks, Int32(count), signs.baseAddress)
            initialised = count
        }
    }

    /// Magnitude of one coefficient of a descriptor.
    func magnitude(_ index: Int, _ place: Int) -> Int { abs(Int(blocks[Self.offset(index, place)])) }

    static let siftLength = 128
    private static let largestNorm: Int32 = 181
    /// Median norm 134, one in a hundred shortened to the largest.
    private static let scale: Float = 220

    static func padded(_ count: Int) -> Int { (count + Int(VK_LANES) - 1) / Int(VK_LANES) * Int(VK_LANES) }
    static func blockBytes(_ count: Int) -> Int { padded(count) * dimension }

    private static func offset(_ index: Int, _ place: Int) -> Int {
        let lanes = Int(VK_LANES)
        return index / lanes * Int(VK_BLOCK_BYTES) + place / 4 * lanes * 4 + index % lanes * 4 + place % 4
    }
}

/// Square roots of the L1-normalised descriptors.
private func rootSIFT(_ descriptors: ArraySlice<Float>) -> [Float] {
    var roots: [Float] = []
    roots.reserveCapacity(descriptors.count)
    let length = QuantisedDescriptors.siftLength
    for start in stride(from: descriptors.startIndex, to: descriptors.endIndex, by: length) {
        let row = descriptors[start..<start + length]
        let sum = max(row.reduce(0, +), 1e-9)
        for value in row { roots.append((value / sum).squareRoot()) }
    }
    return roots
}
