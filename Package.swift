// swift-tools-version: 6.2

import PackageDescription

/// Settings that every target of this package shares.
let house: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

/// Tests load their fixtures by path, from the folder beside the test file: nothing is bundled.
func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(
        name: name, dependencies: dependencies, path: "Tests/\(name)", exclude: fixtureFolders[name] ?? [],
        swiftSettings: house)
}

/// Folders with fixtures, by test target.
let fixtureFolders: [String: [String]] = [
    "IntakeTests": ["Fixtures", "Oracle"],
    "TerminologyTests": ["Fixtures"],
    "TextMiningTests": ["Fixtures"],
    "ArticlesTests": ["Fixtures"],
    "InterchangeTests": ["Fixtures"],
    "PipelineTests": ["Fixtures"],
]

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let systemPackage: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")

let package = Package(
    name: "BioScribe",
    products: [
        .executable(name: "bioscribe", targets: ["bioscribe"])
    ],
    traits: [
        .trait(name: "ISAL", description: "Inflates with ISA-L, which takes a third of zlib's time."),
        .default(enabledTraits: []),
    ],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    ],
    targets: [
        // The way of the data, from top to bottom: imports only point up this list.
        .target(name: "Corpus", swiftSettings: house),
        .target(name: "AhoCorasick", swiftSettings: house),
        .systemLibrary(
            name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CISAL", pkgConfig: "libisal", providers: [.apt(["libisal-dev"])]),
        .target(
            name: "Intake",
            dependencies: [
                "Corpus", "CLibXML2", "CZlib", .target(name: "CISAL", condition: .when(traits: ["ISAL"])),
                crypto, systemPackage,
            ], swiftSettings: house),
        .target(
            name: "Terminology", dependencies: ["Corpus", "AhoCorasick", "Intake", systemPackage],
            swiftSettings: house),
        .target(
            name: "TextMining", dependencies: ["Corpus", "AhoCorasick", "Terminology", yams],
            swiftSettings: house),
        .target(name: "Articles", dependencies: ["Corpus", crypto], swiftSettings: house),
        .target(
            name: "Store", dependencies: ["Corpus", "Articles", grdb, crypto], swiftSettings: house),
        .target(
            name: "Interchange", dependencies: ["Corpus", "Intake", "Articles", mustache],
            resources: [.embedInCode("Templates")], swiftSettings: house),
        .target(
            name: "Evaluation", dependencies: ["Corpus", "Intake", "Terminology", "TextMining", "Articles"],
            swiftSettings: house),
        .target(
            name: "Audit",
            dependencies: [
                "Corpus", "Intake", "Terminology", "TextMining", "Articles", "Store", "Interchange", crypto,
            ],
            swiftSettings: house),
        .target(
            name: "Pipeline",
            dependencies: [
                "Corpus", "AhoCorasick", "Intake", "Terminology", "TextMining", "Articles", "Store",
                "Interchange", "Evaluation", "Audit", yams, logging,
            ],
            swiftSettings: house),
        .executableTarget(
            name: "bioscribe",
            dependencies: [
                "Corpus", "Intake", "Terminology", "TextMining", "Articles", "Store", "Interchange",
                "Evaluation", "Audit", "Pipeline", arguments,
            ],
            swiftSettings: house),

        // Not a product: what counts the instructions of the hot stages.
        .executableTarget(
            name: "stage-counts",
            dependencies: ["Corpus", "AhoCorasick", "Intake", "Terminology", "TextMining"],
            path: "Tests/StageCounts", exclude: ["baseline.tsv"], swiftSettings: house),

        tests("ArchitectureTests", []),
        tests("CorpusTests", ["Corpus"]),
        tests("AhoCorasickTests", ["AhoCorasick"]),
        tests("IntakeTests", ["Corpus", "Intake"]),
        tests("TerminologyTests", ["Corpus", "AhoCorasick", "Intake", "Terminology"]),
        tests("TextMiningTests", ["Corpus", "Intake", "Terminology", "TextMining"]),
        tests("ArticlesTests", ["Corpus", "Articles"]),
        tests("StoreTests", ["Corpus", "Articles", "Store", grdb, crypto]),
        tests("InterchangeTests", ["Corpus", "Intake", "Articles", "Interchange"]),
        tests("EvaluationTests", ["Corpus", "Intake", "Terminology", "TextMining", "Evaluation"]),
        tests(
            "AuditTests",
            [
                "Corpus", "Intake", "Articles", "Store", "Interchange", "Terminology", "TextMining", "Audit",
                "Pipeline", "bioscribe", grdb,
            ]),
        tests(
            "PipelineTests",
            [
                "Corpus", "Intake", "Articles", "Store", "Interchange", "Terminology", "TextMining",
                "Pipeline",
                "bioscribe", grdb,
            ]),
    ]
)
