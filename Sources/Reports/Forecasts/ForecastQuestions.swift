package import Forecasting

/// What is asked of a forecast beyond its means: intervals, quantiles, totals, chances and sample paths.
///
/// ```swift
/// var questions = ForecastQuestions()
/// questions.thresholds = [Threshold(.above, 100)]
/// questions.grouping = .calendar(.quarter)
/// print(try forecast.report(questions).text)
/// ```
package struct ForecastQuestions: Sendable {
  /// The levels of intervals, such as 0.8; each strictly between 0 and 1.
  package var levels: [Double] = [0.8, 0.95]
  /// The probabilities of quantiles, such as 0.1; each strictly between 0 and 1.
  package var quantiles: [Double] = []
  /// The windows whose totals are wanted.
  package var totals: [TotalWindow] = []
  /// Longer periods whose totals are wanted; `nil` for none.
  package var grouping: PeriodGrouping?
  /// The bounds whose chances are wanted, for each period and each total.
  package var thresholds: [Threshold] = []
  /// Whether the chances that any, or that all, periods of a window lie beyond each bound are wanted.
  package var quantifiers: [PeriodQuantifier] = []
  /// The windows of such chances; the whole horizon where there is none.
  package var during: [TotalWindow] = []
  /// The number of sample paths to list.
  package var paths = 0

  /// The usual questions: intervals at 80 and 95 %.
  package init() {}
}

/// A row of answers about one period, or about a window.
struct ForecastAnswer: Sendable {
  /// The period, or the window.
  let name: String
  let mean: Double?
  let median: Double?
  let standardDeviation: Double?
  let intervals: [PredictionInterval]
  let quantiles: [Double]
  /// The probability of each bound.
  let chances: [Double]
  /// The chances that any or all periods of the window lie beyond bounds, bound by bound.
  var events: [EventChance] = []
}

/// The chance that any, or every, period of a window lies beyond a bound.
struct EventChance: Sendable {
  let quantifier: PeriodQuantifier
  let threshold: Threshold
  let window: String
  let chance: SampledProbability
}

extension Threshold {
  /// `> 100`, `< 50`.
  var text: String { (side == .above ? "> " : "< ") + NumberText.plain(bound) }

  /// `above-100`.
  var key: String { "\(side.rawValue)-\(NumberText.plain(bound))" }
}

extension Forecast {
  /// The chances of events over the windows asked for, on the same sample paths.
  ///
  /// - Throws: `ForecastError.outsideForecast` for a window that is neither observed nor forecast.
  func events(_ questions: ForecastQuestions) throws(ForecastError) -> [EventChance] {
    guard !questions.quantifiers.isEmpty, !questions.thresholds.isEmpty else { return [] }
    let whole = TotalWindow.periods(start, through: start + (horizon - 1))
    let paths = samplePaths(pathsOfEvents)
    var chances: [EventChance] = []
    for window in questions.during.isEmpty ? [whole] : questions.during {
      for threshold in questions.thresholds {
        for quantifier in questions.quantifiers {
          chances.append(
            EventChance(
              quantifier: quantifier, threshold: threshold, window: "\(window)",
              chance: try probability(of: quantifier, threshold, over: window, on: paths)))
        }
      }
    }
    return chances
  }

  /// The totals of the groups that the horizon reaches, and a note on those that it does not cover.
  ///
  /// - Throws: `ForecastError.invalidOption` for groups that are not longer than the periods.
  func groups(_ grouping: PeriodGrouping?) throws(ForecastError) -> (
    rows: [TotalWindow], names: [String], note: String?
  ) {
    guard let grouping else { return ([], [], nil) }
    let reach = PeriodSpan(start, count: horizon)
    let groups = grouping.groups(over: reach)
    guard !groups.isEmpty else {
      throw .invalidOption(
        name: "by", value: grouping.description,
        reason: "must be longer than a \(series.frequency.rawValue), and not begin within one")
    }
    let whole = groups.filter { group in
      group.span.first >= series.start && group.span.last <= reach.last
        && !series.observations.contains { observation in
          let touches = observation.span.last >= group.span.first && observation.span.first <= group.span.last
          let isInside =
            observation.span.first >= group.span.first && observation.span.last <= group.span.last
          return touches && (observation.value == nil || !isInside)
        }
    }
    let left = groups.filter { group in !whole.contains(group) }.map(\.name)
    let subject = left.joined(separator: ", ")
    let note =
      left.isEmpty
      ? nil
      : "\(subject) \(left.count == 1 ? "is" : "are") left out: not every period is observed or forecast"
    return (whole.map { .periods($0.span.first, through: $0.span.last) }, whole.map(\.name), note)
  }
}
