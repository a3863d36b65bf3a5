import Registry
import Testing

@Suite struct RoleTests {
    @Test func onlyAdministratorsAdminister() {
        #expect(Role.allCases.filter { $0.allows(.administer) } == [.administrator])
    }

    @Test func onlyReviewersAndAdministratorsDecide() {
        #expect(Role.allCases.filter { $0.allows(.decide) } == [.reviewer, .administrator])
    }

    @Test func whoManagesEndpointsMayReadTheRegistryOfWhichTheyHear() {
        let managing = Role.allCases.filter { $0.allows(.manageEndpoints) }
        #expect(managing == [.reviewer, .administrator])
        #expect(managing.allSatisfy { $0.allows(.readRegistry) })
    }

    @Test func laboratoriesReviewersAndAdministratorsEnterResults() {
        #expect(Role.allCases.filter { $0.allows(.enterResults) } == [.reviewer, .laboratory, .administrator])
    }

    @Test func exactPositionsAreForFewAndNeverForObserversOrScreeners() {
        #expect(Role.allCases.filter { $0.allows(.exactPositions) } == [.reviewer, .ranger, .administrator])
    }

    @Test func observersSeeNoOtherAgency() {
        #expect(Role.allCases.filter { !$0.allows(.readRegistry) } == [.observer])
    }
}
