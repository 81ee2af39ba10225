internal import ForesightNumerics
internal import Foundation
internal import Workloads

/// Writes the data of the hot loops into a folder, times this library on them, and saves the results there for
/// `peers/compare.py`: `foresight.json` and one file of coefficients per loop.
@main
enum PeerRun {
  static func main() throws {
    guard CommandLine.arguments.count == 3, let count = Int(CommandLine.arguments[2]) else {
      throw Usage()
    }
    let folder = URL(fileURLWithPath: CommandLine.arguments[1], isDirectory: true)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    var report = Report(library: "foresight", folder: folder)

    let linear = LeastSquaresWorkload(count: count)
    let squares = try BatchedLeastSquares(observations: linear.rows, parameters: linear.columns)
    try write(linear.designs, to: folder.appending(path: "designs.f64"))
    try write(linear.responses, to: folder.appending(path: "responses.f64"))
    try write(linear.sharedResponses, to: folder.appending(path: "shared-responses.f64"))
    try report.time("least-squares", fits: count) {
      try squares.fit(designs: linear.designs, responses: linear.responses).coefficients
    }
    let shared = linear.sharedDesign
    try report.time("least-squares-shared", fits: count) {
      try squares.fit(design: shared, responses: linear.sharedResponses).coefficients
    }

    let growth = ExponentialWorkload(count: count)
    try write(growth.additive, to: folder.appending(path: "additive.f64"))
    try write(growth.multiplicative, to: folder.appending(path: "multiplicative.f64"))
    try report.time("exponential-nonlinear", fits: count) {
      let fit = try BatchedExponential(length: growth.length).fit(growth.additive)
      return interleaved([fit.levels, fit.rates])
    }
    try report.time("exponential-log-linear", fits: count) {
      let fit = try BatchedLogLinear(length: growth.length).fit(growth.multiplicative)
      return interleaved([fit.levels, fit.rates])
    }
    try report.save()
  }

  /// The coefficients of the fits, one after another.
  private static func interleaved(_ columns: [[Double]]) -> [Double] {
    columns[0].indices.flatMap { fit in columns.map { $0[fit] } }
  }

  private struct Usage: Error, CustomStringConvertible {
    let description = "usage: PeerRun FOLDER COUNT"
  }
}

/// Little-endian doubles, which every peer can read.
func write(_ values: [Double], to file: URL) throws {
  try values.withUnsafeBytes { Data($0) }.write(to: file)
}

/// The timings of one library.
struct Report: Encodable {
  struct Row: Encodable {
    let loop: String
    let fits: Int
    let secondsOfCPU: Double
  }

  let library: String
  var rows: [Row] = []
  private let folder: URL

  private enum CodingKeys: CodingKey { case library, rows }

  init(library: String, folder: URL) {
    self.library = library
    self.folder = folder
  }

  /// Times a loop in seven windows, keeps the fastest, and writes the coefficients.
  mutating func time(_ loop: String, fits: Int, _ body: () throws -> [Double]) throws {
    var best = Double.infinity
    var coefficients: [Double] = []
    for _ in 0..<7 {
      let begun = Self.secondsOfCPU()
      coefficients = try body()
      best = min(best, Self.secondsOfCPU() - begun)
    }
    rows.append(Row(loop: loop, fits: fits, secondsOfCPU: best))
    try write(coefficients, to: folder.appending(path: "foresight-\(loop).f64"))
  }

  func save() throws {
    try JSONEncoder().encode(self).write(to: folder.appending(path: "foresight.json"))
  }

  private static func secondsOfCPU() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }
}
