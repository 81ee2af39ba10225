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
  /// Which inputs drive the quantity; `nil` if that is not asked.
  public var sensitivity: SensitivityRequest?
  /// The two quantile levels at which a tornado fixes each input; `nil` if no tornado is asked for.
  public var tornado: [Double]?
  /// The density of the boxes of inputs to search for; `nil` if no boxes are asked for.
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

  /// A group that is not in the file.
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

/// A question for the value of an input or date at which a figure of another question reaches a target.
public struct BreakEvenQuestion: Sendable, Hashable {
  /// Its name.
  public var name: String
  /// The input or event that is varied.
  public var varied: String
  /// The values it may have.
  public var range: ClosedRange<Double>
  /// The question whose figure is to reach the target.
  public var question: String
  /// The figure; the probability or mean if `nil`.
  public var figure: FigureName?
  /// The target.
  public var target: Double
  /// Its place in the file.
  public var place: FilePlace
  var variedPlace: FilePlace
  var questionPlace: FilePlace
  var figurePlace: FilePlace
  var targetPlace: FilePlace
  /// Its position among the questions of the file, from 0.
  var position = 0
}

extension ScenarioFile {
  /// Names of all questions in the order of the file.
  var questionNames: [String] {
    var names = questions.map(\.name)
    for part in breakEvens { names.insert(part.name, at: min(part.position, names.count)) }
    return names
  }
}
