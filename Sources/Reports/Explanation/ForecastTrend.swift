internal import ForecastModels
internal import Forecasting
internal import ForesightNumerics

/// What a forecast does apart from its season.
struct ForecastTrend {
  typealias Statement = ForecastExplanation.Statement

  /// The mean change per base period.
  let slope: Double

  /// The change of the means per base period: over whole cycles where the forecast has more than one, otherwise that of a fitted line with the
  /// last cycle's season taken out.
  init(_ mean: [Double], _ view: SeriesView) {
    let cycle = view.seasons.isEmpty ? 1 : view.cycle
    if mean.count > cycle {
      let changes = (cycle..<mean.count).map { (mean[$0] - mean[$0 - cycle]) / Double(cycle) }
      slope = changes.reduce(0, +) / Double(changes.count)
      return
    }
    guard mean.count > 1 else {
      slope = 0
      return
    }
    let end = view.values.count
    let adjusted = mean.enumerated().map { step, value in
      view.seasons.reduce(value) { sum, season in
        let place = end + step - season.component.period
        let values = season.component.values
        return sum - (values.indices.contains(place) ? values[place] : 0)
      }
    }
    let center = Double(mean.count - 1) / 2
    let level = adjusted.reduce(0, +) / Double(adjusted.count)
    var cross = 0.0
    var square = 0.0
    for (step, value) in adjusted.enumerated() {
      cross += (Double(step) - center) * (value - level)
      square += (Double(step) - center) * (Double(step) - center)
    }
    slope = square > 0 ? cross / square : 0
  }

  /// The first cycle of the means about their line.
  func detrended(_ mean: [Double], _ cycle: Int) -> [Double] {
    let part = mean.prefix(cycle)
    return part.enumerated().map { $1 - slope * Double($0) }
  }

  /// The trend of the forecast in words, per period and per year.
  func statements(_ view: SeriesView) -> [Statement] {
    let year = slope * view.perYear
    var text = "Trend of the forecast: \(view.change(slope))\(view.shareText(slope)) per \(view.period)"
    if view.series.frequency.unit != .index, view.series.frequency.unit != .year {
      text += ", \(view.change(year))\(view.shareText(year)) per year"
    }
    return [
      Statement(
        topic: .trend, subject: "forecast per \(view.period)", value: slope, percent: view.share(slope),
        text: text + ".")
    ]
  }

  /// Why the forecast is flat; nothing if it is not.
  func flatStatements(_ mean: [Double], _ view: SeriesView) -> [Statement] {
    let range = (mean.max() ?? 0) - (mean.min() ?? 0)
    let scale = max(view.noise, 0.01 * abs(view.level))
    guard mean.count > 1, range <= 0.5 * scale else { return [] }
    let changes = zip(view.values.dropFirst(), view.values).map { $0 - $1 }
    guard changes.count > 3 else { return [] }
    let count = Double(changes.count)
    let average = changes.reduce(0, +) / count
    let deviation = (changes.reduce(0) { $0 + ($1 - average) * ($1 - average) } / (count - 1)).squareRoot()
    var reasons: [String] = []
    if let strongest = view.seasons.map(\.strength).max() {
      if strongest < 0.3 {
        reasons.append("its season is too weak to repeat (strength \(NumberText.fixed(strongest, 2)))")
      }
    } else {
      reasons.append("no season was found")
    }
    if deviation == 0 {
      reasons.append("its values do not vary")
    } else {
      let error = deviation / count.squareRoot()
      let pairs = zip(changes.dropFirst(), changes)
      let memory =
        pairs.reduce(0) { $0 + ($1.0 - average) * ($1.1 - average) } / ((count - 1) * deviation * deviation)
      let mean = NumberText.significant(average, 2)
      if abs(average) < 2 * error {
        reasons.append(
          "its changes from one \(view.period) to the next average \(mean), which is within twice their standard error of "
            + "\(NumberText.significant(error, 2)), so a lasting trend cannot be told from chance")
      }
      if abs(memory) < 2 / count.squareRoot() {
        reasons.append("one change says nothing about the next (correlation \(NumberText.fixed(memory, 2)))")
      } else if memory < 0 {
        reasons.append(
          "a rise tends to be followed by a fall (correlation \(NumberText.fixed(memory, 2))), so the best forecast is a level"
        )
      }
    }
    guard !reasons.isEmpty else { return [] }
    return [
      Statement(
        topic: .flat, subject: "forecast", value: range, percent: view.share(range),
        text: "The forecast is nearly flat: " + reasons.joined(separator: "; ")
          + ". What may happen is in the intervals, which widen.")
    ]
  }
}
