internal import Forecasting

/// A forecaster under the name that its caller gave it.
struct LabelledForecaster<Base: Forecaster>: Forecaster {
  let name: String
  let base: Base

  var takesRegressors: Bool { base.takesRegressors }

  func fit(_ series: TimeSeries) throws(ForecastError) -> Base.Fitted { try base.fit(series) }

  func fit(_ series: TimeSeries, regressors: Regressors?) throws(ForecastError) -> Base.Fitted {
    try base.fit(series, regressors: regressors)
  }
}

/// Forecasters by what was typed: under their own names, and under the typed text where two have one name.
///
/// - Throws: `ForecastError.invalidOption` for a text that is given twice.
func labelled(_ models: [(text: String, forecaster: any Forecaster)]) throws(ForecastError)
  -> [any Forecaster]
{
  var seen: Set<String> = []
  for (text, _) in models where !seen.insert(text).inserted {
    throw .invalidOption(name: "models", value: text, reason: "is given twice")
  }
  let names = models.map(\.forecaster.name)
  return models.map { text, forecaster in
    names.count { $0 == forecaster.name } > 1 ? labelled(forecaster, text) : forecaster
  }
}

private func labelled(_ base: some Forecaster, _ name: String) -> any Forecaster {
  LabelledForecaster(name: name, base: base)
}
