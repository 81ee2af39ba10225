import Forecasting
import Testing

@testable import ForecastModels

/// The laws that a forecaster of the catalogue is held to where nothing exempts it.
enum ContractLaw: Hashable {
  /// The spread of a series without season does not fall with the horizon.
  case growingVariance
  /// A constant added to the series is added to the forecast.
  case shift
  /// A factor of the series is one of the forecast.
  case scale
  /// Later observations can be taken in with parameters held.
  case appending
  /// A fit is written as JSON and read again.
  case coding
}

/// A model of the catalogue with the laws that do not hold for it, each with its reason.
struct ContractSubject: Sendable, CustomTestStringConvertible {
  let name: String
  let exemptions: [ContractLaw: String]

  var testDescription: String { name }

  func obeys(_ law: ContractLaw) -> Bool { exemptions[law] == nil }

  /// How far a forecast may move where it should not, over its largest number.
  ///
  /// The quantiles of a Richards curve are those of chains, in which a rounding can turn the answer of one proposal.
  var precision: Double { name == "richards" ? 1e-3 : 1e-5 }

  private static let bounded = "a capacity bounds the curve, so that parameters weigh less on it far out"

  /// The model as the contract fits it: one that wraps another is given one that is quick to fit.
  var model: String { ContractSubject.quickForms[name] ?? name }

  private static let quickForms = [
    "conformal": "conformal:model=ets,model.form=ANN,horizon=4,origins=12",
    "bootstrap": "bootstrap:model=ets,model.form=ANN,replicates=8",
    "transformed": "transformed:model=ets,model.form=AAN",
    "holidays": "holidays:model=ets,model.form=ANN",
  ]

  /// The model written with the options that make it additive.
  var additiveForm: String { ContractSubject.additiveForms[name] ?? model }

  private static let additiveForms = [
    "ets": "ets:form=AAA", "auto-ets": "ets:form=AZA", "theta": "theta:adjustment=additive",
    "otm": "otm:adjustment=additive", "dstm": "dstm:adjustment=additive", "dotm": "dotm:adjustment=additive",
    "auto-theta": "auto-theta:adjustment=additive", "combination": "combination:members=drift+arima",
    "mstl": "mstl:model=ets,model.form=AAN",
  ]

  /// Every entry of the catalogue, whatever is added to it.
  static let all = Registry.models.map {
    ContractSubject(name: $0.name, exemptions: exemptions[$0.name] ?? [:])
  }

  private static let curve: [ContractLaw: String] = [
    .growingVariance: bounded,
    .shift: "a growth curve starts from zero",
  ]

  private static let demand: [ContractLaw: String] = [
    .shift: "a period without demand is zero, which cannot move"
  ]

  private static let potential: [ContractLaw: String] = [
    .shift: "a potential is a share of the level, which has a zero"
  ]

  private static let roots = "it works on roots and logarithms, which zero belongs to"

  private static let exemptions: [String: [ContractLaw: String]] = [
    "exponential-growth": curve, "logistic": curve, "gompertz": curve, "richards": curve, "bass": curve,
    "ramp-to-capacity": curve,
    "auto": [.shift: roots], "temporal-blend": [.shift: roots], "shape-level": [.shift: roots],
    "croston": demand, "sba": demand, "tsb": demand, "adida": demand, "imapa": demand,
    "conformal": [.growingVariance: "every step has scores of its own"],
    "bootstrap": [.growingVariance: "its spread is that of draws"],
    "transformed": [.shift: "a logarithm has a zero of its own"],
    "holidays": [.shift: "effects multiply where all values are positive"],
    "ces": potential, "auto-ces": potential,
  ]
}
