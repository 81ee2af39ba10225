// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

/// Built by Scripts/fuzz with `--sanitize fuzzer`, which counts the edges that an input reaches in every module and
/// has the `main` of the program.
let package = Package(
  name: "Fuzz",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "foresight", path: "..")],
  targets: [
    .executableTarget(
      name: "Fuzz",
      dependencies: [
        .product(name: "ForesightNumerics", package: "foresight"),
        .product(name: "Series", package: "foresight"),
        .product(name: "Forecasting", package: "foresight"),
        .product(name: "ForecastModels", package: "foresight"),
        .product(name: "Scenarios", package: "foresight"),
        .product(name: "Ledger", package: "foresight"),
      ],
      swiftSettings: strict)
  ],
  swiftLanguageModes: [.v6]
)
