/// Brent's derivative-free methods in one variable, for a root or a local minimum of a function.
///
/// Source: R. P. Brent, *Algorithms for Minimization without Derivatives*, Prentice-Hall 1973, chapters 4 and 5.
public struct Brent: Sendable {
  /// A root or minimum, and how its search ended.
  public struct Result: Sendable, Equatable {
    /// The root, or the location of the minimum.
    public let point: Double
    /// The function there.
    public let value: Double
    /// Why the method stopped, and after how many evaluations and steps.
    public let convergence: Convergence

    init(
      _ point: Double, _ value: Double, met criterion: Convergence.Criterion?, evaluations: Int,
      iterations: Int
    ) {
      self.point = point
      self.value = value
      convergence = Convergence(
        criterion == nil ? .evaluationLimit : .converged, criterion: criterion, evaluations: evaluations,
        iterations: iterations)
    }
  }

  /// The relative accuracy asked of the point.
  ///
  /// A root can be found to about 1e-16, a minimum only to about the square root of that, 1e-8.
  public var relativeTolerance: Double
  /// The absolute accuracy asked of the point.
  public var absoluteTolerance: Double
  /// The largest number of steps.
  public var maximumIterations: Int

  /// Creates a method with the given accuracies.
  public init(relativeTolerance: Double = 0, absoluteTolerance: Double = 0, maximumIterations: Int = 200) {
    self.relativeTolerance = relativeTolerance
    self.absoluteTolerance = absoluteTolerance
    self.maximumIterations = maximumIterations
  }

  /// Finds a root of a continuous function between two points of opposite sign.
  ///
  /// Inverse quadratic interpolation guarded by bisection: of order about 1.8 near a simple root, and never much slower
  /// than bisection.
  ///
  /// - Parameters:
  ///   - bracket: An interval at whose ends the function has opposite signs, or is zero.
  ///   - function: The function.
  /// - Returns: The root, the function there, and why the method stopped.
  /// - Throws: ``NumericsError/notBracketed(lower:upper:)`` if the values at the ends have the same sign or are not
  ///   numbers, ``NumericsError/invalidParameter(name:value:)`` for an end that is not finite.
  public func root(in bracket: ClosedRange<Double>, of function: (Double) -> Double)
    throws(NumericsError) -> Result
  {
    for end in [bracket.lowerBound, bracket.upperBound] where !end.isFinite {
      throw .invalidParameter(name: "the end of the bracket", value: end)
    }
    var a = bracket.lowerBound
    var b = bracket.upperBound
    var fa = function(a)
    var fb = function(b)
    var evaluations = 2
    guard (fa <= 0 && fb >= 0) || (fa >= 0 && fb <= 0) else {
      throw .notBracketed(lower: fa, upper: fb)
    }
    var c = a
    var fc = fa
    var step = b - a
    var previous = step
    for iteration in 0..<max(0, maximumIterations) {
      if (fb > 0) == (fc > 0) {
        c = a
        fc = fa
        step = b - a
        previous = step
      }
      if abs(fc) < abs(fb) {
        a = b
        b = c
        c = a
        fa = fb
        fb = fc
        fc = fa
      }
      let tolerance = max(2 * Double.ulpOfOne, relativeTolerance) * abs(b) + 0.5 * absoluteTolerance
      let half = 0.5 * c - 0.5 * b
      if fb == 0 || abs(half) <= tolerance || abs(half) < Double.leastNormalMagnitude {
        return Result(
          b, fb, met: fb == 0 ? .value : .parameters, evaluations: evaluations, iterations: iteration)
      }
      if abs(previous) < tolerance || abs(fa) <= abs(fb) {
        step = half
        previous = half
      } else {
        let s = fb / fa
        var p: Double
        var q: Double
        if a == c {
          p = 2 * half * s
          q = 1 - s
        } else {
          let r = fb / fc
          let t = fa / fc
          p = s * (2 * half * t * (t - r) - (b - a) * (r - 1))
          q = (t - 1) * (r - 1) * (s - 1)
        }
        if p > 0 { q = -q } else { p = -p }
        if 2 * p < min(3 * half * q - abs(tolerance * q), abs(previous * q)) {
          previous = step
          step = p / q
        } else {
          step = half
          previous = half
        }
      }
      a = b
      fa = fb
      b += abs(step) > tolerance ? step : (half > 0 ? tolerance : -tolerance)
      fb = function(b)
      evaluations += 1
    }
    return Result(b, fb, met: nil, evaluations: evaluations, iterations: maximumIterations)
  }

  /// Finds a local minimum of a function in an interval.
  ///
  /// Parabolic interpolation guarded by golden sections. A value that is not a number counts as +∞.
  ///
  /// - Parameters:
  ///   - interval: The interval to search; its ends are not evaluated. An infinite end counts as ±1e150.
  ///   - function: The function, ideally unimodal in the interval.
  /// - Returns: The location of the minimum, the function there, and why the method stopped.
  public func minimum(in interval: ClosedRange<Double>, of function: (Double) -> Double) -> Result {
    func guarded(_ x: Double) -> Double {
      let value = function(x)
      return value.isNaN ? .infinity : value
    }
    let golden = 0.5 * (3 - (5.0).squareRoot())
    let relative = max(relativeTolerance, Double.ulpOfOne.squareRoot())
    var lower = min(max(interval.lowerBound, -1e150), 1e150)
    var upper = min(max(interval.upperBound, -1e150), 1e150)
    var x = lower + golden * (upper - lower)
    var w = x
    var v = x
    var fx = guarded(x)
    var fw = fx
    var fv = fx
    var evaluations = 1
    var step = 0.0
    var previous = 0.0
    for iteration in 0..<max(0, maximumIterations) {
      let middle = 0.5 * (lower + upper)
      let tolerance = relative * abs(x) + max(absoluteTolerance, 1e-300)
      if abs(x - middle) <= 2 * tolerance - 0.5 * (upper - lower) {
        return Result(x, fx, met: .parameters, evaluations: evaluations, iterations: iteration)
      }
      var useGolden = true
      if abs(previous) > tolerance {
        let r = (x - w) * (fx - fv)
        var q = (x - v) * (fx - fw)
        var p = (x - v) * q - (x - w) * r
        q = 2 * (q - r)
        if q > 0 { p = -p } else { q = -q }
        if abs(p) < abs(0.5 * q * previous) && p > q * (lower - x) && p < q * (upper - x) {
          previous = step
          step = p / q
          let trial = x + step
          if trial - lower < 2 * tolerance || upper - trial < 2 * tolerance {
            step = x < middle ? tolerance : -tolerance
          }
          useGolden = false
        }
      }
      if useGolden {
        previous = x < middle ? upper - x : lower - x
        step = golden * previous
      }
      let trial = abs(step) >= tolerance ? x + step : x + (step > 0 ? tolerance : -tolerance)
      let value = guarded(trial)
      evaluations += 1
      if value <= fx {
        if trial < x { upper = x } else { lower = x }
        (v, fv) = (w, fw)
        (w, fw) = (x, fx)
        (x, fx) = (trial, value)
      } else {
        if trial < x { lower = trial } else { upper = trial }
        if value <= fw || w == x {
          (v, fv) = (w, fw)
          (w, fw) = (trial, value)
        } else if value <= fv || v == x || v == w {
          (v, fv) = (trial, value)
        }
      }
    }
    return Result(x, fx, met: nil, evaluations: evaluations, iterations: maximumIterations)
  }
}
