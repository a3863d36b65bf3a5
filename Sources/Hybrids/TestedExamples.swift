/// Published counts of DNA-tested animals, as an example of what the odds of a water rest on.
public enum TestedExamples {
    /// A table with a header: reach, water system, position, years, animals by what was found, source.
    public static let csv = String(decoding: PackageResources.tested_examples_csv, as: UTF8.self)
}
