/// Words of ways along the water, in Japanese and English.
public enum WaterText: String, CaseIterable, Sendable {
    case wayAlongWater
    case otherSystem
    case notConnected
    case from
    case to

    /// The text in a language, its placeholders `{name}` filled.
    public func text(in language: Language, _ values: [String: String] = [:]) -> String {
        var text = language == .ja ? wording.ja : wording.en
        for (name, value) in values { text = text.replacing("{\(name)}", with: value) }
        return text
    }

    private var wording: (ja: String, en: String) {
        switch self {
        case .wayAlongWater:
            (
                "川沿いに {all} km：下流へ {down} km（堰 {weirsDown}）、上流へ {up} km（堰 {weirsUp}）",
                "{all} km along the water: {down} km down (weirs: {weirsDown}), {up} km up (weirs: {weirsUp})"
            )
        case .otherSystem:
            ("別の水系：{from} と {to}。川ではつながりません。", "Different water systems, {from} and {to}: no way by river.")
        case .notConnected:
            ("同じ水系ですが、読み込んだ河川網ではつながっていません。", "One water system, but not connected in the network as loaded.")
        case .from: ("起点", "from")
        case .to: ("終点", "to")
        }
    }
}

extension WaterText {
    /// A way in a sentence, from its numbers in metres.
    public static func way(
        downMeters: Double, upMeters: Double, weirsDown: Int, weirsUp: Int, in language: Language
    ) -> String {
        func kilometers(_ meters: Double) -> String {
            let tenths = Int((meters / 100).rounded())
            return "\(tenths / 10).\(tenths % 10)"
        }
        return wayAlongWater.text(
            in: language,
            [
                "all": kilometers(downMeters + upMeters), "down": kilometers(downMeters), "up": kilometers(upMeters),
                "weirsDown": String(weirsDown), "weirsUp": String(weirsUp),
            ])
    }
}
