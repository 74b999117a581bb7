// swift-tools-version: 6.2
// A package of its own, so that nobody who uses GatePolicy pays for its benchmarks.
import PackageDescription

let package = Package(
    name: "Benchmarks",
    dependencies: [.package(name: "countersign", path: "..")],
    targets: [
        .executableTarget(
            name: "evaluate-benchmark", dependencies: [.product(name: "GatePolicy", package: "countersign")],
            path: "Sources/EvaluateBenchmark",
            swiftSettings: [.enableUpcomingFeature("ExistentialAny"), .treatAllWarnings(as: .error)])
    ],
    swiftLanguageModes: [.v6]
)
