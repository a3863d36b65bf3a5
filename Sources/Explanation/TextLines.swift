/// Breaks a text into lines, for SVG breaks none.
///
/// Widths are estimates: a full width for East Asian characters, a little over half for others. Japanese breaks
/// between any two characters, but never before a closing mark; other text breaks at spaces, and in the middle of words
/// too long for a line.
///
/// - Parameters:
///   - text: The text.
///   - width: Width of a line in units of the letter size.
/// - Returns: Lines without spaces at their ends.
func textLines(_ text: String, width: Double) -> [String] {
    var lines: [String] = []
    var line = ""
    var lineWidth = 0.0
    for piece in pieces(of: text) {
        let pieceWidth = estimatedWidth(piece)
        if lineWidth + pieceWidth > width, !line.isEmpty {
            lines.append(line)
            line = ""
            lineWidth = 0
        }
        if line.isEmpty, piece == " " { continue }
        line += piece
        lineWidth += pieceWidth
        while lineWidth > width, line.count > 1 {
            var head = line
            while estimatedWidth(head) > width, head.count > 1 { head.removeLast() }
            lines.append(head)
            line.removeFirst(head.count)
            lineWidth = estimatedWidth(line)
        }
    }
    if !line.isEmpty { lines.append(line) }
    return lines.map { $0.last == " " ? String($0.dropLast()) : $0 }
}

/// The shortest parts between which a line may break.
private func pieces(of text: String) -> [String] {
    var pieces: [String] = []
    var word = ""
    for character in text {
        let endsWord = character == " " || isWide(character)
        if endsWord, !word.isEmpty {
            pieces.append(word)
            word = ""
        }
        if isWide(character), closing.contains(character), let last = pieces.popLast() {
            pieces.append(last + String(character))
        } else if endsWord {
            pieces.append(String(character))
        } else {
            word.append(character)
        }
    }
    return word.isEmpty ? pieces : pieces + [word]
}

private let closing: Set<Character> = ["。", "、", "）", "」", "：", "ー", "・", "，", "．"]

private func isWide(_ character: Character) -> Bool {
    character.unicodeScalars.first.map { $0.value >= 0x2E80 } ?? false
}

private func estimatedWidth(_ text: String) -> Double {
    text.reduce(0) { $0 + (isWide($1) ? 1 : 0.54) }
}
