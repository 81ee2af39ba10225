internal import ForecastModels
public import Forecasting

extension ModelDescription {
  /// A model with its options.
  ///
  /// CSV has one row per option: `option,values,default,summary`.
  public var report: Report {
    Report {
      Words { width in
        let title =
          width.map { wrap("\(name): \(summary)", width: $0).joined(separator: "\n") }
          ?? "\(name): \(summary)"
        return title + "\n" + (options.isEmpty ? "It has no options.\n" : "")
      }
      Members(["name": name, "summary": summary])
      Words { optionsText(width: $0 ?? 80) }
      Table("options", options, in: [.json, .csv]) {
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

  /// Each option with its default, what it means and what it takes.
  private func optionsText(width: Int) -> String {
    let inner = max(30, width - 6)
    return options.map { option in
      let lines =
        wrap(option.summary, width: inner)
        + wrap("values: " + option.alternatives.joined(separator: " | "), width: inner)
      return "  \(option.name) (default: \(option.defaultText))\n" + lines.map { "      \($0)\n" }.joined()
    }.joined()
  }

  @ListBuilder<Column<OptionDescription>> fileprivate static var optionColumns: [Column<OptionDescription>] {
    Column("name", "Option") { $0.name }.csv("option")
    Column("values", "Values") { $0.values }
    Column("standard", "Default") { $0.defaultText }.csv("default")
    Column("summary", "Meaning") { $0.summary }
  }
}

extension Sequence where Element == ModelDescription {
  /// Models with their options and what they can do, one row per model; text has them by what one has.
  public var report: Report {
    let models = Array(self)
    return Report {
      Words { models.groups(width: Swift.min($0 ?? 80, 80)) }
      Words { models.capabilities(width: Swift.min($0 ?? 80, 80)) }
      Table("", models, in: [.json, .csv]) {
        Column("name", "Name") { $0.name }
        Column("options", "Options") { model in
          model.options.map { JSONValue.object($0, ModelDescription.optionColumns) }
        }.only(.json)
        Column("summary", "Summary") { $0.summary }
        Column("options", "Options") { $0.options.map(\.name).joined(separator: " ") }.only(.csv)
        Column("purpose") { $0.capabilities?.purpose.rawValue }
        Column("regressors") { $0.capabilities?.takesRegressors }
        Column("spans") { $0.capabilities?.takesSpans }
        Column("missing") { $0.capabilities?.takesMissing }
        Column("several_seasons") { $0.capabilities?.takesSeveralSeasons }
        Column("joint_law") { $0.capabilities?.law.rawValue }
        Column("cost") { $0.capabilities?.cost.rawValue }
      }
    }
  }
}

extension [ModelDescription] {
  /// The models under what they are for.
  fileprivate func groups(width: Int) -> String {
    var groups: [(title: String, models: [ModelDescription])] = []
    for purpose in ModelPurpose.allCases {
      groups.append((purpose.rawValue, filter { $0.capabilities?.purpose == purpose }))
    }
    groups.append(("other", filter { $0.capabilities == nil }))
    let column = map(\.name.count).max() ?? 0
    var text = ""
    for (title, models) in groups where !models.isEmpty {
      text += (text.isEmpty ? "" : "\n") + "\(title.prefix(1).uppercased())\(title.dropFirst())\n"
      for model in models {
        let gap = String(repeating: " ", count: column - model.name.count + 2)
        let lines = wrap(model.summary, width: Swift.max(20, width - column - 4))
        let indent = "\n" + String(repeating: " ", count: column + 4)
        text += "  \(model.name)\(gap)\(lines.joined(separator: indent))\n"
      }
    }
    return text
  }

  /// What each model can do, as a table.
  fileprivate func capabilities(width: Int) -> String {
    func mark(_ isSo: Bool) -> String { isSo ? "yes" : "" }
    var table = TextTable([
      .text("Model"), .text("Regressors"), .text("Spans"), .text("Missing"), .text("Seasons"),
      .text("Joint law"),
      .text("Cost"),
    ])
    for model in self {
      guard let own = model.capabilities else { continue }
      table.add([
        model.name, mark(own.takesRegressors), mark(own.takesSpans), mark(own.takesMissing),
        own.takesSeveralSeasons ? "several" : "", own.law.rawValue, own.cost.rawValue,
      ])
    }
    let legend =
      "Spans are observations of several periods. The joint law of the steps is exact, simulated, one of both by the form of the model, or that of the inner model. Cost is that of "
      + "one fit of a few hundred values. foresight models NAME shows the options of a model, and what a name from elsewhere is here."
    return table.text(width: width) + "\n" + wrap(legend, width: width).joined(separator: "\n") + "\n"
  }
}
