public import Forecasting

extension ModelDescription {
  /// A model with its options.
  ///
  /// CSV has one row per option: `option,values,default,summary`.
  public var report: Report {
    Report {
      Words("\(name): \(summary)\n" + (options.isEmpty ? "It has no options.\n" : ""))
      Members(["name": name, "summary": summary])
      Table("options", options, in: options.isEmpty ? [.json, .csv] : [.text, .json, .csv]) {
        ModelDescription.optionColumns
      }
      Table("members", members, in: members.isEmpty ? [] : [.text, .json]) {
        Column("data", "Data") { $0.data }
        Column("name", "Member") { $0.name }
        Column("prior", "Prior") { $0.prior }
        Column("purpose", "What it is for") { $0.purpose }
      }
    }
  }

  @ListBuilder<Column<OptionDescription>> fileprivate static var optionColumns: [Column<OptionDescription>] {
    Column("name", "Option") { $0.name }.csv("option")
    Column("values", "Values") { $0.values }
    Column("standard", "Default") { $0.defaultText }.csv("default")
    Column("summary", "Meaning") { $0.summary }
  }
}

extension Sequence where Element == ModelDescription {
  /// Models with their options, one row per model.
  public var report: Report {
    Report {
      Table("", Array(self)) {
        Column("name", "Name") { $0.name }
        Column("options", "Options") { model in
          model.options.map { JSONValue.object($0, ModelDescription.optionColumns) }
        }.only(.json)
        Column("summary", "Summary") { $0.summary }.last()
        Column("options", "Options") { $0.options.map(\.name).joined(separator: " ") }.only(.text, .csv)
      }
    }
  }
}
