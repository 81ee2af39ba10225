internal import Forecasting

extension FittedAuto {
  /// Why the forecast is what it is: each member's say and error, the width and the domain, in words.
  var explanation: [String] {
    var lines: [String] = []
    let least = members.compactMap(\.error).min()
    for member in members.sorted(by: { $0.weight > $1.weight }) {
      var line = "\(member.fit.name) has \(percent(member.weight)) of the weight"
      if let error = member.error {
        let unit = series.unit.isEmpty ? "" : " \(series.unit)"
        line += ": it missed the held-back values by \(NumberText.significant(error, 3))\(unit) on average"
        if members.count > 1, let least {
          line +=
            error <= least
            ? ", the least of all"
            : least > 0 ? ", \(NumberText.significant(error / least, 3)) times the least" : ""
        }
      }
      lines.append(line)
    }
    lines.append(
      heldBack > 0
        ? "held back: the last \(heldBack) values, which every member forecast without seeing them; weights follow the errors"
        : "held back: nothing, as the series is too short; weights are those that serve most series")
    lines.append(widthText)
    lines.append(domainText)
    return lines
  }

  private var widthText: String {
    guard floor == 0 else {
      return "width: that of the held-back errors, as the members were far surer than those allow"
    }
    let than = "than the members' own, as far as the held-back errors tell"
    let times = NumberText.significant(width, 3)
    if abs(width - 1) < 0.005 { return "width: the intervals are the members' own" }
    return "width: the intervals are \(times) times as wide \(width > 1 ? "(wider " : "(narrower ")\(than))"
  }

  private var domainText: String {
    let limit = Double.greatestFiniteMagnitude
    func text(_ value: Double) -> String { NumberText.significant(value, 6) }
    return switch (bounds.lowerBound > -limit, bounds.upperBound < limit) {
    case (false, false): "domain: all numbers"
    case (true, false): "domain: from \(text(bounds.lowerBound)) up; domain=real lifts that"
    default: "domain: from \(text(bounds.lowerBound)) to \(text(bounds.upperBound))"
    }
  }

  private func percent(_ share: Double) -> String { "\(NumberText.significant(100 * share, 2)) %" }
}

extension Auto {
  /// Which of the cycles looked at are kept: those whose members have a weight.
  ///
  /// A cycle without a member is one that the series does not hold twice.
  static func seasonNotes(_ cycles: [Int], _ members: [(weight: Double, model: any Forecaster)]) -> [String] {
    cycles.map { cycle in
      let with = members.filter { ($0.model as? any CycleModel)?.cycles.contains(cycle) ?? false }
      let weight = with.reduce(0) { $0 + $1.weight }
      if with.isEmpty {
        return "season of \(cycle) periods: left out, as no member can use it on so few values"
      }
      guard weight > 0 else {
        return "season of \(cycle) periods: tried and dropped, as no member with it pays on held-back values"
      }
      let share = NumberText.significant(100 * weight, 2)
      return "season of \(cycle) periods: kept; members that use it have \(share) % of the weight"
    }
  }
}

/// A model that is told its cycles.
protocol CycleModel {
  /// The base periods in each cycle that it was told.
  var cycles: [Int] { get }
}

extension Decomposed: CycleModel {
  var cycles: [Int] { decomposition.seasonalPeriods }
}

extension RidgeAutoregression: CycleModel {
  var cycles: [Int] { seasonalPeriods }
}

extension ShapeLevel: CycleModel {
  var cycles: [Int] { seasonalPeriods }
}

extension SeasonalNaive: CycleModel {
  var cycles: [Int] { [seasonalPeriod].compactMap(\.self) }
}

extension TemporalBlend: CycleModel {
  var cycles: [Int] { [seasonalPeriod].compactMap(\.self) }
}

extension AutoETS: CycleModel {
  var cycles: [Int] { [seasonalPeriod].compactMap(\.self) }
}

extension Theta: CycleModel {
  var cycles: [Int] { [seasonalPeriod].compactMap(\.self) }
}

extension AutoCES: CycleModel {
  var cycles: [Int] { [seasonalPeriod].compactMap(\.self) }
}
