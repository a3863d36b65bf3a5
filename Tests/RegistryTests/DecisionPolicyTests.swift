import Registry
import Testing

@Suite struct DecisionPolicyTests {
    @Test func theStandardNamesFromNinetyFivePercent() {
        #expect(DecisionPolicy.standard.namingThreshold == 0.95)
        #expect(DecisionPolicy.standard.unknownThreshold == 0.95)
        #expect(DecisionPolicy.standard.falsePositiveIdentificationRate == 0.003)
    }

    @Test func dearerMistakesAskForMore() throws {
        let policy = try DecisionPolicy(
            falsePositiveIdentificationRate: 0.01, costWrongName: 100, costMissedAnimal: 4, costReview: 1)
        #expect(policy.namingThreshold == 0.99)
        #expect(policy.unknownThreshold == 0.75)
    }

    @Test(arguments: [
        (0, 20, 20, 1), (0.11, 20, 20, 1), (.nan, 20, 20, 1), (0.01, 2, 20, 1), (0.01, 20, 2, 1), (0.01, 20, 20, 0),
        (0.01, .infinity, 20, 1), (0.01, 20, -1, 1),
    ])
    func aPolicyThatWouldGuessIsRefused(_ numbers: (Double, Double, Double, Double)) {
        #expect(throws: DecisionPolicy.Rejection.self) {
            try DecisionPolicy(
                falsePositiveIdentificationRate: numbers.0, costWrongName: numbers.1, costMissedAnimal: numbers.2,
                costReview: numbers.3)
        }
    }
}
