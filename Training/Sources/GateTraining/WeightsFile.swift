@_spi(Training) import ForecastModels
public import Foundation

/// The networks of a release: what they were trained with, and where their weights go.
public struct WeightsFile {
  /// What is kept of each network beside its weights.
  public struct Manifest: Codable {
    /// The hash of the weights, as the library checks it.
    public let weights: String
    /// The hashes of the sources that made them: the generator and the descent, and the inputs and the network.
    public let training, model: String
    /// The runs, and the mean quantile loss of each on the last rows trained on and on rows kept apart.
    public let runs: [Entry]
  }

  /// One network.
  public struct Entry: Codable {
    /// How it was trained.
    public let run: TrainingRun
    /// Its losses.
    public let trainingLoss, validationLoss: Double
  }

  /// The root of the repository.
  private let root: URL

  /// The files in a checkout of the repository.
  public init(root: URL) { self.root = root }

  private var list: URL { root.appendingPathComponent("Training/release.json") }
  private var manifest: URL { root.appendingPathComponent("Training/manifest.json") }
  private var sources: URL { root.appendingPathComponent("Sources/ForecastModels/Gate") }

  /// Trains the networks of `Training/release.json` one after another and writes their weights into the library's sources, and
  /// the manifest.
  public func write(report: (String) -> Void) throws {
    let runs = try JSONDecoder().decode([TrainingRun].self, from: Data(contentsOf: list))
    var bytes: [UInt8] = []
    var entries: [Entry] = []
    for (place, run) in runs.enumerated() {
      report("network \(place + 1) of \(runs.count), seed \(run.seed)")
      let result = run.network(report: report)
      bytes += WeightsFile.bytes(result.network)
      entries.append(
        Entry(run: run, trainingLoss: result.training, validationLoss: result.validation))
      report("training loss \(result.training), validation loss \(result.validation)")
    }
    let hash = GateWeights.hash(of: bytes)
    try WeightsFile.source(bytes, hash: hash).write(
      to: sources.appendingPathComponent("GateWeightsText.swift"), atomically: true, encoding: .utf8)
    let made = Manifest(
      weights: hash,
      training: try self.hash(of: root.appendingPathComponent("Training/Sources/GateTraining")),
      model: try self.hash(of: sources), runs: entries)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    try (encoder.encode(made) + Data("\n".utf8)).write(to: manifest)
    report("weights \(hash), \(bytes.count) bytes")
  }

  /// The parameters of a network in half precision.
  static func bytes(_ network: TrainedNetwork) -> [UInt8] {
    network.parameters.flatMap { value -> [UInt8] in
      let bits = HalfPrecision.bits(value)
      return [UInt8(truncatingIfNeeded: bits), UInt8(bits >> 8)]
    }
  }

  /// The source file that holds the weights.
  static func source(_ bytes: [UInt8], hash: String) -> String {
    var rest = Data(bytes).base64EncodedString()[...]
    while rest.last == "=" { rest = rest.dropLast() }
    var lines: [Substring] = []
    while !rest.isEmpty {
      lines.append(rest.prefix(1_000))
      rest = rest.dropFirst(1_000)
    }
    return """
      /// The weights of the gate's networks in half precision, as a text of base 64: written by the package Training.
      enum GateWeightsText {
        /// The 64-bit FNV-1a hash of the bytes.
        static let hash = "\(hash)"

        static let base64 = \"\"\"
      \(lines.map { "    " + $0 }.joined(separator: " \\\n"))
          \"\"\"
      }

      """
  }

  /// The hash of the Swift files of a folder in order of their names, the weights left out.
  private func hash(of folder: URL) throws -> String {
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "swift" && $0.lastPathComponent != "GateWeightsText.swift" }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
    return GateWeights.hash(of: try files.flatMap { [UInt8](try Data(contentsOf: $0)) })
  }
}
