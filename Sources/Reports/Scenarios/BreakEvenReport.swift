internal import Forecasting
public import Scenarios

extension BreakEven {
  /// The value at which a statistic reaches its target, with the values computed on the way.
  ///
  /// JSON is its own `Codable` form, in snake case. CSV has one row per value of the scan: `value,figure,standard_error`.
  public var report: Report {
    let unit = unitText(unit).isEmpty ? "" : " \(unit)"
    let variedUnit = unitText(variedUnit).isEmpty ? "" : " \(variedUnit)"
    let width = bracket.upperBound - bracket.lowerBound
    let style = NumberStyle.fixed(
      NumberText.decimals(for: [standardError.flatMap { $0 > 0 ? $0 : nil } ?? max(width, 1e-6)], digits: 2))
    return Report(encoding: self) {
      Words(
        "Break-even: \(varied) at which the \(figure.label) of \(of) reaches \(NumberText.plain(target))\(unit)"
          + (given.map { ", given \($0)" } ?? "") + "\nquestion \(question) of \(scenario) (\(file), hash "
          + "\(fileHash))\n\(settings.replicates) × \(settings.draws) paired draws (\(settings.method.rawValue)), "
          + "seed \(settings.seed); \(evaluations) evaluations\n")
      Words(
        "\(varied) = \(style.text(value))\(variedUnit), standard error \(style.text(standardError)); on these draws "
          + "between \(NumberText.significant(bracket.lowerBound, 9)) and "
          + "\(NumberText.significant(bracket.upperBound, 9))\n")
      Table("scan", scan, in: [.text, .csv]) {
        Column("value", "\(varied)\(variedUnit)", .significant(7)) { $0.value }
        Column("figure", "\(figure.label)\(unit)", .significant(6)) { $0.figure }
        Column("standard_error", "Std. error", .significant(2)) { $0.standardError }
      }
      Notes(notes)
    }
  }
}
