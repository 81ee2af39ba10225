public import Forecasting

/// The model for a series of which nothing more is known: a pool of models, weighed by how well they forecast its own end.
///
/// Every member is fitted to the whole series and to the series without its last horizon and last two horizons. Weights fall with the
/// errors there (`HeldBackWeights`), from priors that lean to the members that are best on short series. The
/// forecast is half-way between the weighted mean and the weighted median of the members; its quantiles lie about it as the
/// members' own do, scaled by how their width compares with the errors on held-back data. A member that cannot be fitted or whose forecast
/// is not finite drops out.
///
/// - Cycles: those given, or those that the frequency suggests; a longer one enters through members of its own, so that one that
///   does not pay weighs little.
/// - Demand that is zero in many periods goes to the methods for it.
/// - Domain: no mean, quantile or path below zero if no value is, unless another domain is given.
/// - A last value far outside is believed half, or not at all if `isRobust`.
///
/// Cost: three fits of each member, and more for long cycles; O(n).
public struct Auto: Forecaster {
  /// The members; `nil` for the pool that suits the series.
  public var pool: AutoPool?
  /// The base periods in each seasonal cycle; empty for those that the series suggests, `[1]` for none.
  public var seasonalPeriods: [Int]
  /// The values that the series can take.
  public var domain: ForecastDomain
  /// Whether a last value far outside is taken for an error.
  public var isRobust: Bool

  /// The choice made for the caller.
  public init(
    pool: AutoPool? = nil, seasonalPeriods: [Int] = [], domain: ForecastDomain = .automatic,
    isRobust: Bool = false
  ) {
    self.pool = pool
    self.seasonalPeriods = seasonalPeriods
    self.domain = domain
    self.isRobust = isRobust
  }

  /// The choice made for the caller, with a seasonal cycle of so many base periods.
  public init(seasonalPeriod: Int?) {
    self.init(seasonalPeriods: seasonalPeriod.map { [$0] } ?? [])
  }

  /// The choice made for the caller from members that are believed alike.
  public init(members: [any Forecaster]) {
    self.init(pool: AutoPool(members.map { AutoPool.Member($0) }))
  }

  /// `Auto`.
  public var name: String { "Auto" }

  /// True: the members that use external variables do.
  public var takesRegressors: Bool { true }

  /// The members fitted to a series and weighed.
  ///
  /// - Throws: `ForecastError.tooFewObservations` below two values, `.outsideDomain` for a value outside a domain that was
  ///   chosen, `.noMember` if no member can be fitted, with each one's reason.
  public func fit(_ series: TimeSeries) throws(ForecastError) -> FittedAuto {
    try fit(series, regressors: nil)
  }

  /// The members fitted to a series and to external variables, which only some members use.
  ///
  /// - Throws: As `fit(_:)`, and `ForecastError.missingRegressor` for a period without values.
  public func fit(_ series: TimeSeries, regressors: Regressors?) throws(ForecastError) -> FittedAuto {
    try validate()
    let bounds = try domain.bounds(of: series, model: name)
    let values = series.observations.compactMap(\.value)
    guard values.count >= 2 else {
      throw .tooFewObservations(model: name, series: series.name, needed: 2, found: values.count)
    }
    let cycles = series.cycles(seasonalPeriods).filter { $0 > 1 }
    var subject = series
    subject.seasonalPeriod = cycles.first ?? 1
    var notes: [String] = []
    if regressors == nil, pool == nil {
      if values.allSatisfy({ $0 == values[0] }) {
        return try only(
          Naive(), subject, of: series, bounds, note: "all values are equal: the last one goes on")
      }
      if values.count < BlendMembers.needed {
        return try only(
          Naive(), subject, of: series, bounds,
          note: "fewer than \(BlendMembers.needed) values: the last one goes on")
      }
    }
    var end: EndOutlier?
    let isDemand = pool == nil && regressors == nil && Auto.isIntermittent(values)
    if !subject.hasSpans, !isDemand, let found = EndOutlier(subject) {
      let without = subject.prefix(subject.count - 1) ?? subject
      if let expected = try? HeldBack.mean(of: self, without, regressors), expected.isFinite {
        end = EndOutlier(
          value: found.value, expected: expected, share: isRobust ? 0 : EndOutlier.share)
        subject = try subject.replacingLast(expected)
        notes.append(
          "the last value, \(found.value), lies far outside what the series before it says, \(expected): "
            + (isRobust
              ? "it is taken for an error" : "it is believed half; robust=true takes it for an error"))
      }
    }
    let own =
      subject.hasSpans
      ? AutoPool.spans
      : isDemand
        ? .intermittent(
          cycles: cycles, count: subject.periodCount,
          share: Double(values.count { $0 > 0 }) / Double(values.count))
        : .standard(cycles: cycles, count: subject.periodCount)
    if let regressors, pool == nil { try requireUse(of: regressors, subject, of: series) }
    let chosen = pool ?? (regressors == nil ? own : own.withRegressors)
    return try weighed(
      chosen, subject, of: series, regressors, cycles: cycles, bounds, end: end, notes: notes)
  }

  /// Refuses external variables that no model can use, with the reasons.
  ///
  /// - Throws: `ForecastError.noMember`.
  private func requireUse(
    of regressors: Regressors, _ subject: TimeSeries, of series: TimeSeries
  ) throws(ForecastError) {
    // Below this count the members that use the variables can be fitted; whether they are good is weighed later.
    guard subject.values.count(where: { $0 != nil }) < 2 * regressors.names.count + 12 else { return }
    var reasons: [String] = []
    for model in AutoPool.explanatory {
      do throws(ForecastError) {
        _ = try model.fit(subject, regressors: regressors)
        return
      } catch {
        if case .missingRegressor = error { throw error }
        reasons.append(error.description)
      }
    }
    throw .noMember(
      model: "\(name) with \(regressors.names.count) external variables", series: series.name,
      reasons: reasons)
  }

  private func only(
    _ model: some Forecaster, _ subject: TimeSeries, of series: TimeSeries, _ bounds: ClosedRange<Double>,
    note: String
  ) throws(ForecastError) -> FittedAuto {
    let fit = try model.fit(subject)
    return FittedAuto(
      series: series,
      members: [FittedAuto.Member(fit: fit, weight: 1, error: nil)], failures: [], bounds: bounds,
      reach: -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude, width: 1, floor: 0, end: nil,
      isMean: true, heldBack: 0, cycles: [], notes: [note])
  }

  /// The members fitted and weighed.
  private func weighed(
    _ pool: AutoPool, _ subject: TimeSeries, of series: TimeSeries, _ regressors: Regressors?, cycles: [Int],
    _ bounds: ClosedRange<Double>, end: EndOutlier?, notes: [String]
  ) throws(ForecastError) -> FittedAuto {
    let sets = HeldBack(subject, cycles: cycles, count: (cycles.first ?? 1) >= 24 ? 1 : 2)
    var failures: [CombinationFailure] = []
    var forecasts: [[[Double]?]] = []
    for member in pool.members {
      forecasts.append(
        subject.hasSpans ? sets.origins.map { _ in nil } : sets.forecasts(member.model, regressors))
    }
    let errors = forecasts.map { own in
      own.enumerated().map { origin, forecast in
        forecast.flatMap { sets.error(of: $0, from: origin, squared: pool.squaresErrors) }
      }
    }
    var open = pool
    var fits: [FittedMember] = []
    var weighed = HeldBackWeights(open, errors: errors)
    let reach = ScaledSample(subject.values.map { $0 ?? .nan }).reach
    // A member that fails leaves its weight to the others, and may let in one that weighed nothing beside it.
    while true {
      for place in open.members.indices
      where weighed.weights[place] > 0 && !fits.contains(where: { $0.place == place }) {
        let model = open.members[place].model
        do throws(ForecastError) {
          fits.append(
            try FittedMember(
              model, at: place, subject, regressors, reach: reach, horizon: sets.horizon))
        } catch {
          failures.append(CombinationFailure(member: model.name, reason: error.description))
          open.members[place].prior = 0
        }
      }
      let again = HeldBackWeights(open, errors: errors)
      let isSettled = again.weights == weighed.weights
      weighed = again
      if isSettled { break }
    }
    fits = fits.filter { weighed.weights[$0.place] > 0 }.sorted { $0.place < $1.place }
    guard !fits.isEmpty else {
      throw .noMember(
        model: name, series: series.name, reasons: failures.map { "\($0.member): \($0.reason)" })
    }
    let members = fits.map {
      FittedAuto.Member(fit: $0.fit, weight: weighed.weights[$0.place], error: weighed.errors[$0.place])
    }
    for (place, member) in open.members.enumerated()
    where weighed.weights[place] == 0 && !failures.contains(where: { $0.member == member.model.name })
      && !member.isSpecialist
    {
      failures.append(
        CombinationFailure(
          member: member.model.name,
          reason: weighed.errors[place] == nil
            ? "it cannot forecast the held-back data" : "its held-back error is far above the least"))
    }
    let isLong = cycles.first.map { $0 >= 24 || $0 == 5 || $0 == 7 } ?? false
    let width =
      pool.squaresErrors
      ? WidthFactor.own
      : WidthFactor(
        fits, weights: members.map(\.weight), sets: sets, forecasts: fits.map { forecasts[$0.place] },
        isLong: isLong)
    return FittedAuto(
      series: series, members: members, failures: failures, bounds: bounds, reach: reach,
      width: width.factor, floor: width.floor, end: end, isMean: pool.squaresErrors,
      heldBack: sets.origins.count * sets.horizon, cycles: cycles,
      notes: notes
        + Auto.seasonNotes(cycles, zip(weighed.weights, open.members).map { (weight: $0, model: $1.model) }))
  }

  /// Whether demand is intermittent: no value is negative, and the mean interval between positive ones is 1.32 or more.
  ///
  /// The bound is that of A. A. Syntetos, J. E. Boylan and J. D. Croston, *J. Oper. Res. Soc.* 56 (2005) 495–503,
  /// doi:10.1057/palgrave.jors.2601841.
  static func isIntermittent(_ values: [Double]) -> Bool {
    let positive = values.count { $0 > 0 }
    return values.allSatisfy { $0 >= 0 } && positive < values.count
      && Double(values.count) >= 1.32 * Double(max(positive, 1))
  }
}

/// A member fitted to the whole series, with its law over the held-back horizon.
struct FittedMember {
  let place: Int
  let fit: any FittedForecaster
  /// `nil` for a fit that needs external variables to forecast.
  let law: (any PredictiveDistribution)?

  /// A fit whose forecast stays within fifty ranges of the data.
  ///
  /// - Throws: The errors of the model's fit, and `ForecastError.explodes`.
  init(
    _ model: some Forecaster, at place: Int, _ series: TimeSeries, _ regressors: Regressors?,
    reach: ClosedRange<Double>, horizon: Int
  ) throws(ForecastError) {
    let fit = try model.fit(series, regressors: model.takesRegressors ? regressors : nil)
    self.place = place
    self.fit = fit
    guard !fit.usesRegressors else {
      law = nil
      return
    }
    let forecast = try fit.forecast(horizon)
    for (step, value) in forecast.mean.enumerated() where !reach.contains(value) {
      throw .explodes(
        model: fit.name, series: series.name, span: PeriodSpan(series.end + (step + 1)), value: value)
    }
    law = forecast.distribution
  }
}

extension AutoPool {
  /// The pool of a series with observation spans: the models that take them, with equal weights.
  static let spans = AutoPool([Member(AutoETS()), Member(AutoARIMA())])

  /// The models that use external variables.
  static let explanatory: [any Forecaster] = [LinearRegression(), AutoARIMA()]

  /// The pool with the models that use external variables as members like any other.
  var withRegressors: AutoPool {
    let models = AutoPool.explanatory
    var copy = self
    copy.members.removeAll { member in models.contains { $0.name == member.model.name } }
    copy.members += models.map { Member($0, prior: 2) }
    return copy
  }
}

extension HeldBack {
  /// The first mean forecast by a model.
  static func mean(
    of model: some Forecaster, _ series: TimeSeries, _ regressors: Regressors?
  ) throws(ForecastError) -> Double {
    let fit = try model.fit(series, regressors: regressors)
    return try fit.forecast(1, regressors: fit.usesRegressors ? regressors : nil).mean[0]
  }
}
