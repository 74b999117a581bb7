// swift-tools-version: 6.2
// The list of targets is the architecture: top to bottom, nothing imports downwards.
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let asyncHTTPClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let metrics: Target.Dependency = .product(name: "Metrics", package: "swift-metrics")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioFoundation: Target.Dependency = .product(name: "NIOFoundationCompat", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")

let package = Package(
    name: "countersign",
    products: [
        .executable(name: "countersign", targets: ["countersign"]),
        .executable(name: "gitea-simulator", targets: ["gitea-simulator"]),
        .library(name: "GatePolicy", targets: ["GatePolicy"]),
    ],
    dependencies: [
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
    ],
    targets: [
        // RE2 for Swift: a small C face on the system's libre2 (linear-time regular expressions and sets of them).
        .systemLibrary(name: "SystemRE2", providers: [.apt(["libre2-dev"])]),
        .target(name: "CRE2", dependencies: ["SystemRE2"], linkerSettings: [.linkedLibrary("re2")]),
        .testTarget(name: "CRE2Tests", dependencies: ["CRE2"], swiftSettings: settings),

        // Reads policy text and decides: policy + facts → verdict; no I/O, no clock, no concurrency.
        .target(name: "GatePolicy", dependencies: ["CRE2", "Yams"], swiftSettings: settings),
        .testTarget(
            name: "GatePolicyTests", dependencies: ["GatePolicy"], swiftSettings: settings),

        // The law as properties of generated policies and facts; optimised, so that many cases are cheap.
        .executableTarget(
            name: "policy-properties", dependencies: ["GatePolicy"], path: "Tests/PolicyProperties",
            swiftSettings: settings),

        // Speaks Gitea and Forgejo: the API client, membership with proof, the wire formats.
        .target(
            name: "GateForge",
            dependencies: ["GatePolicy", asyncHTTPClient, crypto, logging, nioCore, nioFoundation, nioHTTP1, nioSSL],
            swiftSettings: settings),
        .testTarget(
            name: "GateForgeTests", dependencies: ["GateForge", "GatePolicy", crypto, hummingbird],
            swiftSettings: settings),

        // Remembers: what is dirty, what was decided and posted, what was seen of each head.
        .target(name: "GateStore", dependencies: ["GatePolicy", grdb], swiftSettings: settings),
        .testTarget(name: "GateStoreTests", dependencies: ["GateStore", "GatePolicy", grdb], swiftSettings: settings),

        // Does: finds the policy, reads the facts, decides; then weighs the siblings of a head and posts.
        .target(
            name: "GateService",
            dependencies: ["GateForge", "GatePolicy", "GateStore", crypto, lifecycle, logging, metrics],
            swiftSettings: settings),
        .testTarget(
            name: "GateServiceTests",
            dependencies: [
                "GateService", "GateForge", "GatePolicy", "GateStore", logging,
                .product(name: "InMemoryLogging", package: "swift-log"),
            ],
            swiftSettings: settings),

        // Policy-bot, home-made checklists and tiers → policy text, with warnings.
        .target(name: "GateImport", dependencies: ["CRE2", "Yams"], swiftSettings: settings),
        .testTarget(name: "GateImportTests", dependencies: ["GateImport", "GatePolicy"], swiftSettings: settings),

        // Checks as data: what was asked of the forge, what came back, what it means, the cure.
        .target(
            name: "GateDoctor", dependencies: ["GateForge", "GatePolicy", "GateService"], swiftSettings: settings),
        .testTarget(
            name: "GateDoctorTests", dependencies: ["GateDoctor", "GateForge", "GatePolicy", "GateService"],
            swiftSettings: settings),

        // Swift-metrics as Prometheus text.
        .target(
            name: "PrometheusMetrics", dependencies: [.product(name: "CoreMetrics", package: "swift-metrics")],
            swiftSettings: settings),
        .testTarget(
            name: "PrometheusMetricsTests", dependencies: ["PrometheusMetrics", metrics], swiftSettings: settings),

        // HTTP servers that may end while a connection comes in.
        .target(
            name: "LastingConnections",
            dependencies: [
                httpTypes, logging, nioCore, nioHTTP1, .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
            ], swiftSettings: settings),
        .testTarget(
            name: "LastingConnectionsTests",
            dependencies: [
                "LastingConnections", hummingbird, logging, nioCore, .product(name: "NIOPosix", package: "swift-nio"),
            ], swiftSettings: settings),

        // Listens and shows: hook route, pages, JSON, health, metrics.
        .target(
            name: "GateWeb",
            dependencies: [
                "GateForge", "GatePolicy", "GateService", "GateStore", "LastingConnections", "PrometheusMetrics",
                crypto,
                hummingbird, lifecycle, logging, metrics, mustache, nioCore, nioFoundation,
                .product(name: "HummingbirdCore", package: "hummingbird"),
            ],
            resources: [.embedInCode("Assets")], swiftSettings: settings),
        .testTarget(
            name: "GateWebTests",
            dependencies: [
                "GateWeb", "GateForge", "GatePolicy", "GateService", "GateStore", "PrometheusMetrics", crypto,
                hummingbird, logging,
                metrics, nioCore, nioHTTP1, asyncHTTPClient, .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "InMemoryLogging", package: "swift-log"),
            ],
            swiftSettings: settings),

        // A small, faithful Gitea in memory, for the demo and the tests; shares no types with GateForge.
        .target(
            name: "GiteaSimulator",
            dependencies: [
                "LastingConnections", asyncHTTPClient, crypto, hummingbird, logging, nioCore, nioFoundation, nioHTTP1,
            ],
            // Most of what stories and random runs do is its work: optimised in debug builds, too.
            swiftSettings: settings + [.unsafeFlags(["-O"], .when(configuration: .debug))]),
        .testTarget(
            name: "GiteaSimulatorTests",
            dependencies: ["GiteaSimulator", asyncHTTPClient, crypto, nioCore, nioFoundation, nioHTTP1],
            swiftSettings: settings),
        .executableTarget(
            name: "gitea-simulator",
            dependencies: [
                "GiteaSimulator", asyncHTTPClient, nioCore, nioFoundation, nioHTTP1,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: settings),

        // What the service takes, against the simulator: `make bench-service`.
        .executableTarget(
            name: "service-benchmark",
            dependencies: [
                "FreePorts", "GiteaSimulator", asyncHTTPClient, nioCore, nioHTTP1,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Benchmarks/Service", swiftSettings: settings),

        // The composition root and one file per command; its library half is what tests run.
        .target(
            name: "CountersignCLI",
            dependencies: [
                "GatePolicy", "GateForge", "GateService", "GateStore", "GateWeb", "GateImport", "GateDoctor",
                "LastingConnections", "PrometheusMetrics", "Yams", asyncHTTPClient, hummingbird, lifecycle, logging,
                nioCore, nioHTTP1, .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Configuration", package: "swift-configuration"),
            ],
            swiftSettings: settings),
        .executableTarget(name: "countersign", dependencies: ["CountersignCLI"], swiftSettings: settings),
        .testTarget(
            name: "CountersignCLITests",
            dependencies: [
                "CountersignCLI", "GateDoctor", "GateForge", "GatePolicy", "GateService", "GateStore",
                "PrometheusMetrics", "Yams", logging,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings),

        // Ports for the programs that tests and benchmarks start.
        .target(name: "FreePorts", path: "Tests/FreePorts", swiftSettings: settings),

        // Stories from the user's side, told against the simulator or a real forge over HTTP.
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "CountersignCLI", "FreePorts", "GatePolicy", "GateForge", "GateService", "GateStore", "GateWeb",
                "GiteaSimulator", "PrometheusMetrics", asyncHTTPClient, grdb, hummingbird, logging, nioCore,
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                nioFoundation, nioHTTP1, .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings),
        // What goes wrong around the service: reads that fail, lost events, a full disk, attackers, a process killed.
        .testTarget(
            name: "FaultTests",
            dependencies: [
                "CountersignCLI", "FreePorts", "GateForge", "GatePolicy", "GateService", "GateStore", "GateWeb",
                "GiteaSimulator", "PrometheusMetrics", asyncHTTPClient, crypto, grdb, hummingbird, logging, metrics,
                nioCore, nioHTTP1,
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "DocumentationTests", dependencies: ["CountersignCLI", "GateDoctor", "GatePolicy"],
            swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)
