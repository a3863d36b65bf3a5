import Foundation

/// Direction, colour and level of the light at an hour.
struct Daylight {
    /// Unit vector towards the light in picture axes: right, down, towards the camera.
    let direction: (x: Float, y: Float, z: Float)
    let sun: Colour
    let sky: Colour
    /// Whether a lamp beside the camera is the light.
    let lamp: Bool
    /// Factor by which the camera brightens the picture; the less light, the more.
    let gain: Float

    init(_ conditions: SampleConditions) {
        var dice = SplitMix64(seed: conditions.backgroundSeed, purpose: 31)
        let hour = Float(conditions.lightHour)
        let elevation = 1.2 * sin(.pi * (hour - 5.5) / 13)
        let azimuth = hour / 24 * 2 * .pi + dice.float(0, 2 * .pi)
        lamp = hour < 5.5 || hour > 18.5 || elevation < 0.05
        if lamp {
            let lean = dice.float(0.2, 0.5)
            direction = (sin(lean) * cos(azimuth), sin(lean) * sin(azimuth), cos(lean))
            sun = Colour(red: 0.95, green: 0.98, blue: 1).scaled(2.4)
            sky = Colour(red: 0.2, green: 0.21, blue: 0.24).scaled(1.2)
        } else {
            // Light bends towards the vertical on entering the water.
            let index: Float = conditions.waterDepth > 0 ? 1.33 : 1
            let level = cos(elevation) / index
            direction = (level * cos(azimuth), level * sin(azimuth), (1 - level * level).squareRoot())
            let high = smoothstep(0.05, 0.8, elevation)
            let cover = dice.float(0.35, 1.35)
            let warm = Colour(red: 1.1, green: 0.72, blue: 0.42)
            sun = warm.mixed(with: Colour(red: 1, green: 0.95, blue: 0.86), high).scaled((0.7 + 2.2 * high) * cover)
            sky = Colour(red: 0.78, green: 0.85, blue: 0.95).scaled(0.3 + 0.5 * high)
        }
        let level = sun.green * direction.z + sky.green
        gain = 1.3 / pow(level, 0.9) * exp2(Float(conditions.exposure))
    }
}
