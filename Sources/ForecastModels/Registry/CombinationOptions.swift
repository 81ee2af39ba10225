public import Forecasting

extension Combination: DescribedForecaster {
  /// `combination`.
  public static let descriptions = [
    ModelDescription(
      "combination", "models side by side, weighted and joined in one distribution",
      Combination([AutoETS(), Theta(.dynamicOptimised), AutoARIMA()]),
      [
        ModelOption("members", \.models, .list(.model, shownAs: "MODEL+MODEL…"), "the models"),
        ModelOption("rule", \.rule, .rule, "how they are weighted"),
        ModelOption(
          "shrinkage", \.shrinkage, .number(atLeast: 0, atMost: 1),
          "the share of equal weights in estimated ones"),
        ModelOption(
          "origins", \.origins, .count(), "the number of rolling origins", needs: "rule=rolling-origin"),
        ModelOption(
          "horizon", \.horizon, .count(), "the periods forecast from each origin",
          needs: "rule=rolling-origin"),
      ])
  ]

  /// Whether two combine equal models in the same way.
  public static func == (one: Combination, other: Combination) -> Bool {
    one.models == other.models && one.rule == other.rule && one.shrinkage == other.shrinkage
  }

  private var models: [AnyForecaster] {
    get { members.map { AnyForecaster($0) } }
    set { members = newValue.map(\.model) }
  }

  private var origins: Int {
    get { rule.rolling.origins }
    set {
      if case .rollingOrigin(_, let horizon) = rule {
        rule = .rollingOrigin(origins: newValue, horizon: horizon)
      }
    }
  }

  private var horizon: Int {
    get { rule.rolling.horizon }
    set {
      if case .rollingOrigin(let origins, _) = rule {
        rule = .rollingOrigin(origins: origins, horizon: newValue)
      }
    }
  }
}

extension OptionSyntax<CombinationRule> {
  /// The name of a rule.
  fileprivate static var rule: OptionSyntax {
    .oneOf(
      .word("mean", .mean), .word("median", .median), .word("inverse-error", .inverseError),
      .word("aicc", .informationCriterion),
      OptionSyntax(
        ["rolling-origin"],
        read: { $0 == "rolling-origin" ? .rollingOrigin(origins: 4, horizon: 4) : nil },
        write: { rule in if case .rollingOrigin = rule { "rolling-origin" } else { nil } }))
  }
}

extension CombinationRule {
  /// Origins and horizon of rolling origins, 4 each in other rules.
  fileprivate var rolling: (origins: Int, horizon: Int) {
    if case .rollingOrigin(let origins, let horizon) = self { return (origins, horizon) }
    return (4, 4)
  }
}
