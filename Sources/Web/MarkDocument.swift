import Registry

/// What was drawn on a photograph, on the wire.
struct MarkDocument: Encodable {
    let x: Double?
    let y: Double?
    let width: Double?
    let height: Double?
    let outline: [PhotoPoint]?
    let axis: AxisDocument?

    /// A head's landmarks.
    struct AxisDocument: Encodable {
        let snout: PhotoPoint
        let neck: PhotoPoint
    }

    init(_ mark: RegionMark) {
        outline = mark.outline?.points
        let box = outline == nil ? mark.box : nil
        x = box?.x
        y = box?.y
        width = box?.width
        height = box?.height
        axis = mark.axis.map { AxisDocument(snout: $0.snout, neck: $0.neck) }
    }
}
