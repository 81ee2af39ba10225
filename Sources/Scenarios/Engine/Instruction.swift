internal import CKernels

/// One operation on columns of draws: what it does, the columns it reads, and its numbers.
struct Instruction: Hashable, Sendable {
  enum Operation: Hashable, Sendable {
    /// A number on every draw.
    case constant
    /// The uniforms of stream `payload`.
    case uniform
    /// The branch that uniform `a` picks.
    case branch
    /// Φ⁻¹(a).
    case normalScore
    /// Φ(a).
    case normalCDF
    /// The quantile at `a`, and the cdf at `a`, of Student's t with `number` degrees of freedom.
    case studentQuantile
    case studentCDF
    /// The quantile of law `payload` at uniform `a` or normal score `b`.
    case law
    /// The quantile of the law of branch `c`, table `payload`, at uniform `a` or normal score `b`.
    case branchLaw
    case binary(Binary)
    /// Column `a` and the number.
    case withNumber(Binary)
    /// The number and column `a`.
    case numberWith(Binary)
    /// `a` where condition `c`, else `b`.
    case select
    /// a + number · (b − a).
    case between
    case absolute
    case root
    case exponential
    case logarithm
    case sine
    case cosine
    case power
    /// −log(1 − a) · number.
    case waitingTime
    /// The integral to time `number` of a linear ramp from date `a` over `b` years; `c` is 1/(2b).
    case rampIntegral
    /// 1/(2a), or 0 for a step.
    case rampHalf
    /// The integral, and the value, of ramp `payload` at `a` years since its start: of a shape that lasts `b` years, or of a
    /// schedule under capacity `b`.
    case shapeIntegral
    case shapeValue
    /// `a`, times `c` where time `number` lies in the `extra` years from `b`.
    case interrupt
    /// How many of the thresholds `payload` are at most `a`.
    case count
    /// Series `payload` in year `number`.
    case series
  }

  /// The operations on two values.
  enum Binary: Hashable, Sendable {
    case add
    case subtract
    case multiply
    case divide
    case minimum
    case maximum
    case less
    case lessOrEqual
    case equal
    case notEqual

    /// The operation in the kernels.
    var kernel: Int32 {
      let code =
        switch self {
        case .add: FS_ADD
        case .subtract: FS_SUBTRACT
        case .multiply: FS_MULTIPLY
        case .divide: FS_DIVIDE
        case .minimum: FS_MINIMUM
        case .maximum: FS_MAXIMUM
        case .less: FS_LESS
        case .lessOrEqual: FS_LESS_EQUAL
        case .equal: FS_EQUAL
        case .notEqual: FS_NOT_EQUAL
        }
      return Int32(code)
    }

    /// The result for two numbers.
    func callAsFunction(_ a: Double, _ b: Double) -> Double {
      switch self {
      case .add: a + b
      case .subtract: a - b
      case .multiply: a * b
      case .divide: a / b
      case .minimum: a.isNaN ? a : (a < b ? a : b)
      case .maximum: a.isNaN ? a : (a > b ? a : b)
      case .less: a < b ? 1 : 0
      case .lessOrEqual: a <= b ? 1 : 0
      case .equal: a == b ? 1 : 0
      case .notEqual: a != b ? 1 : 0
      }
    }
  }

  var operation: Operation
  var a: Int32 = -1
  var b: Int32 = -1
  var c: Int32 = -1
  var number = 0.0
  var extra = 0.0
  var payload: Int32 = -1

  var operands: [Int] { [a, b, c].filter { $0 >= 0 }.map(Int.init) }
}

/// A source of uniforms: its name keys it; a dimension pins it to Sobol' points.
struct UniformStream: Hashable, Sendable {
  let name: String
  let dimension: Int?
}
