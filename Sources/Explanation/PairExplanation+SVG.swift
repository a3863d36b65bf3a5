import Foundation
public import Registry

extension PairExplanation {
    /// The drawing as a self-contained SVG document: the pictures are within it, and it loads and runs nothing.
    ///
    /// - Parameter language: The language of its words.
    /// - Returns: The document.
    public func svg(in language: Language) -> String {
        let words = words(in: language)
        let first = textLines(words[0], width: Canvas.inner / Canvas.letters / Canvas.boldness)
        let others = words.dropFirst().flatMap { textLines($0, width: Canvas.inner / Canvas.smallLetters) }
        let pictureBottom = strips?.bottom ?? (reference.frame.y + reference.frame.height)
        let firstLine = pictureBottom + Canvas.labelSpace
        let otherLine = firstLine + Double(first.count) * Canvas.lineHeight
        let height = otherLine + Double(others.count - 1) * Canvas.smallLineHeight + Canvas.margin
        let titles = (
            ExplanationText.submitted.text(in: language),
            ExplanationText.reference.text(in: language, ["name": facts.name])
        )
        let title = ExplanationText.title.text(in: language, ["submitted": titles.0, "reference": titles.1])
        let drawing: SVG = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Canvas.width) \(height)" width="\(Canvas.width)" \
            height="\(height)" role="img" aria-labelledby="title description" lang="\(language.rawValue)" \
            xml:lang="\(language.rawValue)" font-size="\(Canvas.letters)" fill="#17262b" \
            font-family="system-ui, -apple-system, 'Hiragino Sans', 'Noto Sans CJK JP', 'Noto Sans JP', sans-serif">
            <title id="title">\(title)</title>
            <desc id="description">\(words.joined(separator: " "))</desc>
            <rect width="\(Canvas.width)" height="\(height)" fill="#fff"/>
            \(picture(submitted, name: "submitted"))
            \(picture(reference, name: "reference"))
            \(joining(lines, radius: 9))
            \(label(titles.0, over: submitted.frame, isBeside: isBeside))
            \(label(turned(titles.1, in: language), over: reference.frame, isBeside: isBeside))
            \(stripView(in: language))
            <g font-weight="600">\(text(first, from: Point(x: Canvas.margin, y: firstLine)))</g>
            <g font-size="\(Canvas.smallLetters)" fill="#45585e">\(
                text(others, from: Point(x: Canvas.margin, y: otherLine), lineHeight: Canvas.smallLineHeight))</g>
            </svg>

            """
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + drawing.markup
    }

    /// The numbers in sentences, as they stand under the drawing.
    ///
    /// - Parameter language: The language.
    /// - Returns: Sentences, the most important first.
    public func words(in language: Language) -> [String] {
        var words: [String] = []
        func add(_ text: ExplanationText, _ values: [String: String] = [:]) {
            words.append(text.text(in: language, values))
        }
        if facts.agreeing == 0 {
            add(.noneAgree)
        } else {
            let counts = ["count": String(facts.agreeing), "places": String(places)]
            add(places == facts.agreeing ? .agreeing : .agreeingAtPlaces, counts)
            add(lines.count < places ? .someJoined : .allJoined, ["drawn": String(lines.count)])
        }
        if let found = facts.found, found >= facts.agreeing, facts.agreeing > 0 {
            let percent = max(1, Int((100 * Double(facts.agreeing) / Double(found)).rounded()))
            add(.share, ["found": String(found), "percent": String(percent)])
        }
        if let percent = facts.percent { add(.probability, ["percent": percent]) }
        add(.score, ["score": SVG.decimal(facts.score, digits: 2)])
        if facts.agreeing > 0 {
            let turned = pose == nil ? ExplanationText.otherScale : degrees == 0 ? .sameScale : .sameScaleTurned
            add(turned, ["degrees": String(abs(degrees))])
        }
        add(.versions, ["extractor": facts.extractor, "decider": facts.decider])
        words.append(Texts.text(.decisionIsYours, in: language))
        return words
    }

    /// The reference's title, with its turn where there is room for both; the turn stands under the drawing as well.
    private func turned(_ title: String, in language: Language) -> String {
        guard degrees != 0 else { return title }
        let both = ExplanationText.turned.text(in: language, ["reference": title, "degrees": String(abs(degrees))])
        let lines = textLines(both, width: labelWidth(over: reference.frame, isBeside: isBeside))
        return lines.count > (isBeside ? 2 : 1) ? title : both
    }

    /// In units of the letter size.
    private func labelWidth(over frame: Rectangle, isBeside: Bool) -> Double {
        (isBeside ? frame.width : Canvas.inner) / Canvas.letters / Canvas.boldness
    }

    /// A label above a panel: one line, or two over panels of half the width.
    private func label(_ words: String, over frame: Rectangle, isBeside: Bool) -> SVG {
        let limit = isBeside ? 2 : 1
        var shown = textLines(words, width: labelWidth(over: frame, isBeside: isBeside))
        if shown.count > limit {
            shown = Array(shown.prefix(limit))
            shown[limit - 1] = shown[limit - 1].dropLast() + "…"
        }
        let left = isBeside ? frame.x : Canvas.margin
        let first = frame.y - 18 - Double(shown.count - 1) * Canvas.lineHeight
        return """
            <g font-weight="600" stroke="#fff" stroke-width="8" stroke-linejoin="round" paint-order="stroke">\(
                text(shown, from: Point(x: left, y: first)))</g>
            """
    }

    private func text(_ lines: [String], from start: Point, lineHeight: Double = Canvas.lineHeight) -> SVG {
        SVG(
            lines.enumerated().map { index, line in
                "<text x=\"\(start.x)\" y=\"\(start.y + Double(index) * lineHeight)\">\(line)</text>"
            })
    }

    private func picture(_ panel: PhotoPanel, name: String) -> SVG {
        let (frame, part, placing) = (panel.frame, panel.part, panel.placing)
        return """
            <clipPath id="\(name)"><rect x="\(frame.x)" y="\(frame.y)" width="\(frame.width)" \
            height="\(frame.height)" rx="12"/></clipPath>
            <g clip-path="url(#\(name))"><rect x="\(frame.x)" y="\(frame.y)" width="\(frame.width)" \
            height="\(frame.height)" fill="#dfe7e8"/><image href="\(jpeg: panel.picture)" x="\(part.x)" y="\(part.y)" \
            width="\(part.width)" height="\(part.height)" preserveAspectRatio="none" transform="matrix(\
            \(factor: placing.a) \(factor: placing.b) \(factor: -placing.b) \(factor: placing.a) \(placing.shift.x) \
            \(placing.shift.y))"/></g>
            """
    }

    private func stripView(in language: Language) -> SVG {
        guard let strips else { return "" }
        return """
            \(label(ExplanationText.strips.text(in: language), over: strips.submitted.frame, isBeside: false))
            \(strip(strips.submitted))
            \(strip(strips.reference))
            \(joining(strips.lines, radius: 6))
            """
    }

    private func strip(_ strip: StripPair.Strip) -> SVG {
        let frame = strip.frame
        let middle = frame.middle
        let turn: SVG = strip.isTurned ? " transform=\"rotate(180 \(middle.x) \(middle.y))\"" : ""
        return """
            <image href="\(jpeg: strip.picture)" x="\(frame.x)" y="\(frame.y)" width="\(frame.width)" \
            height="\(frame.height)" preserveAspectRatio="none"\(turn)/>
            """
    }

    /// Lines from ring to ring; what lies within a ring stays visible.
    ///
    /// A dark border shows them on pale skin, their own light colours on dark; neighbours differ in colours that all kinds
    /// of colour vision tell apart (Okabe and Ito 2008).
    private func joining(_ lines: [StripPair.Line], radius: Double) -> SVG {
        let plain = lines.map { shape($0, radius: radius) }
        let coloured = zip(plain.indices, plain).map { index, shape -> SVG in
            "<g stroke=\"\(Self.colours[index % Self.colours.count])\">\(shape)</g>"
        }
        return """
            <g class="halo" fill="none" stroke="#000" stroke-opacity="0.45" stroke-width="6">\(plain)</g>
            <g class="spots" fill="none" stroke-width="3">\(coloured)</g>
            """
    }

    private func shape(_ line: StripPair.Line, radius: Double) -> SVG {
        let length = max(hypot(line.to.x - line.from.x, line.to.y - line.from.y), 2 * radius)
        let (dx, dy) = ((line.to.x - line.from.x) / length * radius, (line.to.y - line.from.y) / length * radius)
        return """
            <path d="M\(line.from.x + dx) \(line.from.y + dy)L\(line.to.x - dx) \(line.to.y - dy)"/>\
            <circle cx="\(line.from.x)" cy="\(line.from.y)" r="\(radius)"/>\
            <circle cx="\(line.to.x)" cy="\(line.to.y)" r="\(radius)"/>
            """
    }

    private static let colours = ["#f0e442", "#56b4e9", "#e69f00", "#cc79a7", "#ffffff", "#00c08b"]
}
