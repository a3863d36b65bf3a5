import Registry

/// The stored form of a template.
///
/// Little-endian: `ADT2`; length and UTF-8 of the extractor version; the frame as four `Float64`; width and height as
/// `UInt16`; number of free sets and of strip sets as `UInt8`, 255 where there is no strip. Then each set: number of
/// keypoints as `UInt16`; x, y and size in 1/32 pixel and the angle in 1/65,536 turn, each `UInt16`; for strips the
/// places along and across, each `Int16`; then the blocks of descriptors. 72 or 76 bytes a keypoint.
extension Template {
    /// Why stored bytes are not a template.
    public enum FormatError: Error, Hashable, Sendable, CustomStringConvertible {
        /// The bytes do not begin as a template does.
        case notATemplate
        /// The bytes end early, or go on after the end.
        case wrongLength(Int)
        /// A value cannot be: which one.
        case invalid(String)

        /// What happened and what to do.
        public var description: String {
            let advice = "Re-extract the photograph with `andrias enroll`."
            return switch self {
            case .notATemplate: "The stored template has an unknown format. \(advice)"
            case .wrongLength(let count): "The stored template of \(count) bytes is cut or padded. \(advice)"
            case .invalid(let what): "The stored template holds an impossible \(what). \(advice)"
            }
        }
    }

    private static let magic = Array("ADT2".utf8)
    private static let noStrip: UInt8 = 255

    /// The stored form.
    public var encoded: [UInt8] {
        var bytes = Self.magic
        func append(_ value: some FixedWidthInteger) {
            withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
        }
        func quantised(_ value: Float, steps: Float) -> UInt16 {
            UInt16(min(65_535, max(0, (value * steps).rounded())))
        }
        append(UInt8(min(255, extractor.utf8.count)))
        bytes.append(contentsOf: extractor.utf8.prefix(255))
        for edge in [frame.x, frame.y, frame.width, frame.height] { append(edge.bitPattern) }
        append(UInt16(clamping: width))
        append(UInt16(clamping: height))
        append(UInt8(clamping: free.count))
        append(strip.map { UInt8(clamping: $0.count) } ?? Self.noStrip)
        for set in free + (strip ?? []) {
            append(UInt16(clamping: set.keypoints.count))
            for (index, point) in set.keypoints.enumerated() {
                append(quantised(point.x, steps: 32))
                append(quantised(point.y, steps: 32))
                append(quantised(point.size, steps: 32))
                append(UInt16(truncatingIfNeeded: Int((point.angle / (2 * .pi) * 65_536).rounded())))
                if let places = set.strip {
                    append(places.along[index])
                    append(places.across[index])
                }
            }
            set.descriptors.blocks.withUnsafeBytes { bytes.append(contentsOf: $0) }
        }
        return bytes
    }

    /// Reads the stored form.
    ///
    /// - Throws: ``FormatError``; nothing is allocated beyond the length of `bytes`.
    public init(decoding bytes: [UInt8]) throws(FormatError) {
        var reader = TemplateReader(bytes: bytes)
        guard try reader.take(4).elementsEqual(Self.magic) else { throw .notATemplate }
        let versionLength = Int(try reader.integer(UInt8.self))
        let version = String(decoding: try reader.take(versionLength), as: UTF8.self)
        var edges: [Double] = []
        for _ in 0..<4 { edges.append(Double(bitPattern: try reader.integer(UInt64.self))) }
        guard let frame = try? RegionBox(x: edges[0], y: edges[1], width: edges[2], height: edges[3]) else {
            throw .invalid("frame")
        }
        let width = Int(try reader.integer(UInt16.self))
        let height = Int(try reader.integer(UInt16.self))
        guard width > 0, height > 0 else { throw .invalid("size") }
        let freeCount = try reader.integer(UInt8.self)
        let stripCount = try reader.integer(UInt8.self)
        var free: [FeatureSet] = []
        for _ in 0..<freeCount { free.append(try reader.features(onStrip: false)) }
        var strip: [FeatureSet]?
        if stripCount != Self.noStrip {
            strip = []
            for _ in 0..<stripCount { strip?.append(try reader.features(onStrip: true)) }
        }
        guard reader.isAtEnd else { throw .wrongLength(bytes.count) }
        self.init(extractor: version, frame: frame, width: width, height: height, free: free, strip: strip)
    }
}

private struct TemplateReader {
    let bytes: [UInt8]
    var offset = 0

    var isAtEnd: Bool { offset == bytes.count }

    mutating func take(_ count: Int) throws(Template.FormatError) -> ArraySlice<UInt8> {
        guard bytes.count - offset >= count else { throw .wrongLength(bytes.count) }
        defer { offset += count }
        return bytes[offset..<offset + count]
    }

    mutating func integer<T: FixedWidthInteger>(_ type: T.Type) throws(Template.FormatError) -> T {
        try take(MemoryLayout<T>.size).reversed().reduce(T.zero) { $0 << 8 | T(truncatingIfNeeded: $1) }
    }

    mutating func features(onStrip: Bool) throws(Template.FormatError) -> FeatureSet {
        let count = Int(try integer(UInt16.self))
        let points = try take(count * (onStrip ? 12 : 8)).withUnsafeBytes {
            StoredPoints(bytes: $0, count: count, onStrip: onStrip)
        }
        let blocks = try take(QuantisedDescriptors.blockBytes(count)).withUnsafeBytes {
            Array($0.bindMemory(to: Int8.self))
        }
        guard let descriptors = QuantisedDescriptors(count: count, blocks: blocks) else { throw .invalid("descriptor") }
        return FeatureSet(
            keypoints: points.keypoints, descriptors: descriptors,
            strip: onStrip
                ? StripPlaces(along: points.along, across: points.across, sizes: points.keypoints.map(\.size)) : nil)
    }
}

/// Keypoints as they are stored; a start reads tens of millions of them, so they are read without a step for each value.
private struct StoredPoints {
    let keypoints: [Keypoint]
    let along: [Int16]
    let across: [Int16]

    init(bytes: UnsafeRawBufferPointer, count: Int, onStrip: Bool) {
        let stride = onStrip ? 12 : 8
        func value(_ index: Int, _ field: Int) -> Float {
            Float(
                UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: index * stride + 2 * field, as: UInt16.self)))
        }
        func place(_ index: Int, _ field: Int) -> Int16 {
            Int16(littleEndian: bytes.loadUnaligned(fromByteOffset: index * stride + 2 * field, as: Int16.self))
        }
        keypoints = (0..<count).map {
            Keypoint(
                x: value($0, 0) / 32, y: value($0, 1) / 32, size: value($0, 2) / 32,
                angle: value($0, 3) / 65_536 * 2 * .pi)
        }
        along = onStrip ? (0..<count).map { place($0, 4) } : []
        across = onStrip ? (0..<count).map { place($0, 5) } : []
    }
}
