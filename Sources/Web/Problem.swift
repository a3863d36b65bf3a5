import Foundation
import HTTPTypes
import Hummingbird
import Registry
import Screening

/// A refused request: an RFC 9457 problem document in the making.
struct Problem: Error {
    /// What kind of problem it is.
    let text: ProblemText
    /// What fills the detail's placeholders.
    var values: [String: String] = [:]
    /// Which value was refused, and why.
    var refusal: Refusal?
    /// What is wrong with the photograph, in sentences.
    var findings: [Finding] = []
    /// Names of what fails.
    var failing: [String] = []
    /// When to try again, in seconds.
    var retryAfter: Int?
    /// Further header fields.
    var headers: HTTPFields = [:]
    /// Whether the body was left unread, so that the connection cannot be used any more.
    var endsConnection = false

    init(_ text: ProblemText, _ values: [String: String] = [:]) {
        self.text = text
        self.values = values
    }

    /// A value that is not accepted: 422 in a document, 400 in the address or the header.
    struct Refusal {
        let field: String
        let reason: ValueText
        var values: [String: String] = [:]
    }

    /// A value of the document that is not accepted.
    static func invalid(_ field: String, _ reason: ValueText, _ values: [String: String] = [:]) -> Problem {
        var problem = Problem(.invalidValue)
        problem.refusal = Refusal(field: field, reason: reason, values: values)
        return problem
    }

    /// A parameter of the address or header that is not accepted.
    static func parameter(_ name: String, _ reason: ValueText, _ values: [String: String] = [:]) -> Problem {
        var problem = Problem(.invalidParameter)
        problem.refusal = Refusal(field: name, reason: reason, values: values)
        return problem
    }

    var status: HTTPResponse.Status {
        switch text {
        case .malformedJSON, .invalidParameter, .idempotencyKeyInvalid: .badRequest
        case .unauthorized: .unauthorized
        case .forbidden: .forbidden
        case .notFound, .noSuchPage, .noLandmarkModel, .noSureHead: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .requestTimeout: .requestTimeout
        case .screeningUnanswered, .individualMerged, .laterChange, .notUndoable, .alreadyOne, .tagTaken,
            .tagEnded, .resultCorrected, .endpointExists, .endpointDisabled, .endpointIsFeed, .noFeed:
            .conflict
        case .contentTooLarge: .contentTooLarge
        case .unsupportedMediaType: .unsupportedMediaType
        case .invalidValue, .idempotencyKeyReused, .photoEmpty, .photoUnrecognised, .photoTruncated, .photoCorrupt,
            .photoUnsupported, .photoTooLarge, .photoTooSmall, .headCovered, .headBedMissing:
            .unprocessableContent
        case .rateLimited: .tooManyRequests
        case .internalError, .photoFileLost: .internalServerError
        case .databaseAway, .overloaded, .notReady: .serviceUnavailable
        case .diskFull: HTTPResponse.Status(code: 507, reasonPhrase: "Insufficient Storage")
        }
    }

    /// The detail in a language.
    func detail(in language: Language) -> String {
        var values = values
        if let refusal {
            values["field"] = refusal.field
            values["name"] = refusal.field
            values["reason"] = refusal.reason.text(in: language, refusal.values)
        }
        return text.detail(in: language, values)
    }
}

/// A problem document on the wire.
struct ProblemDocument: Encodable {
    let type: String
    let title: String
    let status: Int
    let detail: String
    let instance: String
    let language: String
    let errors: [FieldError]?
    let findings: [FindingDocument]?
    let failing: [String]?

    struct FieldError: Encodable {
        let field: String
        let code: String
        let detail: String
    }

    init(_ problem: Problem, instance: String, language: Language) {
        type = "urn:andrias:problem:\(problem.text.rawValue)"
        title = problem.text.title(in: language)
        status = problem.status.code
        detail = problem.detail(in: language)
        self.instance = instance
        self.language = language.rawValue
        errors = problem.refusal.map {
            [FieldError(field: $0.field, code: $0.reason.rawValue, detail: $0.reason.text(in: language, $0.values))]
        }
        findings =
            problem.findings.isEmpty ? nil : problem.findings.map { FindingDocument($0, in: language) }
        failing = problem.failing.isEmpty ? nil : problem.failing
    }
}

/// A sentence of evidence on the wire.
struct FindingDocument: Encodable {
    let code: String
    let text: String
    let values: [String: String]

    init(_ finding: Finding, in language: Language) {
        code = finding.code.rawValue
        text = finding.text(in: language)
        values = finding.values
    }
}
