// swift-tools-version: 6.2

import PackageDescription

/// What the fuzzer sees into: each edge of the program that an input takes.
let instrumented: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .strictMemorySafety(),
    .unsafeFlags(["-sanitize=fuzzer,address"]),
]

/// A target that throws inputs at one reader.
func fuzzer(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(
        name: name, dependencies: dependencies + ["FuzzSupport"], swiftSettings: instrumented,
        linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address", "-use-ld=lld"])])
}

/// The modules of the program are linked into `Sources`, so that they are built with the fuzzer's instruments, and so that
/// what is open only within a package is open here.
let package = Package(
    name: "Fuzzing",
    traits: [.trait(name: "ISAL", description: "Compares ISA-L with zlib."), .default(enabledTraits: [])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    ],
    targets: [
        .target(name: "Corpus", swiftSettings: instrumented),
        .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CISAL", pkgConfig: "libisal", providers: [.apt(["libisal-dev"])]),
        .target(
            name: "Intake",
            dependencies: [
                "Corpus", "CLibXML2", "CZlib", .target(name: "CISAL", condition: .when(traits: ["ISAL"])),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: instrumented),
        .target(name: "AhoCorasick", swiftSettings: instrumented),
        .target(
            name: "Terminology",
            dependencies: [
                "Corpus", "AhoCorasick", "Intake", .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: instrumented),
        .target(name: "FuzzSupport", swiftSettings: instrumented),
        fuzzer("FuzzGzip", ["Intake"]),
        fuzzer("FuzzRecords", ["Corpus", "Intake"]),
        fuzzer("FuzzDictionary", ["Terminology"]),
        fuzzer("FuzzMatcher", ["AhoCorasick"]),
    ]
)
