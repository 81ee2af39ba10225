internal import Forecasting

extension TextTable {
  /// The table as wide as the terminal allows.
  func text() -> String { text(width: StandardOutput.width) }
}
