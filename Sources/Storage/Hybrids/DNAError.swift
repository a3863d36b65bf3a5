public import Registry

/// Why a sample or a laboratory's result was refused.
public enum DNAError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Another sample bears this label.
    case labelTaken(String)
    /// A sample is of an animal or of a screening.
    case sampleOfNothing
    /// No sample bears this label or identifier.
    case unknownSample(String)
    /// A step of custody lies before the one before it.
    case custodyBackwards(sample: String, last: DNASample.CustodyStep.Kind, at: String)
    /// A sample was taken once.
    case takenBefore(sample: String)
    /// A step names nobody on the other side.
    case oneHand(DNASample.CustodyStep.Kind)
    /// The markers cannot show this class.
    case classBeyondMarkers(DNAResult.Class, DNAResult.Markers)
    /// A result from before its sample was taken.
    case resultBeforeSample(sample: String, taken: String)
    /// A fingerprint of a document that is none.
    case document(String)
    /// The result was corrected before.
    case correctedBefore(Identifier<DNAResult>, by: Identifier<DNAResult>)
    /// A correction has to say why.
    case correctionWithoutReason

    /// What happened, to what, and what to do.
    public var description: String {
        switch self {
        case .labelTaken(let label):
            "A sample “\(label)” exists already: give the new one a label of its own, as on its tube."
        case .sampleOfNothing: "Say of which animal or which screening the sample is."
        case .unknownSample(let text):
            "No sample is called “\(text)”: correct the label, or enter the sample with `andrias dna sample add` first."
        case .custodyBackwards(let sample, let last, let moment):
            "Sample \(sample) was \(last.rawValue) at \(moment): the next step cannot lie before that."
        case .takenBefore(let sample): "Sample \(sample) was taken before: record that it was handed over or received."
        case .oneHand(let kind): "Say who was on the other side of “\(kind.rawValue)”."
        case .classBeyondMarkers(let dnaClass, let markers):
            "\(markers.rawValue) cannot show “\(dnaClass.rawValue)”, only "
                + markers.classes.map(\.rawValue).joined(separator: ", ")
                + ": it sets the maternal line and nothing else."
        case .resultBeforeSample(let sample, let taken):
            "Sample \(sample) was taken at \(taken): a result cannot be older."
        case .document(let text):
            "“\(text)” is not a SHA-256: give 64 hexadecimal digits, as `sha256sum` prints them."
        case .correctedBefore(let result, let correction):
            "Result \(result) was corrected before, by \(correction): correct that one."
        case .correctionWithoutReason: "Say why the result is corrected."
        }
    }
}
