// Code that forecasts also uses periods and series, so one import provides both.
@_exported public import Series
