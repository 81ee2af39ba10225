public import Forecasting

/// A combination of forecasters, each fitted on its own: weights and the members' joint predictive distributions.
///
/// A member that cannot be fitted drops out, is named in the fit's summary and changes nothing in the others. Cost: that of
/// the members; rolling origins fit every member once more an origin.
public struct Combination: Forecaster {
  /// The members, in the order given.
  public let members: [any Forecaster]
  /// How they are weighed.
  public let rule: CombinationRule
  /// The share of equal weights in estimated ones, between 0 and 1.
  public let shrinkage: Double

  /// A combination of members.
  ///
  /// - Precondition: there is a member, `shrinkage` lies between 0 and 1, and rolling origins and their horizon are at
  ///   least 1.
  public init(_ members: [any Forecaster], rule: CombinationRule = .mean, shrinkage: Double = 0.5) {
    precondition(!members.isEmpty, "a combination needs a member")
    precondition(shrinkage >= 0 && shrinkage <= 1, "a share lies between 0 and 1")
    if case .rollingOrigin(let origins, let horizon) = rule {
      precondition(origins > 0 && horizon > 0, "origins and horizon are at least 1")
    }
    self.members = members
    self.rule = rule
    self.shrinkage = shrinkage
  }

  /// `Combination(…)` with the members' names.
  public var name: String { "Combination(\(members.map(\.name).joined(separator: ", ")))" }

  /// The members fitted to a series.
  ///
  /// - Throws: `ForecastError.noMember` where none can be fitted, with each one's reason.
  public func fit(_ series: TimeSeries) throws(ForecastError) -> FittedCombination {
    var fits: [any FittedForecaster] = []
    var places: [Int] = []
    var failures: [CombinationFailure] = []
    for (place, member) in members.enumerated() {
      do throws(ForecastError) {
        let fit = try member.fit(series) as any FittedForecaster
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
          places.map { members[$0] }, on: series, origins: origins, horizon: horizon)
      }
    return FittedCombination(
      name: name, series: series, members: fits,
      weights: CombinationWeights.shrunk(raw, count: fits.count, by: shrinkage), isMedian: rule == .median,
      failures: failures)
  }
}
