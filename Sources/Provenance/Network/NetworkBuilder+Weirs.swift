/// Weirs on the segments they stand across.
extension NetworkBuilder {
    mutating func placeWeirs() -> [PlacedWeir] {
        let grid = PointGrid(material.weirs.map(\.position), within: RiverNetwork.weirMeters)
        var placed = [(meters: Double, place: PlacedWeir)?](repeating: nil, count: material.weirs.count)
        for (index, edge) in edges.enumerated() {
            for candidate in grid.near(edge.course) {
                let weir = material.weirs[candidate]
                let (meters, fraction) = edge.course.nearest(to: weir.position)
                if meters <= RiverNetwork.weirMeters, meters < placed[candidate]?.meters ?? .infinity {
                    placed[candidate] = (meters, PlacedWeir(weir: weir, segment: index, fraction: fraction))
                }
            }
        }
        for (weir, place) in zip(material.weirs, placed) where place == nil {
            findings.append(
                NetworkFinding(
                    .weirOnNoRiver, feature: weir.feature,
                    "The weir\(weir.name.map { " \($0.name)" } ?? "") stands on no river: there is none within "
                        + "\(Int(RiverNetwork.weirMeters)) m."))
        }
        return placed.compactMap { $0?.place }
    }
}
