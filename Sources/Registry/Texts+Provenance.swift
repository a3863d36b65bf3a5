extension Texts.Code {
    /// The wording of movements and origins; reached through ``wording`` for their codes alone.
    var provenanceWording: (ja: String, en: String) {
        switch self {
        case .movementRoute:
            (
                "{year} 年の場所から水路で {kilometers} km（下り {down} km、上り {up} km）の{water}にいます。",
                "It is {kilometers} km by water from where it was in {year} ({down} km down, {up} km up), in {water}."
            )
        case .movementLongestWay:
            (
                "1 年間に知られている最長の移動は上流へ {kilometers} km です。",
                "The longest way known of one animal in a year is {kilometers} km upstream."
            )
        case .movementWeirs:
            (
                "途中に、緩やかな迂回路のない堰を {count} か所さかのぼります：{names}。",
                "On the way up are {count} weirs that hold animals back: {names}."
            )
        case .movementOtherSystem:
            (
                "{year} 年は{from}、現在は{to}にいます。二つの水系はつながっていません（直線で {kilometers} km）。",
                "In {year} it was in {from}, this is {to}: the two waters do not connect ({kilometers} km in a straight line)."
            )
        case .movementOtherSystemUnmeasured:
            (
                "{year} 年は{from}、現在は{to}にいます。二つの水系はつながっていません。",
                "In {year} it was in {from}, this is {to}: the two waters do not connect."
            )
        case .movementStraight:
            (
                "{year} 年の場所から直線で {kilometers} km 離れていて、水路のつながりは知られていません。",
                "It is {kilometers} km in a straight line from where it was in {year}, and no way by water is known."
            )
        case .movementOffNetwork:
            (
                "知られている川から離れた場所で、{year} 年の場所から直線で {kilometers} km あります。",
                "It is on no known water, {kilometers} km in a straight line from where it was in {year}."
            )
        case .movementSamePlace:
            (
                "{year} 年の場所と位置の誤差の範囲で重なります（中心間 {kilometers} km）。",
                "As far as both places are known, it may be where it was in {year} (centres {kilometers} km apart)."
            )
        case .movementReturn:
            (
                "以前の生息場所に戻っています。記録のない移送があったと考えられます。",
                "It is back where it lived earlier; how it came back is not recorded."
            )
        case .movementHighWater:
            (
                "その間に{water}で出水の記録があります（{from}～{to}）。",
                "High water was recorded in {water} in between ({from} to {to})."
            )
        case .movementTranslocated:
            (
                "{date} に許可を得て移されました（許可 {permit}、{authority}）。",
                "It was moved with permission on {date} (permit {permit}, {authority})."
            )
        case .movementPlaceUncertain:
            (
                "場所は合わせて {kilometers} km の誤差でしか分かっていません。ありうる場所の {percent} % は警報にあたります。",
                "The places are known to {kilometers} km together; {percent} % of where it may be would alert."
            )
        case .movementIdentityUncertain:
            (
                "この個体である見込みは {percent} % です。",
                "The probability that it is this animal is {percent} %."
            )
        case .movementDateUnknown:
            (
                "日付が不明なため、間隔を {years} 年とみなしています。",
                "A date is unknown: {years} years are taken to lie between."
            )
        case .movementPeople:
            ("人が移した見込み：{percent} %。", "Probability that people moved it: {percent} %.")
        case .movementOutsideJapan:
            (
                "見つかった場所は日本の外です。座標を確認してください。",
                "Where it was found lies outside Japan: check the coordinates."
            )
        case .movementNoPlace:
            ("見つかった場所が不明です。", "Where it was found is not known.")
        case .movementNoEarlierPlace:
            ("この個体の以前の場所は記録されていません。", "No earlier place of this animal is recorded.")
        case .movementWantsPlace:
            ("変わる条件：見つかった場所の座標。", "What would change this: coordinates of where it was found.")
        case .movementWantsEarlierPlace:
            ("変わる条件：以前の遭遇記録の座標。", "What would change this: coordinates of an earlier encounter.")
        case .movementWantsExactPlace:
            ("変わる条件：より正確な位置。", "What would change this: a more exact position.")
        case .movementWantsTranslocation:
            (
                "変わる条件：許可された移送の記録（andrias translocation add）。",
                "What would change this: a record of a permitted translocation (andrias translocation add)."
            )
        case .movementWantsHighWater:
            (
                "変わる条件：その間の{water}の出水記録（andrias highwater add）。",
                "What would change this: a record of high water in {water} in between (andrias highwater add)."
            )
        case .movementWantsIdentity:
            (
                "変わる条件：別の写真、タグの読み取り、または DNA による個体の確認。",
                "What would change this: another photograph, a tag reading or DNA that settles which animal it is."
            )
        case .movementWantsDate:
            ("変わる条件：両方の日付。", "What would change this: the dates of both sightings.")
        case .movementWantsWeirs:
            (
                "変わる条件：堰の高さと迂回路の有無：{names}。",
                "What would change this: height and detour of weirs that nobody has recorded: {names}."
            )
        case .originHome:
            (
                "{name} の行動圏は{water}の {length} km です（{first}～{last} 年に {count} 回確認）。",
                "{name} lives in {length} km of {water}, met there {count} times from {first} to {last}."
            )
        case .originRelease:
            (
                "放すのに適した最も近い区間は{water}で、見つかった場所から水路で {kilometers} km です。",
                "The nearest fitting reach is in {water}, {kilometers} km by water from where it was found."
            )
        case .originWeirs:
            (
                "その上流側の堰：{names}。",
                "Weirs on the way up to it: {names}."
            )
        case .originOffHome:
            (
                "見つかった場所から{water}の行動圏へは、知られている水路がありません。",
                "No water is known to lead from where it was found to its home in {water}."
            )
        case .originNoPlace:
            (
                "{name} の場所の記録がないため、行動圏は分かりません。",
                "No place of {name} is recorded, so its home is not known."
            )
        case .originNoWater:
            (
                "{name} の場所は、読み込まれた河川網のどの水路にもありません（andrias river load）。",
                "No place of {name} lies on the river network that is loaded (andrias river load)."
            )
        case .originUnknownAnimal:
            (
                "登録のない個体です。写真からは、どこから来たかは分かりません。",
                "The animal is not known: a photograph cannot tell where it comes from."
            )
        case .originNotNamed:
            (
                "個体が確定していません。写真だけでは、どこから来たかは分かりません。",
                "Which animal it is has not been settled: a photograph alone cannot tell where it comes from."
            )
        case .originDecidedBy:
            (
                "決定する担当機関：{agency}（{contact}）。",
                "Decided by the agency responsible: {agency} ({contact})."
            )
        case .originNoContact:
            (
                "決定するのは担当機関です。この水系の担当機関は登録されていません（andrias agency responsible）。",
                "Decided by the agency responsible; none is configured for this water system (andrias agency responsible)."
            )
        // Codes of other subjects never come here; a test holds that no text is empty.
        default: ("", "")
        }
    }
}
