import Foundation

/// Draws one animal over the river bed: shape, relief and skin.
struct AnimalLayer {
    /// Height at which the belly's rim rests on the stones, head widths.
    private static let rest: Float = 0.08

    private let noise = NoiseTables.shared
    private let anatomy: Anatomy
    private let pattern: SkinPattern
    private let view: Viewpoint
    private let ripples: Ripples
    private let cosine: Float
    private let sine: Float
    private let bend: Float

    init(_ animal: SampleAnimal, _ conditions: SampleConditions, view: Viewpoint, ripples: Ripples) {
        anatomy = Anatomy(animal: animal, conditions: conditions)
        pattern = SkinPattern(animal: animal, anatomy: anatomy, growthYears: conditions.growthYears)
        self.view = view
        self.ripples = ripples
        cosine = Float(cos(conditions.headingRadians))
        sine = Float(sin(conditions.headingRadians))
        bend = Float(conditions.bend) * 0.22
    }

    /// The rectangle round the head, from snout to neck fold, in pixels before clipping to the frame.
    func headBounds() -> (left: Float, top: Float, right: Float, bottom: Float) {
        var bounds: (left: Float, top: Float, right: Float, bottom: Float) = (
            .infinity, .infinity, -.infinity, -.infinity
        )
        for k in 0...40 {
            let y = anatomy.snout + (anatomy.neck - anatomy.snout) * Float(k) / 40
            for side: Float in [-1, 1] {
                let point = pixel(side * anatomy.halfWidth(y), y, Self.rest + 0.04)
                bounds = (
                    min(bounds.left, point.x), min(bounds.top, point.y), max(bounds.right, point.x),
                    max(bounds.bottom, point.y)
                )
            }
        }
        return bounds
    }

    /// The head's landmarks in pixels; any may lie beside the frame.
    func headLandmarks() -> HeadLandmarks.Points<SIMD2<Float>> {
        func place(_ x: Float, _ y: Float, _ height: Float) -> SIMD2<Float> {
            let point = pixel(x, y, Self.rest + height)
            return SIMD2(point.x, point.y)
        }
        // On the rim the skin lies on the bed's side of the dome; on top it stands as high as the surface does.
        func pair(_ x: Float, _ y: Float) -> HeadLandmarks.Pair<SIMD2<Float>> {
            let height = anatomy.surface(x, y).height
            return .init(left: place(-x, y, height), right: place(x, y, height))
        }
        let corner = Anatomy.mouthCorner
        let fold = anatomy.neck + 0.05
        return .init(
            snout: place(0, anatomy.snout, 0.04), nostrils: pair(anatomy.nostrilX, anatomy.snout + 0.035),
            eyes: pair(anatomy.eyeX, anatomy.eyeY),
            mouth: pair(anatomy.halfWidth(corner) - anatomy.lipInset, corner),
            widest: pair(anatomy.halfWidth(anatomy.widest), anatomy.widest),
            neckEnds: pair(anatomy.halfWidth(fold), fold), neck: place(0, anatomy.neck, 0.04))
    }

    /// Draws the animal into the scene.
    func draw(into scene: borrowing Scene) {
        guard let box = Window(around: outlinePixels(), margin: 4 + ripples.reach, scene.width, scene.height) else {
            return
        }
        let skin = Skin(box)
        shape(skin, scene)
        for spot in pattern.spots { stamp(spot, stretch: 1, into: skin.pigment, skin) }
        for wart in pattern.warts { stamp(wart, stretch: 1.3, into: skin.wart, skin) }
        for blotch in pattern.blotches { stamp(blotch, stretch: 1, into: skin.blotch, skin) }
        paint(skin, scene)
    }

    // MARK: Places

    private func outlinePixels() -> [(x: Float, y: Float)] {
        var points: [(x: Float, y: Float)] = []
        var y = anatomy.snout - 0.02
        while y < Anatomy.tailTip {
            // Legs reach as far sideways as a head is wide.
            let reach: Float = y > 0.1 ? 1.1 : 0.55
            for side: Float in [-1, 1] {
                points.append(pixel(side * reach, y, 0))
                points.append(pixel(side * reach, y, 0.35))
            }
            y += 0.1
        }
        return points
    }

    private func sway(_ y: Float) -> Float {
        let behind = y - 0.4
        return behind > 0 ? bend * behind * behind / (1 + 0.35 * behind) : 0
    }

    private func pixel(_ x: Float, _ y: Float, _ z: Float) -> (x: Float, y: Float) {
        let swayed = x + sway(y)
        return view.pixel(swayed * cosine - y * sine, swayed * sine + y * cosine, z)
    }

    /// Animal coordinates of the point at height `z` on the sight line to a point of the bed.
    @inline(__always)
    private func own(_ bedX: Float, _ bedY: Float, _ z: Float) -> (x: Float, y: Float) {
        let world = view.raised(bedX, bedY, z)
        let y = world.y * cosine - world.x * sine
        return (world.x * cosine + world.y * sine - sway(y), y)
    }

    // MARK: Layers

    private func shape(_ skin: borrowing Skin, _ scene: borrowing Scene) {
        let box = skin.window
        var y = box.top
        while y < box.bottom {
            var i = (y - box.top) * box.width
            var x = box.left
            while x < box.right {
                let (bedX, bedY) = (scene.worldX.values[y * scene.width + x], scene.worldY.values[y * scene.width + x])
                var place = own(bedX, bedY, Self.rest)
                var surface = anatomy.surface(place.x, place.y)
                if surface.distance < 0.05 {
                    // The sight line meets the raised surface nearer the camera: two steps settle it.
                    place = own(bedX, bedY, Self.rest + surface.height)
                    surface = anatomy.surface(place.x, place.y)
                    place = own(bedX, bedY, Self.rest + surface.height)
                    surface = anatomy.surface(place.x, place.y)
                }
                skin.x.values[i] = place.x
                skin.y.values[i] = place.y
                skin.height.values[i] = surface.height
                skin.distance.values[i] = surface.distance
                i += 1
                x += 1
            }
            y += 1
        }
    }

    private func stamp(_ mark: Mark, stretch: Float, into plane: borrowing Plane, _ skin: borrowing Skin) {
        let height = anatomy.surface(mark.x, mark.y).height
        let centre = pixel(mark.x, mark.y, Self.rest + height)
        let radius = mark.radius * stretch
        let reach = radius * view.pixelsPerUnit * 1.3 + 2 + ripples.reach
        let box = skin.window
        guard centre.x + reach >= Float(box.left), centre.x - reach < Float(box.right),
            centre.y + reach >= Float(box.top), centre.y - reach < Float(box.bottom)
        else { return }
        let (fromX, toX) = (max(box.left, Int(centre.x - reach)), min(box.right - 1, Int(centre.x + reach)))
        let (fromY, toY) = (max(box.top, Int(centre.y - reach)), min(box.bottom - 1, Int(centre.y + reach)))
        let inverse = 1 / (radius * radius)
        var y = fromY
        while y <= toY {
            var i = (y - box.top) * box.width + fromX - box.left
            let end = i + toX - fromX
            while i <= end {
                let (dx, dy) = (skin.x.values[i] - mark.x, skin.y.values[i] - mark.y)
                let q = (dx * dx + dy * dy) * inverse
                if q < 1 { plane.values[i] += mark.weight * (1 - q) * (1 - q) }
                i += 1
            }
            y += 1
        }
    }

    private func paint(_ skin: borrowing Skin, _ scene: borrowing Scene) {
        let box = skin.window
        let fine = unit(view.pixelsPerUnit / 450)
        var y = box.top
        while y < box.bottom {
            var i = (y - box.top) * box.width
            var target = y * scene.width + box.left
            var x = box.left
            while x < box.right {
                let cover = unit(0.5 - skin.distance.values[i] * view.pixelsPerUnit)
                if cover > 0 { dot(skin, i, cover, fine, scene, target) }
                i += 1
                target += 1
                x += 1
            }
            y += 1
        }
    }

    /// Colours one pixel of skin.
    @inline(__always)
    private func dot(
        _ skin: borrowing Skin, _ i: Int, _ cover: Float, _ fine: Float, _ scene: borrowing Scene, _ target: Int
    ) {
        let (x, y) = (skin.x.values[i], skin.y.values[i])
        let (u, v) = (x + pattern.mottleX, y + pattern.mottleY)
        let coarse = noise.cloud(u * 300, v * 300)
        let grain = noise.cloud(u * 1500, v * 1500)
        let broad = noise.cloud(u * 30 + 200, v * 30)
        let ragged = noise.cloud(u * 800 + 90, v * 800 + 40)
        let pigment = skin.pigment.values[i] + 0.1 * grain + 0.17 * ragged + 0.1 * coarse
        let spot = smoothstep(0.34, 0.66, pigment)
        let halo = smoothstep(0.1, 0.5, pigment)
        let cloudy = smoothstep(0.3, 1.5, noise.cloud(u * 420 + 300, v * 420 + 120))
        let wart = unit(skin.wart.values[i] * 1.5)

        let share = unit(0.45 + 0.3 * broad + 0.22 * coarse)
        var tone =
            1 + pattern.mottle * (0.1 * coarse + 0.13 * ragged + 0.15 * fine * grain - 0.32 * cloudy) - 0.16 * halo
        tone = tone < 0.25 ? 0.25 : tone
        var colour = pattern.ground.mixed(with: pattern.second, share).scaled(tone)
        if pattern.paleness > 0 {
            let blotch = smoothstep(0.3, 0.6, skin.blotch.values[i] + 0.12 * coarse + 0.1 * ragged)
            colour = colour.mixed(with: pattern.pale, blotch * pattern.paleness)
        }
        colour = colour.mixed(with: pattern.black.scaled(1 + 0.3 * grain), spot * (0.9 - 0.25 * wart))
        colour = colour.mixed(with: pattern.wart, wart * 0.5 * (1 - 0.6 * spot))

        var height =
            skin.height.values[i] + 0.0003 * grain * fine + 0.0006 * ragged + 0.0016 * coarse + 0.009
            * skin.wart.values[i]
        height += 0.007 * noise.swell(u * 9, v * 9)
        // The trunk's skin lies in folds across and wrinkles along the flanks.
        if y > 0.5 {
            let depth = smoothstep(0.5, 0.9, y)
            height += depth * (0.007 * noise.swell(u * 6, v * 60) + 0.004 * noise.cloud(u * 40, v * 130))
        } else {
            // The closed mouth draws a line just inside the rim.
            let lip = (skin.distance.values[i] + anatomy.lipInset) / 0.012
            if lip > -1, lip < 1, y < 0.25 {
                let crease = (1 - lip * lip) * smoothstep(0.25, 0.1, y)
                height -= 0.006 * crease
                colour = colour.scaled(1 - 0.35 * crease)
            }
        }
        (colour, height) = face(x, y, colour, height)

        let bare = 1 - cover
        scene.red.values[target] = scene.red.values[target] * bare + colour.red * cover
        scene.green.values[target] = scene.green.values[target] * bare + colour.green * cover
        scene.blue.values[target] = scene.blue.values[target] * bare + colour.blue * cover
        scene.relief.values[target] = scene.relief.values[target] * bare + (Self.rest + height) * cover
        scene.cover.values[target] = cover
    }

    /// Eyes and nostrils.
    @inline(__always)
    private func face(_ x: Float, _ y: Float, _ colour: Colour, _ height: Float) -> (Colour, Float) {
        if y > 0 { return (colour, height) }
        let ax = abs(x)
        let (ex, ey) = (ax - anatomy.eyeX, y - anatomy.eyeY)
        let eye = (ex * ex + ey * ey).squareRoot()
        let (nx, ny) = (ax - anatomy.nostrilX, y - anatomy.snout - 0.035)
        let nostril = (nx * nx * 0.5 + ny * ny).squareRoot()
        if eye < 0.034 {
            let ball = smoothstep(0.02, 0.016, eye)
            let ring = smoothstep(0.034, 0.024, eye) * (1 - ball)
            let iris = Colour(sRGB: 30, 26, 22)
            return (
                colour.mixed(with: pattern.wart, ring * 0.45).mixed(with: iris, ball * 0.95),
                height + 0.007 * smoothstep(0.03, 0, eye)
            )
        }
        if nostril < 0.014 {
            let hole = smoothstep(0.014, 0.007, nostril)
            return (colour.mixed(with: Colour(sRGB: 22, 18, 16), hole * 0.9), height - 0.008 * hole)
        }
        return (colour, height)
    }
}
