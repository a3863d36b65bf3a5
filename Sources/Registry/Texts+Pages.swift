/// The wording of the pages, in Japanese and English.
public enum PageText: String, CaseIterable, Sendable {
    case movement, movementHome, movementPlausible, movementFlood, movementPeople, movementOtherWater
    case movementAuthorised, movementUnclear
    case product, submitTitle, submitLead, photo, takePhoto, chooseFile, drawBox, placeLandmarks, clearBox, bodyRegion
    case head, trunk, belly, tail
    case occasion, occasionNotSaid, survey, find, rescue, seizure
    case whenAndWhere, time, place, usePlace, placeFound, placeAsking, placeRefused, forgetPlace
    case locality, localityHint, observer, tagCodes, tagCodesHint, tagNoneFound, tagFrequencies, tagReader,
        needFrequency
    case key, keyHint, rememberKey, send, sending, waiting, needPhoto, needKey, connectionLost, needsScript
    case language, optional
    case screeningTitle, received, processing, refreshing
    case matched, undecided, unknown, unknownAmongCompared, unusable, failed
    case matchedNext, undecidedNext, unknownNext, unusableNext, failedNext
    case probabilityAnimal, probabilityUnknown, whatToDo, reasons, candidates, candidate, explanation,
        wholeReference, submitted
    case anotherPhoto, searched, submittedAt, number, problem, back

    /// The text in a language, its placeholders `{name}` filled.
    public func text(in language: Language, _ values: [String: String] = [:]) -> String {
        var text = language == .ja ? wording.ja : wording.en
        for (name, value) in values { text = text.replacing("{\(name)}", with: value) }
        return text
    }

    /// The name of a body region.
    public init(_ region: BodyRegion) {
        switch region {
        case .head: self = .head
        case .trunk: self = .trunk
        case .belly: self = .belly
        case .tail: self = .tail
        }
    }

    /// The name of an occasion.
    public init(_ occasion: Occasion) {
        switch occasion {
        case .survey: self = .survey
        case .find: self = .find
        case .rescue: self = .rescue
        case .seizure: self = .seizure
        }
    }

    // A switch rather than a dictionary: the compiler holds the table complete.
    private var wording: (ja: String, en: String) {
        switch self {
        case .product: ("オオサンショウウオ個体照合", "Giant salamander registry")
        case .submitTitle: ("写真を送る", "Submit a photograph")
        case .submitLead:
            ("真上から撮った頭の写真を送ると、登録個体と照合します。", "Send the head seen from above: it is compared with every known animal.")
        case .photo: ("写真", "Photograph")
        case .takePhoto: ("カメラで撮る", "Take a photograph")
        case .chooseFile: ("写真を選ぶ", "Choose a file")
        case .drawBox: ("頭を指でなぞって囲むと、精度が上がります。", "Drag a box round the head: the answer becomes more reliable.")
        case .placeLandmarks:
            (
                "続けて吻端、首の付け根のまん中の順に軽く触れると、頭の向きもそろえて比べます。",
                "Then tap the tip of the snout and the middle of the neck fold: heads are compared upright too."
            )
        case .clearBox: ("枠を消す", "Remove the box")
        case .bodyRegion: ("写っている部位", "Body part shown")
        case .head: ("頭（真上から）", "Head, from above")
        case .trunk: ("胴", "Trunk")
        case .belly: ("腹", "Belly")
        case .tail: ("尾", "Tail")
        case .occasion: ("経緯", "Occasion")
        case .occasionNotSaid: ("指定しない", "Not said")
        case .survey: ("調査", "Survey")
        case .find: ("偶然見つけた", "Chance find")
        case .rescue: ("保護・救助", "Rescue")
        case .seizure: ("押収", "Seizure")
        case .whenAndWhere: ("日時と場所", "When and where")
        case .time: ("見つけた日時", "Date and time")
        case .place: ("位置", "Position")
        case .usePlace: ("現在地を使う", "Use where I am")
        case .placeFound: ("{latitude}, {longitude}（誤差 約 {meters} m）", "{latitude}, {longitude} (within {meters} m)")
        case .placeAsking: ("位置を取得しています…", "Finding the position…")
        case .placeRefused: ("位置を取得できませんでした。地名を書いてください。", "No position could be had: describe the place in words.")
        case .forgetPlace: ("位置を消す", "Remove the position")
        case .locality: ("地名", "Place in words")
        case .localityHint: ("例：○○川 △△橋の下流", "For instance: below the bridge at the weir")
        case .observer: ("発見者", "Observer")
        case .tagCodes: ("タグ番号", "Tag codes read")
        case .tagCodesHint: ("マイクロチップの番号。複数は読点か空白で区切る。", "As the reader printed them, separated by spaces or commas.")
        case .tagNoneFound: ("タグを探したが、見つからなかった", "Scanned for tags, none found")
        case .tagFrequencies: ("読取機の周波数", "Frequencies the reader works at")
        case .tagReader: ("読取機の種類", "Type of the reader")
        case .needFrequency:
            ("タグが見つからなかった場合は、読取機の周波数を選んでください。", "Where no tag was found, choose the frequencies of the reader.")
        case .key: ("API キー", "API key")
        case .keyHint: ("所属団体から渡された「andrias_」で始まる文字列です。", "Given by your agency; it begins with andrias_.")
        case .rememberKey: ("この端末に保存する", "Remember it on this device")
        case .send: ("送信する", "Send")
        case .sending: ("写真を送っています…", "Sending the photograph…")
        case .waiting: ("照合しています…", "Comparing…")
        case .needPhoto: ("写真を選んでください。", "Choose a photograph first.")
        case .needKey: ("API キーを入力してください。", "Enter your API key.")
        case .connectionLost:
            ("送信できませんでした。電波を確認して、もう一度送ってください。", "It could not be sent: check the connection and send it again.")
        case .needsScript: ("このページには JavaScript が必要です。", "This page needs JavaScript.")
        case .language: ("English", "日本語")
        case .optional: ("任意", "optional")
        case .screeningTitle: ("照合結果", "Result")
        case .received: ("順番を待っています", "Waiting its turn")
        case .processing: ("照合しています", "Comparing with the registry")
        case .refreshing: ("この画面は自動で更新されます。", "This page refreshes by itself.")
        case .matched: ("{name} と一致しました", "This is {name}")
        case .undecided: ("似た個体がいますが、断定できません", "A possible match, for a person to decide")
        case .unknown: ("登録のない個体です", "Not a known animal")
        case .unknownAmongCompared: ("照合できた個体の中にはいません", "None of the animals compared")
        case .unusable: ("この写真では照合できません", "This photograph cannot be used")
        case .failed: ("照合できませんでした", "The comparison failed")
        case .matchedNext:
            ("下の写真で斑紋が合っているか確かめ、担当者に知らせてください。", "Check below that the spots agree, and tell the officer in charge.")
        case .undecidedNext:
            (
                "下の候補を見比べてください。撮り直した写真を追加すると決まることがあります。",
                "Compare the candidates below; another photograph may settle it."
            )
        case .unknownNext:
            (
                "新しい個体かもしれません。別の角度からも撮り、担当者に知らせてください。",
                "It may be new to the registry: photograph it again and tell the officer in charge."
            )
        case .unusableNext:
            ("下の理由を直して、撮り直してください。", "Mend what is named below and take another photograph.")
        case .failedNext:
            ("写真は保存されています。しばらくしてから、もう一度送ってください。", "The photograph is kept. Send it again in a while.")
        case .probabilityAnimal: ("確からしさ 約 {hundred} %", "Right in about {hundred} of 100 such cases")
        case .probabilityUnknown: ("確からしさ 約 {hundred} %", "New in about {hundred} of 100 such cases")
        case .whatToDo: ("次にすること", "What to do next")
        case .reasons: ("根拠", "Evidence")
        case .movement: ("場所", "Where it was met")
        case .movementHome: ("これまでの生息場所です。", "This is where it lives.")
        case .movementPlausible: ("自力で移動できる範囲です。", "It can have come here by itself.")
        case .movementFlood:
            ("出水で下流へ流された可能性があります。", "High water may have carried it downstream.")
        case .movementPeople:
            (
                "自力では来られない場所です。放さずに、担当機関の判断を待ってください。",
                "It can hardly have come here by itself: do not release it, and wait for the agency responsible."
            )
        case .movementOtherWater:
            (
                "これまでとは別の水系です。放さずに、担当機関の判断を待ってください。",
                "This is other water than it lives in: do not release it, and wait for the agency responsible."
            )
        case .movementAuthorised: ("許可を得た移送の記録があります。", "It was moved here with permission.")
        case .movementUnclear:
            ("場所の情報が足りず、移動を判断できません。", "Too little is known of the places to tell whether it was moved.")
        case .candidates: ("似ている個体", "Most similar animals")
        case .candidate: ("{rank}. {name}（見込み {percent} %）", "{rank}. {name} ({percent} %)")
        case .explanation:
            ("送った写真と {name} の登録写真：一致する斑紋 {count} 個", "Submitted and {name}, spots that agree: {count}")
        case .wholeReference: ("登録写真の全体を見る", "The whole registered photograph")
        case .submitted: ("送った写真", "Submitted")
        case .anotherPhoto: ("別の写真を送る", "Submit another photograph")
        case .searched:
            (
                "{individuals} 個体・{photos} 枚と照合（{seconds} 秒）",
                "Compared with {individuals} animals, {photos} photographs, in {seconds} s"
            )
        case .submittedAt: ("受付：{moment}", "Received {moment}")
        case .number: ("番号 {id}", "Number {id}")
        case .problem: ("表示できません", "This cannot be shown")
        case .back: ("最初のページへ", "To the first page")
        }
    }
}

extension PageText {
    /// What a movement means, in a sentence that names no place.
    public init(_ kind: MovementVerdict.Kind) {
        self =
            switch kind {
            case .withinHomeRange: .movementHome
            case .plausibleMovement: .movementPlausible
            case .possibleFloodDisplacement: .movementFlood
            case .implausibleWithoutPeople: .movementPeople
            case .differentWaterSystem: .movementOtherWater
            case .authorisedTranslocation: .movementAuthorised
            case .insufficientData: .movementUnclear
            }
    }
}
