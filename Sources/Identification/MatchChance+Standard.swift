import Registry

extension MatchChance {
    /// Learned on spoiled photographs of newts and on drawn heads; for real giant salamanders it is borrowed.
    ///
    /// 2282 photographs of 102 animals, 1265 of which named their animal: newt bellies of later sessions among those of
    /// the first (cohorts TK and PW of the Siberian AI Center), and drawn heads among two good photographs of each. Told
    /// without their own tenth of the animals, chances had an ECE of 0.0296 and a Brier score of 0.0954. Of 396
    /// photographs it calls not worth comparing, 3 matched. The whole table: `Benchmarks quality`.
    ///
    /// | Spoiled by | Part matched | Chance told |
    /// |---|---|---|
    /// | newts as taken | 0.97 | 0.96 |
    /// | blur, σ 1, 2, 3, 4, 6, 9 of 512 pixels | 0.95, 0.80, 0.44, 0.15, 0.02, 0.00 | 0.92, 0.82, 0.56, 0.25, 0.04, 0.00 |
    /// | long side of 320, 200, 128, 96, 64 pixels | 0.95, 0.90, 0.35, 0.05, 0.00 | 0.92, 0.66, 0.12, 0.02, 0.00 |
    /// | exposure × 0.5, 0.25, 0.12, 0.06, 0.03 | 0.98, 0.97, 0.84, 0.44, 0.32 | 0.94, 0.92, 0.81, 0.40, 0.44 |
    /// | exposure × 2, 3, 4.5, 7 | 0.94, 0.67, 0.15, 0.03 | 0.93, 0.69, 0.30, 0.05 |
    /// | reflections on 10, 25, 45, 65, 85 % | 0.61, 0.27, 0.00, 0.00, 0.00 | 0.81, 0.38, 0.04, 0.00, 0.00 |
    /// | drawn heads, good, ordinary, poor conditions | 1.00, 1.00, 0.65 | 0.94, 0.93, 0.85 |
    /// | drawn: blur, σ 2, 4, 7, 11 of 960 pixels | 1.00, 0.96, 0.33, 0.00 | 0.84, 0.59, 0.30, 0.21 |
    /// | drawn: head of 192, 115, 67, 48 pixels | 1.00, 0.00, 0.00, 0.00 | 0.87, 0.78, 0.23, 0.03 |
    /// | drawn: reflections 0.4, 0.7, 1 | 1.00, 1.00, 0.79 | 0.91, 0.85, 0.76 |
    /// | not learned: noise, σ 10, 25, 50, 90 | 0.92, 0.84, 0.35, 0.10 | 0.96, 0.96, 0.95, 0.94 |
    /// | not learned: stones on 15, 30, 50, 70, 85 % | 0.68, 0.28, 0.03, 0.00, 0.00 | 0.96, 0.96, 0.95, 0.94, 0.91 |
    /// | not learned: drawn, murky water 0.4, 0.7, 1 | 1.00, 1.00, 0.58 | 0.95, 0.94, 0.95 |
    ///
    /// No measure of ``QualityReport`` tells noise, what lies on the animal, or how murky the water is: a photograph
    /// spoiled so counts as better than it is, and is answered `unknown` or `undecided` where it finds nobody. Overexposed
    /// skin and reflections cannot be told apart here: saturated patches count as both, so the cost of the one stands for
    /// the two.
    public static let standard = MatchChance(
        source: "graded newt bellies and drawn giant salamander heads", probes: 2282, matched: 1265, animals: 102,
        typical: [
            "features": 5.9940, "light": 4.4152, "sharpness": -0.4396, "size": 6.1003, "unbleached": 1.0000,
            "unreflecting": 1.0000,
        ],
        line: Line(
            intercept: 3.2268,
            costs: [
                "features": 2.9475, "light": 0.4303, "sharpness": 1.4179, "size": 1.5226, "unbleached": 0.0000,
                "unreflecting": 10.4972,
            ]),
        causes: Line(
            intercept: 3.7336,
            costs: [
                "features": 0.0000, "light": 1.2360, "sharpness": 2.5244, "size": 3.3912, "unbleached": 0.0000,
                "unreflecting": 12.9302,
            ]),
        withoutSome: [
            Line(
                intercept: 3.2190,
                costs: [
                    "features": 2.9004, "light": 0.4395, "sharpness": 1.3959, "size": 1.4341, "unbleached": 0.0000,
                    "unreflecting": 10.6238,
                ]),
            Line(
                intercept: 3.2636,
                costs: [
                    "features": 2.7645, "light": 0.4640, "sharpness": 1.4688, "size": 1.5580, "unbleached": 0.0000,
                    "unreflecting": 10.5831,
                ]),
            Line(
                intercept: 3.2670,
                costs: [
                    "features": 2.7560, "light": 0.4615, "sharpness": 1.5014, "size": 1.6079, "unbleached": 0.0000,
                    "unreflecting": 10.5818,
                ]),
            Line(
                intercept: 3.2389,
                costs: [
                    "features": 2.9879, "light": 0.4448, "sharpness": 1.3753, "size": 1.5852, "unbleached": 0.0000,
                    "unreflecting": 10.6807,
                ]),
            Line(
                intercept: 3.2214,
                costs: [
                    "features": 2.7908, "light": 0.4385, "sharpness": 1.4430, "size": 1.5679, "unbleached": 0.0000,
                    "unreflecting": 10.4532,
                ]),
            Line(
                intercept: 3.1977,
                costs: [
                    "features": 2.9392, "light": 0.4057, "sharpness": 1.3718, "size": 1.4970, "unbleached": 0.0000,
                    "unreflecting": 10.2877,
                ]),
            Line(
                intercept: 3.2631,
                costs: [
                    "features": 2.9045, "light": 0.4672, "sharpness": 1.4674, "size": 1.5327, "unbleached": 0.0000,
                    "unreflecting": 10.9497,
                ]),
            Line(
                intercept: 3.1306,
                costs: [
                    "features": 3.2299, "light": 0.3880, "sharpness": 1.3254, "size": 1.5259, "unbleached": 0.0000,
                    "unreflecting": 10.1770,
                ]),
            Line(
                intercept: 3.0816,
                costs: [
                    "features": 3.0846, "light": 0.3655, "sharpness": 1.3530, "size": 1.3602, "unbleached": 0.0000,
                    "unreflecting": 9.8500,
                ]),
            Line(
                intercept: 3.3478,
                costs: [
                    "features": 3.1260, "light": 0.4127, "sharpness": 1.4539, "size": 1.5449, "unbleached": 0.0000,
                    "unreflecting": 10.5278,
                ]),
        ],
        fit: LearnedCalibration.Fit(ece: 0.0296, brier: 0.0954, logLoss: 0.3149))
}
