import Registry

extension MatchChance {
    /// Learned on spoiled photographs of newts and on drawn heads; for real giant salamanders it is borrowed.
    ///
    /// 2282 photographs of 102 animals, 1204 of which named their animal: newt bellies of later sessions among those of
    /// the first (cohorts TK and PW of the Siberian AI Center), and drawn heads among two good photographs of each. Told
    /// without their own tenth of the animals, chances had an ECE of 0.0245 and a Brier score of 0.0982. Of 433
    /// photographs it calls not worth comparing, 1 matched. The whole table: `Benchmarks quality`.
    ///
    /// | Spoiled by | Part matched | Chance told |
    /// |---|---|---|
    /// | newts as taken | 0.95 | 0.95 |
    /// | blur, σ 1, 2, 3, 4, 6, 9 of 512 pixels | 0.92, 0.77, 0.39, 0.11, 0.02, 0.00 | 0.91, 0.78, 0.51, 0.21, 0.03, 0.00 |
    /// | long side of 320, 200, 128, 96, 64 pixels | 0.95, 0.80, 0.29, 0.05, 0.00 | 0.90, 0.60, 0.09, 0.01, 0.00 |
    /// | exposure × 0.5, 0.25, 0.12, 0.06, 0.03 | 0.95, 0.97, 0.81, 0.41, 0.30 | 0.93, 0.91, 0.78, 0.38, 0.42 |
    /// | exposure × 2, 3, 4.5, 7 | 0.89, 0.66, 0.13, 0.03 | 0.92, 0.64, 0.25, 0.04 |
    /// | reflections on 10, 25, 45, 65, 85 % | 0.57, 0.23, 0.00, 0.00, 0.00 | 0.76, 0.28, 0.02, 0.00, 0.00 |
    /// | drawn heads, good, ordinary, poor conditions | 1.00, 1.00, 0.54 | 0.93, 0.91, 0.82 |
    /// | drawn: blur, σ 2, 4, 7, 11 of 960 pixels | 1.00, 0.96, 0.17, 0.00 | 0.80, 0.53, 0.25, 0.17 |
    /// | drawn: head of 192, 115, 67, 48 pixels | 0.96, 0.00, 0.00, 0.00 | 0.84, 0.72, 0.16, 0.02 |
    /// | drawn: reflections 0.4, 0.7, 1 | 1.00, 1.00, 0.79 | 0.89, 0.82, 0.71 |
    /// | not learned: noise, σ 10, 25, 50, 90 | 0.89, 0.75, 0.33, 0.10 | 0.95, 0.95, 0.95, 0.93 |
    /// | not learned: stones on 15, 30, 50, 70, 85 % | 0.66, 0.25, 0.03, 0.00, 0.00 | 0.95, 0.95, 0.95, 0.93, 0.89 |
    /// | not learned: drawn, murky water 0.4, 0.7, 1 | 1.00, 1.00, 0.46 | 0.94, 0.93, 0.94 |
    ///
    /// No measure of ``QualityReport`` tells noise, what lies on the animal, or how murky the water is: a photograph
    /// spoiled so counts as better than it is, and is answered `unknown` or `undecided` where it finds nobody. Overexposed
    /// skin and reflections cannot be told apart here: saturated patches count as both, so the cost of the one stands for
    /// the two.
    public static let standard = MatchChance(
        source: "graded newt bellies and drawn giant salamander heads", probes: 2282, matched: 1204, animals: 102,
        typical: [
            "features": 5.9940, "light": 4.4123, "sharpness": -0.4327, "size": 6.1003, "unbleached": 1.0000,
            "unreflecting": 1.0000,
        ],
        line: Line(
            intercept: 3.0344,
            costs: [
                "features": 2.9760, "light": 0.4050, "sharpness": 1.4444, "size": 1.6311, "unbleached": 0.0000,
                "unreflecting": 11.3454,
            ]),
        causes: Line(
            intercept: 3.5308,
            costs: [
                "features": 0.0000, "light": 1.2010, "sharpness": 2.5189, "size": 3.3949, "unbleached": 0.0000,
                "unreflecting": 13.7626,
            ]),
        withoutSome: [
            Line(
                intercept: 3.0383,
                costs: [
                    "features": 2.9063, "light": 0.4270, "sharpness": 1.4429, "size": 1.5788, "unbleached": 0.0000,
                    "unreflecting": 11.5615,
                ]),
            Line(
                intercept: 3.0595,
                costs: [
                    "features": 2.8019, "light": 0.4339, "sharpness": 1.4889, "size": 1.6701, "unbleached": 0.0000,
                    "unreflecting": 11.2854,
                ]),
            Line(
                intercept: 3.0328,
                costs: [
                    "features": 2.8485, "light": 0.4154, "sharpness": 1.4637, "size": 1.6398, "unbleached": 0.0000,
                    "unreflecting": 11.0254,
                ]),
            Line(
                intercept: 3.0243,
                costs: [
                    "features": 2.9776, "light": 0.4130, "sharpness": 1.4088, "size": 1.6694, "unbleached": 0.0000,
                    "unreflecting": 11.4310,
                ]),
            Line(
                intercept: 3.0724,
                costs: [
                    "features": 2.8321, "light": 0.4294, "sharpness": 1.4860, "size": 1.7154, "unbleached": 0.0000,
                    "unreflecting": 11.3925,
                ]),
            Line(
                intercept: 2.9817,
                costs: [
                    "features": 2.9346, "light": 0.3709, "sharpness": 1.3989, "size": 1.5702, "unbleached": 0.0000,
                    "unreflecting": 11.2368,
                ]),
            Line(
                intercept: 3.1317,
                costs: [
                    "features": 2.9709, "light": 0.4532, "sharpness": 1.5065, "size": 1.6602, "unbleached": 0.0000,
                    "unreflecting": 11.9092,
                ]),
            Line(
                intercept: 2.9148,
                costs: [
                    "features": 3.4265, "light": 0.3303, "sharpness": 1.3101, "size": 1.5997, "unbleached": 0.0000,
                    "unreflecting": 10.8721,
                ]),
            Line(
                intercept: 2.8948,
                costs: [
                    "features": 2.9881, "light": 0.3535, "sharpness": 1.4060, "size": 1.5176, "unbleached": 0.0000,
                    "unreflecting": 10.8789,
                ]),
            Line(
                intercept: 3.1523,
                costs: [
                    "features": 3.0862, "light": 0.4065, "sharpness": 1.5072, "size": 1.6731, "unbleached": 0.0000,
                    "unreflecting": 11.5233,
                ]),
        ],
        fit: LearnedCalibration.Fit(ece: 0.0245, brier: 0.0982, logLoss: 0.3225))
}
