internal import Forecasting
public import Scenarios

extension CheckedScenario {
  /// What a scenario contains, once it is found valid.
  ///
  /// CSV has one row per kind of part: `part,count`.
  public var report: Report {
    let file = scenario.file
    let contents = self.counts
    let order = [
      ("branches", "branch"), ("inputs", "input"), ("events", "event"), ("assets", "asset"),
      ("ceilings", "ceiling"), ("series", "series"), ("derived", "derived"), ("questions", "question"),
    ]
    let counts = order.compactMap { many, one in contents[many].map { (many: many, one: one, count: $0) }
    }
    let listed = counts.map { "\($0.count) \($0.count == 1 ? $0.one : $0.many)" }.joined(separator: ", ")
    return Report {
      Words("\(file.id) (\(file.name)) is valid: \(listed)\n")
      Members(["scenario": file.id, "file": file.name, "counts": contents])
      Table("", counts, in: [.csv]) {
        Column("part") { $0.many }
        Column("count") { $0.count }
      }
      Notes(warnings + foreseen, title: "Warnings", key: "warnings")
    }
  }
}
