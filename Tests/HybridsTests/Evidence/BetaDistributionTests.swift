import Foundation
import Hybrids
import Testing

@Suite("Beta distributions")
struct BetaDistributionTests {
    @Test(
        "Quantiles are those of tables",
        arguments: [
            // Exact binomial bounds: 1 of 119 from Beta(1.5, 118.5) and others have no closed form; these have.
            (1.0, 1.0, 0.025, 0.025), (1.0, 9.0, 0.5, 1 - pow(0.5, 1.0 / 9)), (4.0, 1.0, 0.025, pow(0.025, 0.25)),
            (0.5, 0.5, 0.25, pow(sin(Double.pi / 8), 2)), (0.5, 0.5, 0.001, pow(sin(Double.pi / 2000), 2)),
        ])
    func quantiles(alpha: Double, beta: Double, fraction: Double, share: Double) {
        let quantile = BetaDistribution(alpha: alpha, beta: beta).quantile(fraction)
        #expect(abs(quantile - share) < 1e-12 + 1e-9 * share)
    }

    @Test("A quantile and the probability below it undo each other, however lopsided the counts are")
    func inverse() {
        for (alpha, beta) in [(0.5, 240.5), (224.5, 4.5), (1.5, 118.5), (0.02, 3.0), (5000.0, 5000.0)] {
            let distribution = BetaDistribution(alpha: alpha, beta: beta)
            for fraction in [0.025, 0.3, 0.5, 0.975] {
                #expect(abs(distribution.cumulative(distribution.quantile(fraction)) - fraction) < 1e-9)
            }
        }
    }

    @Test("The variance of the logarithm is that of its integral")
    func variance() {
        for (alpha, beta) in [(0.5, 0.5), (3.5, 57.5), (41.5, 9.5)] {
            let distribution = BetaDistribution(alpha: alpha, beta: beta)
            let logarithms = (0..<2_000).map { log(distribution.quantile((Double($0) + 0.5) / 2_000)) }
            let mean = logarithms.reduce(0, +) / 2_000
            let variance = logarithms.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 2_000
            #expect(abs(variance / distribution.varianceOfLogarithm - 1) < 0.03)
        }
    }
}
