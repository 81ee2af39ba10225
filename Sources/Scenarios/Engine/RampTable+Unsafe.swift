internal import CKernels

/// A ramp as the kernels take it.
enum RampTable: Hashable, Sendable {
  case linear
  case concave(exponent: Double)
  case logistic(steepness: Double)
  /// The value at the beginning of each year of operation and its slope in it; the last entry is flat.
  case table(left: [Double], slope: [Double])
  /// The contract's quantities, each bounded by a capacity.
  case quantities([Double])

  /// The shares of a shape; those of a contract are of its largest quantity.
  init(shares shape: RampShape) {
    switch shape {
    case .linear: self = .linear
    case .concave(let exponent): self = .concave(exponent: exponent)
    case .logistic(let steepness): self = .logistic(steepness: steepness)
    case .yearEnds(let ends):
      let left = [0] + ends
      self = .table(left: left, slope: zip(left, ends).map { $1 - $0 } + [0])
    case .yearMeans(let means): self = .table(left: means, slope: means.map { _ in 0 })
    case .quantities(let quantities):
      let largest = quantities.max() ?? 1
      self = .table(left: quantities.map { $0 / largest }, slope: quantities.map { _ in 0 })
    case .analogue: self = .table(left: [1], slope: [0])
    }
  }

  /// The shares of a shape, or a contract's own quantities.
  init(rates shape: RampShape) {
    if case .quantities(let quantities) = shape {
      self = .quantities(quantities)
    } else {
      self.init(shares: shape)
    }
  }

  /// Whether its length in years is a number of the path.
  var hasLength: Bool {
    switch self {
    case .linear, .concave, .logistic: true
    case .table, .quantities: false
    }
  }

  /// The integral from the start; `bound` is the length in years, or the capacity that bounds a contract's quantities.
  func integral(
    since: UnsafePointer<Double>, _ bound: UnsafePointer<Double>, _ out: UnsafeMutablePointer<Double>,
    _ count: Int
  ) {
    switch self {
    case .linear: unsafe fs_linear_integral(since, bound, out, count)
    case .concave(let exponent): unsafe fs_concave_integral(since, bound, exponent, out, count)
    case .logistic(let steepness): unsafe fs_logistic_integral(since, bound, steepness, out, count)
    case .table(let left, let slope):
      unsafe fs_table_integral(since, left, slope, Int32(left.count), out, count)
    case .quantities(let quantities):
      unsafe fs_schedule_integral(since, bound, quantities, Int32(quantities.count), out, count)
    }
  }

  /// The value, `bound` as for the integral.
  func value(
    since: UnsafePointer<Double>, _ bound: UnsafePointer<Double>, _ out: UnsafeMutablePointer<Double>,
    _ count: Int
  ) {
    switch self {
    case .linear: unsafe fs_linear_share(since, bound, out, count)
    case .concave(let exponent): unsafe fs_concave_share(since, bound, exponent, out, count)
    case .logistic(let steepness): unsafe fs_logistic_share(since, bound, steepness, out, count)
    case .table(let left, let slope): unsafe fs_table_share(since, left, slope, Int32(left.count), out, count)
    case .quantities(let quantities):
      unsafe fs_schedule_rate(since, bound, quantities, Int32(quantities.count), out, count)
    }
  }
}
