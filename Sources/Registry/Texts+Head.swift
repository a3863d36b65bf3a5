/// The names of landmarks and measures of a head, and what is wrong with landmarks, in Japanese and English.
///
/// Landmarks and measures have the raw values of their types in `Hybrids`.
public enum HeadText: String, CaseIterable, Sendable {
    case snoutTip = "snout_tip"
    case nostrilLeft = "nostril_left"
    case nostrilRight = "nostril_right"
    case eyeLeft = "eye_left"
    case eyeRight = "eye_right"
    case mouthLeft = "mouth_left"
    case mouthRight = "mouth_right"
    case headLeft = "head_left"
    case headRight = "head_right"
    case neckLeft = "neck_left"
    case neckRight = "neck_right"
    case neckMiddle = "neck_middle"

    case headWidthRatio = "head_width_ratio"
    case mouthWidthRatio = "mouth_width_ratio"
    case interocularRatio = "interocular_ratio"
    case internarialRatio = "internarial_ratio"
    case snoutRatio = "snout_ratio"
    case shapeNostrilX = "shape_nostril_x"
    case shapeEyeX = "shape_eye_x"
    case shapeEyeY = "shape_eye_y"
    case shapeMouthX = "shape_mouth_x"
    case shapeMouthY = "shape_mouth_y"
    case shapeHeadX = "shape_head_x"
    case shapeHeadY = "shape_head_y"
    case shapeNeckX = "shape_neck_x"
    case shapeNeckY = "shape_neck_y"
    case groundLightness = "ground_lightness"
    case groundRedness = "ground_redness"
    case groundYellowness = "ground_yellowness"
    case spotCoverage = "spot_coverage"
    case spotSize = "spot_size"
    case spotSizeSpread = "spot_size_spread"
    case spotDensity = "spot_density"
    case blotchCoverage = "blotch_coverage"
    case blotchSize = "blotch_size"
    case blotchPaleness = "blotch_paleness"
    case contrast = "contrast"
    case wartTexture = "wart_texture"

    case otherScheme, unknownName, givenTwice, missing, listedOutOfOrder, outsidePhoto, notFinite, tooSmall, mirrored,
        sidesExchanged, wrongOrder
    case headCovered, bedMissing
    case suggested, noModel, noSureHead

    /// The text in a language, its placeholders `{name}` filled.
    public func text(in language: Language, _ values: [String: String] = [:]) -> String {
        var text = language == .ja ? wording.ja : wording.en
        for (name, value) in values { text = text.replacing("{\(name)}", with: value) }
        return text
    }

    // A switch rather than a dictionary: the compiler holds the table complete.
    var wording: (ja: String, en: String) {
        switch self {
        case .snoutTip: ("吻端", "tip of the snout")
        case .nostrilLeft: ("左の鼻孔", "left nostril")
        case .nostrilRight: ("右の鼻孔", "right nostril")
        case .eyeLeft: ("左目", "left eye")
        case .eyeRight: ("右目", "right eye")
        case .mouthLeft: ("左の口角", "left corner of the mouth")
        case .mouthRight: ("右の口角", "right corner of the mouth")
        case .headLeft: ("頭の左の最も広い点", "widest point of the head, left")
        case .headRight: ("頭の右の最も広い点", "widest point of the head, right")
        case .neckLeft: ("首のひだの左端", "left end of the neck fold")
        case .neckRight: ("首のひだの右端", "right end of the neck fold")
        case .neckMiddle: ("首のひだの中央", "middle of the neck fold")
        case .headWidthRatio: ("頭の幅（頭の長さ比）", "head width over head length")
        case .mouthWidthRatio: ("口の幅（頭の長さ比）", "mouth width over head length")
        case .interocularRatio: ("両目の間隔（頭の長さ比）", "distance between the eyes over head length")
        case .internarialRatio: ("鼻孔の間隔（頭の長さ比）", "distance between the nostrils over head length")
        case .snoutRatio: ("吻から目までの長さ（頭の長さ比）", "snout to eyes over head length")
        case .shapeNostrilX: ("形：鼻孔の横の位置", "shape: nostrils, across")
        case .shapeEyeX: ("形：目の横の位置", "shape: eyes, across")
        case .shapeEyeY: ("形：目の縦の位置", "shape: eyes, along")
        case .shapeMouthX: ("形：口角の横の位置", "shape: corners of the mouth, across")
        case .shapeMouthY: ("形：口角の縦の位置", "shape: corners of the mouth, along")
        case .shapeHeadX: ("形：最も広い点の横の位置", "shape: widest points, across")
        case .shapeHeadY: ("形：最も広い点の縦の位置", "shape: widest points, along")
        case .shapeNeckX: ("形：首のひだの端の横の位置", "shape: ends of the neck fold, across")
        case .shapeNeckY: ("形：首のひだの端の縦の位置", "shape: ends of the neck fold, along")
        case .groundLightness: ("地色の明るさ", "lightness of the ground colour")
        case .groundRedness: ("地色の赤み", "redness of the ground colour")
        case .groundYellowness: ("地色の黄み", "yellowness of the ground colour")
        case .spotCoverage: ("黒い斑点の面積の割合", "part covered by dark spots")
        case .spotSize: ("黒い斑点の大きさ", "size of dark spots")
        case .spotSizeSpread: ("黒い斑点の大きさのばらつき", "spread of the spots' sizes")
        case .spotDensity: ("黒い斑点の密度", "number of dark spots in an area")
        case .blotchCoverage: ("淡い斑紋の面積の割合", "part covered by pale blotches")
        case .blotchSize: ("淡い斑紋の大きさ", "size of pale blotches")
        case .blotchPaleness: ("淡い斑紋の淡さ", "paleness of blotches")
        case .contrast: ("明暗の差", "contrast")
        case .wartTexture: ("いぼの細かな凹凸", "texture of warts")
        case .otherScheme:
            (
                "目印の方式「{name}」は使えません。{scheme} で置いてください。",
                "Landmarks of the scheme “{name}” are not taken. Place those of {scheme}."
            )
        case .unknownName: ("「{name}」という目印はありません。使える目印：{names}。", "“{name}” is no landmark. Landmarks are {names}.")
        case .givenTwice: ("{name}が二度あります。正しい方だけを残してください。", "{name} is given twice. Keep the right one.")
        case .missing:
            (
                "{names}がありません。{count} 個の目印をすべて置くか、見えないときは一つも置かないでください。",
                "Missing: {names}. Place all {count} landmarks, or none where they cannot be seen."
            )
        case .listedOutOfOrder:
            (
                "{expected}の位置に{name}があります。順序：{names}。",
                "{name} stands where {expected} belongs. The order is {names}."
            )
        case .outsidePhoto:
            (
                "{name}が写真の外にあります。座標とその単位（割合か画素か）を確かめてください。",
                "{name} lies beside the photograph. Look at its coordinates, and whether they are fractions or pixels."
            )
        case .notFinite:
            ("{name}の座標が数値ではありません。", "A coordinate of {name} is no finite number.")
        case .tooSmall:
            (
                "頭の長さが {pixels} 画素しかありません（{least} 画素以上が必要）。もっと近くから撮影してください。",
                "The head is {pixels} pixels long; {least} are needed. Take a photograph from nearer."
            )
        case .mirrored:
            (
                "左の目印がすべて動物の右側にあります。左右は上から見た動物自身の左右です。左右の取り違えか、反転した写真か、腹側の写真です。",
                "Every left landmark lies on the animal's right. Left and right are the animal's own, seen from above: either "
                    + "they are exchanged, the photograph is mirrored, or it shows the belly."
            )
        case .sidesExchanged:
            (
                "{left}が{right}より右にあります。左右は上から見た動物自身の左右です。入れ替えてください。",
                "{left} lies to the right of {right}. Left and right are the animal's own, seen from above: exchange them."
            )
        case .wrongOrder:
            (
                "{front}は{behind}より前、または正中線寄りにあるはずです。両方を見直してください。",
                "{front} must lie in front of {behind}, or nearer to the midline, and does not. Look at both again."
            )
        case .headCovered:
            (
                "頭の半分以上が反射や写真の端で隠れています。日陰にして、頭全体を撮影してください。",
                "Reflections or the photograph's edge cover more than half of the head. Shade it and photograph it whole."
            )
        case .suggested:
            (
                "モデルによる提案です。まだ何も置かれていません。目印を一つずつ確かめ、正しい位置に動かしてから、12 個すべてを置いてください。",
                "A model suggests these points, and nothing is placed yet. Look at each, move it where it belongs, and place all "
                    + "twelve."
            )
        case .noModel:
            (
                "目印を提案するモデルがまだありません。12 個の目印を手で置いてください。人が目印を置いた写真が集まれば、学習できます。",
                "There is no model yet that suggests landmarks. Place all twelve by hand: photographs on which people placed them "
                    + "are what a model learns from."
            )
        case .noSureHead:
            (
                "上から見た頭を確実には見つけられないため、目印を提案しません。手で置くか、頭の枠と、吻端と首のひだの中央を示してください。",
                "No head seen from above is found with certainty, so nothing is suggested. Place the landmarks by hand, or mark "
                    + "the head with the tip of its snout and the middle of its neck fold."
            )
        case .bedMissing:
            (
                "頭の周りの川底がほとんど写っていないため、色を比べられません。吻の前に頭の長さの半分ほど川底を入れてください。",
                "Too little of the bed is seen round the head to judge its colours by. Leave half a head's length of bed in "
                    + "front of the snout."
            )
        }
    }
}
