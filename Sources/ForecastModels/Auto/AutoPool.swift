public import Forecasting

/// The members that `Auto` weighs on a series, with what is believed of each before the series has spoken.
public struct AutoPool: Sendable {
  /// A forecaster of the pool.
  public struct Member: Sendable {
    /// The forecaster.
    public var model: any Forecaster
    /// Its weight before held-back errors, relative to 1.
    public var prior: Double
    /// Whether it joins only if it errs by less than half of the best other member from every origin.
    ///
    /// A specialist, such as a straight line or an exponential, is right on few series and far off on the others.
    public var isSpecialist: Bool

    /// A member.
    public init(_ model: any Forecaster, prior: Double = 1, isSpecialist: Bool = false) {
      self.model = model
      self.prior = prior
      self.isSpecialist = isSpecialist
    }
  }

  /// The members.
  public var members: [Member]
  /// How steeply weights fall with held-back errors.
  public var steepness: Double
  /// Whether errors are squared before they are averaged, as they must be where the mean and the median lie far apart.
  public var squaresErrors: Bool

  /// A pool.
  public init(_ members: [Member], steepness: Double = 1, squaresErrors: Bool = false) {
    self.members = members
    self.steepness = steepness
    self.squaresErrors = squaresErrors
  }

  /// The pool of a series with these cycles, shortest first.
  ///
  /// Members and priors are those of the training parts of competition series, at earlier origins. Where a cycle has 24 periods
  /// or more, no member that carries the last value's misfit into the opposite phase is among them.
  ///
  /// - Parameters:
  ///   - cycles: The base periods in each cycle; empty without a season.
  ///   - count: The base periods of the series: a cycle that does not fit in twice is left out.
  public static func standard(cycles: [Int], count: Int) -> AutoPool {
    let cycles = cycles.filter { $0 > 1 && count >= 2 * $0 }
    guard let cycle = cycles.first else {
      return AutoPool(
        [
          Member(TemporalBlend(), prior: 3), Member(AutoETS()), Member(Theta(.dynamicOptimised)),
          Member(AutoCES()),
        ] + (count >= 24 ? [Member(RidgeAutoregression())] : []) + [Member(Gate(), prior: 3)]
          + specialists)
    }
    let longer = cycles.dropFirst().filter { count >= 2 * $0 + cycle }
    if cycle >= 24 {
      return AutoPool(
        [
          Member(Decomposed(smoothing, by: MSTL(seasonalPeriods: [cycle] + longer))),
          Member(RidgeAutoregression(seasonalPeriods: [cycle] + longer)),
          Member(ShapeLevel(TemporalBlend(), seasonalPeriods: [cycle] + longer)),
          Member(SeasonalNaive(seasonalPeriod: cycle)),
        ]
          // Each without the longest cycle, so that one that does not pay drops out.
          + longer.indices.map { count in
            Member(
              Decomposed(
                smoothing, by: MSTL(seasonalPeriods: [cycle] + longer.prefix(count - longer.startIndex))))
          }
          + [Member(Gate(seasonalPeriods: [cycle] + longer))],
        steepness: 2)
    }
    var members = [
      Member(TemporalBlend(seasonalPeriod: cycle), prior: 3), Member(AutoETS(seasonalPeriod: cycle)),
      Member(Theta(.dynamicOptimised, seasonalPeriod: cycle)), Member(AutoCES(seasonalPeriod: cycle)),
      Member(Decomposed(smoothing, by: MSTL(seasonalPeriods: [cycle]))),
    ]
    if count >= 6 * cycle, count >= 24 {
      members.append(Member(RidgeAutoregression(seasonalPeriods: [cycle] + longer)))
    }
    if count >= 4 * cycle { members.append(Member(SeasonalNaive(seasonalPeriod: cycle), prior: 0.5)) }
    if cycle == 5 || cycle == 7 {
      members.append(Member(ShapeLevel(TemporalBlend(), seasonalPeriods: [cycle])))
    }
    if !longer.isEmpty {
      members.append(
        Member(Decomposed(smoothing, by: MSTL(seasonalPeriods: [cycle] + longer))))
    }
    members.append(Member(Gate(seasonalPeriods: [cycle] + longer), prior: 3))
    // A season seen two or three times: without noise, least squares has it exactly.
    if count < 5 * cycle {
      members.append(
        Member(
          LinearRegression([.intercept, .trend(), .seasonalDummies(period: cycle)]), isSpecialist: true))
    }
    // Over a year a member without its season is far off in most of it.
    return AutoPool(members + specialists, steepness: longer.isEmpty ? 1 : 2)
  }

  /// Smoothing of a seasonally adjusted series: additive errors alone, whose distribution has a closed form.
  private static let smoothing = AutoETS(restrictions: ETSRestrictions(errors: [.additive]))

  /// Members that join only where they are clearly right.
  private static let specialists = [
    Member(ExponentialGrowth(), isSpecialist: true), Member(LinearRegression(), isSpecialist: true),
    Member(Naive(), isSpecialist: true), Member(Mean(), isSpecialist: true),
  ]

  /// The pool of demand that is zero in many periods, with models of its season if it is positive in most.
  ///
  /// - Parameters:
  ///   - cycles: The base periods in each cycle; empty without a season.
  ///   - count: The base periods of the series.
  ///   - share: The share of positive values.
  public static func intermittent(cycles: [Int], count: Int, share: Double) -> AutoPool {
    let methods = AutoPool(
      [
        Member(IntermittentDemand(.tsb)), Member(IntermittentDemand(.sba)),
        Member(IntermittentDemand(.adida)),
        Member(IntermittentDemand(.imapa)),
      ], squaresErrors: true)
    guard share > 0.5, let cycle = cycles.first, count >= 4 * cycle else { return methods }
    var pool = methods
    pool.steepness = 2
    pool.members += [
      Member(Decomposed(smoothing, by: MSTL(seasonalPeriods: [cycle]))),
      Member(AutoETS(seasonalPeriod: cycle)),
      Member(RidgeAutoregression(seasonalPeriods: [cycle])),
    ]
    return pool
  }
}
