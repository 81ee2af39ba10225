// Whoever forecasts names periods and series, so that one import serves both.
@_exported public import Series
