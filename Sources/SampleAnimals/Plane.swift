/// A row-major grid of numbers over a frame, in memory of its own.
struct Plane: ~Copyable {
    let width: Int
    let height: Int
    let values: UnsafeMutablePointer<Float>

    init(width: Int, height: Int, repeating value: Float = 0) {
        self.width = width
        self.height = height
        values = .allocate(capacity: width * height)
        values.initialize(repeating: value, count: width * height)
    }

    deinit {
        values.deallocate()
    }
}

/// Linear-light colour, each channel 0 … 1 for a reflectance.
struct Colour {
    var red: Float
    var green: Float
    var blue: Float

    init(red: Float, green: Float, blue: Float) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// Reads a colour as it is seen on a screen, 0 … 255 a channel.
    init(sRGB red: Float, _ green: Float, _ blue: Float) {
        func linear(_ value: Float) -> Float {
            let v = value / 255
            return v * (v * (v * 0.305306 + 0.682171) + 0.012523)
        }
        self.init(red: linear(red), green: linear(green), blue: linear(blue))
    }

    func mixed(with other: Colour, _ share: Float) -> Colour {
        Colour(
            red: red + (other.red - red) * share, green: green + (other.green - green) * share,
            blue: blue + (other.blue - blue) * share)
    }

    /// The grey of the same luminance (ITU-R BT.709).
    var grey: Colour {
        let luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
        return Colour(red: luminance, green: luminance, blue: luminance)
    }

    func scaled(_ factor: Float) -> Colour {
        Colour(red: red * factor, green: green * factor, blue: blue * factor)
    }
}

/// The cubic that rises from 0 to 1 with level ends; for 0 … 1.
@inline(__always)
func smooth(_ t: Float) -> Float {
    t * t * (3 - 2 * t)
}

/// 0 below `low`, 1 above `high`, a smooth rise between.
@inline(__always)
func smoothstep(_ low: Float, _ high: Float, _ value: Float) -> Float {
    smooth(unit((value - low) / (high - low)))
}

/// The value brought into 0 … 1.
@inline(__always)
func unit(_ value: Float) -> Float {
    value < 0 ? 0 : (value > 1 ? 1 : value)
}
