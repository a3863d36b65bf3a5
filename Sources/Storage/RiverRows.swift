import Foundation
import Postgres
import Provenance

/// The numbers that the parts of a network get, one block after another.
struct RiverNumbers {
    let node: Int64
    let river: Int64
    let segment: Int64
    let weir: Int64
    let basin: Int64

    init(_ first: Int64, _ network: RiverNetwork) {
        node = first
        river = node + Int64(network.nodes.count)
        segment = river + Int64(network.rivers.count)
        weir = segment + Int64(network.segments.count)
        basin = weir + Int64(network.weirs.count)
    }
}

extension Session {
    /// Rows sent with one statement: a chunk stays below 10 MB.
    private static let chunk = 4000

    func insertRivers(_ network: RiverNetwork, source: String, numbers: RiverNumbers) async throws {
        try await insert(.waterSystemsInsert, source, network.systems) {
            SystemRow(code: $1.code, name: $1.name, latinName: $1.latinName, reachesSea: $1.reachesSea)
        }
        try await insert(.riversInsert, source, network.rivers) {
            RiverRow(
                id: numbers.river + Int64($0), system: $1.system, name: $1.name.name, reading: $1.name.reading,
                latinName: $1.name.latin, nameKeys: $1.name.keys, mouthM: $1.mouthMeters, headM: $1.headMeters)
        }
        try await insert(.riverNodesInsert, source, network.nodes) {
            NodeRow(
                id: numbers.node + Int64($0), elevationM: $1.elevation, x: $1.position.longitude,
                y: $1.position.latitude)
        }
        try await insert(.riverSegmentsInsert, source, network.segments) { index, segment in
            SegmentRow(
                id: numbers.segment + Int64(index), sourceId: segment.sourceID, system: segment.system,
                riverId: segment.river.map { numbers.river + Int64($0) },
                fromNode: numbers.node + Int64(segment.from), toNode: numbers.node + Int64(segment.to),
                lengthM: segment.meters, isDirectionKnown: segment.isDirectionKnown,
                nextSegment: segment.next.map { numbers.segment + Int64($0) },
                path: numbers.segment + Int64(segment.path), rank: Int64(segment.rank), mouthM: segment.mouthMeters,
                braid: segment.braid.map { numbers.segment + Int64($0) }, isMain: segment.isMain,
                course: segment.course.wellKnownBinary)
        }
        try await insert(.weirsInsert, source, network.weirs) {
            WeirRow(
                id: numbers.weir + Int64($0), segmentId: numbers.segment + Int64($1.segment), fraction: $1.fraction,
                name: $1.weir.name?.name, reading: $1.weir.name?.reading, latinName: $1.weir.name?.latin,
                nameKeys: $1.weir.name?.keys ?? [], heightM: $1.weir.height, hasDetour: $1.weir.hasDetour,
                isPassable: $1.weir.isPassable, x: $1.weir.position.longitude, y: $1.weir.position.latitude)
        }
        try await insert(.unitBasinsInsert, source, network.basins) {
            BasinRow(
                id: numbers.basin + Int64($0), system: $1.system,
                area: .init(
                    type: "MultiPolygon",
                    coordinates: $1.polygons.map { $0.map { $0.map { [$0.longitude, $0.latitude] } } }))
        }
    }

    private func insert<Item, Record: Encodable>(
        _ statement: Statement, _ source: String, _ items: [Item], _ row: (Int, Item) -> Record
    ) async throws {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        for start in stride(from: 0, to: items.count, by: Self.chunk) {
            let records = (start..<min(items.count, start + Self.chunk)).map { row($0, items[$0]) }
            _ = try await rows(statement, [.text(source), .json(Array(try encoder.encode(records)))])
        }
    }
}

// In snake case the names are those of the columns.
private struct SystemRow: Encodable {
    let code: String
    let name, latinName: String?
    let reachesSea: Bool?
}

private struct RiverRow: Encodable {
    let id: Int64
    let system, name: String
    let reading, latinName: String?
    let nameKeys: [String]
    let mouthM, headM: Double
}

private struct NodeRow: Encodable {
    let id: Int64
    let elevationM: Double?
    let x, y: Double
}

private struct SegmentRow: Encodable {
    let id: Int64
    let sourceId, system: String
    let riverId: Int64?
    let fromNode, toNode: Int64
    let lengthM: Double
    let isDirectionKnown: Bool
    let nextSegment: Int64?
    let path, rank: Int64
    let mouthM: Double
    let braid: Int64?
    let isMain: Bool
    let course: String
}

private struct WeirRow: Encodable {
    let id, segmentId: Int64
    let fraction: Double
    let name, reading, latinName: String?
    let nameKeys: [String]
    let heightM: Double?
    let hasDetour, isPassable: Bool?
    let x, y: Double
}

private struct BasinRow: Encodable {
    struct Area: Encodable {
        let type: String
        let coordinates: [[[[Double]]]]
    }
    let id: Int64
    let system: String
    let area: Area
}

extension [Coordinate] {
    /// A line in well-known binary, little-endian, in hexadecimal digits.
    fileprivate var wellKnownBinary: String {
        var bytes: [UInt8] = [1]
        bytes.reserveCapacity(9 + 16 * count)
        func append(_ value: some FixedWidthInteger) {
            Swift.withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
        }
        append(UInt32(2))
        append(UInt32(count))
        for point in self {
            append(point.longitude.bitPattern)
            append(point.latitude.bitPattern)
        }
        let digits = [UInt8]("0123456789abcdef".utf8)
        let text: [UInt8] = bytes.flatMap { byte in [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }
}

extension Row {
    /// A line in well-known binary, little-endian as the server writes it on this machine's kind.
    func getCourse(_ column: String) throws -> [Coordinate] {
        let bytes: [UInt8] = try get(column)
        let points = bytes.withUnsafeBytes { bytes -> [Coordinate]? in
            guard bytes.count >= 9, bytes[0] == 1, bytes.loadUnaligned(fromByteOffset: 1, as: UInt32.self) == 2 else {
                return nil
            }
            let count = Int(bytes.loadUnaligned(fromByteOffset: 5, as: UInt32.self))
            guard bytes.count == 9 + 16 * count else { return nil }
            return (0..<count).map { index in
                Coordinate(
                    longitude: bytes.loadUnaligned(fromByteOffset: 9 + 16 * index, as: Double.self),
                    latitude: bytes.loadUnaligned(fromByteOffset: 17 + 16 * index, as: Double.self))
            }
        }
        guard let points else { throw StorageError.recordUnreadable(column: column, reason: "not a line") }
        return points
    }
}
