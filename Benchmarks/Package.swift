// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "Benchmarks",
    dependencies: [.package(name: "andrias", path: "..")],
    targets: [
        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                .product(name: "Identification", package: "andrias"),
                .product(name: "Imaging", package: "andrias"),
                .product(name: "Registry", package: "andrias"),
                .product(name: "SampleAnimals", package: "andrias"),
                .product(name: "Screening", package: "andrias"),
            ],
            swiftSettings: [.swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny")])
    ]
)
