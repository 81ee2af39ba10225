public import Forecasting

/// How reliable dated announcements have been, by stage of the project, and a prior of delays from them.
///
/// An announcement that was fulfilled by its date has no delay. Otherwise it is late by an exponential delay with mean m, or never
/// comes, with probability ν. What was still open when the table was closed is censored there, with likelihood ν + (1 − ν)e^{−c/m}.
/// The posterior is taken on a grid, ν uniform and m lognormal with median three years and σ = 0.7 (judgement). The share that
/// is fulfilled in time has Jeffreys' Beta(½, ½) prior. `heldOut` says how well this would have forecast each project of the table.
public struct DelayCalibration: Sendable {
  /// An announcement and its outcome.
  public struct Announcement: Sendable, Hashable {
    /// A short name.
    public let id: String
    /// The project that it belongs to, which is left out as a whole when others forecast it; the same as `id` unless the table says.
    public let project: String
    /// What was announced.
    public let claim: String
    /// The end of the period that it was announced for, in decimal years.
    public let due: Double
    /// When it was fulfilled; `nil` if it was still open when the table was closed.
    public let came: Double?
    /// When the table was closed.
    public let knownUntil: Double

    /// Whether it was fulfilled by its date.
    public var isInTime: Bool { came.map { $0 <= due } ?? false }
  }

  /// The announcements of one stage.
  public struct Stage: Sendable {
    /// `before` or `after` a binding contract or permit.
    public let name: String
    /// Its announcements.
    public let announcements: [Announcement]
    /// The Brier score of taking each at face value, with the probability asked for.
    public let brier: Double
    /// The posterior mean of the share that comes in time.
    public let inTime: Double
    /// The posterior mean of the share of the others that never comes.
    public let never: Double
    /// The quantiles of a delay in years, of those that come late.
    public let delays: [Double: Double]

    /// The number that were fulfilled by their date.
    public var kept: Int { announcements.count { $0.isInTime } }
  }

  /// The stages, in the order of the table.
  public let stages: [Stage]
  /// The probability that an announcement is given at face value.
  public let faceValue: Double
  /// The probabilities of `Stage.delays`.
  public static let probabilities = [0.1, 0.5, 0.9]

  /// The calibration by a table with columns id, claim, stage, due, came (empty: not yet), known_until, and optionally project.
  ///
  /// - Throws: `ForecastError.data` naming file and line, `.invalidOption` for a face value outside 0 … 1.
  public init(_ table: CSVTable, faceValue: Double = 0.9) throws(ForecastError) {
    guard (0...1).contains(faceValue) else {
      throw .invalidOption(
        name: "face value", value: "\(faceValue)", reason: "is not a probability between 0 and 1")
    }
    let id = try table.requiredColumn("id")
    let claim = try table.requiredColumn("claim")
    let stage = try table.requiredColumn("stage")
    let due = try table.requiredColumn("due")
    let came = try table.requiredColumn("came")
    let known = try table.requiredColumn("known_until")
    let project = table.column("project")
    var order: [String] = []
    var groups: [String: [Announcement]] = [:]
    for row in table.rows {
      func date(_ column: Int) throws(ForecastError) -> Double {
        guard let value = Double(row.fields[column]), value.isFinite else {
          throw .data(DataFault(.badNumber(row.fields[column]), file: table.file, line: row.line))
        }
        return value
      }
      let announcement = Announcement(
        id: row.fields[id], project: project.map { row.fields[$0] } ?? row.fields[id],
        claim: row.fields[claim], due: try date(due),
        came: row.fields[came].isEmpty ? nil : try date(came), knownUntil: try date(known))
      // A claim cannot be judged before its date, or be fulfilled after the table was closed.
      guard announcement.came ?? announcement.due <= announcement.knownUntil else {
        throw .data(DataFault(.badNumber(row.fields[known]), file: table.file, line: row.line))
      }
      if groups[row.fields[stage]] == nil { order.append(row.fields[stage]) }
      groups[row.fields[stage], default: []].append(announcement)
    }
    guard !order.isEmpty else { throw .data(DataFault(.empty, file: table.file)) }
    self.faceValue = faceValue
    stages = order.map { DelayCalibration.stage($0, groups[$0] ?? [], faceValue: faceValue) }
  }

  private static func stage(_ name: String, _ announcements: [Announcement], faceValue: Double) -> Stage {
    let brier =
      announcements.reduce(0) { sum, item in
        let miss = faceValue - (item.isInTime ? 1 : 0)
        return sum + miss * miss
      } / Double(announcements.count)
    let posterior = DelayPosterior(announcements)
    return Stage(
      name: name, announcements: announcements, brier: brier, inTime: posterior.inTime,
      never: posterior.never,
      delays: Dictionary(uniqueKeysWithValues: probabilities.map { ($0, posterior.lateQuantile($0)) }))
  }
}

extension DelayCalibration.Stage {
  /// The shares of the three branches: in time, late, never.
  public var shares: [Double] { [inTime, (1 - inTime) * (1 - never), (1 - inTime) * never] }

  /// The branches, the delay and an event that comes as much later than announced, as they are written in a scenario file.
  ///
  /// The date that was announced, the law of `announced`, is the file's to say. A lognormal with a shift reaches below zero, where
  /// the delay counts as none.
  public var law: [String] {
    func text(_ value: Double, _ digits: Double = 100) -> String { "\((value * digits).rounded() / digits)" }
    let first = (shares[0] * 1000).rounded() / 1000
    let last = (shares[2] * 1000).rounded() / 1000
    let middle = ((1 - first - last) * 1000).rounded() / 1000
    let p = DelayCalibration.probabilities.map { delays[$0] ?? .nan }
    return [
      "branches: {in_time: {weight: \(first)}, late: {weight: \(middle)}, dropped: {weight: \(last)}}",
      "inputs:",
      "  announced: {unit: decimal-year, basis: judgement, constant: 2030}",
      "  delay:",
      "    unit: yr",
      "    basis: derived",
      "    by_branch:",
      "      in_time: 0",
      "      late: {shifted_lognormal: {p10: \(text(p[0])), p50: \(text(p[1])), p90: \(text(p[2]))}}",
      "      dropped: 0",
      "events:",
      "  opening: {kind: start, at: \"if(branch == dropped, never, announced + max(delay, 0))\"}",
    ]
  }
}
