internal import Forecasting

/// A forecaster with a name given by its caller.
struct LabelledForecaster<Base: Forecaster>: Forecaster {
  let name: String
  let base: Base

  var takesRegressors: Bool { base.takesRegressors }

  func fit(_ series: TimeSeries) throws(ForecastError) -> Base.Fitted { try base.fit(series) }

  func fit(_ series: TimeSeries, regressors: Regressors?) throws(ForecastError) -> Base.Fitted {
    try base.fit(series, regressors: regressors)
  }
}

/// Forecasters with their own names, or with the text that was typed if two have the same name.
///
/// - Throws: `ForecastError.invalidOption` for a text that occurs twice.
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
