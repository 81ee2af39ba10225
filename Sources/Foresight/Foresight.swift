@_exported public import ForecastModels
@_exported public import Forecasting
@_exported public import ForesightNumerics
@_exported public import Reports
@_exported public import Scenarios
@_exported public import Series
