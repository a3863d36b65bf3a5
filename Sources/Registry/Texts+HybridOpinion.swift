extension Texts.Code {
    /// The wording of what a model says of photographs; reached through ``wording`` for its codes alone.
    var opinionWording: (ja: String, en: String) {
        switch self {
        case .hybridSpeakForOthers:
            (
                "平均的な個体と比べて在来でない方に傾く計測値：{measures}。",
                "Against the mean animal, these measures speak for one that is not purely native: {measures}."
            )
        case .hybridSpeakForNatives:
            (
                "平均的な個体と比べて在来の方に傾く計測値：{measures}。",
                "Against the mean animal, these measures speak for a native: {measures}."
            )
        case .hybridModelDrawn:
            (
                "モデル {model} は描かれた個体から学習したもので、実在の個体ではありません。実演のほかには使えません。",
                "Drawn, not real: the model {model} learned from invented animals. It is for demonstration alone."
            )
        case .hybridModelSilent:
            (
                "モデル {model} は答えを控えます。写真が学習に使ったものと違うため、尤度比 {ratio} は記録だけで、重みはありません。",
                "The model {model} abstains: the photographs are unlike those it learned from, so its ratio of {ratio} is "
                    + "recorded and weighs nothing."
            )
        case .hybridFitsBoth:
            (
                "誤り率 {percent} % では、在来とも在来でないとも言えません（モデル {model}）。",
                "At an error rate of {percent} % both remain possible to the model {model}, native and not."
            )
        case .hybridFitsNeither:
            (
                "誤り率 {percent} % では、在来にも在来でない個体にも当てはまりません（モデル {model}）。",
                "At an error rate of {percent} % the animal is unusual both among natives and among others to the model "
                    + "{model}."
            )
        case .hybridNoLandmarks:
            (
                "モデル {model} があります。写真に頭の目印 12 点を置くと、計測値も考慮されます。",
                "The model {model} says nothing yet: place the twelve landmarks of the head on a photograph seen from above."
            )
        case .hybridPhotoUnread:
            ("目印のある写真を読めません：{reason}", "A photograph with landmarks cannot be read: {reason}")
        case .hybridHeadCovered: HeadText.headCovered.wording
        case .hybridBedMissing: HeadText.bedMissing.wording
        case .hybridNewRiver: HybridModelText.newRiver.wording
        case .hybridUnknownRiver: HybridModelText.unknownRiver.wording
        case .hybridNewCamera: HybridModelText.newCamera.wording
        case .hybridUnknownCamera: HybridModelText.unknownCamera.wording
        case .hybridBlurred: HybridModelText.blurred.wording
        case .hybridSmallHead: HybridModelText.smallHead.wording
        case .hybridFewPhotographs: HybridModelText.fewPhotographs.wording
        case .hybridUnlikeAny: HybridModelText.unlikeAny.wording
        // Codes of other subjects never come here; a test holds that no text is empty.
        default: ("", "")
        }
    }
}
