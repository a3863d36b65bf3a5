/// The wording of an explanation: the drawing that joins the spots of two photographs, in Japanese and English.
public enum ExplanationText: String, CaseIterable, Sendable {
    case title, submitted, reference, turned, strips
    case agreeing, agreeingAtPlaces, allJoined, someJoined, noneAgree, share, score, probability
    case sameScale, sameScaleTurned, otherScale, versions

    /// The text in a language, its placeholders `{name}` filled.
    public func text(in language: Language, _ values: [String: String] = [:]) -> String {
        var text = language == .ja ? wording.ja : wording.en
        for (name, value) in values { text = text.replacing("{\(name)}", with: value) }
        return text
    }

    // A switch rather than a dictionary: the compiler holds the table complete.
    var wording: (ja: String, en: String) {
        switch self {
        case .title: ("{submitted}と{reference}で一致する斑紋", "Spots that agree: {submitted} and {reference}")
        case .submitted: ("送った写真", "Submitted")
        case .reference: ("登録写真 {name}", "Registered: {name}")
        case .turned: ("{reference}（{degrees}° 回転）", "{reference} (turned by {degrees}°)")
        case .strips: ("まっすぐに伸ばした体（上が送った写真）", "Straightened, submitted one above")
        case .agreeing: ("一致する斑紋：{count} 個", "Spots that agree: {count}")
        case .agreeingAtPlaces:
            ("一致する斑紋：{places} か所、{count} 個", "Spots that agree: {count}, at {places} places")
        case .allJoined: ("どの場所も線で結んであります。", "Lines join them all.")
        case .someJoined:
            (
                "そのうちまんべんなく選んだ {drawn} か所を線で結んであります。",
                "Lines join {drawn} of these places, chosen evenly."
            )
        case .noneAgree: ("一致する斑紋はありません。", "No spots agree.")
        case .share:
            (
                "送った写真で見つかった特徴点 {found} 個の {percent} % にあたります。",
                "They are {percent} % of the {found} features found on the submitted photograph."
            )
        case .score: ("一致の得点：{score}", "Score of the pair: {score}")
        case .probability: ("この個体である見込み：{percent} %", "Probability of this animal: {percent} %")
        case .sameScale: ("二枚は同じ縮尺です。", "Both animals are drawn to one scale.")
        case .sameScaleTurned:
            (
                "二枚は同じ縮尺で、登録写真は体の向きが揃うように {degrees}° 回してあります。",
                "Both animals are drawn to one scale, the registered one turned by {degrees}° to point the same way."
            )
        case .otherScale:
            (
                "一致の仕方が揃わないため、縮尺と向きは合わせてありません。",
                "Scale and direction are not matched: too few spots agree on one."
            )
        case .versions: ("抽出 {extractor}、判定 {decider}", "Made by {extractor}, weighed by {decider}")
        }
    }
}
