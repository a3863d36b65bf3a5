/// Why a value in a request is not accepted, in Japanese and English.
public enum ValueText: String, CaseIterable, Sendable {
    case missing
    case unknownField
    case notAnIdentifier
    case notAMoment
    case inTheFuture
    case outOfRange
    case swappedAxes
    case outsideJapan
    case noDestination
    case backwards
    case nullIsland
    case uncertainty
    case halfAPosition
    case notOneOf
    case outsidePhoto
    case photoOrPhotos
    case photoCount
    case twice
    case noSuchPhoto
    case noSuchIndividual
    case notInSubmission
    case boxOrBoxes
    case boxOrOutline
    case outlinePoints
    case flatOutline
    case shortAxis
    case axisOfAHead
    case notBase64
    case textLength
    case listLength
    case individualOfConfirmation
    case sameIndividual
    case encountersOfTheIndividual
    case unsettledPhoto
    case breaksRule
    case number
    case tagUnreadable
    case scanWithoutReader
    case tagAndNoneFound
    case endBeforeBeginning
    case notAPlace
    case unknownWater
    case beyondRiver
    case offNetwork
    case noNetwork
    case urlUnreadable
    case urlScheme
    case urlCredentials
    case urlFragment
    case urlPort
    case urlPrivate
    case mailAddress
    case addressOfChannel
    case secretUnreadable
    case notPEM
    case certificateAndKey
    case oneArea
    case notAnArea
    case crossingArea
    case crossingAreaThere
    case unknownSystem
    case unknownMunicipality
    case oneReplay
    case position
    case notEmpty
    case noSuchScreening
    case noSuchSample
    case noSuchCharacter
    case notASHA256
    case labelTaken
    case backwardsCustody
    case resultBeforeSample
    case landmarkScheme
    case noSuchLandmark
    case landmarkTwice
    case landmarksMissing
    case landmarkOutOfOrder
    case landmarkOutside
    case landmarkNotFinite
    case headTooSmall
    case landmarksMirrored
    case landmarkSides
    case landmarkPlace

    /// The reason in a language, its placeholders `{name}` filled.
    public func text(in language: Language, _ values: [String: String] = [:]) -> String {
        var text = language == .ja ? wording.ja : wording.en
        for (name, value) in values { text = text.replacing("{\(name)}", with: value) }
        return text
    }

    // A switch rather than a dictionary: the compiler holds the table complete.
    private var wording: (ja: String, en: String) {
        switch self {
        case .landmarkScheme: HeadText.otherScheme.wording
        case .noSuchLandmark: HeadText.unknownName.wording
        case .landmarkTwice: HeadText.givenTwice.wording
        case .landmarksMissing: HeadText.missing.wording
        case .landmarkOutOfOrder: HeadText.listedOutOfOrder.wording
        case .landmarkOutside: HeadText.outsidePhoto.wording
        case .landmarkNotFinite: HeadText.notFinite.wording
        case .headTooSmall: HeadText.tooSmall.wording
        case .landmarksMirrored: HeadText.mirrored.wording
        case .landmarkSides: HeadText.sidesExchanged.wording
        case .landmarkPlace: HeadText.wrongOrder.wording
        case .notAPlace:
            (
                "「緯度,経度」、「川の名前 キロ」、または堰の名前で書いてください。",
                "Write latitude,longitude, a river and kilometres, or the name of a weir."
            )
        case .unknownWater:
            (
                "この名前の川も堰もありません。近い名前：{nearest}。", "No river or weir is called so; nearest: {nearest}."
            )
        case .beyondRiver:
            ("この川の長さは {length} km です。", "The river is {length} km long.")
        case .offNetwork:
            ("近くに水がなく、河川網の上にありません。", "No water is near: the place is not on the network.")
        case .noNetwork:
            ("河川網が読み込まれていません（andrias river load）。", "No river network is loaded (andrias river load).")
        case .urlUnreadable:
            (
                "URL として読めません。https://ホスト名/パス を ASCII 文字で 2000 文字以内で指定してください。",
                "This is no URL: give https://host/path in at most 2000 ASCII characters (names as xn--…, paths "
                    + "percent-encoded)."
            )
        case .urlScheme:
            (
                "https の URL を指定してください（http は、運用者が私設網を許可した通知先だけ）。",
                "Give an https URL; http is for private networks that an operator has allowed."
            )
        case .urlCredentials:
            (
                "URL にユーザー名やパスワードを入れないでください。要求には署名が付きます。",
                "The URL holds a user or password: leave them out, requests are signed."
            )
        case .urlFragment: ("URL の # 以降は送られません。省いてください。", "A fragment (#…) is never sent: leave it out.")
        case .urlPort:
            (
                "使えるポートは 443 と 8443 です（ほかは、運用者が許可した通知先だけ）。",
                "Ports are 443 and 8443; others are for private networks that an operator has allowed."
            )
        case .urlPrivate:
            (
                "公開されたインターネットの宛先ではありません。私設網は運用者が許可します（andrias webhook add --allow-private）。",
                "This is not on the open Internet; an operator can allow private networks (andrias webhook add "
                    + "--allow-private)."
            )
        case .mailAddress:
            (
                "メールアドレスではありません（name@example.jp の形、ASCII 文字）。",
                "This is no mail address: give name@domain in ASCII, domains of other scripts as xn--…."
            )
        case .addressOfChannel:
            (
                "webhook と email には宛先が必要で、feed にはありません。",
                "A webhook or email has an address, a feed has none."
            )
        case .secretUnreadable:
            (
                "「whsec_」と、24〜64 バイトの Base64 です。省けば作られます。",
                "A secret is “whsec_” and 24 to 64 bytes in base64; left out, one is made."
            )
        case .notPEM:
            ("64 KiB 以内の PEM（-----BEGIN …）で指定してください。", "Give PEM (-----BEGIN …) of at most 64 KiB.")
        case .certificateAndKey:
            (
                "clientCertificate と clientKey は一緒に指定してください。",
                "clientCertificate and clientKey come together."
            )
        case .oneArea:
            (
                "polygon・waterSystem・municipality のどれか一つを指定してください。",
                "Give one of polygon, waterSystem and municipality."
            )
        case .notAnArea:
            (
                "GeoJSON（RFC 7946）の Polygon か MultiPolygon として読めません：{reason}",
                "This cannot be read as a Polygon or MultiPolygon of GeoJSON (RFC 7946): {reason}"
            )
        case .crossingArea: ("多角形になっていません（{reason}）。", "The area is no polygon: {reason}.")
        case .crossingAreaThere:
            (
                "多角形になっていません（{reason}、経度 {longitude}、緯度 {latitude}）。そこを直してください。",
                "The area is no polygon: {reason} at longitude {longitude}, latitude {latitude}. Correct it there."
            )
        case .unknownSystem:
            (
                "読み込まれた河川網に、この水系コードはありません。",
                "No river network that is loaded has this water system."
            )
        case .unknownMunicipality:
            (
                "この団体コードの市区町村は読み込まれていません（andrias municipality load）。",
                "No municipality with this code is loaded (andrias municipality load)."
            )
        case .oneReplay:
            (
                "event、from と to、since、dead のどれか一つを指定してください。",
                "Give one of event, from and to, since, and dead: true."
            )
        case .position: ("0 以上の整数です。前の応答の next です。", "This is a whole number from 0: the next of an answer before.")
        case .notEmpty: ("一つ以上指定するか、項目を省いてください。", "Name at least one, or leave it out.")
        case .noSuchScreening:
            ("該当する判定がないか、このキーでは見られません。", "There is no such screening, or this key may not see it.")
        case .noSuchSample:
            ("該当する試料がないか、このキーでは見られません。", "There is no such sample, or this key may not see it.")
        case .noSuchCharacter:
            ("この形質はありません。使えるもの：{known}。", "There is no such character; there are {known}.")
        case .notASHA256: ("SHA-256 は 16 進の小文字 64 桁です。", "A SHA-256 is 64 lower-case hexadecimal digits.")
        case .labelTaken: ("このラベルの試料はすでにあります。", "A sample with this label exists already.")
        case .backwardsCustody:
            ("前の受け渡しより前の日時です。", "This lies before the step before it.")
        case .resultBeforeSample:
            ("試料の採取より前の日時です。", "This lies before the sample was taken.")
        case .missing: ("必ず指定してください。", "This is needed.")
        case .unknownField:
            ("この項目はありません。使える項目：{known}。", "There is no such field; there are {known}.")
        case .notAnIdentifier: ("UUID ではありません。", "This is not a UUID.")
        case .notAMoment:
            (
                "日時は時差付きで書いてください（例 2026-06-01T09:30:00+09:00）。",
                "Write a date and time with an offset, such as 2026-06-01T09:30:00+09:00."
            )
        case .inTheFuture: ("未来の日時です。時計を確認してください。", "This lies in the future: check the clock.")
        case .outOfRange:
            ("緯度は −90〜90、経度は −180〜180 です。", "Latitude is −90 to 90, longitude −180 to 180 degrees.")
        case .swappedAxes:
            ("緯度と経度が逆です。", "Latitude and longitude stand the wrong way round.")
        case .outsideJapan:
            (
                "日本の外です。緯度と経度を確認してください。",
                "This lies outside Japan: check latitude and longitude."
            )
        case .noDestination:
            (
                "行き先の座標か水系コードのどちらかが必要です。",
                "Say where it was set down: coordinates, or the code of the water system."
            )
        case .backwards:
            ("終わりが始まりより前です。", "This ends before it begins.")
        case .nullIsland:
            (
                "0, 0 は位置が取れなかった印です。位置を省くか、取り直してください。",
                "0, 0 is what a device writes that knows no position: leave the position out, or take it again."
            )
        case .uncertainty: ("0 より大きいメートル数です。", "This is a number of metres greater than 0.")
        case .halfAPosition:
            (
                "緯度と経度は両方そろえて指定してください。",
                "Latitude and longitude belong together, and an uncertainty to both: give all or none."
            )
        case .notOneOf: ("{accepted} のいずれかです。", "This is one of {accepted}.")
        case .outsidePhoto:
            (
                "枠は写真の中に、幅と高さの割合（0〜1）で指定してください。",
                "A box lies inside the photograph, in fractions of its width and height (0 to 1), and is not empty."
            )
        case .photoOrPhotos:
            ("photoIds か photo のどちらか一方を指定してください。", "Give either photoIds or photo.")
        case .photoCount: ("写真は 1〜20 枚です。", "A screening takes 1 to 20 photographs.")
        case .twice: ("同じものが 2 回あります。", "This stands there twice.")
        case .noSuchPhoto:
            ("該当する写真がないか、このキーでは見られません。", "There is no such photograph, or this key may not see it.")
        case .noSuchIndividual: ("該当する個体がありません。", "There is no such individual.")
        case .notInSubmission:
            ("この判定に含まれない写真です。", "A box belongs to a photograph of this screening.")
        case .boxOrBoxes:
            ("box は写真が 1 枚のときに、boxes と併用せずに使います。", "box is for a single photograph, and not beside boxes.")
        case .boxOrOutline:
            (
                "x・y・width・height の四つか、outline のどちらか一方を指定します。",
                "Give x, y, width and height, or an outline instead."
            )
        case .outlinePoints: ("輪郭は 3 点以上 500 点以下です。", "An outline has 3 to 500 points.")
        case .flatOutline: ("輪郭の点が面を囲んでいません。", "The points of the outline enclose nothing.")
        case .axisOfAHead: ("目印は頭 (head) だけに使えます。", "Landmarks are for heads alone.")
        case .shortAxis:
            (
                "吻端と頸の目印が写真の 0.02 より近くにあります。",
                "The landmarks of snout and neck lie less than 0.02 of the photograph apart."
            )
        case .notBase64: ("Base64（RFC 4648）ではありません。", "This is not base64 (RFC 4648, with padding).")
        case .textLength: ("長さは {shortest}〜{longest} 文字です。", "This takes {shortest} to {longest} characters.")
        case .listLength: ("{longest} 件までです。", "This takes at most {longest} entries.")
        case .individualOfConfirmation:
            (
                "individualId は confirmed のときだけ、必ず指定してください。",
                "A confirmation names an individual, and no other decision does."
            )
        case .sameIndividual:
            ("別の個体を指定してください。", "This is one animal already: name two.")
        case .encountersOfTheIndividual:
            (
                "この個体の遭遇記録を 1 件以上、全部ではない範囲で指定してください。",
                "Name at least one encounter of this animal, and leave it at least one."
            )
        case .unsettledPhoto:
            (
                "写真の個体が未確定です。先に遭遇記録の個体を決めてください。",
                "A photograph belongs to no animal at the moment: settle its encounter first."
            )
        case .breaksRule:
            ("登録の規則「{rule}」に反します。", "This breaks the registry's rule “{rule}”.")
        case .tagUnreadable:
            (
                "タグ番号として読めません（{reason}）。近い番号：{nearest}。もう一度読み取ってください。",
                "This is no tag code ({reason}); nearest readings: {nearest}. Read the tag again."
            )
        case .scanWithoutReader:
            (
                "タグが見つからなかった場合は、読取機の周波数（125・128・134.2）を指定してください。",
                "Where no tag was found, name the frequencies the reader works at: 125, 128, 134.2."
            )
        case .tagAndNoneFound:
            ("タグ番号と「見つからなかった」は同時に指定できません。", "Give codes that were read, or that none was found, not both.")
        case .endBeforeBeginning:
            ("開始より前の日時です。", "This lies before the beginning.")
        case .number: ("{lowest}〜{highest} の整数です。", "This is a whole number from {lowest} to {highest}.")
        }
    }
}
