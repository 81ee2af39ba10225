internal import Yams

/// A question as it is read.
enum ReadQuestion {
  case quantity(Question)
  case breakEven(BreakEvenQuestion)
}

extension ScenarioFile {
  /// The break-evens of a section of questions, each with its position.
  static func breakEvens(_ questions: [ReadQuestion]) -> [BreakEvenQuestion] {
    questions.enumerated().compactMap { position, question in
      guard case .breakEven(var own) = question else { return nil }
      own.position = position
      return own
    }
  }

  static func breakEven(
    _ entry: NodeReader.Entry, _ fields: [String: NodeReader.Entry], _ asked: NodeReader.Entry,
    _ reader: NodeReader
  ) -> BreakEvenQuestion? {
    for key in fields.keys.sorted() where key != "break_even" && key != "note" {
      if let wrong = fields[key] {
        reader.fail(
          "questions.\(entry.key) asks a break-even and takes no \"\(key)\"; it belongs to the question that break_even names",
          wrong.keyNode)
      }
    }
    let subject = "questions.\(entry.key).break_even"
    let needed = ["vary", "between", "question", "reaches"]
    guard
      let own = reader.fields(asked.value, of: subject, keys: needed + ["figure", "note"])
    else { return nil }
    for key in needed where own[key] == nil { reader.missing(key, of: subject, asked.keyNode) }
    var figure: FigureName?
    if let node = own["figure"]?.value, let text = reader.text(node, "\(subject).figure") {
      figure = FigureName(text)
      if figure == nil {
        reader.fail(
          "\(subject).figure is none of mean, p10, p50_if_ever, exceed_25, probability, never, not_within_horizon, but \"\(text)\""
            + suggestion(for: text, among: FigureName.examples), node)
      }
    }
    guard let vary = own["vary"]?.value, let between = own["between"]?.value,
      let question = own["question"]?.value, let reaches = own["reaches"]?.value,
      let varied = reader.text(vary, "\(subject).vary"),
      let ends = reader.numbers(between, "\(subject).between", count: 2),
      let name = reader.text(question, "\(subject).question"),
      let target = reader.number(reaches, "\(subject).reaches")
    else { return nil }
    guard ends[0] < ends[1] else {
      reader.fail("\(subject).between runs from \(ends[0]) to \(ends[1]): give the lower end first", between)
      return nil
    }
    return BreakEvenQuestion(
      name: entry.key, varied: varied, range: ends[0]...ends[1], question: name, figure: figure,
      target: target, place: reader.place(entry.keyNode), variedPlace: reader.place(vary),
      questionPlace: reader.place(question), figurePlace: reader.place(own["figure"]?.value ?? asked.keyNode),
      targetPlace: reader.place(reaches))
  }
}
