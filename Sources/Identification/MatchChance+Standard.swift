import Registry

extension MatchChance {
    /// Learned on spoiled photographs of newts and on drawn heads; for real giant salamanders it is borrowed.
    ///
    /// 2282 photographs of 102 animals, 1332 of which named their animal: newt bellies of later sessions among those of
    /// the first (cohorts TK and PW of the Siberian AI Center), and drawn heads among two good photographs of each. Told
    /// without their own tenth of the animals, chances had an ECE of 0.0255 and a Brier score of 0.0836. Of 466
    /// photographs it calls not worth comparing, 2 matched. The whole table: `Benchmarks quality`.
    ///
    /// | Spoiled by | Part matched | Chance told |
    /// |---|---|---|
    /// | newts as taken | 0.96 | 0.96 |
    /// | blur, σ 1, 2, 3, 4, 6, 9 of 512 pixels | 0.98, 0.87, 0.53, 0.23, 0.02, 0.00 | 0.94, 0.86, 0.59, 0.25, 0.03, 0.00 |
    /// | long side of 320, 200, 128, 96, 64 pixels | 0.98, 0.88, 0.16, 0.02, 0.00 | 0.93, 0.67, 0.10, 0.01, 0.00 |
    /// | exposure × 0.5, 0.25, 0.12, 0.06, 0.03 | 0.97, 0.97, 0.92, 0.51, 0.38 | 0.96, 0.95, 0.85, 0.43, 0.53 |
    /// | exposure × 2, 3, 4.5, 7 | 0.97, 0.72, 0.15, 0.03 | 0.95, 0.74, 0.35, 0.07 |
    /// | reflections on 10, 25, 45, 65, 85 % | 0.77, 0.32, 0.02, 0.00, 0.00 | 0.85, 0.49, 0.07, 0.00, 0.00 |
    /// | drawn heads, good, ordinary, poor conditions | 1.00, 1.00, 0.76 | 0.96, 0.95, 0.90 |
    /// | drawn: blur, σ 2, 4, 7, 11 of 960 pixels | 1.00, 1.00, 0.58, 0.00 | 0.90, 0.76, 0.47, 0.29 |
    /// | drawn: head of 192, 115, 67, 48 pixels | 1.00, 0.62, 0.00, 0.00 | 0.91, 0.85, 0.24, 0.02 |
    /// | drawn: reflections 0.4, 0.7, 1 | 1.00, 1.00, 0.79 | 0.94, 0.90, 0.85 |
    /// | not learned: noise, σ 10, 25, 50, 90 | 0.95, 0.92, 0.50, 0.11 | 0.97, 0.96, 0.96, 0.94 |
    /// | not learned: stones on 15, 30, 50, 70, 85 % | 0.76, 0.48, 0.08, 0.00, 0.00 | 0.96, 0.96, 0.96, 0.94, 0.90 |
    /// | not learned: drawn, murky water 0.4, 0.7, 1 | 1.00, 1.00, 0.79 | 0.96, 0.96, 0.96 |
    ///
    /// No measure of ``QualityReport`` tells noise, what lies on the animal, or how murky the water is: a photograph
    /// spoiled so counts as better than it is, and is answered `unknown` or `undecided` where it finds nobody. Overexposed
    /// skin and reflections cannot be told apart here: saturated patches count as both, so the cost of the one stands for
    /// the two.
    public static let standard = MatchChance(
        source: "graded newt bellies and drawn giant salamander heads", probes: 2282, matched: 1332, animals: 102,
        typical: [
            "features": 5.9940, "light": 4.4256, "sharpness": -0.4499, "size": 6.1003, "unbleached": 1.0000,
            "unreflecting": 1.0000,
        ],
        line: Line(
            intercept: 3.4065,
            costs: [
                "features": 3.9203, "light": 0.1754, "sharpness": 1.1125, "size": 1.2613, "unbleached": 0.0000,
                "unreflecting": 9.3123,
            ]),
        causes: Line(
            intercept: 3.9257,
            costs: [
                "features": 0.0000, "light": 1.2076, "sharpness": 2.4730, "size": 3.4946, "unbleached": 0.0000,
                "unreflecting": 12.1138,
            ]),
        withoutSome: [
            Line(
                intercept: 3.4500,
                costs: [
                    "features": 3.9289, "light": 0.2167, "sharpness": 1.1112, "size": 1.2128, "unbleached": 0.0000,
                    "unreflecting": 9.6310,
                ]),
            Line(
                intercept: 3.4485,
                costs: [
                    "features": 3.8153, "light": 0.1977, "sharpness": 1.1409, "size": 1.2756, "unbleached": 0.0000,
                    "unreflecting": 9.3248,
                ]),
            Line(
                intercept: 3.4630,
                costs: [
                    "features": 3.8595, "light": 0.1867, "sharpness": 1.1583, "size": 1.3276, "unbleached": 0.0000,
                    "unreflecting": 9.5476,
                ]),
            Line(
                intercept: 3.3632,
                costs: [
                    "features": 3.8608, "light": 0.1808, "sharpness": 1.0926, "size": 1.3002, "unbleached": 0.0000,
                    "unreflecting": 9.4226,
                ]),
            Line(
                intercept: 3.3716,
                costs: [
                    "features": 3.8226, "light": 0.1730, "sharpness": 1.0857, "size": 1.3070, "unbleached": 0.0000,
                    "unreflecting": 9.0636,
                ]),
            Line(
                intercept: 3.3544,
                costs: [
                    "features": 3.8768, "light": 0.1439, "sharpness": 1.0737, "size": 1.2609, "unbleached": 0.0000,
                    "unreflecting": 9.0430,
                ]),
            Line(
                intercept: 3.4521,
                costs: [
                    "features": 3.8849, "light": 0.1979, "sharpness": 1.1465, "size": 1.2788, "unbleached": 0.0000,
                    "unreflecting": 9.5628,
                ]),
            Line(
                intercept: 3.3182,
                costs: [
                    "features": 3.8661, "light": 0.2116, "sharpness": 1.1083, "size": 1.2149, "unbleached": 0.0000,
                    "unreflecting": 9.0701,
                ]),
            Line(
                intercept: 3.2882,
                costs: [
                    "features": 4.1175, "light": 0.1029, "sharpness": 1.0301, "size": 1.1860, "unbleached": 0.0000,
                    "unreflecting": 8.8621,
                ]),
            Line(
                intercept: 3.5155,
                costs: [
                    "features": 4.0618, "light": 0.1498, "sharpness": 1.1748, "size": 1.2479, "unbleached": 0.0000,
                    "unreflecting": 9.4272,
                ]),
        ],
        fit: LearnedCalibration.Fit(ece: 0.0255, brier: 0.0836, logLoss: 0.2785))
}
