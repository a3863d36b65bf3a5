extension Texts.Code {
    /// The wording of hybrid assessments; reached through ``wording`` for their codes alone.
    var hybridWording: (ja: String, en: String) {
        switch self {
        case .hybridSuspect:
            (
                "純粋な在来個体でない疑いがあります。見込み {percent} %（95 % 区間 {low}～{high} %）。",
                "It may not be purely native: probability {percent} % (95 % interval {low}–{high} %)."
            )
        case .hybridLikelyNative:
            (
                "在来個体と思われます。純粋な在来でない見込み {percent} %（95 % 区間 {low}～{high} %）。DNA 検査なしに確定はできません。",
                "It is probably native: probability of anything else {percent} % (95 % interval {low}–{high} %). Only DNA confirms."
            )
        case .hybridInsufficient:
            (
                "判断できません。純粋な在来でない見込み {percent} %（95 % 区間 {low}～{high} %）。",
                "Neither can be said: probability of not being purely native {percent} % (95 % interval {low}–{high} %)."
            )
        case .hybridThresholds:
            (
                "担当機関の費用では、{suspect} % から疑いとし、区間全体が {native} % 未満なら在来と思われるとします。",
                "By the agency's costs it is suspected from {suspect} % on, and called probably native where the whole interval "
                    + "lies below {native} %."
            )
        case .hybridHold:
            (
                "保持し、未検査なら DNA を検査してください。決定する担当機関：{agency}（{contact}）。",
                "Hold it, and have its DNA tested unless that was done. Decided by the agency responsible: {agency} ({contact})."
            )
        case .hybridHoldNoContact:
            (
                "保持し、未検査なら DNA を検査してください。この水系の担当機関は登録されていません（andrias agency responsible）。",
                "Hold it, and have its DNA tested unless that was done. No agency is configured for this water system "
                    + "(andrias agency responsible)."
            )
        case .hybridReviewKnownNative:
            (
                "DNA ではこの個体は在来です。写真か個体の識別が誤りかもしれません。通知の前に人が確かめます。",
                "DNA found this animal native: photograph or identity may be wrong. A person looks before anybody is told."
            )
        case .hybridReviewNoRecord:
            (
                "この水域には DNA 検査の記録がありません。通知の前に人が確かめます。",
                "Of this water no DNA-tested animal is recorded. A person looks before anybody is told."
            )
        case .hybridPriorCounted:
            (
                "この水域で DNA 検査を受けた {tested} 個体のうち {others} 個体が純粋な在来ではありませんでした。"
                    + "古さと距離を割り引くと {weight} 個体分に相当し、見込みは {percent} %（{low}～{high} %）です。",
                "Of {tested} animals of this water whose DNA was tested, {others} were not purely native; by age and distance they "
                    + "weigh as {weight} animals, which makes {percent} % ({low}–{high} %)."
            )
        case .hybridPriorSource:
            (
                "{water}（{years} 年）：{tested} 個体中 {others} 個体、重み {percent} %。出典：{source}",
                "{water} ({years}): {others} of {tested}, each at {percent} % of its weight. Source: {source}"
            )
        case .hybridPriorNoCounts:
            (
                "この水域には DNA 検査の記録がありません。{percent} %（{low}～{high} %）と仮定しています。調べた値ではありません。",
                "No DNA-tested animal of this water is recorded: {percent} % ({low}–{high} %) is an assumption, not a finding."
            )
        case .hybridPriorNoNetwork:
            (
                "河川網が読み込まれていないため、水域の記録を探せません（andrias river load）。{percent} %（{low}～{high} %）と仮定しています。",
                "No river network is loaded, so that counts of the water cannot be found (andrias river load): {percent} % "
                    + "({low}–{high} %) is an assumption."
            )
        case .hybridPriorNoPlace:
            (
                "見つかった水域が分かりません。{percent} %（{low}～{high} %）と仮定しています。",
                "In which water it was met is not known: {percent} % ({low}–{high} %) is an assumption."
            )
        case .hybridPresentOther:
            (
                "「{character}」あり：純粋な在来でない個体に {times} 倍多い。",
                "{character}, present: {times} times as common in animals that are not purely native."
            )
        case .hybridPresentNative:
            (
                "「{character}」あり：在来個体に {times} 倍多い。",
                "{character}, present: {times} times as common in natives."
            )
        case .hybridAbsentOther:
            (
                "「{character}」なし：純粋な在来でない個体に {times} 倍多い。",
                "{character}, absent: {times} times as common in animals that are not purely native."
            )
        case .hybridAbsentNative:
            (
                "「{character}」なし：在来個体に {times} 倍多い。",
                "{character}, absent: {times} times as common in natives."
            )
        case .hybridRecordedPresent:
            (
                "「{character}」あり：記録しました。頻度の値がないため、重みはありません。",
                "{character}, present: recorded. Nobody entered how common that is, so it weighs nothing."
            )
        case .hybridRecordedAbsent:
            (
                "「{character}」なし：記録しました。頻度の値がないため、重みはありません。",
                "{character}, absent: recorded. Nobody entered how common that is, so it weighs nothing."
            )
        case .hybridLearned:
            (
                "写真の計測（モデル {model}）による尤度比は {ratio} です。",
                "By measures of the photograph (model {model}) the likelihood ratio is {ratio}."
            )
        case .hybridTogether:
            (
                "合わせた尤度比は {ratio}（{low}～{high}）です。形質は互いに関連するため、対数の和の {percent} % だけを数えます（相関 {correlation} と仮定）。",
                "Together the likelihood ratio is {ratio} ({low}–{high}): characters go together, so {percent} % of the sum of "
                    + "logarithms counts (correlation {correlation}, an assumption)."
            )
        case .hybridNothingWeighs:
            (
                "写真には重みのある証拠がありません。見込みは水域だけによるものです。",
                "Nothing on the photograph weighs: the probability is that of the water alone."
            )
        case .hybridUnseen:
            (
                "見えていない形質が {count} 個あり、その分だけ区間を広げてあります。",
                "Characters not seen: {count}. What they might say widens the interval."
            )
        case .hybridLookNext:
            (
                "次に確かめるなら「{character}」です（期待される情報 {bits} ビット）。",
                "What would tell most next: {character} ({bits} bit expected)."
            )
        case .hybridDNANative:
            (
                "DNA：{class}（{laboratory}、{markers}、{day}）。",
                "DNA: {class} ({laboratory}, {markers}, {day})."
            )
        case .hybridDNANotNative:
            (
                "DNA：{class}（{laboratory}、{markers}、{day}）。純粋な在来ではありません。",
                "DNA: {class} ({laboratory}, {markers}, {day}), which is not purely native."
            )
        case .hybridDNADisputed:
            (
                "DNA の結果が互いに矛盾しています。人が確かめてください。",
                "DNA results contradict each other: a person must look."
            )
        case .hybridDNAUndetermined:
            (
                "DNA：判定できず（{laboratory}、{markers}、{day}）。",
                "DNA: undetermined ({laboratory}, {markers}, {day})."
            )
        case .hybridDNAMaternal:
            (
                "ミトコンドリア DNA：母系は{class}（{laboratory}、{day}）。それ以外のことは示しません。",
                "Mitochondrial DNA: maternal line {class} ({laboratory}, {day}); it says nothing else."
            )
        // Codes of other subjects never come here; a test holds that no text is empty.
        default: ("", "")
        }
    }
}

/// Words of hybrid assessments and DNA records, in Japanese and English.
public enum HybridText: String, CaseIterable, Sendable {
    case heading, photographOutranked, notSeen, present, absent, sketch
    case likelyNative, suspectNonNative, insufficientEvidence
    case japonicus, davidianus, otherSpecies, hybrid, f1, f2, backcrossJaponicus, backcrossDavidianus, undetermined

    /// The text in a language.
    public func text(in language: Language) -> String { language == .ja ? wording.ja : wording.en }

    // A switch rather than a dictionary: the compiler holds the table complete.
    private var wording: (ja: String, en: String) {
        switch self {
        case .heading: ("在来か交雑か", "Native or not")
        case .photographOutranked: ("DNA の結果を優先しています。", "DNA outranks the photograph.")
        case .notSeen: ("見えない", "not visible")
        case .present: ("あり", "present")
        case .absent: ("なし", "absent")
        case .sketch: ("見る場所を示す模式図です。縮尺どおりではありません。", "A sketch of where to look, not to scale.")
        case .likelyNative: ("在来と思われる", "Probably native")
        case .suspectNonNative: ("純粋な在来でない疑い", "May not be purely native")
        case .insufficientEvidence: ("判断できない", "Not enough evidence")
        case .japonicus: ("オオサンショウウオ（Andrias japonicus）", "Andrias japonicus")
        case .davidianus: ("チュウゴクオオサンショウウオ（Andrias davidianus）", "Andrias davidianus")
        case .otherSpecies: ("他の Andrias 属", "another species of Andrias")
        case .hybrid: ("交雑個体", "hybrid")
        case .f1: ("交雑第一世代（F1）", "first-generation hybrid (F1)")
        case .f2: ("交雑第二世代（F2）", "second-generation hybrid (F2)")
        case .backcrossJaponicus: ("A. japonicus への戻し交雑", "backcross with A. japonicus")
        case .backcrossDavidianus: ("A. davidianus への戻し交雑", "backcross with A. davidianus")
        case .undetermined: ("判定できず", "undetermined")
        }
    }
}

extension HybridText {
    /// The words of an outcome.
    public init(_ outcome: HybridOutcome) {
        self =
            switch outcome {
            case .likelyNative: .likelyNative
            case .suspectNonNative: .suspectNonNative
            case .insufficientEvidence: .insufficientEvidence
            }
    }

    /// The words of a class.
    public init(_ dnaClass: DNAResult.Class) {
        self =
            switch dnaClass {
            case .japonicus: .japonicus
            case .davidianus: .davidianus
            case .otherSpecies: .otherSpecies
            case .hybrid: .hybrid
            case .f1: .f1
            case .f2: .f2
            case .backcrossJaponicus: .backcrossJaponicus
            case .backcrossDavidianus: .backcrossDavidianus
            case .undetermined: .undetermined
            }
    }

    /// The words of a sight.
    public init(_ sight: DiagnosticCharacter.Sight) {
        self =
            switch sight {
            case .present: .present
            case .absent: .absent
            case .notVisible: .notSeen
            }
    }
}
