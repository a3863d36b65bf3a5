/// A language that people are spoken to in.
public enum Language: String, CaseIterable, Codable, Sendable {
    /// Japanese.
    case ja
    /// English.
    case en
}

/// The one table of texts for people, in Japanese and English.
public enum Texts {
    /// The text with its placeholders `{name}` filled; a value of `region`, `character`, `class` or
    /// `markers` is worded in the language.
    public static func text(_ code: Code, in language: Language, _ values: [String: String] = [:]) -> String {
        let (ja, en) = code.wording
        var text = language == .ja ? ja : en
        for (name, value) in values {
            let worded: String? =
                switch name {
                case "region": BodyRegion(rawValue: value).map { PageText($0).text(in: language) }
                case "character", "measures", "reason": BilingualText(findingValue: value)?.text(in: language)
                case "class": DNAResult.Class(rawValue: value).map { HybridText($0).text(in: language) }
                case "markers": DNAResult.Markers(rawValue: value).map { HybridText($0).text(in: language) }
                default: nil
                }
            text = text.replacing("{\(name)}", with: worded ?? value)
        }
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
        case notSearched = "search.incomplete"
        case heldByRate = "decide.false_rate"
        case fewerFeatures = "decide.fewer_features"
        case oneReference = "decide.one_reference"
        case oneOldReference = "decide.one_old_reference"
        case knownByHead = "decide.known_by_head"
        case knownByTrunk = "decide.known_by_trunk"
        case knownByBelly = "decide.known_by_belly"
        case knownByTail = "decide.known_by_tail"
        case retakeHead = "decide.retake_head"
        case retakeTrunk = "decide.retake_trunk"
        case retakeBelly = "decide.retake_belly"
        case retakeTail = "decide.retake_tail"
        case copiedPhoto = "photo.copy"
        case mirroredPhoto = "photo.mirrored"
        case otherBodyPart = "photo.other_part"
        case severalAnimals = "animals.several"
        case severalKnownAnimals = "animals.several_known"
        case perhapsOneAnimal = "animals.perhaps_one"
        case calibrationBorrowed = "calibration.borrowed"
        case calibrationOfPopulation = "calibration.population"
        case calibrationOfRegistry = "calibration.registry"
        case decisionIsYours = "decision.yours"
        case imageEmpty = "image.empty"
        case imageUnrecognised = "image.unrecognised"
        case imageTruncated = "image.truncated"
        case imageCorrupt = "image.corrupt"
        case imageTooLarge = "image.too_large"
        case imageTooSmall = "image.too_small"
        case processingFailed = "processing.failed"

        case movementRoute = "movement.route"
        case movementLongestWay = "movement.longest_way"
        case movementWeirs = "movement.weirs"
        case movementOtherSystem = "movement.other_system"
        case movementOtherSystemUnmeasured = "movement.other_system_unmeasured"
        case movementStraight = "movement.straight"
        case movementOffNetwork = "movement.off_network"
        case movementSamePlace = "movement.same_place"
        case movementReturn = "movement.return"
        case movementHighWater = "movement.high_water"
        case movementTranslocated = "movement.translocated"
        case movementPlaceUncertain = "movement.place_uncertain"
        case movementIdentityUncertain = "movement.identity_uncertain"
        case movementDateUnknown = "movement.date_unknown"
        case movementPeople = "movement.people"
        case movementOutsideJapan = "movement.outside_japan"
        case movementNoPlace = "movement.no_place"
        case movementNoEarlierPlace = "movement.no_earlier_place"
        case movementWantsPlace = "movement.wants_place"
        case movementWantsEarlierPlace = "movement.wants_earlier_place"
        case movementWantsExactPlace = "movement.wants_exact_place"
        case movementWantsTranslocation = "movement.wants_translocation"
        case movementWantsHighWater = "movement.wants_high_water"
        case movementWantsIdentity = "movement.wants_identity"
        case movementWantsDate = "movement.wants_date"
        case movementWantsWeirs = "movement.wants_weirs"
        case originHome = "origin.home"
        case originRelease = "origin.release"
        case originWeirs = "origin.weirs"
        case originOffHome = "origin.off_home"
        case originNoPlace = "origin.no_place"
        case originNoWater = "origin.no_water"
        case originUnknownAnimal = "origin.unknown_animal"
        case originNotNamed = "origin.not_named"
        case originDecidedBy = "origin.decided_by"
        case originNoContact = "origin.no_contact"
        case tagAgrees = "tag.agrees"
        case tagAlone = "tag.alone"
        case tagNew = "tag.new"
        case tagLost = "tag.lost"
        case tagsOfTwoAnimals = "tag.two_animals"
        case tagOfDeadAnimal = "tag.dead_animal"
        case tagAgainstSpots = "tag.against_spots"
        case tagAgainstPhoto = "tag.against_photo"
        case tagUnreadable = "tag.unreadable"
        case tagUnknown = "tag.unknown"
        case tagSimilar = "tag.similar"
        case tagEnded = "tag.ended"
        case tagLater = "tag.later"
        case tagNotUnique = "tag.not_unique"
        case tagReaderUnfit = "tag.reader_unfit"
        case tagProbability = "tag.probability"
        case tagRatesAssumed = "tag.rates_assumed"
        case hybridPriorCounted = "hybrid.prior_counted"
        case hybridPriorSource = "hybrid.prior_source"
        case hybridPriorSourceUndated = "hybrid.prior_source_undated"
        case hybridPriorNoCounts = "hybrid.prior_no_counts"
        case hybridPriorNoNetwork = "hybrid.prior_no_network"
        case hybridPriorNoPlace = "hybrid.prior_no_place"
        case hybridPresentOther = "hybrid.present_other"
        case hybridPresentNative = "hybrid.present_native"
        case hybridAbsentOther = "hybrid.absent_other"
        case hybridAbsentNative = "hybrid.absent_native"
        case hybridRecordedPresent = "hybrid.recorded_present"
        case hybridRecordedAbsent = "hybrid.recorded_absent"
        case hybridTogether = "hybrid.together"
        case hybridLearned = "hybrid.learned"
        case hybridNothingWeighs = "hybrid.nothing_weighs"
        case hybridUnseen = "hybrid.unseen"
        case hybridLookNext = "hybrid.look_next"
        case hybridSuspect = "hybrid.suspect"
        case hybridLikelyNative = "hybrid.likely_native"
        case hybridInsufficient = "hybrid.insufficient"
        case hybridThresholds = "hybrid.thresholds"
        case hybridHold = "hybrid.hold"
        case hybridHoldNoContact = "hybrid.hold_no_contact"
        case hybridHoldTested = "hybrid.hold_tested"
        case hybridHoldTestedNoContact = "hybrid.hold_tested_no_contact"
        case hybridPhotographAlone = "hybrid.photograph_alone"
        case hybridReviewKnownNative = "hybrid.review_known_native"
        case hybridReviewNoRecord = "hybrid.review_no_record"
        case hybridDNANative = "hybrid.dna_native"
        case hybridDNANotNative = "hybrid.dna_not_native"
        case hybridDNADisputed = "hybrid.dna_disputed"
        case hybridDNAUndetermined = "hybrid.dna_undetermined"
        case hybridDNAMaternal = "hybrid.dna_maternal"
        case hybridSpeakForOthers = "hybrid.measures_other"
        case hybridSpeakForNatives = "hybrid.measures_native"
        case hybridModelDrawn = "hybrid.model_drawn"
        case hybridModelSilent = "hybrid.model_silent"
        case hybridFitsBoth = "hybrid.fits_both"
        case hybridFitsNeither = "hybrid.fits_neither"
        case hybridNoLandmarks = "hybrid.no_landmarks"
        case hybridPhotoUnread = "hybrid.photo_unread"
        case hybridHeadCovered = "hybrid.head_covered"
        case hybridBedMissing = "hybrid.bed_missing"
        case hybridNewRiver = "hybrid.new_river"
        case hybridUnknownRiver = "hybrid.unknown_river"
        case hybridNewCamera = "hybrid.new_camera"
        case hybridUnknownCamera = "hybrid.unknown_camera"
        case hybridBlurred = "hybrid.blurred"
        case hybridSmallHead = "hybrid.small_head"
        case hybridFewPhotographs = "hybrid.few_photographs"
        case hybridUnlikeAny = "hybrid.unlike_any"
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
        case .notSearched:
            (
                "登録済みの {total} 個体のうち {count} 個体には、この部位の写真がなく、除外できません。ほかの部位も撮影してください。",
                "{count} of the registry's {total} animals have no photograph of this body part and cannot be excluded: "
                    + "photograph other parts too."
            )
        case .heldByRate:
            (
                "{name} である見込みは高いものの、{photos} 枚との照合では、登録のない個体でも {percent} % がこれほど似ます（許容は {allowed} %）。",
                "{name} is probable, but among {photos} photographs {percent} % of unknown animals resemble one as much; "
                    + "{allowed} % are allowed."
            )
        case .fewerFeatures:
            (
                "斑紋の特徴点は {count} 個で、{name} の登録写真の {reference} 個の半分未満です。近づいて、ピントを合わせて撮影してください。",
                "{count} spot features were found, less than half of the {reference} on the photograph of {name}: go closer "
                    + "and focus on the spots."
            )
        case .oneReference:
            (
                "{name} のこの部位の登録写真は 1 枚だけです。",
                "The registry holds a single photograph of this body part of {name}."
            )
        case .oneOldReference:
            (
                "{name} のこの部位の登録写真は {years} 年前の 1 枚だけです。",
                "The registry holds a single photograph of this body part of {name}, {years} years old."
            )
        case .knownByHead:
            (
                "{name} は頭の写真が {count} 枚、送られた部位は {own} 枚あります。頭を真上から撮影すると決まりやすくなります。",
                "The head of {name} is on {count} photographs, the part sent on {own}: the head from straight above would "
                    + "decide better."
            )
        case .knownByTrunk:
            (
                "{name} は胴の写真が {count} 枚、送られた部位は {own} 枚あります。胴を真上から撮影すると決まりやすくなります。",
                "The trunk of {name} is on {count} photographs, the part sent on {own}: the back from straight above would "
                    + "decide better."
            )
        case .knownByBelly:
            (
                "{name} は腹の写真が {count} 枚、送られた部位は {own} 枚あります。保定中であれば、腹も撮影してください。",
                "The belly of {name} is on {count} photographs, the part sent on {own}: photograph the belly too, if the "
                    + "animal is in hand anyway."
            )
        case .knownByTail:
            (
                "{name} は尾の写真が {count} 枚、送られた部位は {own} 枚あります。尾を真横から撮影すると決まりやすくなります。",
                "The tail of {name} is on {count} photographs, the part sent on {own}: the tail from the side would decide "
                    + "better."
            )
        case .retakeHead:
            (
                "判定には、頭を真上から画面いっぱいに、柔らかい光で撮った写真が役立ちます。",
                "What would decide: a photograph from straight above of the head filling the frame, in soft light."
            )
        case .retakeTrunk:
            (
                "判定には、伸びた胴を真上から画面いっぱいに、柔らかい光で撮った写真が役立ちます。",
                "What would decide: a photograph from straight above of the stretched back filling the frame, in soft light."
            )
        case .retakeBelly:
            (
                "判定には、伸びた腹を正面から画面いっぱいに、柔らかい光で撮った写真が役立ちます。",
                "What would decide: a photograph of the stretched belly filling the frame, in soft light."
            )
        case .retakeTail:
            (
                "判定には、尾を真横から画面いっぱいに、柔らかい光で撮った写真が役立ちます。",
                "What would decide: a photograph from the side of the tail filling the frame, in soft light."
            )
        case .copiedPhoto:
            (
                "{name} の登録写真と同じ写真です（再保存・切り抜き・画面や印刷物の撮影・同じときの連写）。再捕獲の証拠にも反証にもなりません。別の写真を送ってください。",
                "This is the picture enrolled for {name} (saved again, cropped, taken from a screen or a print, or of the "
                    + "same moment); it is no evidence for or against a recapture: send another photograph."
            )
        case .mirroredPhoto:
            (
                "写真が左右反転しているようです。反転すると {name} に似ています。反転していない写真を送ってください。",
                "The photograph seems mirrored, as selfie cameras do; turned back it resembles {name}: send the unmirrored one."
            )
        case .otherBodyPart:
            (
                "{name} の別の部位（{region}）の登録写真に似ています。部位の選択は正しいですか。",
                "It resembles {name} on photographs of another body part ({region}): was the right part chosen?"
            )
        case .severalAnimals:
            (
                "動物が 2 匹以上写っています。1 匹を枠で囲むか、1 匹ずつ送ってください。",
                "More than one animal is seen: draw a box round one, or send one at a time."
            )
        case .severalKnownAnimals:
            (
                "複数の個体（{names}）が写っているようです。1 匹を枠で囲むか、1 匹ずつ送ってください。",
                "Several animals are seen ({names}): draw a box round one, or send one at a time."
            )
        case .perhapsOneAnimal:
            (
                "{names} は同じ個体の二重登録かもしれません。重複の確認（andrias duplicates）で比較してください。",
                "{names} may be one animal entered twice: compare them in the review of duplicates (andrias duplicates)."
            )
        case .calibrationBorrowed:
            (
                "確率は、この登録簿ではなくイモリの腹の写真（{animals} 個体、同一個体 {genuine} 組・別個体 {impostor} 組）から借りた校正によるもので、目安です。",
                "The probability is a guide only: its calibration is borrowed from bellies of {animals} newts, {genuine} "
                    + "pairs of one animal and {impostor} of different ones."
            )
        case .calibrationOfPopulation:
            (
                "確率は、個体群「{population}」の確認済みの写真（{animals} 個体、同一個体 {genuine} 組・別個体 {impostor} 組）から校正されています。",
                "The probability was learned from {animals} animals of the population {population}: {genuine} pairs of one "
                    + "animal and {impostor} of different ones."
            )
        case .calibrationOfRegistry:
            (
                "確率は、個体群ごとではなく登録簿全体の確認済みの写真（{animals} 個体、同一個体 {genuine} 組・別個体 {impostor} 組）から校正されています。",
                "The probability was learned from {animals} animals of the whole registry, not of one population: {genuine} "
                    + "pairs of one animal and {impostor} of different ones."
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
        case .movementRoute, .movementLongestWay, .movementWeirs, .movementOtherSystem,
            .movementOtherSystemUnmeasured, .movementStraight, .movementOffNetwork, .movementSamePlace,
            .movementReturn, .movementHighWater, .movementTranslocated, .movementPlaceUncertain,
            .movementIdentityUncertain, .movementDateUnknown, .movementPeople, .movementOutsideJapan, .movementNoPlace,
            .movementNoEarlierPlace, .movementWantsPlace, .movementWantsEarlierPlace, .movementWantsExactPlace,
            .movementWantsTranslocation, .movementWantsHighWater, .movementWantsIdentity, .movementWantsDate,
            .movementWantsWeirs, .originHome, .originRelease, .originWeirs, .originOffHome, .originNoPlace,
            .originNoWater, .originUnknownAnimal, .originNotNamed, .originDecidedBy, .originNoContact:
            provenanceWording
        case .tagAgrees: TagWording.agrees.wording
        case .tagAlone: TagWording.alone.wording
        case .tagNew: TagWording.new.wording
        case .tagLost: TagWording.lost.wording
        case .tagsOfTwoAnimals: TagWording.twoAnimals.wording
        case .tagOfDeadAnimal: TagWording.deadAnimal.wording
        case .tagAgainstSpots: TagWording.againstSpots.wording
        case .tagAgainstPhoto: TagWording.againstPhoto.wording
        case .tagUnreadable: TagWording.unreadable.wording
        case .tagUnknown: TagWording.unknown.wording
        case .tagSimilar: TagWording.similar.wording
        case .tagEnded: TagWording.ended.wording
        case .tagLater: TagWording.later.wording
        case .tagNotUnique: TagWording.notUnique.wording
        case .tagReaderUnfit: TagWording.readerUnfit.wording
        case .tagProbability: TagWording.probability.wording
        case .tagRatesAssumed: TagWording.ratesAssumed.wording
        case .hybridPriorCounted, .hybridPriorSource, .hybridPriorSourceUndated, .hybridPriorNoCounts,
            .hybridPriorNoNetwork, .hybridPriorNoPlace, .hybridPresentOther, .hybridPresentNative, .hybridAbsentOther,
            .hybridAbsentNative,
            .hybridRecordedPresent, .hybridRecordedAbsent, .hybridTogether, .hybridLearned, .hybridNothingWeighs,
            .hybridUnseen, .hybridLookNext, .hybridSuspect, .hybridLikelyNative, .hybridInsufficient, .hybridThresholds,
            .hybridHold, .hybridHoldNoContact, .hybridHoldTested, .hybridHoldTestedNoContact, .hybridPhotographAlone,
            .hybridReviewKnownNative, .hybridReviewNoRecord, .hybridDNANative,
            .hybridDNANotNative, .hybridDNADisputed, .hybridDNAUndetermined, .hybridDNAMaternal:
            hybridWording
        case .hybridSpeakForOthers, .hybridSpeakForNatives, .hybridModelDrawn, .hybridModelSilent, .hybridFitsBoth,
            .hybridFitsNeither, .hybridNoLandmarks, .hybridPhotoUnread, .hybridHeadCovered, .hybridBedMissing,
            .hybridNewRiver, .hybridUnknownRiver, .hybridNewCamera, .hybridUnknownCamera, .hybridBlurred,
            .hybridSmallHead, .hybridFewPhotographs, .hybridUnlikeAny:
            opinionWording
        }
    }
}
