internal import Forecasting

extension TimeSeries {
  /// The base periods in a cycle: those given, or the series' own.
  ///
  /// No part of a cycle longer than the series comes twice, so that such a cycle counts as one period more than the series: no
  /// cost grows with its length.
  func cycle(_ given: Int?) -> Int { min(given ?? seasonalPeriod, periodCount + 1) }

  /// The base periods in a cycle that a model cannot do without.
  ///
  /// - Throws: `ForecastError.invalidOption` for a cycle of one period, `.tooFewPeriods` for one longer than the series.
  func requiredCycle(
    _ given: Int?, option: String, value: String, model: String
  ) throws(ForecastError) -> Int {
    let cycle = given ?? seasonalPeriod
    guard cycle > 1 else {
      throw .invalidOption(
        name: option, value: value,
        reason: "needs a seasonal period of at least 2; series \"\(name)\" has \(cycle)")
    }
    guard cycle <= periodCount else {
      throw .tooFewPeriods(model: model, series: name, needed: cycle, found: periodCount)
    }
    return cycle
  }

  /// What is a convention in seasonal indices: those of positions that are never observed, or only in sums with each other.
  func seasonalConventions(period: Int) -> [String] {
    guard period > 1, period <= periodCount else { return [] }
    var seen = [[Int: Int]](repeating: [:], count: period)
    for (place, observation) in observations.enumerated() where observation.value != nil {
      let covered = rule == .last ? [observation.span.last] : Array(observation.span.periods)
      for base in covered { seen[start.distance(to: base) % period][place, default: 0] += 1 }
    }
    var notes: [String] = []
    let unseen = seen.count { $0.isEmpty }
    if unseen > 0 {
      let are = unseen == 1 ? "1 position of the cycle is" : "\(unseen) positions of the cycle are"
      notes.append("\(are) never observed: the forecasts there are as uncertain as the season is large")
    }
    let shared = seen.indices.filter { k in
      !seen[k].isEmpty && seen.indices.contains { $0 != k && seen[$0] == seen[k] }
    }
    if !shared.isEmpty {
      notes.append(
        "\(shared.count) positions of the cycle are only observed in sums with each other: equal indices are a convention"
      )
    }
    return notes
  }
}

extension OptionSyntax<Int?> {
  /// A seasonal period, or the series' own.
  static var cycle: OptionSyntax { .optional(.count(), absent: "auto") }
}

extension ModelOption {
  /// The base periods in a seasonal cycle.
  static func season(_ path: any WritableKeyPath<Model, Int?> & Sendable) -> ModelOption {
    ModelOption("season", path, .cycle, "base periods in a seasonal cycle; auto is the series' own")
  }
}

extension TimeSeries {
  /// The cycles that a model of several seasons looks at, shortest first: those given to it, those given to the series, or the series' own
  /// and those that its frequency suggests above it, rounded.
  func cycles(_ given: [Int]) -> [Int] {
    guard given.isEmpty else { return given.sorted() }
    let own = cycle(nil)
    guard own > 1 else { return [] }
    let longer = hasGivenSeasons ? seasons : frequency.longerSeasons(above: own)
    return [own] + longer.map { Int($0.rounded()) }.filter { $0 > own }
  }

  /// The cycles at their exact lengths, as trigonometric terms take them: those given to the series, or its own as the calendar has it.
  var exactSeasons: [Double] {
    hasGivenSeasons || seasonalPeriod < 2 ? seasons : [frequency.exactSeason(seasonalPeriod)]
  }
}
