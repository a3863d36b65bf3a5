import Foundation
import Provenance
import Registry

/// Where an animal belongs, on the wire.
struct OriginDocument: Encodable {
    let individualId: Identifier<Individual>
    let home: HomeDocument?
    let release: ReleaseDocument?
    let reasons: [FindingDocument]
    let informationWithheld: String?
    let links: LinksDocument

    /// A home range.
    struct HomeDocument: Encodable {
        let waterSystem: String
        let rivers: [String]
        let meters: Double
        let encounters: Int
        let first: Date?
        let last: Date?

        init(_ home: Origin.Home) {
            waterSystem = home.system
            rivers = home.rivers
            meters = home.meters
            encounters = home.count
            first = home.first
            last = home.last
        }
    }

    /// A reach where it would be put back.
    struct ReleaseDocument: Encodable {
        let waterSystem: String
        let river: String?
        let segment: String
        let fraction: Double
        let meters: Double?
        let weirs: [String]

        init(_ release: Origin.Release) {
            waterSystem = release.place.system
            river = release.place.river
            segment = String(release.place.segment)
            fraction = release.place.fraction
            meters = release.meters
            weirs = release.weirs
        }
    }

    init(_ origin: Origin, of individual: Identifier<Individual>, _ sight: PositionSight, in language: Language) {
        individualId = individual
        home = sight.seesHomes ? origin.home.map(HomeDocument.init) : nil
        release = sight.seesHomes ? origin.release.map(ReleaseDocument.init) : nil
        reasons = sight.shown(origin.reasons).map { FindingDocument($0, in: language) }
        informationWithheld = sight.seesHomes ? nil : "Withheld: home, reach and reasons that name a place."
        links = LinksDocument(self: "/v1/individuals/\(individual)/origin")
    }
}
