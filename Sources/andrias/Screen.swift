import ArgumentParser
import Foundation
import Identification
import Imaging
import Logging
import Registry
import Screening
import Storage
import Web

/// `andrias screen`: tells which animal photographs show.
struct Screen: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tell which known animal each photograph shows.",
        discussion: """
            Takes photographs, or a CSV list of them (columns as for enroll; with expected_outcome and \
            expected_individual, --check compares). Exit codes: 0 all matched, 10 undecided, 11 unknown, 12 unusable, \
            13 failed; of several photographs the highest. With --check: 0 as expected, 1 not.
            """)

    @OptionGroup var data: DataOptions
    @Argument(help: "Photographs (JPEG, PNG, HEIC), or CSV lists of them.") var photos: [String]
    @Option(help: "Body region; by default the only one the registry knows, else head.") var region: String?
    @Option(help: "Where the region is: left,top,width,height in fractions of the upright photograph.")
    var box: String?
    @Option(help: "Agency that asks; entered where it is new.") var agency: String = "local"
    @Option(name: .customLong("tag"), help: "A tag code as the reader printed it; may be repeated.")
    var tags: [String] = []
    @Flag(help: "The animal was scanned and no tag was found; needs --frequency.") var noTagFound = false
    @Option(help: "A frequency the tag reader works at: 125, 128 or 134.2 (kHz); may be repeated.")
    var frequency: [String] = []
    @Option(help: "On which occasion it was photographed: survey, find, rescue or seizure.") var occasion: String?
    @Option(help: "Address of the service, for the links to the screenings' pages.")
    var site: String = "http://127.0.0.1:8080"
    @Flag(help: "Print one JSON object a photograph.") var json = false
    @Flag(help: "Compare each outcome with the list's expectation.") var check = false

    func run() async throws {
        let given = try region.map(parseRegion)
        let drawn = try box.map { RegionMark(.box(try makeBox($0.split(separator: ",").compactMap { Double($0) }))) }
        let entries = try photos.flatMap { path in
            let file = URL(fileURLWithPath: path)
            return file.pathExtension.lowercased() == "csv"
                ? try PhotoListEntry.read(file) : [PhotoListEntry(file: file, columns: optionColumns)]
        }
        for entry in entries { _ = try entry.occasion() }
        let reports = try await OpenRegistry.with(data) { registry in
            let agency = try await registry.agency(named: agency)
            let region = try await regionToSearch(given, in: registry)
            let links = PageLinks(secret: try registry.pageSecret(), publicAddress: site)
            var reports: [ScreeningReport] = []
            var progress = Progress("screening", total: entries.count)
            for entry in entries {
                let region = try entry.region() ?? region
                let report = try await ScreeningReport.make(
                    entry, region: region, mark: try entry.mark(of: region) ?? drawn, agency: agency, links: links,
                    in: registry)
                reports.append(report)
                if json { print(try report.json) }
                progress.advance(to: reports.count)
            }
            return reports
        }
        if !json { print(ScreeningReport.table(reports, checking: check)) }
        if check {
            let wrong = reports.filter { !$0.isAsExpected }
            note("\(reports.count - wrong.count) of \(reports.count) outcomes are as expected.")
            throw wrong.isEmpty ? ExitCode.success : ExitCode(1)
        }
        throw ExitCode(reports.map(\.exitCode).max() ?? 0)
    }

    /// What the options say, as columns of a list; tag codes are cut at spaces there, so they lose theirs.
    private var optionColumns: [String: String] {
        [
            "tagCodes": tags.map { $0.filter { !$0.isWhitespace } }.joined(separator: " "),
            "tagFrequencies": frequency.joined(separator: " "), "noTagFound": noTagFound ? "yes" : "",
            "occasion": occasion ?? "",
        ]
    }

    /// The region asked for, or the only one that is enrolled.
    private func regionToSearch(_ given: BodyRegion?, in registry: OpenRegistry) async throws -> BodyRegion {
        if let given { return given }
        let known = try await registry.gallery.current().regions
        return known.count == 1 ? known[0] : .head
    }
}
