/// Names by which other libraries call models, with what does that here.
package struct ForeignName: Sendable, Hashable {
  /// The name elsewhere, in lower case without marks: `holtwinters`.
  let key: String
  /// The model here, as it is written on the command line.
  package let model: String
  /// What it is, where the name alone does not say.
  package let remark: String

  init(_ key: String, _ model: String, _ remark: String = "") {
    self.key = key
    self.model = model
    self.remark = remark
  }

  /// `ets:form=AAA (additive trend and season)`.
  package var text: String { remark.isEmpty ? model : "\(model) (\(remark))" }
}

extension Registry {
  /// What does here what another library calls by a name; `nil` for a name that is not known.
  ///
  /// Case, hyphens, dots, underscores, spaces and brackets are ignored, so that `Holt-Winters`, `holt_winters` and `HoltWinters` are one.
  package static func foreign(_ name: String) -> ForeignName? {
    let key = name.lowercased().filter { $0.isLetter || $0.isNumber }
    return foreignNames.first { $0.key == key }
  }

  static let foreignNames: [ForeignName] = [
    ForeignName("holtwinters", "ets:form=AAA", "additive trend and season; MAM for a multiplicative season"),
    ForeignName("hw", "ets:form=AAA", "additive trend and season; MAM for a multiplicative season"),
    ForeignName("tripleexponentialsmoothing", "ets:form=AAA", "additive trend and season"),
    ForeignName("holt", "ets:form=AAN", "a level and a trend"),
    ForeignName("doubleexponentialsmoothing", "ets:form=AAN", "a level and a trend"),
    ForeignName("dampedholt", "ets:form=AAdN", "a level and a damped trend"),
    ForeignName("ses", "ets:form=ANN", "a level"),
    ForeignName("simpleexponentialsmoothing", "ets:form=ANN", "a level"),
    ForeignName("exponentialsmoothing", "auto-ets", "the form is chosen"),
    ForeignName("autoets", "auto-ets"), ForeignName("es", "auto-ets"),
    ForeignName("sarima", "auto-arima", "seasonal orders are chosen; arima for a given order"),
    ForeignName("sarimax", "auto-arima", "with --regressors FILE"),
    ForeignName("arimax", "auto-arima", "with --regressors FILE"),
    ForeignName("autoarima", "auto-arima"), ForeignName("arma", "arima"), ForeignName("ar", "arima"),
    ForeignName("ma", "arima"), ForeignName("boxjenkins", "auto-arima"),
    ForeignName("pmdarima", "auto-arima"),
    ForeignName("tbats", "auto", "with several seasons; or mstl"),
    ForeignName("bats", "auto", "with several seasons; or mstl"),
    ForeignName("dynamicharmonicregression", "linear-regression", "seasons by Fourier terms"),
    ForeignName("stl", "mstl", "seasons by local regression; foresight decompose shows them"),
    ForeignName("stlf", "mstl", "seasons by local regression"),
    ForeignName("x13", "mstl", "seasons by local regression; foresight decompose shows them"),
    ForeignName("x12", "mstl", "seasons by local regression"),
    ForeignName("prophet", "auto", "for drivers and events linear-regression with --regressors FILE"),
    ForeignName("neuralprophet", "auto", "for drivers and events linear-regression with --regressors FILE"),
    ForeignName("xgboost", "auto", "for lags ridge-ar, for drivers linear-regression; there are no trees"),
    ForeignName("lightgbm", "auto", "for lags ridge-ar, for drivers linear-regression; there are no trees"),
    ForeignName("catboost", "auto", "for lags ridge-ar, for drivers linear-regression; there are no trees"),
    ForeignName(
      "randomforest", "auto", "for lags ridge-ar, for drivers linear-regression; there are no trees"),
    ForeignName("lstm", "auto", "there are no neural networks; ridge-ar learns from lags"),
    ForeignName("nbeats", "auto", "there are no neural networks; ridge-ar learns from lags"),
    ForeignName("nhits", "auto", "there are no neural networks; ridge-ar learns from lags"),
    ForeignName("deepar", "auto", "there are no neural networks; ridge-ar learns from lags"),
    ForeignName("tft", "auto", "there are no neural networks; ridge-ar learns from lags"),
    ForeignName("transformer", "auto", "there are no neural networks; ridge-ar learns from lags"),
    ForeignName("timegpt", "auto"), ForeignName("chronos", "auto"), ForeignName("timesfm", "auto"),
    ForeignName("nnetar", "ridge-ar", "learns from lags"),
    ForeignName("thetaf", "theta"), ForeignName("optimizedtheta", "otm"), ForeignName("dynamictheta", "dstm"),
    ForeignName("dynamicoptimizedtheta", "dotm"), ForeignName("autotheta", "auto-theta"),
    ForeignName("autoces", "auto-ces"), ForeignName("complexexponentialsmoothing", "auto-ces"),
    ForeignName("randomwalk", "naive"), ForeignName("rw", "naive"), ForeignName("lastvalue", "naive"),
    ForeignName("rwf", "drift"), ForeignName("randomwalkwithdrift", "drift"), ForeignName("rwd", "drift"),
    ForeignName("snaive", "seasonal-naive"), ForeignName("historicaverage", "mean"),
    ForeignName("average", "mean"), ForeignName("meanf", "mean"),
    ForeignName("ols", "linear-regression"), ForeignName("lm", "linear-regression"),
    ForeignName("tslm", "linear-regression"), ForeignName("regression", "linear-regression"),
    ForeignName("lineartrend", "linear-regression"), ForeignName("linear", "linear-regression"),
    ForeignName("ridge", "ridge-ar"), ForeignName("autoreg", "ridge-ar"),
    ForeignName("crostonclassic", "croston"), ForeignName("crostonsba", "sba"),
    ForeignName("syntetosboylan", "sba"), ForeignName("crostonoptimized", "croston"),
    ForeignName("intermittent", "tsb", "or imapa; auto weighs them for series with many zeros"),
    ForeignName("ensemble", "combination"), ForeignName("forecasthybrid", "combination"),
    ForeignName("exponential", "exponential-growth"), ForeignName("scurve", "logistic"),
    ForeignName("sigmoid", "logistic"), ForeignName("best", "auto", "weighs by held-back errors"),
    ForeignName("autogluon", "auto"), ForeignName("boxcox", "transformed"), ForeignName("log", "transformed"),
    ForeignName("conformalprediction", "conformal"), ForeignName("bagging", "bootstrap"),
    ForeignName("kalman", "auto-ets", "smoothing by its state; or auto-arima"),
    ForeignName("ucm", "auto-ets", "smoothing by its state; or auto-arima"),
    ForeignName("structural", "auto-ets", "smoothing by its state; or auto-arima"),
    ForeignName("bsts", "auto-ets", "smoothing by its state; or linear-regression for drivers"),
    ForeignName("garch", "auto", "variance is constant in every model here"),
  ]
}
