internal import RealModule

/// An announcement as the others would have had it: forecast without the project that it belongs to, and scored.
///
/// The three forecasts are the prior of its stage, the base rate (the same prior over all stages together) and the announcement at
/// face value. Two scores, both better if smaller: Brier's, (p − 1{in time})², and the continuous ranked probability score of the
/// delay in years, ∫₀^c (F(x) − 1{delay ≤ x})² dx with c ten years, or less if the table was closed before.
public struct HeldOutAnnouncement: Sendable {
  /// What was announced, and what came.
  public let announcement: DelayCalibration.Announcement
  /// Its stage.
  public let stage: String
  /// The scores of the prior of its stage.
  public let calibrated: Scores
  /// The scores of the prior over all stages.
  public let baseRate: Scores
  /// The scores of the announcement at face value.
  public let faceValue: Scores

  /// The scores of one forecast.
  public struct Scores: Sendable {
    /// The probability given to its coming in time.
    public let inTime: Double
    /// (p − 1{in time})².
    public let brier: Double
    /// The continuous ranked probability score of the delay, in years, up to ten years.
    public let crps: Double

    /// The scores of a law of the delay, `cameBy(x)` the probability that it comes within x years of its date.
    init(_ announcement: DelayCalibration.Announcement, _ cameBy: (Double) -> Double) {
      inTime = cameBy(0)
      let miss = inTime - (announcement.isInTime ? 1 : 0)
      brier = miss * miss
      let delay = announcement.isInTime ? 0 : announcement.came.map { $0 - announcement.due } ?? .infinity
      let end = min(10, announcement.knownUntil - announcement.due)
      // Smooth on both sides of the delay: midpoints of 200 cells on each.
      var sum = 0.0
      for (from, to, outcome) in [(0, min(delay, end), 0.0), (min(delay, end), end, 1.0)] where to > from {
        let width = (to - from) / 200
        for k in 0..<200 {
          let error = cameBy(from + (Double(k) + 0.5) * width) - outcome
          sum += error * error * width
        }
      }
      crps = sum
    }

    /// The mean of several scores; zeros without any.
    public init(meanOf all: [Scores]) {
      let count = Double(max(1, all.count))
      inTime = all.reduce(0) { $0 + $1.inTime } / count
      brier = all.reduce(0) { $0 + $1.brier } / count
      crps = all.reduce(0) { $0 + $1.crps } / count
    }
  }
}

extension DelayCalibration {
  /// Every announcement, forecast from those of the other projects; in the order of the table, stage by stage.
  ///
  /// - Complexity: one posterior for every project and stage, each O(announcements); a table of thirty takes about a tenth of a second.
  public var heldOut: [HeldOutAnnouncement] {
    let all = stages.flatMap(\.announcements)
    return stages.flatMap { stage in
      stage.announcements.map { item in
        let own = CalibratedDelay(DelayPosterior(stage.announcements.filter { $0.project != item.project }))
        let base = CalibratedDelay(DelayPosterior(all.filter { $0.project != item.project }))
        return HeldOutAnnouncement(
          announcement: item, stage: stage.name, calibrated: .init(item, own.cameBy),
          baseRate: .init(item, base.cameBy), faceValue: .init(item) { _ in faceValue })
      }
    }
  }

  /// The scores of one forecast of announcements.
  public typealias Scores = HeldOutAnnouncement.Scores
}

/// `DelayPosterior.cameBy` at every twentieth of a year up to ten years, linear between: the integral asks for it hundreds of times.
private struct CalibratedDelay {
  let values: [Double]

  init(_ posterior: DelayPosterior) { values = (0...200).map { posterior.cameBy(Double($0) / 20) } }

  func cameBy(_ delay: Double) -> Double {
    let place = min(max(0, delay), 10) * 20
    let left = min(Int(place), 199)
    return values[left] + (place - Double(left)) * (values[left + 1] - values[left])
  }
}
