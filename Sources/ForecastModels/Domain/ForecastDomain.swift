internal import Forecasting

/// The values that a series can take, outside which no mean, quantile or path lies.
public enum ForecastDomain: Sendable, Hashable, Codable {
  /// From 0 up where no value is negative, else all numbers.
  case automatic
  /// All numbers.
  case real
  /// From 0 up.
  case nonnegative
  /// Between two bounds, both included.
  case bounded(lower: Double, upper: Double)

  /// From 0 to 1, as shares are.
  public static let unit = ForecastDomain.bounded(lower: 0, upper: 1)

  /// The bounds for a series.
  ///
  /// - Throws: `ForecastError.outsideDomain` for a value outside bounds that were chosen, `.invalidOption` for bounds out of order.
  func bounds(of series: TimeSeries, model: String) throws(ForecastError) -> ClosedRange<Double> {
    let all = -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude
    switch self {
    case .automatic:
      let isNegative = series.observations.contains { ($0.value ?? 0) < 0 }
      return isNegative ? all : 0...Double.greatestFiniteMagnitude
    case .real: return all
    case .nonnegative: return try checked(0...Double.greatestFiniteMagnitude, series, model)
    case .bounded(let lower, let upper):
      guard lower < upper, lower.isFinite, upper.isFinite else {
        throw .invalidOption(
          name: "domain", value: "\(lower)..\(upper)", reason: "needs a lower bound below the upper one")
      }
      return try checked(lower...upper, series, model)
    }
  }

  private func checked(
    _ range: ClosedRange<Double>, _ series: TimeSeries, _ model: String
  ) throws(ForecastError) -> ClosedRange<Double> {
    for observation in series.observations {
      guard let value = observation.value, !range.contains(value) else { continue }
      throw .outsideDomain(
        model: model, series: series.name, span: observation.span, value: value, lower: range.lowerBound,
        upper: range.upperBound == .greatestFiniteMagnitude ? .infinity : range.upperBound)
    }
    return range
  }
}

extension OptionSyntax<ForecastDomain> {
  /// `auto`, `real`, `nonnegative`, `unit` or `LOWER..UPPER`.
  static var domain: OptionSyntax {
    OptionSyntax(
      ["auto", "real", "nonnegative", "unit", "LOWER..UPPER"],
      examples: ["auto", "real", "nonnegative", "unit", "0..100"],
      read: { text in
        switch text {
        case "auto": return .automatic
        case "real": return .real
        case "nonnegative": return .nonnegative
        case "unit": return .unit
        default:
          let parts = text.split(separator: "..", omittingEmptySubsequences: false)
          guard parts.count == 2, let lower = Double(parts[0]), let upper = Double(parts[1]), lower < upper,
            lower.isFinite, upper.isFinite
          else { return nil }
          return .bounded(lower: lower, upper: upper)
        }
      },
      write: { domain in
        switch domain {
        case .automatic: "auto"
        case .real: "real"
        case .nonnegative: "nonnegative"
        case .unit: "unit"
        case .bounded(let lower, let upper): lower < upper ? "\(lower)..\(upper)" : nil
        }
      })
  }
}
