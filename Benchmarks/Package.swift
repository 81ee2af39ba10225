// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

/// A suite for the benchmark plugin.
func suite(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(
    name: name,
    dependencies: dependencies + ["SuiteSettings", "Workloads", benchmark],
    path: "Benchmarks/\(name)",
    swiftSettings: strict,
    plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")])
}

let benchmark: Target.Dependency = .product(name: "Benchmark", package: "benchmark")
let numerics: Target.Dependency = .product(name: "ForesightNumerics", package: "foresight")
let realModule: Target.Dependency = .product(name: "RealModule", package: "swift-numerics")
let umbrella: Target.Dependency = .product(name: "Foresight", package: "foresight")
let datasets: Target.Dependency = .product(name: "Datasets", package: "foresight")

let package = Package(
  name: "Benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "foresight", path: ".."),
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
    // The default traits fetch interposers that count allocations; these suites measure only time and peak memory.
    .package(url: "https://github.com/ordo-one/benchmark.git", exact: "1.38.1", traits: []),
  ],
  targets: [
    // The data of the hot loops, shared by the suites and the peers.
    .target(name: "Workloads", dependencies: [numerics, realModule], swiftSettings: strict),
    .target(name: "SuiteSettings", dependencies: ["Workloads", benchmark], swiftSettings: strict),
    suite("HotLoops", [numerics]),
    suite("Backtests", [umbrella, datasets]),
    suite("ScenarioRuns", [umbrella, datasets]),
    // Accuracy, coverage, speed and optima on the files of a competition, which you provide.
    .executableTarget(
      name: "Competitions",
      dependencies: [
        numerics,
        .product(name: "ForecastModels", package: "foresight"),
        .product(name: "Forecasting", package: "foresight"),
      ],
      swiftSettings: strict),
    // Writes the data for the peers and times this library on it.
    .executableTarget(name: "PeerRun", dependencies: ["Workloads", numerics], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
