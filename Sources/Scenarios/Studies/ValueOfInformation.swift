internal import ForesightNumerics

/// The value of knowing inputs before deciding whether to act, if acting pays the quantity minus a threshold.
public struct ValueOfInformation: Sendable, Hashable, Codable {
  /// What the quantity must exceed for acting to pay.
  public let threshold: Double
  /// What acting pays on average: the mean less the threshold.
  public let payoff: Double
  /// The value of knowing everything, EVPI: E max(0, Y − c) − max(0, E Y − c).
  public let perfect: Double
  /// Its standard error by the jackknife over replicates; `nil` with one.
  public let perfectError: Double?
  /// The value of knowing one input, the greatest first.
  public let inputs: [InputInformation]
}

/// The value of knowing one input.
public struct InputInformation: Sendable, Hashable, Codable {
  /// The input or event; `branch` is the choice of the branch.
  public let name: String
  /// The value of knowing it, EVPPI: E max(0, E[Y | X] − c) − max(0, E Y − c), in the unit of the quantity.
  public let value: Double
  /// Its standard error by the jackknife over replicates; `nil` with one.
  public let standardError: Double?
  /// Student's interval of the value; `nil` with one replicate.
  public let interval: ClosedRange<Double>?
  /// The share of the variance that goes when the input is known, Var E[Y | X]/Var Y.
  public let variance: Double
  /// The rank by value, from 1; `nil` for a tie, when the interval overlaps another's.
  public let rank: Int?
}

/// A quantity given an input, by straight lines in groups of paths with near values of the input.
struct GroupedLines {
  /// The most groups an input is cut into.
  static let groups = 64

  private struct Path {
    let x: Double
    let y: Double
    let replicate: Int
  }

  /// The paths of each group, in ascending order of the input.
  private var paths: [[Path]] = []

  /// Paths sorted by the input and cut into groups of equal size; equal values share a group.
  init(_ values: [Double], by column: [Double], replicates: [Int]) {
    let order = column.indices.sorted { (column[$0], $0) < (column[$1], $1) }
    let size = max(1, (order.count + GroupedLines.groups - 1) / GroupedLines.groups)
    var position = 0
    while position < order.count {
      var end = min(order.count, position + size)
      while end < order.count, column[order[end]] == column[order[end - 1]] { end += 1 }
      // A long run of equal values is its own group, even if it begins inside this one.
      var begin = end
      while begin > position, column[order[begin - 1]] == column[order[end - 1]] { begin -= 1 }
      if begin > position, end - begin >= size || !column[order[begin]].isFinite { end = begin }
      paths.append(
        order[position..<end].map { Path(x: column[$0], y: values[$0], replicate: replicates[$0]) })
      position = end
    }
  }

  /// E max(0, E[Y | X] − c) − max(0, E Y − c), with one replicate left out if named.
  func value(threshold: Double, without replicate: Int? = nil) -> Double {
    var (gain, count, total) = (0.0, 0.0, 0.0)
    for group in paths {
      let (n, x, y, slope) = line(group, without: replicate)
      count += n
      total += n * y
      for path in group where path.replicate != replicate {
        gain += max(0, y - threshold + (slope == 0 ? 0 : slope * (path.x - x)))
      }
    }
    return max(0, gain / count - max(0, total / count - threshold))
  }

  /// The paths of a group, its means and the slope of its line, with one replicate left out if named.
  private func line(
    _ group: [Path], without replicate: Int?
  ) -> (count: Double, x: Double, y: Double, slope: Double) {
    var (n, x, y) = (0.0, 0.0, 0.0)
    for path in group where path.replicate != replicate {
      n += 1
      x += path.x
      y += path.y
    }
    guard n > 0 else { return (0, 0, 0, 0) }
    (x, y) = (x / n, y / n)
    var (xx, xy) = (0.0, 0.0)
    for path in group where path.replicate != replicate {
      xx += (path.x - x) * (path.x - x)
      xy += (path.x - x) * (path.y - y)
    }
    // A slope of few paths is noise; dates that never come have none.
    return (n, x, y, n >= 32 && xx > 0 && xx.isFinite ? xy / xx : 0)
  }

  /// The share of the variance between groups, free of the bias of their noise: Kelley's ε².
  ///
  /// Proceedings of the National Academy of Sciences 21, 1935, 554-559, doi:10.1073/pnas.21.9.554.
  var variance: Double {
    var (count, total, square, between) = (0.0, 0.0, 0.0, 0.0)
    for group in paths {
      let sum = group.reduce(0) { $0 + $1.y }
      count += Double(group.count)
      total += sum
      square += group.reduce(0) { $0 + $1.y * $1.y }
      between += sum * sum / Double(group.count)
    }
    let groups = Double(paths.count)
    let all = square - total * total / count
    guard all > 0, count > groups else { return 0 }
    let within = (square - between) / (count - groups)
    return max(0, (between - total * total / count - (groups - 1) * within) / all)
  }
}

extension CheckedScenario {
  /// The value of knowing an input before deciding whether to act, the largest value first.
  ///
  /// Acting pays Y − c, not acting 0. Knowing X lets one act where E[Y | X] > c: EVPPI = E max(0, E[Y | X] − c) −
  /// max(0, E Y − c), from paths sorted by the input and cut into 64 groups (Strong and Oakley, Med. Decis. Making 33, 2013,
  /// 755-766, doi:10.1177/0272989X12465123), in each a straight line; a branch, and a value that many paths share, is a group of its own. To know an
  /// input is to know its value before shocks; of an input with values by year, and of an event's draw, the share of its law.
  /// One run serves all inputs.
  ///
  /// - Parameters:
  ///   - question: the question's name; of a condition, Y is 0 or 1.
  ///   - threshold: c, in the unit of the quantity.
  ///   - level: the level of the intervals; the question's own, or 0.95, if `nil`.
  ///   - options: draws, replicates, seed and threads.
  /// - Throws: `ScenarioError` for an unknown question, options out of range, and a quantity that is infinite on some path.
  public func valueOfInformation(
    of question: String, threshold: Double, level: Double? = nil, _ options: DrawOptions = DrawOptions()
  ) throws(ScenarioError) -> SensitivityStudy<ValueOfInformation> {
    let question = try self.question(question)
    let drawing = try drawing(options)
    let settings = drawing.settings
    let level = try request(of: question, level: level).level
    let quantity = try quantity(of: question)
    let data = try observations(quantity, drawing)
    guard data.values.allSatisfy(\.isFinite), threshold.isFinite else {
      throw failure(question, "\(question.subject.text) is not finite on every path, so it has no mean")
    }
    let replicates = Set(data.replicates).sorted()
    /// A figure of all replicates with the standard error of the delete-one jackknife.
    func jackknifed(_ figure: (Int?) -> Double) -> (value: Double, error: Double?) {
      let single = replicates.count > 1 ? replicates.map { figure($0) } : []
      return (figure(nil), Estimation.standardError(single).map { $0 * Double(replicates.count - 1) })
    }
    func mean(_ values: [Double], _ without: Int?) -> Double {
      var (sum, count) = (0.0, 0.0)
      for (value, replicate) in zip(values, data.replicates) where replicate != without {
        sum += value
        count += 1
      }
      return sum / count
    }
    let gains = data.values.map { max(0, $0 - threshold) }
    let perfect = jackknifed { mean(gains, $0) - max(0, mean(data.values, $0) - threshold) }
    var rows: [InputInformation] = []
    let law = try? StudentT(degreesOfFreedom: Double(max(1, replicates.count - 1)))
    for (observable, column) in zip(data.observables, data.columns) {
      let lines = GroupedLines(data.values, by: column, replicates: data.replicates)
      let (value, error) = jackknifed { lines.value(threshold: threshold, without: $0) }
      let width = error.flatMap { error in law.map { $0.quantile((1 + level) / 2) * error } }
      rows.append(
        InputInformation(
          name: observable.name, value: value, standardError: error,
          interval: width.map { max(0, value - $0)...value + $0 }, variance: lines.variance, rank: nil))
    }
    let (order, ranks) = Ranking.ranks(rows.map(\.value), rows.map(\.interval))
    var notes: [String] = []
    if replicates.count < 2 {
      notes.append("a single replicate gives no standard errors, so nothing is ranked")
    }
    return study(
      quantity, settings, evaluations: settings.draws * settings.replicates, notes: notes,
      ValueOfInformation(
        threshold: threshold, payoff: mean(data.values, nil) - threshold, perfect: max(0, perfect.value),
        perfectError: perfect.error,
        inputs: order.enumerated().map { place, index in
          let row = rows[index]
          return InputInformation(
            name: row.name, value: row.value, standardError: row.standardError, interval: row.interval,
            variance: row.variance, rank: ranks[place])
        }))
  }
}
