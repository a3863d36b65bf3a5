import Foundation
import Registry

/// The page of one screening with its evidence; it shows no position, whoever looks.
struct ScreeningPage {
    let screening: Screening
    /// What is known of its animal's being native; `nil` where nobody asked.
    var assessment: HybridAssessment?
    let token: String
    let language: Language

    /// How many candidates are shown.
    static let candidates = 5

    var html: HTML {
        let other = language == .ja ? "en" : "ja"
        let body: HTML = """
            \(banner)
            \(next)
            \(movement)
            \(assessment.map { HybridSection(content: $0.content, language: language).html })
            \(reasons)
            \(candidateList)
            \(submittedPhotos)
            \(closing)
            """
        return frame(
            title: text(.screeningTitle), language: language, otherLanguage: "?token=\(token)&lang=\(other)",
            refresh: screening.verdict == nil ? 2 : nil, body)
    }

    private func text(_ text: PageText, _ values: [String: String] = [:]) -> String {
        text.text(in: language, values)
    }

    private var banner: HTML {
        guard let verdict = screening.verdict else {
            let words = screening.state == .received ? text(.received) : text(.processing)
            return """
                <section class="outcome waiting">\(icon(.waiting))<h1>\(words)</h1>
                <p>\(text(.refreshing))</p><div class="pulse" aria-hidden="true"></div></section>
                """
        }
        let name = verdict.outcome.name
        let (symbol, words): (Icon, String) =
            switch name {
            case .matched: (.matched, text(.matched, ["name": verdict.matched?.name ?? ""]))
            case .undecided: (.undecided, text(.undecided))
            case .unknown:
                (
                    .unknown,
                    text(verdict.findings.contains { $0.code == .notSearched } ? .unknownAmongCompared : .unknown)
                )
            case .unusable: (.unusable, text(.unusable))
            case .failed: (.failed, text(.failed))
            }
        return """
            <section class="outcome \(name.rawValue)">\(icon(symbol))<h1>\(words)</h1>\(probability(of: verdict))</section>
            """
    }

    private func probability(of verdict: Verdict) -> HTML? {
        guard let probability = verdict.probability else { return nil }
        let words: PageText = verdict.outcome.name == .matched ? .probabilityAnimal : .probabilityUnknown
        // Never 100: a calibration of some hundred pairs cannot carry that.
        let hundred = String(min(99, Int((probability * 100).rounded(.down))))
        return "<p>\(text(words, ["hundred": hundred]))</p>"
    }

    private var next: HTML? {
        guard let verdict = screening.verdict else { return nil }
        let words: PageText =
            switch verdict.outcome.name {
            case .matched: .matchedNext
            case .undecided: .undecidedNext
            case .unknown: .unknownNext
            case .unusable: .unusableNext
            case .failed: .failedNext
            }
        return "<section class=\"next\"><h2>\(text(.whatToDo))</h2><p>\(text(words))</p></section>"
    }

    /// What the place means, without naming a place.
    private var movement: HTML? {
        guard let movement = screening.verdict?.movement else { return nil }
        let style = movement.isAlert ? "movement alert" : "movement"
        return
            "<section class=\"\(style)\"><h2>\(text(.movement))</h2><p>\(text(PageText(movement.kind)))</p></section>"
    }

    private var reasons: HTML? {
        let shown = screening.verdict?.findings.filter { !$0.code.namesPlace } ?? []
        guard !shown.isEmpty else { return nil }
        let items = shown.map { finding -> HTML in "<li>\(finding.text(in: language))</li>" }
        return "<section><h2>\(text(.reasons))</h2><ul class=\"reasons\">\(items)</ul></section>"
    }

    private var candidateList: HTML? {
        guard let verdict = screening.verdict, !verdict.candidates.isEmpty else { return nil }
        // What resembles a photograph that cannot be used is chance.
        guard verdict.outcome != .unusable, verdict.outcome != .failed else { return nil }
        let items = verdict.candidates.prefix(Self.candidates).enumerated().map { index, candidate -> HTML in
            let values = ["rank": String(index + 1), "name": candidate.name, "percent": candidate.percent]
            let open: HTML = index == 0 && verdict.outcome != .unknown ? " open" : ""
            return """
                <details\(open)><summary>\(text(.candidate, values))</summary>\(explanation(candidate, rank: index + 1))\
                </details>
                """
        }
        return "<section><h2>\(text(.candidates))</h2>\(items)</section>"
    }

    /// Lazily loaded: a picture in a closed part is made only once somebody opens it.
    private func explanation(_ candidate: Candidate, rank: Int) -> HTML {
        let address =
            "/screenings/\(screening.id)/candidates/\(rank)/explanation?token=\(token)&lang=\(language.rawValue)"
        let words = text(.explanation, ["name": candidate.name, "count": String(candidate.correspondences.count)])
        return """
            <a class="explanation" href="\(address)"><img src="\(address)" alt="\(words)" loading="lazy" \
            decoding="async"></a>
            <p class="hint"><a href="\(self.address(candidate.reference))">\(text(.wholeReference))</a></p>
            """
    }

    private var submittedPhotos: HTML {
        let figures = screening.submission.photos.map { id -> HTML in
            "<a href=\"\(address(id))\"><img class=\"photo\" src=\"\(address(id))\" alt=\"\(text(.submitted))\"></a>"
        }
        return "<section><h2>\(text(.submitted))</h2><div class=\"photos\">\(figures)</div></section>"
    }

    private var closing: HTML {
        let searched: HTML? = screening.verdict.map { verdict in
            let values = [
                "individuals": String(verdict.individualsSearched), "photos": String(verdict.photosSearched),
                "seconds": (verdict.milliseconds / 1000).formatted(
                    .number.precision(.fractionLength(1)).locale(Locale(identifier: "en"))),
            ]
            return verdict.photosSearched > 0 ? "<p>\(text(.searched, values))</p>" : ""
        }
        let moment = screening.createdAt.formatted(
            Date.VerbatimFormatStyle(
                format:
                    "\(year: .defaultDigits)-\(month: .twoDigits)-\(day: .twoDigits) \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits) (JST)",
                timeZone: TimeZone(secondsFromGMT: 9 * 3600) ?? .gmt, calendar: Calendar(identifier: .gregorian)))
        return """
            <footer>\(searched)<p>\(text(.submittedAt, ["moment": moment]))</p>
            <p>\(text(.number, ["id": screening.id.description]))</p>
            <p><a class="button" href="/?lang=\(language.rawValue)">\(text(.anotherPhoto))</a></p></footer>
            """
    }

    private func address(_ photo: Identifier<Photo>) -> String {
        "/screenings/\(screening.id)/photos/\(photo)?token=\(token)"
    }
}
