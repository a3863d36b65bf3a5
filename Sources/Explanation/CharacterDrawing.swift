public import Registry

/// A sketch of a diagnostic character, absent beside present; drawn to show where to look, and not to scale.
public struct CharacterDrawing: Sendable {
    /// The characters that there is a sketch of.
    public static let codes = sketches.map(\.code)

    private let absent: AnimalSketch
    private let present: AnimalSketch

    /// The sketch of a character; `nil` where nobody drew one.
    public init?(_ code: String) {
        guard let sketch = Self.sketches.first(where: { $0.code == code }) else { return nil }
        absent = sketch.absent
        present = sketch.present
    }

    /// The drawing as SVG 1.1, 560 units wide.
    public func svg(in language: Language) -> String {
        let drawing: SVG = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 560 340" width="560" height="340" \
            font-family="'Noto Sans CJK JP', 'Noto Sans JP', sans-serif" text-anchor="middle">
            <rect width="100%" height="100%" fill="#fff"/>
            \(panel(absent, at: 10, HybridText.absent.text(in: language)))
            \(panel(present, at: 290, HybridText.present.text(in: language)))
            <text x="280" y="330" font-size="12" fill="#667">\(HybridText.sketch.text(in: language))</text>
            </svg>
            """
        return drawing.markup + "\n"
    }

    private func panel(_ sketch: AnimalSketch, at x: Double, _ name: String) -> SVG {
        """
        <g transform="translate(\(x) 10)">
        <rect width="260" height="300" rx="8" fill="#f4f7f8" stroke="#c8d0d4"/>
        <text x="130" y="24" font-size="17" fill="#222">\(name)</text>
        \(sketch.svg)
        </g>
        """
    }

    private static let native = AnimalSketch()

    private static let sketches: [(code: String, absent: AnimalSketch, present: AnimalSketch)] = [
        ("jaw_tubercles", below(tubercles: false), below(tubercles: true)),
        ("paired_warts", bare { $0.warts = .single }, bare { $0.warts = .paired }),
        ("sparse_warts", bare { $0.warts = .single }, bare { $0.warts = .few }),
        ("broad_head", bare { $0.halfWidth = 66 }, bare { $0.halfWidth = 96 }),
        ("long_tail", whole(tail: 78), whole(tail: 118)),
        ("grey_ground", native, changed { $0.ground = "#5d6468" }),
        ("pale_ground", native, changed { ($0.ground, $0.blotches) = ("#dcc7a4", .dots) }),
        ("pale_blotches", native, changed { ($0.blotches, $0.blotch) = (.coarse, "#e8dcc4") }),
        ("large_blotches", native, changed { $0.blotches = .coarse }),
        ("bulging_eyes", bare { $0.eye = 4 }, bare { $0.eye = 10 }),
        ("long_snout", bare { $0.snout = 96 }, bare { $0.snout = 128 }),
        ("wide_mouth", bare { $0.mouth = 0.45 }, bare { $0.mouth = 0.95 }),
    ]

    private static func changed(_ change: (inout AnimalSketch) -> Void) -> AnimalSketch {
        var sketch = native
        change(&sketch)
        return sketch
    }

    /// An animal without spots, so that the character alone differs.
    private static func bare(_ change: (inout AnimalSketch) -> Void) -> AnimalSketch {
        changed {
            $0.blotches = .none
            change(&$0)
        }
    }

    private static func below(tubercles: Bool) -> AnimalSketch {
        bare { ($0.view, $0.hasTubercles, $0.ground) = (.headFromBelow, tubercles, "#cdb8a3") }
    }

    private static func whole(tail: Double) -> AnimalSketch {
        bare { ($0.view, $0.tail) = (.wholeFromAbove, tail) }
    }
}
