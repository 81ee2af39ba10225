public import Forecasting

/// A combination of forecasters, each fitted on its own: weights and the members' joint predictive distributions.
///
/// A member that cannot be fitted drops out, is named in the fit's summary and changes nothing in the others. Cost: that of
/// the members; rolling origins fit every member once more an origin.
public struct Combination: Forecaster {
  /// The members, in the order given.
  public var members: [any Forecaster]
  /// How they are weighed.
  public var rule: CombinationRule
  /// The share of equal weights in estimated ones, between 0 and 1.
  public var shrinkage: Double

  /// A combination of members.
  public init(_ members: [any Forecaster], rule: CombinationRule = .mean, shrinkage: Double = 0.5) {
    self.members = members
    self.rule = rule
    self.shrinkage = shrinkage
  }

  /// `Combination(…)` with the members' names.
  public var name: String { "Combination(\(members.map(\.name).joined(separator: ", ")))" }

  /// The members fitted to a series.
  ///
  /// - Throws: `ForecastError.noMember` where none can be fitted, with each one's reason, and `.invalidOption`
  ///   without members.
  public func fit(_ series: TimeSeries) throws(ForecastError) -> FittedCombination {
    try fit(series, regressors: nil)
  }

  /// Whether some member takes external variables.
  public var takesRegressors: Bool { members.contains { $0.takesRegressors } }

  /// The members fitted to a series and external variables; a member that takes none drops out where some are given.
  ///
  /// - Throws: `ForecastError.noMember` where none can be fitted, with each one's reason.
  public func fit(
    _ series: TimeSeries, regressors: Regressors?
  ) throws(ForecastError) -> FittedCombination {
    try validate()
    guard regressors == nil || takesRegressors else {
      throw .unsupported(model: name, capability: "external variables")
    }
    var fits: [any FittedForecaster] = []
    var places: [Int] = []
    var failures: [CombinationFailure] = []
    for (place, member) in members.enumerated() {
      do throws(ForecastError) {
        let fit = try member.fit(series, regressors: regressors) as any FittedForecaster
        if rule == .informationCriterion, fit.summary.aicc == nil {
          failures.append(CombinationFailure(member: member.name, reason: "has no AICc"))
        } else {
          fits.append(fit)
          places.append(place)
        }
      } catch {
        failures.append(CombinationFailure(member: member.name, reason: error.description))
      }
    }
    guard !fits.isEmpty else {
      throw .noMember(
        model: name, series: series.name, reasons: failures.map { "\($0.member): \($0.reason)" })
    }
    let raw: [Double]? =
      switch rule {
      case .mean, .median: nil
      case .inverseError: CombinationWeights.inverseError(fits)
      case .informationCriterion: CombinationWeights.akaike(fits)
      case .rollingOrigin(let origins, let horizon):
        CombinationWeights.rollingOrigin(
          places.map { members[$0] }, on: series, regressors: regressors, origins: origins, horizon: horizon)
      }
    return FittedCombination(
      name: name, series: series, members: fits,
      weights: CombinationWeights.shrunk(raw, count: fits.count, by: shrinkage), isMedian: rule == .median,
      failures: failures)
  }
}
