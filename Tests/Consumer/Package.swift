// swift-tools-version: 6.2
import PackageDescription

// A package like one that a user would write: it uses only the products of Foresight.
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
