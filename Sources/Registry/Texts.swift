/// A language that people are spoken to in.
public enum Language: String, CaseIterable, Codable, Sendable {
    /// Japanese.
    case ja
    /// English.
    case en
}

/// The one table of texts for people, in Japanese and English.
public enum Texts {
    /// The text with its placeholders `{name}` filled.
    public static func text(_ code: Code, in language: Language, _ values: [String: String] = [:]) -> String {
        let (ja, en) = code.wording
        var text = language == .ja ? ja : en
        for (name, value) in values { text = text.replacing("{\(name)}", with: value) }
        return text
    }

    /// The stable name of a text.
    public enum Code: String, CaseIterable, Codable, Sendable {
        case qualityGlare = "quality.glare"
        case qualityBlur = "quality.blur"
        case qualityDark = "quality.dark"
        case qualityBright = "quality.bright"
        case qualitySmall = "quality.small"
        case qualityHopeless = "quality.hopeless"
        case qualityDoubtful = "quality.doubtful"
        case animalNotLocated = "animal.not_located"
        case tooFewFeatures = "features.too_few"
        case galleryEmpty = "gallery.empty"
        case matchedSpots = "match.spots"
        case nextCandidate = "match.next"
        case resemblesNobody = "match.nobody"
        case resemblesSomebody = "match.somebody"
        case samePhoto = "photo.same"
        case calibrationBorrowed = "calibration.borrowed"
        case decisionIsYours = "decision.yours"
        case imageEmpty = "image.empty"
        case imageUnrecognised = "image.unrecognised"
        case imageTruncated = "image.truncated"
        case imageCorrupt = "image.corrupt"
        case imageTooLarge = "image.too_large"
        case imageTooSmall = "image.too_small"
        case processingFailed = "processing.failed"
    }
}

extension Texts.Code {
    // A switch rather than a dictionary: the compiler holds the table complete.
    var wording: (ja: String, en: String) {
        switch self {
        case .qualityGlare:
            (
                "反射が対象の {percent} % を覆っています。傘で陰をつくるか、水中から撮影してください。",
                "Reflection covers {percent} % of the animal: shade it with an umbrella, or photograph it under water."
            )
        case .qualityBlur:
            (
                "写真がぼけています。斑紋にピントを合わせ、手を固定して撮り直してください。",
                "The photograph is blurred: focus on the spots, hold still and take it again."
            )
        case .qualityDark:
            ("写真が暗すぎます。拡散光を当てて撮影してください。", "The photograph is too dark: add soft light.")
        case .qualityBright:
            (
                "写真が明るすぎます。露出を下げるか、日陰で撮影してください。",
                "The photograph is overexposed: lower the exposure, or photograph in shade."
            )
        case .qualitySmall:
            (
                "動物の長さが {pixels} 画素しかありません。もっと近づいて撮影してください。",
                "The animal is only {pixels} pixels long: go closer."
            )
        case .qualityHopeless:
            (
                "このような写真で同じ個体を見つけられるのは {percent} % 未満です。撮り直してください。",
                "Of photographs like this one, fewer than {percent} % find their own animal: take another."
            )
        case .qualityDoubtful:
            (
                "このような写真で同じ個体を見つけられるのは約 {percent} % です。一致がなくても未登録とは言えません。",
                "Of photographs like this one, about {percent} % find their own animal: finding none does not make it unknown."
            )
        case .animalNotLocated:
            (
                "写真の中に動物を見つけられませんでした。部位を枠で囲んで送り直してください。",
                "No animal could be located: draw a box round the body part and submit again."
            )
        case .tooFewFeatures:
            (
                "斑紋の特徴点が {count} 個しかありません（照合できる写真では通常 {typical} 個）。斑紋全体を写してください。",
                "Only {count} spot features were found; photographs that match have about {typical}: show all of the spots."
            )
        case .galleryEmpty:
            (
                "この部位の写真は登録されていません。",
                "The registry holds no photograph of this body region to compare with."
            )
        case .matchedSpots:
            (
                "{name} の登録写真と {count} 個の斑紋の位置が一致します。",
                "{count} spots lie in the same places as on a photograph of {name}."
            )
        case .nextCandidate:
            (
                "次に似た個体 {name} では {count} 個です。",
                "The next most similar animal, {name}, agrees in {count}."
            )
        case .resemblesNobody:
            (
                "登録済みの {individuals} 個体（{photos} 枚）のどれとも一致しません（最大 {count} 個）。",
                "None of {individuals} known animals ({photos} photographs) agrees; the best does in {count} spots."
            )
        case .resemblesSomebody:
            (
                "似た個体がありますが、断定できません。専門家が候補を比較してください。",
                "Something resembles, not enough to name it: a person must compare the candidates."
            )
        case .samePhoto:
            (
                "この写真はすでに {name} として登録されています。再捕獲の証拠にはなりません。",
                "This very photograph is already enrolled as {name}; it is no evidence of a recapture."
            )
        case .calibrationBorrowed:
            (
                "確率は別の個体群で校正されたもので、目安です。",
                "The probability was calibrated on another population and is a guide only."
            )
        case .decisionIsYours:
            (
                "この結果は助言です。放流や移動の判断は人と DNA 検査が行います。",
                "This is advice: people and DNA decide on release or removal."
            )
        case .imageEmpty: ("ファイルが空です。", "The file is empty.")
        case .imageUnrecognised:
            (
                "JPEG・PNG・HEIC のいずれでもありません。",
                "This is not a JPEG, PNG or HEIC photograph."
            )
        case .imageTruncated:
            (
                "ファイルが途中で切れています。元の写真を送り直してください。",
                "The file ends in the middle of the picture: send the original again."
            )
        case .imageCorrupt:
            ("ファイルが壊れています（{detail}）。", "The file is damaged ({detail}): send the original again.")
        case .imageTooLarge:
            (
                "写真が大きすぎます（{detail}、上限 {limit}）。",
                "The photograph is too large ({detail}; the limit is {limit})."
            )
        case .imageTooSmall:
            (
                "写真が小さすぎます（{detail}、下限 {limit}）。",
                "The photograph is too small ({detail}; at least {limit} are needed)."
            )
        case .processingFailed:
            (
                "処理に失敗しました（{detail}）。写真は保存されています。もう一度お試しください。",
                "Processing failed ({detail}). The photograph is kept: try again."
            )
        }
    }
}
