extension EventType {
    /// What happened, in a few words.
    public func title(in language: Language) -> String { language == .ja ? wording.title.ja : wording.title.en }

    /// What happened, in a sentence that names no place.
    public func happened(in language: Language) -> String {
        language == .ja ? wording.happened.ja : wording.happened.en
    }

    /// What to do next.
    public func advice(in language: Language) -> String { language == .ja ? wording.advice.ja : wording.advice.en }

    typealias Pair = (ja: String, en: String)

    // A switch rather than a dictionary: the compiler holds the table complete.
    private var wording: (title: Pair, happened: Pair, advice: Pair) {
        switch self {
        case .screeningCompleted:
            (
                ("照合の完了", "Screening completed"),
                ("送られた写真の照合が終わりました。", "A screening was answered or given up."),
                ("結果と根拠を確かめ、判断を記録してください。", "Look at the answer and its evidence, and record what you decide.")
            )
        case .identityMatched:
            (
                ("登録個体との一致", "Known animal"),
                ("写真の個体は、登録されている個体と一致しました。", "Photographs show an animal that is known."),
                ("斑紋が合っているか確かめ、判断を記録してください。", "Check that the spots agree, and record what you decide.")
            )
        case .animalUnknown:
            (
                ("登録のない個体", "Unknown animal"),
                ("写真の個体は、登録個体のどれとも一致しません。", "Photographs show none of the known animals."),
                (
                    "別の角度からも撮影し、タグを探し、由来を調べてください。押収された個体は、由来が分かるまで放さないでください。",
                    "Photograph it from other sides, scan it for tags, and find out where it comes from. One that was "
                        + "seized stays held until that is known."
                )
            )
        case .hybridSuspected:
            (
                ("交雑・外来個体の疑い", "Suspected hybrid"),
                ("交雑個体または外来の個体かもしれません。", "An animal may be a hybrid or not native."),
                (
                    "放さずに保護し、DNA 検査をしてください。写真だけで放流や駆除を決めることはできません。",
                    "Hold it and test its DNA: a photograph authorises neither release nor removal."
                )
            )
        case .hybridConfirmed:
            (
                ("交雑・外来個体と判明", "Hybrid confirmed"),
                (
                    "DNA 検査で、交雑個体または外来の個体と分かりました。",
                    "A laboratory found an animal to be a hybrid or not native."
                ),
                (
                    "特定外来生物です。飼養・運搬・放流には許可が要ります。担当機関の指示に従ってください。",
                    "It is a specified invasive alien species: keeping, moving or releasing it needs permission. Follow "
                        + "the agency responsible."
                )
            )
        case .hybridCleared:
            (
                ("在来個体と判明", "Found to be native"),
                ("DNA 検査で、個体は在来と分かりました。", "A laboratory found an animal to be native."),
                (
                    "特別天然記念物です。元の場所に戻す手続きを担当機関に確かめてください。",
                    "It is a special natural monument: ask the agency responsible how it goes back."
                )
            )
        case .animalRelocated:
            (
                ("人に動かされた疑い", "Animal moved by people"),
                (
                    "登録個体が、自力では来られないと考えられる場所で見つかりました。",
                    "A known animal was met where it cannot have gone by itself."
                ),
                (
                    "放さずに保護し、元の生息地の担当機関に知らせてください。誰が動かしたか、許可があったかは、人が調べます。",
                    "Hold it, do not release it here, and speak with the agency of the water it lived in. Who moved it, "
                        + "and whether that was allowed, people find out."
                )
            )
        case .animalReturned:
            (
                ("元の場所に戻った個体", "Animal back where it lived"),
                (
                    "動かされていた個体が、以前の生息場所で見つかりました。",
                    "An animal that had been moved was met where it lived before."
                ),
                ("誰が戻したかを調べ、記録してください。", "Find out who brought it back, and record it.")
            )
        case .tagConflict:
            (
                ("タグの食い違い", "Tag conflict"),
                (
                    "タグと写真、または二つのタグが食い違っています。",
                    "Tag and photograph, or two tags, contradict each other."
                ),
                (
                    "個体を放す前に、タグを読み直し、撮影し直してください。人が判断するまで、記録は統合されません。",
                    "Before the animal goes, read the tag and photograph it again. Nothing is merged until people decide."
                )
            )
        case .tagLost:
            (
                ("タグの脱落の疑い", "Tag perhaps lost"),
                (
                    "タグの記録がある個体に、読める機器でもタグが見つかりませんでした。",
                    "A known animal bears no tag any more that a fitting reader could find."
                ),
                (
                    "もう一度読み取り、やはりなければ脱落を記録してください。",
                    "Scan it again, and record that the tag was lost if there is none."
                )
            )
        case .decisionMade:
            (
                ("判断の記録", "Decision recorded"),
                ("照合について、人の判断が記録されました。", "A person decided on a screening."),
                ("内容を確かめてください。", "Look at what was decided.")
            )
        case .caseOpened:
            (
                ("食い違いの受付", "Case opened"),
                ("人が調べるべき食い違いが見つかりました。", "A contradiction waits for people."),
                ("双方の証拠を見比べ、分かったことを記録してください。", "Compare both sides, and record what you find out.")
            )
        case .duplicateProposed:
            (
                ("二重登録の疑い", "Perhaps one animal"),
                ("二つの登録個体が、同じ個体かもしれません。", "Two animals may be one."),
                ("写真を見比べ、同じか別かを記録してください。", "Compare their photographs, and say whether they are one.")
            )
        case .identityMerged:
            (
                ("個体の統合", "Animals merged"),
                ("登録個体が、別の個体に統合されました。", "An animal was merged into another."), Self.renamed
            )
        case .identitySplit:
            (
                ("個体の分割", "Animal split"),
                ("ある個体の遭遇記録が、別の個体のものになりました。", "Encounters of an animal became another's."), Self.renamed
            )
        case .identityChangeUndone:
            (
                ("統合・分割の取り消し", "Change of identity undone"),
                ("以前の統合または分割が取り消されました。", "A merge or split was undone."), Self.renamed
            )
        case .endpointDisabled:
            (
                ("通知先の停止", "Endpoint disabled"),
                ("通知先への送信が止まりました。", "Nothing is sent to an endpoint any more."),
                (
                    "受信側を直し、通知先を有効に戻し、届かなかった通知を送り直してください（andrias webhook enable、replay）。",
                    "Mend the receiver, enable the endpoint, and replay what it missed (andrias webhook enable, replay)."
                )
            )
        case .endpointTest:
            (
                ("試験の通知", "Test"),
                ("これは通知の試験です。", "Somebody asked whether an endpoint hears."),
                ("何もする必要はありません。", "There is nothing to do.")
            )
        }
    }

    private static let renamed: Pair = (
        "手元の記録の個体番号を改めてください。誤りなら取り消せます。",
        "Change the animal's identifier in your own records; a mistake can be undone."
    )
}

/// The wording around alerts, in Japanese and English.
public enum AlertText: String, CaseIterable, Sendable {
    case immediate, prompt, routine
    case subject, urgency, immediateMeaning, promptMeaning, routineMeaning
    case place, cell, placeNotTold, moment, whatToDo, particular, link, numbers, advice
    case unexpected, restriction
    case outcome, verdict, conflict, kind, reason
    case outcomeMatched, outcomeUndecided, outcomeUnknown, outcomeUnusable, outcomeFailed
    case conflictTagAndPhoto, conflictTwoAnimals, conflictDeadAnimal
    case decisionConfirmed, decisionRejected, decisionUnknown, decisionUndecidable, caseTagConflict
    case caseHybridReview, caseDNADisagreement
    case disabledByPerson, disabledGone, disabledFailing

    /// The text in a language, its placeholders `{name}` filled.
    public func text(in language: Language, _ values: [String: String] = [:]) -> String {
        var text = language == .ja ? wording.ja : wording.en
        for (name, value) in values { text = text.replacing("{\(name)}", with: value) }
        return text
    }

    // A switch rather than a dictionary: the compiler holds the table complete.
    private var wording: (ja: String, en: String) {
        switch self {
        case .immediate: ("至急", "Urgent")
        case .prompt: ("本日中", "Today")
        case .routine: ("連絡", "For the record")
        case .subject: ("【{urgency}】{title}（オオサンショウウオ個体照合）", "[{urgency}] {title} (giant salamander registry)")
        case .urgency: ("緊急度：{urgency}", "How soon: {urgency}")
        case .immediateMeaning: ("至急。個体がいるうちに対応してください。", "at once, while the animal is there")
        case .promptMeaning: ("本日中に対応してください。", "on the same day")
        case .routineMeaning: ("お知らせです。急ぎません。", "for the record; nothing presses")
        case .place:
            (
                "おおよその場所：北緯 {latitude}°、東経 {longitude}° を中心とする {precision}° 四方",
                "Roughly where: a cell of {precision}° around {latitude}° N, {longitude}° E"
            )
        case .cell:
            (
                "北緯 {latitude}°、東経 {longitude}° を中心とする {precision}° 四方",
                "A cell of {precision}° around {latitude}° N, {longitude}° E"
            )
        case .placeNotTold: ("場所：この通知では示されません。", "Roughly where: not told here")
        case .moment: ("発生：{moment}（日本時間）", "When: {moment} (Japan)")
        case .whatToDo: ("次にすること", "What to do next")
        case .particular: ("{label}：{words}", "{label}: {words}")
        case .link:
            ("詳細（団体の API キーで）：{link}", "The rest, with your agency's API key: {link}")
        case .numbers: ("番号", "Numbers")
        case .advice:
            (
                "写真による結果は助言です。放流や移動は、人と DNA 検査が決めます。",
                "What a photograph says is advice: people and DNA decide on release or removal."
            )
        case .unexpected:
            (
                "この通知は、団体が登録した通知先に送られています。不要な場合は団体の管理者に知らせてください。",
                "This letter goes to an address that your agency entered: tell its administrator if you do not want it."
            )
        case .restriction:
            (
                "担当機関に限る。個体の場所を公表しないこと。",
                "For the agencies responsible: do not publish where animals live."
            )
        case .outcome: ("結果", "Answer")
        case .verdict: ("移動の判定", "Movement")
        case .conflict: ("食い違い", "Contradiction")
        case .kind: ("種類", "Kind")
        case .reason: ("理由", "Reason")
        case .outcomeMatched: ("登録個体と一致", "a known animal")
        case .outcomeUndecided: ("断定できない。人が見る必要あり", "undecided, for a person to look at")
        case .outcomeUnknown: ("登録のない個体", "not a known animal")
        case .outcomeUnusable: ("写真が使えない", "the photograph cannot be used")
        case .outcomeFailed: ("照合に失敗", "the comparison failed")
        case .conflictTagAndPhoto: ("タグと写真が別の個体を示す", "tag and photograph show different animals")
        case .conflictTwoAnimals: ("二つのタグが別の個体を示す", "two tags are of different animals")
        case .conflictDeadAnimal: ("死亡した個体のタグ", "the tag is of an animal recorded as dead")
        case .decisionConfirmed: ("個体を確認", "confirmed as an animal")
        case .decisionRejected: ("候補の個体ではない", "not the animal proposed")
        case .decisionUnknown: ("登録個体ではない", "none of the known animals")
        case .decisionUndecidable: ("写真では決められない", "the photographs do not allow a decision")
        case .caseTagConflict: ("タグの食い違い", "tag conflict")
        case .caseHybridReview: ("交雑の疑いの確認", "suspicion of a hybrid to be looked at")
        case .caseDNADisagreement: ("DNA 検査結果の不一致", "DNA results that disagree")
        case .disabledByPerson: ("担当者が止めた", "a person of the agency turned it off")
        case .disabledGone: ("受信側が終了を知らせた（410）", "it answered that it is gone (410)")
        case .disabledFailing: ("数日にわたり受け取れなかった", "it failed for days")
        }
    }
}

extension AlertText {
    /// How urgent something is, in a word.
    public init(_ urgency: Urgency) {
        switch urgency {
        case .immediate: self = .immediate
        case .prompt: self = .prompt
        case .routine: self = .routine
        }
    }

    /// What an urgency asks for.
    static func meaning(of urgency: Urgency) -> AlertText {
        switch urgency {
        case .immediate: .immediateMeaning
        case .prompt: .promptMeaning
        case .routine: .routineMeaning
        }
    }
}
