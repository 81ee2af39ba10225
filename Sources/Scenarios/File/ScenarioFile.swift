public import Forecasting

/// What a scenario file says, typed; every part keeps its place in the file.
public struct ScenarioFile: Sendable {
  /// The file as it was named when it was read.
  public let name: String
  /// The scenario's name.
  public var id: String
  /// A title for readers.
  public var title: String?
  /// The day after which nothing may be cited.
  public var asOf: CivilDate?
  /// The calendar years that are projected.
  public var horizon: ScenarioHorizon
  /// How draws are made.
  public var run: RunSettings
  /// The branches in the order of the file; one that is always taken where the file has none.
  public var branches: [Branch]
  /// The uncertain inputs.
  public var inputs: [Input]
  /// The correlations of inputs.
  public var correlations: [Correlation]
  /// The correlations of series' innovations.
  public var seriesCorrelations: [SeriesCorrelation]
  /// The dated events.
  public var events: [Event]
  /// The assets that carry a flow.
  public var assets: [Asset]
  /// The ceilings that assets share.
  public var ceilings: [SharedCeiling]
  /// The fitted series.
  public var series: [FittedSeries]
  /// The derived quantities.
  public var derived: [Derived]
  /// What adds up on every path.
  public var coherence: Coherence?
  /// The file's own names of units.
  public var units: [String: Unit]
  /// The questions to quantities and conditions.
  public var questions: [Question]
  /// The questions for a value at which a figure of another reaches a target.
  public var breakEvens: [BreakEvenQuestion]
  /// Where the file of sources lies, as the scenario names it.
  public var sourcesFile: String?
  /// The citations of sources, with what cites them.
  public var citations: [Citation]
  /// Remarks on the file that are no errors.
  public var warnings: [ScenarioProblem]
}

/// The calendar years that a scenario projects.
public struct ScenarioHorizon: Sendable, Hashable, Codable {
  /// The first year.
  public var from: Int
  /// The last year.
  public var to: Int
  /// What a yearly value is.
  public var value: YearlyValue

  /// The steps in which assets' flows are computed.
  public var step = Step.year

  /// The steps in which assets' flows are computed.
  public enum Step: String, Sendable, Hashable, Codable, CaseIterable {
    /// Calendar years.
    case year
    /// Twelfths of them.
    case month
  }

  /// What a yearly value is.
  public enum YearlyValue: String, Sendable, Hashable, Codable, CaseIterable {
    /// The mean over the calendar year, integrated exactly.
    case calendarMean = "calendar-mean"
    /// The value at the first instant of the year.
    case instant
  }

  /// The years in order.
  public var years: ClosedRange<Int> { from...to }
}

/// How draws are made.
public struct RunSettings: Sendable, Hashable, Codable {
  /// The generators of uniforms.
  public enum Method: String, Sendable, Hashable, Codable, CaseIterable {
    /// Scrambled Sobol' points for inputs with a dimension, counter-based draws for the others.
    case sobol = "sobol-owen"
    /// Counter-based draws for every input.
    case monteCarlo = "monte-carlo"
    /// A Latin hypercube: one draw of each input in each of as many equal cells as a replicate has draws.
    case latinHypercube = "latin-hypercube"
  }

  /// The generator.
  public var method: Method
  /// The draws of one replicate.
  public var draws: Int
  /// The number of independently scrambled replicates.
  public var replicates: Int
  /// The seed.
  public var seed: UInt64
}

/// A course of events that excludes the others.
public struct Branch: Sendable, Hashable {
  /// Its name.
  public var name: String
  /// Its probability.
  public var weight: Double
  /// What it says in words.
  public var says: String?
  /// Its place in the file.
  public var place: FilePlace
}

/// Where a number comes from.
public enum Basis: String, Sendable, Hashable, Codable, CaseIterable {
  /// A published figure.
  case sourced
  /// Computed from published figures.
  case derived
  /// Nobody's figure: an assumption.
  case judgement
}

/// A source that something in the file cites.
public struct Citation: Sendable, Hashable {
  /// The id of the source.
  public var source: String
  /// What cites it, such as `inputs.price`.
  public var subject: String
  /// Where.
  public var place: FilePlace
}

/// What an input is in one branch: one law, or laws at knot years.
public enum InputProfile: Sendable, Hashable {
  /// One law for all years.
  case law(Law)
  /// Laws at years, in ascending order; one draw serves all of them.
  case knots([KnotLaw])
}

/// The law of an input at a knot year.
public struct KnotLaw: Sendable, Hashable {
  /// The year.
  public var year: Int
  /// The law.
  public var law: Law
}

/// An uncertain input.
public struct Input: Sendable, Hashable {
  /// Its name, which keys its draws.
  public var name: String
  /// Its unit.
  public var unit: Unit
  /// Where its numbers come from.
  public var basis: Basis?
  /// The ids of its sources.
  public var sources: [String]
  /// The Sobol' dimension it is pinned to.
  public var dimension: Int?
  /// What it is in the branches that `byBranch` does not name.
  public var standard: InputProfile?
  /// What it is in single branches.
  public var byBranch: [String: InputProfile]
  /// Where the file names each of those branches.
  var branchPlaces: [String: FilePlace] = [:]
  /// Its place in the file.
  public var place: FilePlace

  /// Whether it has values by year.
  var isYearly: Bool {
    (byBranch.values.map { $0 } + (standard.map { [$0] } ?? [])).contains {
      if case .knots = $0 { true } else { false }
    }
  }
}

/// A Gaussian or t copula of two inputs.
public struct Correlation: Sendable, Hashable {
  /// The first input.
  public var first: String
  /// The second input.
  public var second: String
  /// The correlation of the normal scores, or of the t scores.
  public var normalScore: Double
  /// The degrees of freedom of a t copula; `nil` for the Gaussian one.
  public var degreesOfFreedom: Double?
  /// Whether the nearest correlation matrix may stand in for the group's, where that is none.
  public var repairs: Bool
  /// Its place in the file.
  public var place: FilePlace
}

/// A Gaussian copula of what is unforeseen in two series.
public struct SeriesCorrelation: Sendable, Hashable {
  /// The first series.
  public var first: String
  /// The second series.
  public var second: String
  /// The correlation of the normal scores; `nil` is estimated from the series' residuals.
  public var normalScore: Double?
  /// Whether the nearest correlation matrix may stand in for the group's, where that is none.
  public var repairs: Bool
  /// Its place in the file.
  public var place: FilePlace
}

/// A dated event.
public struct Event: Sendable, Hashable {
  /// Its name.
  public var name: String
  /// What it does.
  public var kind: Kind
  /// The ids of its sources.
  public var sources: [String]
  /// Its place in the file.
  public var place: FilePlace

  /// What an event does.
  public enum Kind: Sendable, Hashable {
    /// A date given by an expression.
    case start(at: SourcedExpression, opens: String?)
    /// A date that comes at a constant hazard after another.
    case hazard(after: SourcedExpression, rate: Double, dimension: Int?)
    /// A cut of an asset's flow for some years from a date that comes at a constant hazard.
    case interruption(Interruption)
    /// A change of an input or series.
    case shock(Shock)
  }

  /// Whether it has a date; a shock may act in every year.
  var hasDate: Bool {
    if case .shock(let shock) = kind { shock.timing != nil } else { true }
  }
}

/// A cut of an asset's flow.
public struct Interruption: Sendable, Hashable {
  /// The asset.
  public var asset: String
  /// The date from which the hazard counts.
  public var after: SourcedExpression
  /// The hazard, one a year.
  public var rate: Double
  /// How long it lasts, years.
  public var lasts: Double
  /// What the flow is multiplied by.
  public var multiply: Law
  /// The Sobol' dimensions of the waiting time and of the multiplier.
  public var dimensions: [Int]?
}

/// A series whose fitted model's joint sample paths enter the scenario.
public struct FittedSeries: Sendable, Hashable {
  /// Its name.
  public var name: String
  /// The data set.
  public var data: String
  /// The file that the data set is, where it is one of the scenario's own.
  public var file: SeriesFile?
  /// The first period that is fitted.
  public var from: String?
  /// The unit of one observation.
  public var unit: Unit
  /// The model's name.
  public var model: String
  /// The model's options.
  public var options: [String: String]
  /// The place of the data set's name.
  public var dataPlace: FilePlace
  /// The place of the model's name.
  public var modelPlace: FilePlace
  /// Its place in the file.
  public var place: FilePlace
}

/// A quantity computed from others on every path.
public struct Derived: Sendable, Hashable {
  /// Its name.
  public var name: String
  /// The expression.
  public var expression: SourcedExpression
  /// Its unit; that of the expression where `nil`.
  public var unit: Unit?
  /// Its place in the file.
  public var place: FilePlace
}

/// A question to the paths.
public struct Question: Sendable, Hashable {
  /// Its name.
  public var name: String
  /// The quantity or condition asked about.
  public var subject: SourcedExpression
  /// Whether the probability of a condition is asked.
  public var probability: Bool
  /// Whether the mean is asked.
  public var mean: Bool
  /// The probabilities of the quantiles asked.
  public var quantiles: [Double]
  /// The levels of the exceedance probabilities P(≥ level) asked.
  public var exceed: [Double]
  /// The condition on the paths that count.
  public var given: SourcedExpression?
  /// Dates and values that are set on every path.
  public var interventions: [Intervention]
  /// Which inputs drive the quantity, where that is asked.
  public var sensitivity: SensitivityRequest?
  /// The two shares of an input's law at which a tornado holds it, where one is asked.
  public var tornado: [Double]?
  /// The density of the boxes of inputs that are sought for the condition, where they are.
  public var boxDensity: Double?
  /// Where the file says that a date's shares of never are reported, as they always are.
  var neverPlace: FilePlace?
  /// Its place in the file.
  public var place: FilePlace
}

/// What is asked about the drivers of a quantity.
public struct SensitivityRequest: Sendable, Hashable {
  /// Inputs that are varied together, by the name of their group.
  public var groups: [SensitivityGroup]
  /// The level of the bootstrap intervals.
  public var level: Double
}

/// Inputs that are varied together.
public struct SensitivityGroup: Sendable, Hashable {
  /// The group's name.
  public var name: String
  /// The inputs and events in it.
  public var members: [String]
  /// Its place in the file.
  public var place: FilePlace

  /// A group that stands outside the file.
  ///
  /// - Parameters:
  ///   - name: its name.
  ///   - members: the inputs and events in it; `branch` is the choice of the branch, `series` the fitted series' paths.
  public init(name: String, members: [String]) {
    self.init(name: name, members: members, place: FilePlace(file: "group \(name)"))
  }

  init(name: String, members: [String], place: FilePlace) {
    self.name = name
    self.members = members
    self.place = place
  }
}

/// A date or value that is set on every path.
public struct Intervention: Sendable, Hashable {
  /// The event or input.
  public var name: String
  /// The date or value; +∞ is never.
  public var value: Double
  /// Its place in the file.
  public var place: FilePlace
}
