import Foundation
import Hybrids
import Registry
import Storage

/// A model of natives and others on the wire.
struct HybridModelDocument: Encodable {
    let id: Identifier<KeptHybridModel>
    let name: String
    let version: Int
    let notice: String?
    let isInForce: Bool
    let method: LinearMethod
    let errorRate: Double
    let data: HybridModel.Source
    let figures: HybridFigures?
    let card: String?
    let madeAt: Date
    let enteredBy: String
    let enteredAt: Date
    let retiredBy: String?
    let retiredAt: Date?
    let retirementNote: String?
    let informationWithheld: String?
    let links: LinksDocument

    /// How much of a model is told.
    enum Details {
        case summary
        /// Figures, and the card where the rivers that were learned from are seen.
        case shown(rivers: Bool)
    }

    init(_ kept: KeptHybridModel, isInForce: Bool, details: Details = .summary, in language: Language) {
        let record = kept.record
        id = kept.id
        name = kept.name
        version = kept.version
        notice = record.model.data.isDrawn ? HybridModelText.drawnNotReal.text(in: language) : nil
        self.isInForce = isInForce
        method = record.model.method
        errorRate = record.figures.errorRate
        data = record.model.data
        switch details {
        case .summary: (figures, card, informationWithheld) = (nil, nil, nil)
        case .shown(rivers: true):
            (figures, card, informationWithheld) = (record.figures, record.card[language.rawValue], nil)
        case .shown(rivers: false):
            figures = record.figures.withoutRivers
            card = nil
            informationWithheld = "Withheld: the card and figures by river, which tell where animals live."
        }
        madeAt = record.model.madeAt
        enteredBy = kept.enteredBy
        enteredAt = kept.enteredAt
        retiredBy = kept.retirement?.by
        retiredAt = kept.retirement?.at
        retirementNote = kept.retirement?.note
        links = LinksDocument(self: "/v1/hybrid-models/\(kept.id)")
    }
}
