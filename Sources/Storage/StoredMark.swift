import Registry

/// What was drawn on a photograph, as it travels to and from the database.
struct StoredMark: Codable {
    let box: RegionBox?
    let outline: [PhotoPoint]?
    let axis: Axis?

    struct Axis: Codable {
        let snout: PhotoPoint
        let neck: PhotoPoint
    }

    init(box: RegionBox?, outline: [PhotoPoint]?, axis: Axis?) {
        self.box = box
        self.outline = outline
        self.axis = axis
    }

    init(_ mark: RegionMark) {
        outline = mark.outline?.points
        box = outline == nil ? mark.box : nil
        axis = mark.axis.map { Axis(snout: $0.snout, neck: $0.neck) }
    }

    /// The mark; `nil` where nothing was drawn.
    var mark: RegionMark? {
        get throws(StorageError) {
            do {
                let axis = try axis.map { try HeadAxis(snout: $0.snout, neck: $0.neck) }
                if let outline { return RegionMark(.outline(try RegionOutline(outline)), axis: axis) }
                return box.map { RegionMark(.box($0), axis: axis) }
            } catch let error as RegionOutline.Rejection {
                throw .recordUnreadable(column: "outline", reason: "\(error)")
            } catch {
                throw .recordUnreadable(column: "axis", reason: "\(error)")
            }
        }
    }
}
