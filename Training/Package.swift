// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "Training",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "foresight", path: "..")],
  targets: [
    // Synthetic series, the descent, and the file of weights.
    .target(
      name: "GateTraining",
      dependencies: [
        .product(name: "ForecastModels", package: "foresight"),
        .product(name: "ForesightNumerics", package: "foresight"),
      ],
      swiftSettings: strict),
    .executableTarget(name: "Training", dependencies: ["GateTraining"], swiftSettings: strict),
    .testTarget(
      name: "GateTrainingTests",
      dependencies: [
        "GateTraining",
        .product(name: "ForecastModels", package: "foresight"),
        .product(name: "ForesightNumerics", package: "foresight"),
      ],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
