internal import Forecasting

extension ModelEntry {
  /// Models around another model, by name.
  static let wrappers: [ModelEntry] = [
    ModelEntry(
      "conformal",
      summary: "a model whose intervals are corrected by its own earlier forecasts of the series",
      options: [
        modelOption,
        ModelOption(
          "method", values: "split|adaptive", standard: "split",
          summary: "all scores alike, or late ones more"),
        ModelOption(
          "rate", values: "a number above 0, at most 1", standard: "0.05",
          summary: "how fast adaptive probabilities follow misses"),
        ModelOption(
          "horizon", values: "a whole number of periods", standard: "12",
          summary: "steps with scores of their own"),
        ModelOption(
          "origins", values: "a whole number of at least 5", standard: "60",
          summary: "the most origins that give scores"),
      ]
    ) { options throws(ForecastError) in
      conformal(
        try options.wrapped(standard: standardModel), method: try method(options),
        horizon: try options.whole("horizon", atLeast: 1) ?? 12,
        origins: try options.whole("origins", atLeast: 5) ?? 60)
    },
    ModelEntry(
      "bootstrap", summary: "a model whose parameter uncertainty comes from refits to resampled residuals",
      options: [
        modelOption,
        ModelOption("replicates", values: "a whole number", standard: "50", summary: "the number of refits"),
        ModelOption(
          "block", values: "a whole number of observations", standard: "two seasons, or 8",
          summary: "residuals drawn together"),
        ModelOption("seed", values: "a whole number", standard: "20221130", summary: "the seed of the draws"),
      ]
    ) { options throws(ForecastError) in
      bootstrap(
        try options.wrapped(standard: standardModel),
        replicates: try options.whole("replicates", atLeast: 1) ?? 50,
        block: try options.whole("block", atLeast: 1), seed: UInt64(try options.whole("seed") ?? 20_221_130))
    },
    ModelEntry(
      "transformed", summary: "a model of the logarithm, logit or a power of the series, mapped back",
      options: [
        modelOption,
        ModelOption(
          "by", values: "log|logit|guerrero|likelihood|a power from 0 to 3", standard: "log",
          summary: "the transformation; the last three are Box–Cox powers, estimated or given"),
        ModelOption("lower", values: "a number", standard: "0", summary: "the lower bound of a logit"),
        ModelOption("upper", values: "a number", standard: "1", summary: "the upper bound of a logit"),
      ]
    ) { options throws(ForecastError) in
      transformed(try options.wrapped(standard: standardModel), by: try transform(options))
    },
  ]

  private static let standardModel = "auto-ets"

  private static let modelOption = ModelOption(
    "model", values: "a model's name", standard: standardModel,
    summary: "the model inside; its options are written model.NAME=value")

  private static func method(_ options: ModelOptions) throws(ForecastError) -> ConformalMethod {
    let rate = try options.number("rate") ?? 0.05
    guard rate > 0, rate <= 1 else {
      throw .invalidOption(name: "rate", value: "\(rate)", reason: "is no number above 0 and at most 1")
    }
    let text = options.text("method") ?? "split"
    switch text {
    case "split": return .split
    case "adaptive": return .adaptive(rate: rate)
    default: throw .invalidOption(name: "method", value: text, reason: "is none of split, adaptive")
    }
  }

  private static func transform(_ options: ModelOptions) throws(ForecastError) -> TransformChoice {
    let lower = try options.number("lower") ?? 0
    let upper = try options.number("upper") ?? 1
    let text = options.text("by") ?? "log"
    switch text {
    case "log": return .fixed(.log)
    case "guerrero": return .guerrero
    case "likelihood": return .likelihood
    case "logit":
      guard lower < upper, (upper - lower).isFinite else {
        throw .invalidOption(name: "upper", value: "\(upper)", reason: "is not above lower \(lower)")
      }
      return .fixed(.logit(lower: lower, upper: upper))
    default:
      guard let power = Double(text), (0...3).contains(power) else {
        throw .invalidOption(
          name: "by", value: text,
          reason: "is none of log, logit, guerrero, likelihood, or a power from 0 to 3")
      }
      return .fixed(.boxCox(lambda: power))
    }
  }

  private static func transformed(_ model: some Forecaster, by choice: TransformChoice) -> any Forecaster {
    Transformed(model, by: choice)
  }

  private static func conformal(
    _ model: some Forecaster, method: ConformalMethod, horizon: Int, origins: Int
  ) -> any Forecaster {
    Conformal(model, method: method, horizon: horizon, origins: origins)
  }

  private static func bootstrap(
    _ model: some Forecaster, replicates: Int, block: Int?, seed: UInt64
  ) -> any Forecaster {
    Bootstrap(model, replicates: replicates, block: block, seed: seed)
  }
}
