internal import Forecasting
internal import Scenarios

/// A value in text: dates with decimals, `never` for one that does not come.
func shown(_ value: Double?, isDate: Bool, decimals: Int = 2, digits: Int = 5) -> String {
  guard let value else { return NumberText.absent }
  if value == .infinity, isDate { return "never" }
  return isDate ? NumberText.fixed(value, decimals) : NumberText.significant(value, digits)
}

/// A unit in text; nothing for dates and pure numbers.
func unitText(_ unit: String, isDate: Bool = false) -> String {
  isDate || unit == "1" || unit == "decimal-year" ? "" : unit
}

extension NumberStyle {
  /// The decimals that show two digits of the standard errors' median.
  init(errors: [Double?]) {
    let sorted = errors.compactMap { $0 }.filter { $0 > 0 }.sorted()
    let median = sorted.isEmpty ? nil : sorted[(sorted.count - 1) / 2]
    self = .fixed(median.map { min(6, NumberText.decimals(for: [$0], digits: 2)) } ?? 4)
  }
}

extension RunSettings {
  /// `4 × 1024 draws (sobol-owen), seed 7`.
  var text: String {
    (replicates > 1 ? "\(replicates) × " : "") + "\(draws) draws (\(method.rawValue)), seed \(seed)"
  }
}

extension FigureName {
  /// The statistic as tables name it.
  var label: String {
    switch kind {
    case .mean: "mean"
    case .quantile: "P" + percent
    case .quantileIfEver: "P\(percent) if ever"
    case .exceed: "P(≥ \(level.map { NumberText.plain($0) } ?? ""))"
    case .probability: "probability"
    case .never: "never"
    case .notWithinHorizon: "not within horizon"
    case .breakEven: "break-even"
    }
  }
}
