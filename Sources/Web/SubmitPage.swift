import Registry

/// The page on which a photograph is submitted.
func submitPage(in language: Language) -> HTML {
    let text = { (text: PageText) in text.text(in: language) }
    let other = language == .ja ? "en" : "ja"
    let optional: HTML = " <small>\(text(.optional))</small>"
    let regions = BodyRegion.allCases.map { region -> HTML in
        "<option value=\"\(region.rawValue)\">\(text(PageText(region)))</option>"
    }
    let frequencies = ReaderFrequency.allCases.map { frequency -> HTML in
        """
        <label class="check"><input class="frequency" type="checkbox" value="\(frequency.rawValue)"> \
        \(frequency.rawValue) kHz</label>
        """
    }
    let occasions = Occasion.allCases.map { occasion -> HTML in
        "<option value=\"\(occasion.rawValue)\">\(text(PageText(occasion)))</option>"
    }
    let body: HTML = """
        <h1>\(text(.submitTitle))</h1>
        <p class="lead">\(text(.submitLead))</p>
        <noscript><p class="alert">\(text(.needsScript))</p></noscript>
        <form id="form" novalidate data-sending="\(text(.sending))" data-waiting="\(text(.waiting))" \
        data-need-frequency="\(text(.needFrequency))" \
        data-need-photo="\(text(.needPhoto))" data-need-key="\(text(.needKey))" \
        data-connection-lost="\(text(.connectionLost))" data-place-found="\(text(.placeFound))" \
        data-place-asking="\(text(.placeAsking))" data-place-refused="\(text(.placeRefused))">
        <section>
        <h2>\(text(.photo))</h2>
        <div class="choices">
        <label class="button primary" for="camera">\(icon(.camera))\(text(.takePhoto))</label>
        <input id="camera" class="file" type="file" accept="image/*" capture="environment">
        <label class="button" for="file">\(text(.chooseFile))</label>
        <input id="file" class="file" type="file" accept="image/jpeg,image/png,image/heic,image/heif,.heic,.heif">
        </div>
        <div id="preview" hidden>
        <div id="canvas"><img id="picture" alt="\(text(.photo))"><div id="box" hidden></div>
        <div id="snout" class="landmark" hidden></div><div id="neck" class="landmark" hidden></div></div>
        <p class="hint">\(text(.drawBox)) \(text(.placeLandmarks)) <button id="clear" type="button" class="link" hidden>\(text(.clearBox))\
        </button></p>
        </div>
        <label for="region">\(text(.bodyRegion))</label>
        <select id="region">\(regions)</select>
        </section>
        <section>
        <h2>\(text(.whenAndWhere))</h2>
        <label for="occasion">\(text(.occasion))\(optional)</label>
        <select id="occasion"><option value="">\(text(.occasionNotSaid))</option>\(occasions)</select>
        <label for="time">\(text(.time))</label>
        <input id="time" type="datetime-local">
        <label for="locate">\(text(.place))\(optional)</label>
        <button id="locate" type="button">\(icon(.place))\(text(.usePlace))</button>
        <p id="position" class="hint" aria-live="polite"></p>
        <button id="forget" type="button" class="link" hidden>\(text(.forgetPlace))</button>
        <label for="locality">\(text(.locality))\(optional)</label>
        <input id="locality" maxlength="1000" placeholder="\(text(.localityHint))">
        <label for="observer">\(text(.observer))\(optional)</label>
        <input id="observer" maxlength="200" autocomplete="name">
        <label for="tags">\(text(.tagCodes))\(optional)</label>
        <input id="tags" maxlength="2000" autocapitalize="characters" autocomplete="off" aria-describedby="tags-hint">
        <p id="tags-hint" class="hint">\(text(.tagCodesHint))</p>
        <label class="check"><input id="none-found" type="checkbox"> \(text(.tagNoneFound))</label>
        <p class="hint">\(text(.tagFrequencies))</p>
        \(frequencies)
        <label for="reader">\(text(.tagReader))\(optional)</label>
        <input id="reader" maxlength="200" autocomplete="off">
        </section>
        <section>
        <h2>\(text(.key))</h2>
        <label for="key">\(text(.key))</label>
        <input id="key" type="password" autocomplete="off" aria-describedby="key-hint">
        <p id="key-hint" class="hint">\(text(.keyHint))</p>
        <label class="check"><input id="remember" type="checkbox"> \(text(.rememberKey))</label>
        </section>
        <p id="alert" class="alert" role="alert" hidden></p>
        <button id="send" class="primary wide">\(text(.send))</button>
        <div id="progress" hidden><progress id="bar" max="1"></progress><p id="status" aria-live="polite"></p></div>
        </form>
        """
    return frame(
        title: text(.submitTitle), language: language, otherLanguage: "/?lang=\(other)", script: "submit.js", body)
}

/// The page for a request to a page that was refused.
func problemPage(_ problem: Problem, in language: Language) -> HTML {
    let other = language == .ja ? "en" : "ja"
    let body: HTML = """
        <section class="outcome failed">\(icon(.failed))<h1>\(problem.text.title(in: language))</h1></section>
        <p>\(problem.detail(in: language))</p>
        <p><a class="button" href="/?lang=\(language.rawValue)">\(PageText.back.text(in: language))</a></p>
        """
    return frame(
        title: PageText.problem.text(in: language), language: language, otherLanguage: "?lang=\(other)", body)
}
