/// The wording of what tags say, in Japanese and English.
enum TagWording {
    case agrees, alone, new, lost, twoAnimals, deadAnimal, againstSpots, againstPhoto
    case unreadable, unknown, similar, ended, later, notUnique, readerUnfit, probability, ratesAssumed

    // A switch rather than a dictionary: the compiler holds the table complete.
    var wording: (ja: String, en: String) {
        switch self {
        case .agrees: ("タグも {name} を示しています。", "The tag names {name} too.")
        case .alone:
            (
                "タグは {name} のものですが、写真だけでは決まりません。タグは外れたり移されたりします。人が確かめてください。",
                "The tag is one of {name}; the photograph alone does not decide. Tags are lost and moved: a person must look."
            )
        case .new:
            (
                "{name} に、登録のないタグが見つかりました。確かめてから登録してください（andrias tag assign）。",
                "{name} bears a tag that nobody recorded: check it, then record it (andrias tag assign)."
            )
        case .lost:
            (
                "{name} にはタグの記録がありますが、読める機器でも見つかりませんでした。脱落したかもしれません。",
                "{name} is recorded with a tag, and a fitting reader found none: it may be lost."
            )
        case .twoAnimals:
            (
                "読まれたタグは別々の個体（{names}）のものです。人が確かめてください。",
                "The tags read are of different animals ({names}): a person must look."
            )
        case .deadAnimal:
            (
                "読まれたタグは、死亡と記録された {name} のものです。人が確かめてください。",
                "The tag read is one of {name}, which is recorded as dead: a person must look."
            )
        case .againstSpots:
            (
                "タグは {tag} のものですが、斑紋は {tag} と合いません。人が確かめてください。",
                "The tag is one of {tag}, and the spots are not those of {tag}: a person must look."
            )
        case .againstPhoto:
            (
                "タグは {tag} のものですが、斑紋は {photo} と一致します。人が確かめてください。",
                "The tag is one of {tag}, the spots are those of {photo}: a person must look."
            )
        case .unreadable:
            ("タグ番号として読めない文字列があります。もう一度読み取ってください。", "One text sent as a tag code is none: read the tag again.")
        case .unknown: ("読まれたタグは登録がありません。記録しました。", "A tag was read that belongs to no known animal; it is kept.")
        case .similar:
            (
                "読まれた番号は {name} のタグと 1 か所だけ違います。読み違いかもしれません。",
                "The code read differs from the tag of {name} by one slip: it may be misread."
            )
        case .ended:
            (
                "このタグは以前 {name} のものでしたが、外れたと記録されています。",
                "The tag once was one of {name}, and its end is recorded."
            )
        case .later:
            (
                "見つけた日時は、{name} にこのタグが入れられた日より前です。日時を確かめてください。",
                "The animal was met before {name} was given this tag: check the time."
            )
        case .notUnique:
            (
                "試験用または重複が知られている番号です。同じ番号のタグがほかにもあるかもしれません。",
                "The code is a test code, or of a range sold twice: other tags may bear it too."
            )
        case .readerUnfit:
            (
                "{name} のタグはこの読取機では読めません。見つからなくても、脱落とは言えません。",
                "The reader cannot read the tag of {name}: that none was found says nothing."
            )
        case .probability:
            (
                "{name} である見込み：写真だけで {photo} %、タグと合わせて {both} %。",
                "Probability of {name}: {photo} % by the photograph alone, {both} % with the tag."
            )
        case .ratesAssumed:
            (
                "タグの読み違い・登録違いの割合は実測ではなく仮定です。",
                "How often tags are misread or recorded wrongly is assumed, not measured."
            )
        }
    }
}
