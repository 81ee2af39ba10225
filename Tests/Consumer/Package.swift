// swift-tools-version: 6.2
import PackageDescription

// A package such as a user writes: it knows Foresight by its products alone.
let package = Package(
  name: "Consumer",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "foresight", path: "../..")],
  targets: [
    .executableTarget(
      name: "Consumer",
      dependencies: [
        .product(name: "Foresight", package: "foresight"),
        .product(name: "Datasets", package: "foresight"),
      ],
      swiftSettings: [.treatAllWarnings(as: .error)])
  ],
  swiftLanguageModes: [.v6]
)
