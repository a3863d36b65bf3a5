public import Foundation

/// A letter: plain text in any language, as a message of RFC 5322 with MIME.
public struct Letter: Hashable, Sendable {
    /// To whom.
    public let to: MailAddress
    /// What it is about.
    public let subject: String
    /// The text.
    public let text: String
    /// What recognises the letter: the same in every attempt; ASCII letters, digits, points and hyphens.
    public let id: String
    /// When what it tells happened.
    public let date: Date

    /// A letter.
    public init(to: MailAddress, subject: String, text: String, id: String, date: Date) {
        self.to = to
        self.subject = subject
        self.text = text
        self.id = id
        self.date = date
    }

    /// The message, in ASCII with lines of at most 76 characters that end in CR LF.
    ///
    /// Subject and text are encoded whatever they hold, so that nothing in them can become a header.
    public func message(from sender: MailAddress) -> [UInt8] {
        let name = String(
            id.unicodeScalars.filter {
                $0.properties.isAlphabetic && $0.isASCII || "0"..."9" ~= $0 || $0 == "." || $0 == "-"
            })
        var lines = [
            "Date: \(Self.stamp(date))",
            "From: <\(sender)>",
            "To: <\(to)>",
            "Subject: \(Self.encodedWords(subject).joined(separator: "\r\n "))",
            "Message-ID:",
            " <\(name)@\(sender.domain)>",
            "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: base64",
            "",
        ]
        let canonical = text.split(omittingEmptySubsequences: false) { $0.isNewline }.joined(separator: "\r\n")
        lines.append(
            Data(canonical.utf8).base64EncodedString(options: [
                .lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed,
            ]))
        return Array((lines.joined(separator: "\r\n") + "\r\n").utf8)
    }

    /// RFC 2047: each word whole characters of at most 39 bytes, which are 64 characters encoded.
    private static func encodedWords(_ text: String) -> [String] {
        var words: [[UInt8]] = [[]]
        for scalar in text.unicodeScalars where !(scalar.properties.generalCategory == .control) {
            let bytes = Array(String(scalar).utf8)
            if (words.last?.count ?? 0) + bytes.count > 39 { words.append([]) }
            words[words.count - 1] += bytes
        }
        return words.map { "=?UTF-8?B?\(Data($0).base64EncodedString())?=" }
    }

    private static func stamp(_ date: Date) -> String {
        let form = DateFormatter()
        form.locale = Locale(identifier: "en_US_POSIX")
        form.timeZone = TimeZone(secondsFromGMT: 0)
        form.dateFormat = "EEE, dd MMM yyyy HH:mm:ss Z"
        return form.string(from: date)
    }
}
