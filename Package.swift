// swift-tools-version: 6.2
import PackageDescription

/// Every Swift target: warnings are errors, existentials and imports are spelled out.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

/// Where the compiler also asks for `unsafe` before every use of a pointer; Scripts/lint keeps those to files `…+Unsafe.swift`.
let fenced: [SwiftSetting] = strict + [.strictMemorySafety()]

let package = Package(
  name: "foresight",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Foresight", targets: ["Foresight"]),
    .library(name: "ForesightNumerics", targets: ["ForesightNumerics"]),
    .library(name: "Series", targets: ["Series"]),
    .library(name: "Forecasting", targets: ["Forecasting"]),
    .library(name: "ForecastModels", targets: ["ForecastModels"]),
    .library(name: "Scenarios", targets: ["Scenarios"]),
    .library(name: "Reports", targets: ["Reports"]),
    .library(name: "Ledger", targets: ["Ledger"]),
    .library(name: "Datasets", targets: ["Datasets"]),
    .library(name: "ForesightTesting", targets: ["ForesightTesting"]),
    .executable(name: "foresight", targets: ["ForesightCLI"]),
  ],
  // A package that names none of the traits fetches and builds swift-numerics alone, and has all products up to ForecastModels.
  traits: [
    .trait(
      name: "YAML",
      description: "Scenario files: the products Scenarios, Reports and Foresight (fetches Yams)"),
    .trait(name: "Ledger", description: "The product Ledger (fetches GRDB)", enabledTraits: ["YAML"]),
    .trait(
      name: "CommandLine", description: "The tool foresight (fetches swift-argument-parser)",
      enabledTraits: ["YAML", "Ledger"]),
    .default(enabledTraits: ["YAML", "Ledger", "CommandLine"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // Floor 0: C. The only rooms that name LAPACK, BLAS or a vector instruction set.
    .target(
      name: "CLAPACK",
      linkerSettings: [
        .linkedLibrary("openblas", .when(platforms: [.linux])),
        .linkedFramework("Accelerate", .when(platforms: [.macOS, .iOS])),
      ]),
    .target(name: "CKernels", linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]),

    // Floor 1: numerics. No time, no files.
    .target(
      name: "ForesightNumerics",
      dependencies: [
        "CLAPACK", "CKernels", .product(name: "RealModule", package: "swift-numerics"),
      ],
      swiftSettings: fenced),

    // Floor 2: periods, time series and the readers of tables. No forecast.
    .target(
      name: "Series",
      dependencies: [
        "ForesightNumerics", "CKernels", .product(name: "RealModule", package: "swift-numerics"),
      ],
      swiftSettings: strict),

    // Floor 3: the grammar of forecasts, which re-exports the series it speaks of. No concrete model.
    .target(name: "Forecasting", dependencies: ["Series", "ForesightNumerics"], swiftSettings: strict),

    // Floor 4: the models, a folder for each family.
    .target(
      name: "ForecastModels",
      dependencies: [
        "Forecasting", "ForesightNumerics", "CKernels",
        .product(name: "RealModule", package: "swift-numerics"),
      ],
      swiftSettings: fenced),

    // Floor 4: the contract of a forecaster, for the tests of who writes one.
    .target(
      name: "ForesightTesting", dependencies: ["Forecasting", "ForesightNumerics"], swiftSettings: strict),

    // Floor 5: scenario files, engine and questions.
    .target(
      name: "Scenarios",
      dependencies: [
        "ForecastModels", "Forecasting", "ForesightNumerics", "CKernels",
        .product(name: "RealModule", package: "swift-numerics"),
        .product(name: "Yams", package: "Yams", condition: .when(traits: ["YAML"])),
      ],
      swiftSettings: fenced),

    // Floor 6: recorded projections and their scores. Not in the umbrella, so that who does not record needs no SQLite.
    .target(
      name: "Ledger",
      dependencies: [
        "Scenarios", "Forecasting", "ForesightNumerics",
        .product(name: "RealModule", package: "swift-numerics"),
        .product(name: "GRDB", package: "GRDB.swift", condition: .when(traits: ["Ledger"])),
      ],
      swiftSettings: strict),

    // Floor 6: every answer as text, CSV and JSON.
    .target(
      name: "Reports",
      dependencies: ["Scenarios", "ForecastModels", "Forecasting", "ForesightNumerics"],
      swiftSettings: strict),

    // Floor 7: umbrella, re-exports only.
    .target(
      name: "Foresight",
      dependencies: ["ForesightNumerics", "Forecasting", "ForecastModels", "Scenarios", "Reports"],
      swiftSettings: strict),

    // Bundled data. No library room imports it.
    .target(
      name: "Datasets",
      dependencies: ["Forecasting"],
      path: "Datasets",
      exclude: ["README.md"],
      sources: ["Sources"],
      resources: [
        .copy("trade"), .copy("energy"), .copy("prices"), .copy("scenarios"), .copy("sources.csv"),
        .copy("claims.csv"), .copy("contradictions.csv"),
      ],
      swiftSettings: strict),

    // Floor 8: the one room that prints.
    .executableTarget(
      name: "ForesightCLI",
      dependencies: [
        "Foresight", "Datasets", "Ledger", "Reports", "Scenarios", "ForecastModels", "Forecasting",
        "ForesightNumerics",
        .product(
          name: "ArgumentParser", package: "swift-argument-parser", condition: .when(traits: ["CommandLine"])),
        .product(name: "RealModule", package: "swift-numerics"),
      ],
      swiftSettings: strict),

    // Tests mirror Sources, room by room.
    .target(
      name: "TestSupport", dependencies: ["ForesightNumerics"], path: "Tests/TestSupport",
      swiftSettings: strict),
    .testTarget(
      name: "ForesightNumericsTests", dependencies: ["ForesightNumerics", "TestSupport"],
      resources: [.copy("Fixtures")],
      swiftSettings: strict),
    .testTarget(
      name: "SeriesTests", dependencies: ["Series", "Forecasting", "TestSupport"],
      resources: [.copy("Fixtures")],
      swiftSettings: strict),
    .testTarget(
      name: "ForecastingTests",
      dependencies: ["Forecasting", "Series", "ForesightNumerics", "TestSupport"],
      resources: [.copy("Fixtures")],
      swiftSettings: strict),
    .testTarget(
      name: "ForecastModelsTests",
      dependencies: [
        "ForecastModels", "Forecasting", "ForesightNumerics", "Datasets", "TestSupport",
      ],
      resources: [.copy("Fixtures")],
      swiftSettings: strict),
    .testTarget(
      name: "ForesightTestingTests",
      dependencies: ["ForesightTesting", "ForecastModels", "Forecasting", "ForesightNumerics"],
      swiftSettings: strict),
    .testTarget(
      name: "ScenariosTests",
      dependencies: [
        "Scenarios", "ForecastModels", "Forecasting", "ForesightNumerics", "Datasets",
        "TestSupport", .product(name: "Yams", package: "Yams", condition: .when(traits: ["YAML"])),
      ],
      resources: [.copy("Fixtures")],
      swiftSettings: strict),
    .testTarget(
      name: "ReportsTests",
      dependencies: [
        "Reports", "Scenarios", "ForecastModels", "Forecasting", "ForesightNumerics", "Datasets",
        "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "LedgerTests",
      dependencies: [
        "Ledger", "Scenarios", "ForecastModels", "Forecasting", "ForesightNumerics", "Datasets",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "DatasetsTests", dependencies: ["Datasets", "Forecasting", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ForesightCLITests",
      dependencies: [
        "ForesightCLI", "Datasets", "Ledger", "Reports", "Scenarios", "ForecastModels", "Forecasting",
        "ForesightNumerics", "TestSupport",
      ],
      resources: [.copy("Fixtures")],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
