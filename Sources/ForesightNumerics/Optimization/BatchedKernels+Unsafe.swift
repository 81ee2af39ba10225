internal import CKernels

/// The C kernels of batched fits over Swift arrays, with their status codes turned into errors.
enum BatchedKernels {
  typealias Kernel = (
    _ values: [Double], _ series: Int, _ output: inout [Double], _ passes: inout [Int32],
    _ status: inout [UInt8]
  ) -> Void

  static func run(_ responses: [Double], length: Int, _ kernel: Kernel) throws(NumericsError) -> BatchedFit {
    let series = responses.count / length
    if series * length != responses.count {
      throw .dimensionMismatch(expected: series * length + length, found: responses.count)
    }
    var output = [Double](repeating: 0, count: 5 * series)
    var passes = [Int32](repeating: 0, count: series)
    var status = [UInt8](repeating: 0, count: series)
    kernel(responses, series, &output, &passes, &status)
    if let bad = status.firstIndex(of: UInt8(FS_FIT_BAD_DATA)) {
      let values = responses[(bad * length)..<((bad + 1) * length)]
      for (column, value) in values.enumerated() where !value.isFinite {
        throw .nonFinite(row: bad, column: column)
      }
      for value in values where !(value > 0) { throw .invalidParameter(name: "response", value: value) }
      let largest = values.enumerated().max { abs($0.element) < abs($1.element) }
      throw .nonFinite(row: bad, column: largest?.offset ?? 0)
    }
    func column(_ k: Int) -> [Double] { (0..<series).map { output[5 * $0 + k] } }
    return BatchedFit(
      levels: column(0), rates: column(1), residualSumsOfSquares: column(2), levelStandardErrors: column(3),
      rateStandardErrors: column(4), evaluations: passes.map(Int.init),
      isConverged: status.map { $0 == UInt8(FS_FIT_CONVERGED) })
  }

  static func exponential(
    _ values: [Double], series: Int, length: Int, origin: Double, step: Double, output: inout [Double],
    passes: inout [Int32], status: inout [UInt8]
  ) {
    unsafe fs_fit_exponential(values, Int64(series), Int64(length), origin, step, &output, &passes, &status)
  }

  static func logLinear(
    _ values: [Double], series: Int, length: Int, origin: Double, step: Double, output: inout [Double],
    status: inout [UInt8]
  ) {
    unsafe fs_fit_log_linear(values, Int64(series), Int64(length), origin, step, &output, &status)
  }
}
