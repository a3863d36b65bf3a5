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
                "この機関が定めた誤りの重さにより、{suspect} % 以上を疑い、区間全体が {native} % 未満の場合だけを「在来と思われる」とします。",
                "What mistakes cost the agency makes an animal suspect from {suspect} % on, and probably native only where the "
                    + "whole interval lies below {native} %."
            )
        case .hybridHold:
            (
                "放流せずに保持し、DNA を検査してください。担当機関：{agency}、連絡先：{contact}",
                "Do not release it: hold it and have its DNA tested. {agency} decides; contact: {contact}"
            )
        case .hybridHoldNoContact:
            (
                "放流せずに保持し、DNA を検査してください。この水系の担当機関は登録されていません。市町村の教育委員会に連絡してください。",
                "Do not release it: hold it and have its DNA tested. Nobody is configured for this water: call the "
                    + "municipality's board of education."
            )
        case .hybridHoldTested:
            (
                "放流せずに保持してください。担当機関：{agency}、連絡先：{contact}",
                "Do not release it: hold it. {agency} decides; contact: {contact}"
            )
        case .hybridHoldTestedNoContact:
            (
                "放流せずに保持してください。この水系の担当機関は登録されていません。市町村の教育委員会に連絡してください。",
                "Do not release it: hold it. Nobody is configured for this water: call the municipality's board of education."
            )
        case .hybridPhotographAlone:
            (
                "水域と写真だけから言えること（DNA の結果が優先します）",
                "What water and photograph say by themselves, which DNA outranks"
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
                "{water}（{years} 年）：{tested} 個体中 {others} 個体。古さと距離により、1 個体を {percent} % として数えます。出典：{source}",
                "{water} ({years}): {others} of {tested}, each counted as {percent} % of an animal by age and distance. "
                    + "Source: {source}"
            )
        case .hybridPriorSourceUndated:
            (
                "{water}（調査年不明）：{tested} 個体中 {others} 個体。古さと距離により、1 個体を {percent} % として数えます。出典：{source}",
                "{water} (years not known): {others} of {tested}, each counted as {percent} % of an animal by age and distance. "
                    + "Source: {source}"
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
                "次に最も役立つのは「{character}」の確認です（期待される情報 {bits} ビット）。",
                "What would tell most next: {character} ({bits} bit of information expected)."
            )
        case .hybridDNANative:
            (
                "DNA（{laboratory}、{markers}、{day}）：{class}。",
                "DNA ({laboratory}, {markers}, {day}): {class}."
            )
        case .hybridDNANotNative:
            (
                "DNA（{laboratory}、{markers}、{day}）：{class}。純粋な在来ではありません。",
                "DNA ({laboratory}, {markers}, {day}): {class}, which is not purely native."
            )
        case .hybridDNADisputed:
            (
                "DNA の結果が互いに矛盾しています。人が確かめてください。",
                "DNA results contradict each other: a person must look."
            )
        case .hybridDNAUndetermined:
            (
                "DNA（{laboratory}、{markers}、{day}）：判定できず。",
                "DNA ({laboratory}, {markers}, {day}): undetermined."
            )
        case .hybridDNAMaternal:
            (
                "ミトコンドリア DNA（{laboratory}、{day}）：母系は{class}。それ以外のことは示しません。",
                "Mitochondrial DNA ({laboratory}, {day}): maternal line {class}; it says nothing else."
            )
        // Codes of other subjects never come here; a test holds that no text is empty.
        default: ("", "")
        }
    }
}

/// Words of hybrid assessments and DNA records, in Japanese and English.
public enum HybridText: String, CaseIterable, Sendable {
    case heading, notSeen, present, absent, sketch
    case thisWater, photograph, together, probability, interval, oddsOrRatio, evidence, seen, ratio, seenBy, screening,
        checklist
    case photographNext, nextHint, howToSee, information
    case dnaNative, dnaNotNative, dnaDisputed
    case mitochondrial, microsatellites, allozymes, snp
    case likelyNative, suspectNonNative, insufficientEvidence
    case japonicus, davidianus, otherSpecies, hybrid, f1, f2, backcrossJaponicus, backcrossDavidianus, undetermined

    /// The text in a language.
    public func text(in language: Language) -> String { language == .ja ? wording.ja : wording.en }

    // A switch rather than a dictionary: the compiler holds the table complete.
    private var wording: (ja: String, en: String) {
        switch self {
        case .heading: ("在来か交雑か", "Native or not")
        case .notSeen: ("見えない", "not visible")
        case .present: ("あり", "present")
        case .absent: ("なし", "absent")
        case .sketch: ("見る場所を示す模式図です。縮尺どおりではありません。", "A sketch of where to look, not to scale.")
        case .thisWater: ("この水域", "this water")
        case .photograph: ("写真", "photograph")
        case .together: ("両方から", "together")
        case .probability: ("純粋な在来でない見込み", "probability of not being purely native")
        case .interval: ("95 % 区間", "95 % interval")
        case .oddsOrRatio: ("オッズ・尤度比", "odds or ratio")
        case .evidence: ("証拠", "evidence")
        case .seen: ("観察", "seen")
        case .ratio: ("尤度比", "ratio")
        case .seenBy: ("観察者", "by")
        case .screening: ("照会", "screening")
        case .checklist: ("確かめた形質", "What was looked at")
        case .photographNext: ("次に撮影・確認するもの", "What to photograph next")
        case .nextHint:
            (
                "役立つ順です。頻度の分からない形質は最後に並びます。",
                "What tells most comes first; characters of which nobody knows how often they occur come last."
            )
        case .howToSee: ("見方", "how to see it")
        case .information: ("情報（ビット）", "information (bit)")
        case .dnaNative: ("DNA 検査では在来", "Native by DNA")
        case .dnaNotNative: ("DNA 検査では純粋な在来でない", "Not purely native by DNA")
        case .dnaDisputed: ("DNA の結果が矛盾", "DNA results contradict each other")
        case .mitochondrial: ("ミトコンドリア DNA", "mitochondrial DNA")
        case .microsatellites: ("マイクロサテライト", "microsatellites")
        case .allozymes: ("アロザイム", "allozymes")
        case .snp: ("一塩基多型（SNP）", "SNP")
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

    /// What an assessment comes to; native without a doubt only where a DNA record says so.
    public init(_ content: HybridAssessment.Content) {
        self =
            switch content.dna.kind {
            case .native: .dnaNative
            case .notNative: .dnaNotNative
            case .disputed: .dnaDisputed
            case .untested, .maternalLine, .undetermined: HybridText(content.photoOutcome)
            }
    }

    /// The words of markers.
    public init(_ markers: DNAResult.Markers) {
        self =
            switch markers {
            case .mitochondrial: .mitochondrial
            case .microsatellites: .microsatellites
            case .allozymes: .allozymes
            case .snp: .snp
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
