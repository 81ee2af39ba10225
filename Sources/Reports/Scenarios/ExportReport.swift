internal import Forecasting
public import Scenarios

extension Scenario {
  /// Yearly quantities in the form of IAMC tables: `model,scenario,region,variable,unit,year,value`.
  ///
  /// - Parameters:
  ///   - variables: the variables, in the order of `paths`.
  ///   - paths: their values on every path.
  ///   - draws: the number of draws to write, each as a scenario; means and quantiles when `nil`.
  ///   - model: the model in every row.
  ///   - region: the region in every row.
  public func report(
    _ variables: [ScenarioVariable], paths: [QuantityPaths], draws: Int? = nil, model: String,
    region: String = "World"
  ) -> Report {
    let id = file.id
    let rows = zip(variables, paths).flatMap { variable, quantity -> [ExportRow] in
      func rows(_ name: String, _ values: [Double]) -> [ExportRow] {
        zip(quantity.years, values).filter(\.1.isFinite).map { year, value in
          ExportRow(
            scenario: name, variable: variable.name, unit: quantity.unit, year: year, value: value)
        }
      }
      if let draws {
        return (0..<min(draws, quantity.values[0].count)).flatMap { path in
          rows("\(id) draw \(path)", quantity.values.map { $0[path] })
        }
      }
      let outlook = quantity.outlook(levels: [0.1, 0.5, 0.9])
      return rows(id, outlook.means)
        + ["p10", "p50", "p90"].enumerated().flatMap { place, level in
          rows("\(id) \(level)", outlook.quantiles.map { $0[place] })
        }
    }
    return Report {
      Table("", rows) {
        Column("model", "Model") { _ in model }
        Column("scenario", "Scenario") { $0.scenario }
        Column("region", "Region") { _ in region }
        Column("variable", "Variable") { $0.variable }
        Column("unit", "Unit") { $0.unit }
        Column("year", "Year") { $0.year }
        Column("value", "Value") { $0.value }
      }
    }
  }
}

private struct ExportRow: Sendable {
  let scenario: String
  let variable: String
  let unit: String
  let year: Int
  let value: Double
}
