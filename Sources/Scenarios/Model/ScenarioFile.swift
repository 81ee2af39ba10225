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
  /// The branches in the order of the file; empty if the file has none.
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

/// A quantity computed from others on every path.
public struct Derived: Sendable, Hashable {
  /// Its name.
  public var name: String
  /// The expression.
  public var expression: SourcedExpression
  /// Its unit; the unit of the expression if `nil`.
  public var unit: Unit?
  /// Its place in the file.
  public var place: FilePlace
}

extension ScenarioFile {
  /// The units that the file gives to something.
  var statedUnits: Set<Unit> {
    Set(
      inputs.map(\.unit) + assets.map(\.unit) + series.map(\.yearlyUnit) + derived.compactMap(\.unit)
        + units.values + [.one, .date, .year])
  }

  /// The parts that have values, in the order of the file.
  var namedParts: [(kind: String, name: String)] {
    let dated = events.filter(\.hasDate)
    return inputs.map { ("input", $0.name) } + dated.map { ("event", $0.name) }
      + assets.map { ("asset", $0.name) } + ceilings.map { ("ceiling", $0.name) }
      + series.map { ("series", $0.name) }
      + derived.map { ("derived", $0.name) }
  }
}
