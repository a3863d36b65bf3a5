/// The wording of refused requests, in Japanese and English: a short title that stays, and what to do about it.
///
/// The raw value is the last part of the problem's type, `urn:andrias:problem:` before it.
public enum ProblemText: String, CaseIterable, Sendable {
    case unauthorized
    case forbidden
    case notFound = "not-found"
    case noSuchPage = "no-such-page"
    case methodNotAllowed = "method-not-allowed"
    case requestTimeout = "request-timeout"
    case contentTooLarge = "content-too-large"
    case unsupportedMediaType = "unsupported-media-type"
    case malformedJSON = "malformed-json"
    case invalidParameter = "invalid-parameter"
    case invalidValue = "invalid-value"
    case idempotencyKeyInvalid = "idempotency-key-invalid"
    case idempotencyKeyReused = "idempotency-key-reused"
    case screeningUnanswered = "screening-unanswered"
    case individualMerged = "individual-merged"
    case laterChange = "later-change"
    case notUndoable = "not-undoable"
    case alreadyOne = "already-one"
    case tagTaken = "tag-taken"
    case tagEnded = "tag-ended"
    case endpointExists = "endpoint-exists"
    case endpointDisabled = "endpoint-disabled"
    case endpointIsFeed = "endpoint-is-feed"
    case noFeed = "no-feed"
    case resultCorrected = "result-corrected"
    case rateLimited = "rate-limited"
    case photoEmpty = "photo-empty"
    case photoUnrecognised = "photo-unrecognised"
    case photoTruncated = "photo-truncated"
    case photoCorrupt = "photo-corrupt"
    case photoUnsupported = "photo-unsupported"
    case photoTooLarge = "photo-too-large"
    case photoTooSmall = "photo-too-small"
    case photoFileLost = "photo-file-lost"
    case headCovered = "head-covered"
    case headBedMissing = "head-bed-missing"
    case noLandmarkModel = "no-landmark-model"
    case noSureHead = "no-sure-head"
    case databaseAway = "database-away"
    case diskFull = "disk-full"
    case overloaded
    case notReady = "not-ready"
    case internalError = "internal-error"

    /// The title in a language.
    public func title(in language: Language) -> String {
        language == .ja ? wording.title.ja : wording.title.en
    }

    /// The detail in a language, its placeholders `{name}` filled.
    public func detail(in language: Language, _ values: [String: String] = [:]) -> String {
        var text = language == .ja ? wording.detail.ja : wording.detail.en
        for (name, value) in values { text = text.replacing("{\(name)}", with: value) }
        return text
    }
}

extension ProblemText {
    typealias Pair = (ja: String, en: String)

    // A switch rather than a dictionary: the compiler holds the table complete.
    private var wording: (title: Pair, detail: Pair) {
        switch self {
        case .unauthorized:
            (
                ("認証が必要です", "A valid key is needed"),
                (
                    "API キーがないか、正しくないか、取り消されています。団体の管理者に確認してください。",
                    "The API key is missing, wrong or revoked: ask your agency's administrator for a valid one."
                )
            )
        case .forbidden:
            (
                ("権限がありません", "The key does not allow this"),
                (
                    "このキーの役割（{role}）ではこの操作はできません。必要な権限：{permission}。",
                    "The role of this key ({role}) does not include {permission}: use a key of a role that does."
                )
            )
        case .notFound:
            (
                ("見つかりません", "Not found"),
                (
                    "該当する記録がないか、このキーでは見られません。ID を確認してください。",
                    "There is no such record, or this key may not see it: check the identifier."
                )
            )
        case .noSuchPage:
            (
                ("ページがありません", "No such page"),
                (
                    "{path} というページはありません。/openapi.yaml に一覧があります。",
                    "Nothing is served at {path}: /openapi.yaml lists what is."
                )
            )
        case .methodNotAllowed:
            (
                ("このメソッドは使えません", "The method is not allowed"),
                ("{path} で使えるのは {methods} です。", "{path} takes {methods} only.")
            )
        case .requestTimeout:
            (
                ("受信に時間がかかりすぎました", "The request came too slowly"),
                (
                    "{seconds} 秒以内に受信できませんでした。電波のよい場所で送り直してください。",
                    "It was not complete after {seconds} s: send it again where the connection is better."
                )
            )
        case .contentTooLarge:
            (
                ("データが大きすぎます", "The request is too large"),
                ("上限は {limit} バイトです。", "The limit is {limit} bytes: send less.")
            )
        case .unsupportedMediaType:
            (
                ("この形式は受け付けません", "The content type is not accepted"),
                ("Content-Type は {accepted} のいずれかです。", "Send it with a Content-Type of {accepted}.")
            )
        case .malformedJSON:
            (
                ("JSON を読めません", "The JSON cannot be read"),
                ("JSON の誤り（{where}）：{what}", "At {where}: {what}")
            )
        case .invalidParameter:
            (
                ("パラメーターが正しくありません", "A parameter is not valid"),
                ("{name}：{reason}", "{name}: {reason}")
            )
        case .invalidValue:
            (
                ("値が正しくありません", "A value is not valid"),
                ("{field}：{reason}", "{field}: {reason}")
            )
        case .idempotencyKeyInvalid:
            (
                ("Idempotency-Key が正しくありません", "The idempotency key is not valid"),
                (
                    "1〜255 文字の印字可能な ASCII 文字で指定してください。",
                    "Send 1 to 255 printable ASCII characters."
                )
            )
        case .idempotencyKeyReused:
            (
                ("Idempotency-Key が別の内容で使われています", "The idempotency key came with another request"),
                (
                    "同じキーで別の内容が送られました。新しい内容には新しいキーを使ってください。",
                    "The same key came before with other content: use a new key for a new request."
                )
            )
        case .screeningUnanswered:
            (
                ("判定がまだ終わっていません", "The screening has no answer yet"),
                ("判定が終わってから決定を記録してください。", "Decide when it is done or failed.")
            )
        case .individualMerged:
            (
                ("この個体は統合されています", "The animal was merged into another"),
                (
                    "{name} は {into} に統合されています（変更 {change}）。{into} を指定するか、統合を取り消してください。",
                    "{name} was merged into {into} (change {change}): name {into}, or undo that change."
                )
            )
        case .laterChange:
            (
                ("後の変更があります", "A later change stands on it"),
                (
                    "変更 {change} の後に変更 {later} があります。先に {later} を取り消してください。",
                    "Change {later} came after change {change} and moved the same: undo {later} first."
                )
            )
        case .notUndoable:
            (
                ("取り消せません", "Nothing to undo"),
                (
                    "変更 {change} はすでに取り消されているか、取り消しそのものです。",
                    "Change {change} was undone before, or is an undo itself: merge or split again instead."
                )
            )
        case .alreadyOne:
            (
                ("すでに同じ個体です", "They are one animal already"),
                (
                    "両方の写真は {name} のものです。誤りなら統合を取り消すか、分割してください。",
                    "Both photographs belong to {name}: undo the merge, or split the animal, if they should not."
                )
            )
        case .tagTaken:
            (
                ("タグは別の個体のものです", "The tag belongs to an animal"),
                (
                    "このタグはその期間 {name} のものと記録されています。先に終了（脱落・除去・死亡・誤り・移し替え）を記録してください。",
                    "The tag is recorded for {name} at that time: record how that ended (lost, removed, death, error, moved) first."
                )
            )
        case .tagEnded:
            (
                ("終了は記録済みです", "The end is recorded"),
                (
                    "タグの記録 {assignment} はすでに終了しています。",
                    "Assignment {assignment} has ended before: assign the tag again instead."
                )
            )
        case .endpointExists:
            (
                ("通知先は登録済みです", "The endpoint exists"),
                (
                    "この団体には {address} への通知先があります。それを変更するか、先に削除してください。",
                    "The agency has an endpoint for {address} already: change that one, or remove it first."
                )
            )
        case .endpointDisabled:
            (
                ("通知先が止まっています", "The endpoint is disabled"),
                ("先に有効にしてください（enabled: true）。", "Enable it first (enabled: true).")
            )
        case .endpointIsFeed:
            (
                ("フィードには送信しません", "Nothing is sent to a feed"),
                (
                    "フィードは団体が GET /v1/events で読みます。after に前の位置を指定して読み直してください。",
                    "A feed is read at GET /v1/events: ask again with after at an earlier position."
                )
            )
        case .noFeed:
            (
                ("フィードがありません", "The agency has no feed"),
                (
                    "先に channel: feed の通知先を登録してください（POST /v1/endpoints）。",
                    "Enter an endpoint of channel feed first (POST /v1/endpoints), which says what it hears of."
                )
            )
        case .resultCorrected:
            (
                ("この結果はすでに訂正されています", "The result was corrected before"),
                (
                    "訂正 {correction} がこの結果に代わっています。{correction} を訂正してください。",
                    "The correction {correction} counts instead: correct that one."
                )
            )
        case .rateLimited:
            (
                ("リクエストが多すぎます", "Too many requests"),
                ("{seconds} 秒後にもう一度お試しください。", "Try again in {seconds} s.")
            )
        case .photoEmpty: (("ファイルが空です", "The photograph is empty"), Texts.Code.imageEmpty.wording)
        case .photoUnrecognised:
            (("写真ではありません", "Not a photograph"), Texts.Code.imageUnrecognised.wording)
        case .photoTruncated:
            (("写真が途中で切れています", "The photograph is cut off"), Texts.Code.imageTruncated.wording)
        case .photoCorrupt:
            (("写真が壊れています", "The photograph is damaged"), Texts.Code.imageCorrupt.wording)
        case .photoUnsupported:
            (("この種類の写真は読めません", "A photograph of a kind that is not read"), Texts.Code.imageCorrupt.wording)
        case .photoTooLarge:
            (("写真が大きすぎます", "The photograph is too large"), Texts.Code.imageTooLarge.wording)
        case .photoTooSmall:
            (("写真が小さすぎます", "The photograph is too small"), Texts.Code.imageTooSmall.wording)
        case .photoFileLost:
            (
                ("写真のファイルを読めません", "The photograph's file cannot be read"),
                (
                    "保存された写真が見つからないか、壊れています。管理者に知らせてください。",
                    "The stored file is missing or damaged: tell the administrator, who can run `andrias verify`."
                )
            )
        case .headCovered:
            (("頭が隠れています", "The head is covered"), HeadText.headCovered.wording)
        case .headBedMissing:
            (("川底が写っていません", "No bed is seen round the head"), HeadText.bedMissing.wording)
        case .noLandmarkModel:
            (("目印を提案するモデルがありません", "No model suggests landmarks"), HeadText.noModel.wording)
        case .noSureHead:
            (("頭を確実には見つけられません", "No head is found with certainty"), HeadText.noSureHead.wording)
        case .databaseAway:
            (
                ("データベースに接続できません", "The database is away"),
                (
                    "しばらくしてからもう一度送ってください。",
                    "Send the same request again shortly, with the same Idempotency-Key where it has one."
                )
            )
        case .diskFull:
            (
                ("保存場所がいっぱいです", "The disk is full"),
                (
                    "何も保存されませんでした。管理者に知らせてください。",
                    "Nothing was kept of this request: tell the administrator to make room."
                )
            )
        case .overloaded:
            (
                ("混み合っています", "Too much at once"),
                ("しばらくしてからもう一度送ってください。", "Send the same request again shortly.")
            )
        case .notReady:
            (
                ("準備ができていません", "Not ready"),
                ("使えないもの：{failing}。", "Failing: {failing}.")
            )
        case .internalError:
            (
                ("内部エラー", "Internal error"),
                (
                    "処理できませんでした。もう一度送り、続く場合は番号 {request} を管理者に伝えてください。",
                    "The request could not be answered: try again, and if it persists give the administrator the "
                        + "number {request}."
                )
            )
        }
    }
}
