import Registry

extension PhotoListEntry {
    /// What was drawn on the photograph.
    ///
    /// - Parameter region: The part it shows; landmarks are for heads alone.
    /// - Returns: `nil` where nothing was drawn.
    /// - Throws: `CommandError` that names the line.
    func mark(of region: BodyRegion) throws -> RegionMark? {
        let axis = try axis()
        guard axis == nil || region == .head else {
            throw CommandError("Line \(line): landmarks are for heads alone, not for a \(region.rawValue).")
        }
        if let outline = try outline() { return RegionMark(.outline(outline), axis: axis) }
        if let box = try box() { return RegionMark(.box(box), axis: axis) }
        guard axis == nil else {
            throw CommandError("Line \(line): landmarks need a box or an outline beside them.")
        }
        return nil
    }

    private func outline() throws -> RegionOutline? {
        guard let text = self["outline"] else { return nil }
        let points = text.split(separator: ";").map { pair in
            pair.split(separator: " ").compactMap { Double($0) }
        }
        guard points.allSatisfy({ $0.count == 2 }) else {
            throw CommandError("Line \(line): an outline reads x y;x y;x y, in fractions of the photograph.")
        }
        do {
            return try RegionOutline(points.map { PhotoPoint(x: $0[0], y: $0[1]) })
        } catch {
            let reason =
                switch error {
                case .pointCount(let count): "it has \(count) points, and needs 3 to 500"
                case .outsidePhoto(let index): "point \(index + 1) lies beside the photograph"
                case .flat: "its points enclose nothing"
                }
            throw CommandError("Line \(line): the outline cannot be used: \(reason). Draw it again, or leave it blank.")
        }
    }

    private func axis() throws -> HeadAxis? {
        let texts = ["snout_x", "snout_y", "neck_x", "neck_y"].map { self[$0] }
        guard texts.contains(where: { $0 != nil }) else { return nil }
        let numbers = texts.compactMap { $0.flatMap(Double.init) }
        guard numbers.count == 4 else { throw CommandError("Line \(line): the landmarks need four numbers.") }
        do {
            return try HeadAxis(
                snout: PhotoPoint(x: numbers[0], y: numbers[1]), neck: PhotoPoint(x: numbers[2], y: numbers[3]))
        } catch {
            let reason =
                switch error {
                case .outsidePhoto: "one lies beside the photograph"
                case .tooShort: "they lie less than 0.02 of the photograph apart"
                }
            throw CommandError(
                "Line \(line): the landmarks cannot be used: \(reason). Place them again, or leave them out.")
        }
    }

    private func box() throws -> RegionBox? {
        let edges = ["box_x", "box_y", "box_width", "box_height"].map { self[$0] }
        guard edges.contains(where: { $0 != nil }) else { return nil }
        let numbers = edges.compactMap { $0.flatMap(Double.init) }
        guard numbers.count == 4 else { throw CommandError("Line \(line): the box needs four numbers.") }
        return try makeBox(numbers)
    }
}

/// Makes a box of four numbers: left, top, width, height.
func makeBox(_ numbers: [Double]) throws -> RegionBox {
    guard numbers.count == 4 else { throw CommandError("A box needs four numbers: left,top,width,height.") }
    do {
        return try RegionBox(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3])
    } catch {
        throw CommandError("The box \(numbers) is empty or leaves the photograph. Give fractions from 0 to 1.")
    }
}
