import Foundation

/// Which water system and which river a segment belongs to.
extension NetworkBuilder {
    mutating func nameSystems(_ tree: Tree) {
        var known: [Int: String] = [:]
        var rivals: Set<[String]> = []
        for (index, edge) in edges.enumerated() {
            guard let code = systems[index] else { continue }
            if let first = known[part[edge.from]], first != code, rivals.insert([first, code].sorted()).inserted {
                findings.append(
                    NetworkFinding(
                        .twoSystems, feature: edge.feature,
                        "Line \(edge.sourceID) of system \(code) is joined to lines of system \(first)."))
            }
            known[part[edge.from]] = known[part[edge.from]] ?? code
        }
        for (index, edge) in edges.enumerated() {
            let root = nodes[tree.roots[part[edge.from]] ?? edge.to].position
            edges[index].system =
                systems[index] ?? known[part[edge.from]]
                ?? String(format: "%@:%.4f,%.4f", source, root.latitude, root.longitude)
        }
        var parts: [String: [Int: (meters: Double, feature: Int)]] = [:]
        for edge in edges {
            var entry = parts[edge.system]?[part[edge.from]] ?? (0, edge.feature)
            entry.meters += edge.meters
            parts[edge.system, default: [:]][part[edge.from]] = entry
        }
        for (system, found) in parts where found.count > 1 {
            for (_, piece) in found.sorted(by: { $0.value.meters > $1.value.meters }).dropFirst() {
                findings.append(
                    NetworkFinding(
                        .unconnected, feature: piece.feature,
                        "\(Int(piece.meters)) m of water of system \(system) hang on nothing of the rest."))
            }
        }
    }

    /// Lines of one name that touch are one river.
    mutating func nameRivers() -> [River] {
        var group = Groups(edges.count)
        for node in nodes.indices {
            var seen: [String: Int] = [:]
            for index in incident[node] {
                guard let name = names[index]?.name else { continue }
                let key = "\(edges[index].system)\u{0}\(name)"
                if let first = seen[key] { group.put(group.leader(of: index), under: group.leader(of: first)) }
                seen[key] = index
            }
        }
        var indices: [Int: Int] = [:]
        var spans: [(name: RiverName, system: String, mouth: Double, head: Double)] = []
        for (index, edge) in edges.enumerated() {
            guard let name = names[index] else { continue }
            let leader = group.leader(of: index)
            let river = indices[leader] ?? spans.count
            if river == spans.count {
                indices[leader] = river
                spans.append((name, edge.system, .infinity, 0))
            }
            edges[index].river = river
            spans[river].mouth = min(spans[river].mouth, edge.mouthMeters)
            spans[river].head = max(spans[river].head, edge.mouthMeters + edge.meters)
        }
        return spans.map { River(name: $0.name, system: $0.system, mouthMeters: $0.mouth, headMeters: $0.head) }
    }

    func describedSystems(_ rivers: [River]) -> [WaterSystem] {
        var described = Dictionary(material.systems.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        // A system without a name is called as its lowest river.
        var lowest: [String: River] = [:]
        for river in rivers where (lowest[river.system]?.mouthMeters ?? .infinity) > river.mouthMeters {
            lowest[river.system] = river
        }
        for code in Set(edges.map(\.system)).union(material.basins.map(\.system)) where described[code]?.name == nil {
            described[code] = WaterSystem(
                code: code, name: lowest[code]?.name.name, latinName: lowest[code]?.name.latin,
                reachesSea: described[code]?.reachesSea)
        }
        return described.values.sorted { $0.code < $1.code }
    }
}
