import Explanation
import HTTPTypes
import Hummingbird
import NIOCore
import Registry

/// What is known of an animal's being native, on its screening's page; it names no place.
struct HybridSection {
    let content: HybridAssessment.Content
    let language: Language

    var html: HTML {
        let style = content.outcome == .suspectNonNative ? "movement alert" : "movement"
        return """
            <section class="\(style)"><h2>\(text(.heading))</h2><p class="word">\(text(HybridText(content)))</p>
            \(reasons)</section>
            \(checklist)
            \(next)
            """
    }

    /// What DNA has answered stands alone; numbers that it outranks are folded away beside it.
    private var reasons: HTML {
        let (byDNA, byPhotograph) = content.answer
        let background: HTML = "\(numbers)\(list(byPhotograph))"
        guard !byDNA.isEmpty else { return background }
        let alone = Finding(.hybridPhotographAlone).text(in: language)
        return "\(list(byDNA))<details><summary>\(alone)</summary>\(background)</details>"
    }

    private func list(_ reasons: [Finding]) -> HTML {
        let items = reasons.filter { !$0.code.namesPlace }.map { finding -> HTML in
            "<li>\(finding.text(in: language))</li>"
        }
        return "<ul class=\"reasons\">\(items)</ul>"
    }

    private func text(_ text: HybridText) -> String { text.text(in: language) }

    private var numbers: HTML {
        let (prior, ratio, posterior) = (content.prior.share, content.combined, content.posterior)
        return """
            <table class="numbers"><caption>\(text(.probability))</caption>
            <tr><th scope="row">\(text(.thisWater))</th><td>\(prior.mean.inPercent) %</td>\
            <td>\(prior.rangeInPercent)</td></tr>
            <tr><th scope="row">\(text(.photograph))</th><td>× \(ratio.ratio.inTwoDigits)</td>\
            <td>× \(ratio.rangeInTwoDigits)</td></tr>
            <tr><th scope="row">\(text(.together))</th><td><strong>\(posterior.mean.inPercent) %</strong></td>\
            <td>\(posterior.rangeInPercent)</td></tr></table>
            """
    }

    /// What people saw, with how much it weighs; who saw it, those read who have a key.
    private var checklist: HTML? {
        let items = content.evidence.compactMap { piece -> HTML? in
            guard case .character(let code, let name, let sight) = piece.kind else { return nil }
            let weight: HTML? = piece.ratio.map { " <small>× \($0.ratio.inTwoDigits)</small>" }
            return """
                <details><summary>\(name.text(in: language)): \(text(HybridText(sight)))\(weight)</summary>\
                \(sketch(of: code))</details>
                """
        }
        guard !items.isEmpty else { return nil }
        return "<section><h2>\(text(.checklist))</h2>\(items)</section>"
    }

    private var next: HTML? {
        guard !content.worthALook.isEmpty else { return nil }
        let items = content.worthALook.enumerated().map { place, each -> HTML in
            """
            <details\(place == 0 ? " open" as HTML : "")><summary>\(each.name.text(in: language))</summary>\
            <p>\(each.howToSee.text(in: language))</p>\(sketch(of: each.code))</details>
            """
        }
        return """
            <section><h2>\(text(.photographNext))</h2><p class="hint">\(text(.nextHint))</p>\(items)</section>
            """
    }

    /// Lazily loaded: a sketch in a closed part is fetched only once somebody opens it.
    private func sketch(of code: String) -> HTML? {
        guard CharacterDrawing.codes.contains(code) else { return nil }
        return """
            <img class="sketch" src="/assets/characters/\(code)?lang=\(language.rawValue)" alt="\(text(.sketch))" \
            width="560" height="340" loading="lazy" decoding="async">
            """
    }
}

extension CharacterDrawing {
    /// The drawing as an answer; it is the same for everybody.
    func response(in language: Language, caching: String) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: "image/svg+xml", .contentLanguage: language.rawValue, .cacheControl: caching,
            ], body: ResponseBody(byteBuffer: ByteBuffer(string: svg(in: language))))
    }
}
