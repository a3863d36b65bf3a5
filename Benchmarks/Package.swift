// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "Benchmarks",
    dependencies: [
        .package(name: "andrias", path: ".."),
        .package(url: "https://github.com/swiftcsv/SwiftCSV", from: "0.10.0"),
    ],
    targets: [
        // The peer: what the published pipelines do, with OpenCV alone.
        .target(
            name: "PlainOpenCV",
            cxxSettings: [.unsafeFlags(["-isystem", "/usr/include/opencv4"])],
            linkerSettings: [
                .linkedLibrary("opencv_core"), .linkedLibrary("opencv_imgproc"),
                .linkedLibrary("opencv_features2d"), .linkedLibrary("opencv_calib3d"),
            ]),
        // The peer: one blocking request after the other.
        .target(name: "PlainPost", linkerSettings: [.linkedLibrary("curl")]),
        .target(
            name: "AlertStage",
            dependencies: [
                .product(name: "Postgres", package: "andrias"),
                .product(name: "Registry", package: "andrias"),
                .product(name: "Storage", package: "andrias"),
            ],
            swiftSettings: [.swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny")]),
        .executableTarget(
            name: "Drill",
            dependencies: [
                "AlertStage",
                .product(name: "Registry", package: "andrias"),
                .product(name: "SampleReceivers", package: "andrias"),
                .product(name: "Storage", package: "andrias"),
            ],
            swiftSettings: [.swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny")]),
        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                "AlertStage", "PlainOpenCV", "PlainPost",
                .product(name: "Identification", package: "andrias"),
                .product(name: "Imaging", package: "andrias"),
                .product(name: "Postgres", package: "andrias"),
                .product(name: "Provenance", package: "andrias"),
                .product(name: "Registry", package: "andrias"),
                .product(name: "SampleAnimals", package: "andrias"),
                .product(name: "SampleReceivers", package: "andrias"),
                .product(name: "Screening", package: "andrias"),
                .product(name: "Statistics", package: "andrias"),
                .product(name: "Storage", package: "andrias"),
                .product(name: "SwiftCSV", package: "SwiftCSV"),
                .product(name: "Webhooks", package: "andrias"),
            ],
            swiftSettings: [.swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny")]),
    ],
    cxxLanguageStandard: .cxx17
)
