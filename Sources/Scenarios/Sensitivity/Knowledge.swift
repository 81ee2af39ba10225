/// What it is worth to know inputs before deciding whether to act, where acting pays the quantity less a threshold.
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

/// What it is worth to know one input.
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
  /// The place in the order of values, from 1; `nil` where the interval overlaps another's: a tie.
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
      // A long run of equal values is a group of its own, even where it begins inside this one.
      var begin = end
      while begin > position, column[order[begin - 1]] == column[order[end - 1]] { begin -= 1 }
      if begin > position, end - begin >= size || !column[order[begin]].isFinite { end = begin }
      paths.append(
        order[position..<end].map { Path(x: column[$0], y: values[$0], replicate: replicates[$0]) })
      position = end
    }
  }

  /// E max(0, E[Y | X] − c) − max(0, E Y − c), one replicate left out where named.
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

  /// The paths of a group, its means and the slope of its line, one replicate left out where named.
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
