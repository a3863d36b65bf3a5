// swift-tools-version: 6.2
import PackageDescription

let swift: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let csv = Target.Dependency.product(name: "SwiftCSV", package: "SwiftCSV")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let serviceLifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")

/// A library target of the house, in Swift 6 mode with the house's upcoming features.
func room(
    _ name: String, _ dependencies: [Target.Dependency] = [], path: String? = nil, exclude: [String] = [],
    sources: [String]? = nil, resources: [Resource]? = nil
) -> Target {
    .target(
        name: name, dependencies: dependencies, path: path, exclude: exclude, sources: sources, resources: resources,
        swiftSettings: swift)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource]? = nil) -> Target {
    .testTarget(
        name: name, dependencies: dependencies + ["TestSupport"], resources: resources, swiftSettings: swift)
}

let package = Package(
    name: "andrias",
    products: [
        .executable(name: "andrias", targets: ["andrias"]),
        // For the package of benchmarks beside this one.
        .library(name: "Identification", targets: ["Identification"]),
        .library(name: "Imaging", targets: ["Imaging"]),
        .library(name: "Postgres", targets: ["Postgres"]),
        .library(name: "Provenance", targets: ["Provenance"]),
        .library(name: "Registry", targets: ["Registry"]),
        .library(name: "SampleAnimals", targets: ["SampleAnimals"]),
        .library(name: "SampleReceivers", targets: ["SampleReceivers"]),
        .library(name: "Screening", targets: ["Screening"]),
        .library(name: "Statistics", targets: ["Statistics"]),
        .library(name: "Storage", targets: ["Storage"]),
        .library(name: "Webhooks", targets: ["Webhooks"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: ["FullFoundation"]),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftcsv/SwiftCSV", from: "0.10.0"),
    ],
    targets: [
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CTurboJPEG", pkgConfig: "libturbojpeg", providers: [.apt(["libturbojpeg0-dev"])]),
        .systemLibrary(name: "CLibPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
        .systemLibrary(name: "CLibHEIF", pkgConfig: "libheif", providers: [.apt(["libheif-dev"])]),
        .systemLibrary(name: "CLibCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
        .target(
            name: "OpenCVBridge",
            cxxSettings: [.unsafeFlags(["-isystem", "/usr/include/opencv4"])],
            linkerSettings: [
                .linkedLibrary("opencv_core"), .linkedLibrary("opencv_imgproc"),
                .linkedLibrary("opencv_features2d"), .linkedLibrary("opencv_calib3d"),
            ]),
        .target(name: "VisionKernels", cSettings: [.unsafeFlags(["-O2"])]),
        room("Imaging", ["CTurboJPEG", "CLibPNG", "CLibHEIF"]),
        room("Registry"),
        room("Statistics"),
        room("SampleAnimals", ["Imaging"]),
        room("Identification", ["Registry", "Imaging", "OpenCVBridge", "VisionKernels", "COpenBLAS"]),
        room("Evaluation", ["Registry", "Statistics", "Hybrids", "Identification"]),
        room("Explanation", ["Registry", "Imaging", "Identification", "Provenance"]),
        room("Provenance", ["Registry"], resources: [.embedInCode("Resources")]),
        room(
            "Hybrids", ["Registry", "Statistics", "Imaging", "VisionKernels", "COpenBLAS", crypto],
            resources: [.embedInCode("Resources")]),
        room("Screening", ["Registry", "Identification", "Imaging", "Provenance", "Hybrids", logging]),
        room("Postgres", ["CLibPQ"]),
        room(
            "SQL", path: "SQL", sources: ["Schema.swift"],
            resources: [.embedInCode("migrations"), .embedInCode("queries")]),
        room(
            "Storage", ["Registry", "Identification", "Provenance", "Hybrids", "Screening", "Postgres", "SQL", crypto]),
        room("Webhooks", ["Registry", "Storage", "CLibCurl", crypto, logging, serviceLifecycle]),
        room("SampleReceivers", [nioCore, nioHTTP1, nioPosix]),
        room(
            "Web",
            [
                "Registry", "Imaging", "Identification", "Explanation", "Provenance", "Hybrids", "Screening", "Storage",
                "Webhooks", crypto, hummingbird, httpTypes, logging, nioCore, serviceLifecycle,
            ],
            resources: [.embedInCode("Resources")]),
        .executableTarget(
            name: "andrias",
            dependencies: [
                "Registry", "Imaging", "Identification", "Evaluation", "Explanation", "Provenance", "Hybrids",
                "Statistics", "Screening", "Postgres", "Storage", "Web", "Webhooks", "SampleAnimals", argumentParser,
                crypto, csv, logging,
                serviceLifecycle, unixSignals,
            ],
            swiftSettings: swift),

        room(
            "TestSupport", ["Postgres", "Storage", "SampleAnimals", "Imaging", "Hybrids", "Registry", logging],
            path: "Tests/TestSupport"),
        tests("ImagingTests", ["Imaging", "CTurboJPEG", "CLibHEIF"]),
        tests("RegistryTests", ["Registry"]),
        tests("SampleAnimalsTests", ["SampleAnimals", "Imaging"]),
        tests(
            "IdentificationTests",
            ["Identification", "OpenCVBridge", "VisionKernels", "Registry", "Imaging", "SampleAnimals"]),
        tests("EvaluationTests", ["Evaluation", "Statistics", "Registry", "Identification"]),
        tests(
            "ExplanationTests",
            ["Explanation", "Registry", "Imaging", "Identification", "Provenance", "SampleAnimals"]),
        tests("ProvenanceTests", ["Provenance", "Registry"]),
        tests("ScreeningTests", ["Screening", "Registry", "Identification", "Imaging", "SampleAnimals"]),
        tests("HybridsTests", ["Hybrids", "Statistics", "Registry", "Imaging", "SampleAnimals"]),
        tests("PostgresTests", ["Postgres"]),
        tests(
            "StorageTests",
            ["Storage", "SQL", "Postgres", "Registry", "Identification", "Provenance", "Hybrids", "Screening"]),
        tests(
            "WebhooksTests",
            ["Webhooks", "Storage", "Postgres", "Registry", "SampleReceivers", "Screening", crypto, logging]),
        tests(
            "WebTests",
            [
                "Web", "Storage", "Screening", "Registry", "Imaging", "Identification", "Postgres", "Provenance",
                "Hybrids", "SampleAnimals", "Webhooks", hummingbird, logging, serviceLifecycle,
            ]),
        tests("CommandTests", ["andrias", "Hybrids", "Identification", "Registry"]),
    ],
    cxxLanguageStandard: .cxx17
)
