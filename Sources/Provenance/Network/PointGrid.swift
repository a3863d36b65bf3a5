import Foundation

/// Finds which of some points a line comes close to.
struct PointGrid {
    private struct Cell: Hashable {
        let x: Int32
        let y: Int32
    }
    private let points: [Coordinate]
    private let meters: Double
    private var cells: [Cell: [Int]] = [:]
    /// Degrees of a cell: at least the reach north and east as far north as Japan goes.
    private let degrees: Double

    init(_ points: [Coordinate], within meters: Double) {
        self.points = points
        self.meters = meters
        degrees = meters / 75_000
        for (index, point) in points.enumerated() { cells[cell(point), default: []].append(index) }
    }

    private func cell(_ point: Coordinate) -> Cell {
        Cell(
            x: Int32((point.longitude / degrees).rounded(.down)), y: Int32((point.latitude / degrees).rounded(.down)))
    }

    /// Points that may be within reach of the line; each has still to be measured.
    func near(_ course: [Coordinate]) -> Set<Int> {
        guard !points.isEmpty else { return [] }
        var found: Set<Int> = []
        for (start, end) in zip(course, course.dropFirst()) {
            let span = max(abs(end.longitude - start.longitude), abs(end.latitude - start.latitude))
            let steps = max(1, Int((span / degrees).rounded(.up)))
            for step in 0...steps {
                let centre = cell(start.toward(end, Double(step) / Double(steps)))
                for x in centre.x - 1...centre.x + 1 {
                    for y in centre.y - 1...centre.y + 1 { found.formUnion(cells[Cell(x: x, y: y)] ?? []) }
                }
            }
        }
        return found
    }
}
