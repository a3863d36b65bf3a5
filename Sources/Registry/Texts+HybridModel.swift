/// The wording of what is learned about natives and others from photographs, in Japanese and English.
public enum HybridModelText: String, CaseIterable, Sendable {
    case drawnNotReal, title, whatFor, notFor, learnedFrom, method, discriminant, logistic, wrong, abstention
    case sensitivity, notShown, calibration, otherRivers, noOtherRivers, floor, scope, least
    case newRiver, unknownRiver, newCamera, unknownCamera, blurred, smallHead, fewPhotographs, unlikeAny

    /// The text in a language, its placeholders `{name}` filled.
    public func text(in language: Language, _ values: [String: String] = [:]) -> String {
        var text = language == .ja ? wording.ja : wording.en
        for (name, value) in values { text = text.replacing("{\(name)}", with: value) }
        return text
    }

    // A switch rather than a dictionary: the compiler holds the table complete.
    var wording: (ja: String, en: String) {
        switch self {
        case .drawnNotReal:
            (
                "描かれた個体による数値です。実在の個体ではありません。",
                "Drawn, not real: these figures are of invented animals."
            )
        case .title: ("在来種と在来種でない個体：写真による尤度比のモデル", "Native or not: a likelihood ratio from photographs")
        case .whatFor:
            (
                "頭部を上から撮った写真の計測値から、在来種でない見込みが在来種に比べて何倍かを示します。事前確率は含みません。",
                "From measures on photographs of the head seen from above it says how much likelier they are for an animal "
                    + "that is not native than for a native. No prior is in it."
            )
        case .notFor:
            (
                "在来種であることの確認にも、雑種の世代や種名の判定にも使えません。それを言えるのは DNA だけです。疑いがあれば、保留して DNA を調べてください。",
                "It confirms no native, and names no generation of a hybrid and no species: DNA alone does. Any suspicion "
                    + "means: hold the animal and test its DNA."
            )
        case .learnedFrom:
            (
                "DNA を調べた在来種 {natives} 個体と在来種でない {others} 個体の写真 {photographs} 枚から学習（データの SHA-256：{fingerprint}）。",
                "Learned from {photographs} photographs of {natives} natives and {others} animals that are not, by DNA "
                    + "(SHA-256 of the data: {fingerprint})."
            )
        case .method: ("方法：{method}。計測値 {count} 種。", "Method: {method}, over {count} measures.")
        case .discriminant:
            (
                "縮小推定した共分散による線形判別（Ledoit・Wolf 2004）",
                "linear discriminant with a shrunk covariance (Ledoit and Wolf 2004)"
            )
        case .logistic: ("リッジ {ridge} のロジスティック回帰", "logistic regression with a ridge of {ridge}")
        case .wrong:
            (
                "個体ごとの交差検証：五分五分の反対側に {count} / {of} 個体（95 % 区間 {low}–{high} %）。",
                "Cross-validated by animal: {count} of {of} animals on the wrong side of even odds (95 %: {low}–{high} %)."
            )
        case .abstention:
            (
                "誤り率 {rate} % の等角予測で答えを控えた個体：{count} / {of}（{low}–{high} %）。",
                "No answer at a conformal error rate of {rate} %: {count} of {of} animals ({low}–{high} %)."
            )
        case .sensitivity:
            (
                "在来種の {wanted} % を誤って疑うとき、在来種でない {count} / {of} 個体を見つけます（{low}–{high} %）。",
                "Where {wanted} % of natives are wrongly flagged, {count} of {of} others are found ({low}–{high} %)."
            )
        case .notShown:
            (
                "在来種が少なく、誤って疑う率 {wanted} % は確かめられません。",
                "The natives are too few to show a rate of {wanted} % wrongly flagged."
            )
        case .calibration:
            (
                "較正：期待較正誤差 {ece}、対数損失 {loss} ナット。",
                "Calibration: expected error {ece}, logarithmic loss {loss} nats."
            )
        case .otherRivers:
            (
                "川ごとの検証（学習に使わなかった川）：期待較正誤差 {ece}、反対側に {count} / {of} 個体（{low}–{high} %）。",
                "Cross-validated by river, none of it learned from: expected calibration error {ece}, {count} of {of} "
                    + "animals on the wrong side ({low}–{high} %)."
            )
        case .noOtherRivers:
            (
                "ほかの川での検証はできません。川が少ないか、ほかの川の個体が足りません。",
                "It could not be tried on other rivers: too few rivers, or too few animals in the others."
            )
        case .floor:
            (
                "在来種でない個体の {percent} % は、何を計測しても在来種に見えます。どれほど在来種らしくても、尤度比はこれを下回りません。",
                "{percent} % of the animals that are not native look native whatever is measured; however native an animal "
                    + "looks, the ratio does not go below that."
            )
        case .scope:
            (
                "誤り率が成り立つのは、川 {rivers}、カメラ {cameras}、鮮鋭度 {sharpness} 以上、頭の長さ {pixels} 画素以上の写真です。それ以外では答えを控えます。",
                "Its error rate holds for the rivers {rivers}, the cameras {cameras}, a sharpness of {sharpness} and a head "
                    + "of {pixels} pixels or more. Beyond that it abstains."
            )
        case .newRiver:
            (
                "{water}の個体は学習に含まれていないため、誤り率は保証できません。",
                "No animal of {water} was learned from: the stated error rate need not hold."
            )
        case .unknownRiver:
            (
                "川が分からないため、誤り率は保証できません。",
                "The river is not known: the stated error rate need not hold."
            )
        case .newCamera:
            (
                "カメラ {camera} の写真は学習に含まれていないため、誤り率は保証できません。",
                "No photograph of the camera {camera} was learned from: the stated error rate need not hold."
            )
        case .unknownCamera:
            (
                "カメラが分からないため、誤り率は保証できません。",
                "The camera is not known: the stated error rate need not hold."
            )
        case .blurred:
            (
                "写真がぼけています（鮮鋭度 {sharpness}、必要 {least}）。頭にピントを合わせて撮り直してください。",
                "The photograph is blurred (sharpness {sharpness}, {least} needed): focus on the head and take it again."
            )
        case .smallHead:
            (
                "頭の長さが {pixels} 画素しかありません（必要 {least}）。もっと近づいて撮影してください。",
                "The head is only {pixels} pixels long ({least} needed): go closer."
            )
        case .fewPhotographs:
            (
                "写真が {count} 枚しかありません。少なくとも {least} 枚撮影してください。",
                "There are only {count} photographs: take {least} at least."
            )
        case .unlikeAny:
            (
                "計測値が、学習に使ったどの個体からも離れています。目印の位置と写真を確かめてください。",
                "The measures are far from those of every animal learned from: look at the landmarks and the photograph "
                    + "again."
            )
        case .least:
            (
                "DNA を調べた個体がそれぞれ {count} 個体に満たなければ、何も答えません。",
                "With fewer than {count} DNA-tested animals of each class nothing is said at all."
            )
        }
    }
}
