internal import Forecasting
internal import Yams

extension ScenarioFile {
  static func asset(_ entry: NodeReader.Entry, _ reader: NodeReader) -> Asset? {
    let subject = "assets.\(entry.key)"
    guard
      let fields = reader.fields(
        entry.value, of: subject,
        keys: [
          "capacity", "start", "ramp", "utilisation", "nominations", "availability", "outages",
          "ceiling", "expansions", "basis", "src", "note",
        ], later: ["losses"])
    else { return nil }
    let sources = reader.sources(fields["src"]?.value, subject)
    _ = basis(fields["basis"], reader, subject)
    for key in ["capacity", "start"] where fields[key] == nil {
      reader.missing(key, of: subject, entry.keyNode)
    }
    func expression(_ key: String) -> SourcedExpression? {
      fields[key].flatMap { reader.expression($0.value, "\(subject).\(key)") }
    }
    let capacity = fields["capacity"].flatMap { self.capacity($0.value, subject, reader) }
    let start = expression("start")
    let utilisation = expression("utilisation")
    let ceiling = expression("ceiling")
    let availability = expression("availability")
    let outages = fields["outages"].map { self.outages($0.value, subject, reader) }
    let ramp = fields["ramp"].map { self.ramp($0.value, subject, reader) }
    let nominations = fields["nominations"].map { self.nominations($0.value, subject, reader) }
    let expansions = fields["expansions"].map { self.expansions($0.value, subject, reader) } ?? []
    guard let capacity, let start, let expansions,
      fields["utilisation"] == nil || utilisation != nil, fields["ceiling"] == nil || ceiling != nil,
      fields["ramp"] == nil || (ramp ?? nil) != nil,
      fields["nominations"] == nil || (nominations ?? nil) != nil,
      fields["availability"] == nil || availability != nil,
      fields["outages"] == nil || (outages ?? nil) != nil
    else { return nil }
    return Asset(
      name: entry.key, capacity: capacity.0, unit: capacity.1, start: start, expansions: expansions,
      ramp: ramp ?? nil,
      utilisation: utilisation, nominations: nominations ?? nil, availability: availability,
      outages: outages ?? nil, ceiling: ceiling, sources: sources,
      place: reader.place(entry.keyNode))
  }

  private static func capacity(
    _ node: Node, _ subject: String, _ reader: NodeReader
  ) -> (SourcedExpression, Unit)? {
    guard node.mapping != nil else {
      guard let unit = reader.unitNames["flow"], node.scalar != nil,
        let value = reader.expression(node, "\(subject).capacity"),
        isCapacity(value, "\(subject).capacity", reader)
      else {
        reader.fail(
          "\(subject).capacity is {value: …, unit: …}, not \(reader.kind(node)); a bare one takes the unit of units: {flow: …}",
          node)
        return nil
      }
      return (value, unit)
    }
    guard
      let fields = reader.fields(
        node, of: "\(subject).capacity", keys: ["value", "unit", "basis", "src", "note"])
    else { return nil }
    _ = reader.sources(fields["src"]?.value, "\(subject).capacity")
    _ = basis(fields["basis"], reader, "\(subject).capacity")
    for key in ["value", "unit"] where fields[key] == nil {
      reader.missing(key, of: "\(subject).capacity", node)
    }
    guard let value = fields["value"].flatMap({ reader.expression($0.value, "\(subject).capacity.value") }),
      let unit = fields["unit"].flatMap({ reader.unit($0.value, "\(subject).capacity.unit") })
    else { return nil }
    guard isCapacity(value, "\(subject).capacity.value", reader) else { return nil }
    return (value, unit)
  }

  private static func isCapacity(
    _ value: SourcedExpression, _ subject: String, _ reader: NodeReader
  ) -> Bool {
    guard case .negative(.number) = value.expression else { return true }
    reader.fail("\(subject) is \(value.text): a capacity is not negative", at: value.place)
    return false
  }

  private static func expansions(_ node: Node, _ subject: String, _ reader: NodeReader) -> [Expansion]? {
    let what = "\(subject).expansions"
    guard let items = reader.list(node, what) else { return nil }
    let read = items.compactMap { item -> Expansion? in
      let step = "an entry of \(what)"
      guard
        let fields = reader.fields(item, of: step, keys: ["at", "capacity", "basis", "src", "note"])
      else { return nil }
      _ = reader.sources(fields["src"]?.value, what)
      _ = basis(fields["basis"], reader, what)
      for key in ["at", "capacity"] where fields[key] == nil { reader.missing(key, of: step, item) }
      guard let at = fields["at"].flatMap({ reader.expression($0.value, "\(what).at") }),
        let capacity = fields["capacity"].flatMap({ reader.expression($0.value, "\(what).capacity") }),
        isCapacity(capacity, "\(what).capacity", reader)
      else { return nil }
      return Expansion(at: at, capacity: capacity, place: reader.place(item))
    }
    return read.count == items.count ? read : nil
  }

  private static func nominations(_ node: Node, _ subject: String, _ reader: NodeReader) -> Nominations? {
    let what = "\(subject).nominations"
    guard
      let fields = reader.fields(
        node, of: what, keys: ["price", "reference", "elasticity", "clamp"],
        elsewhere: ["own_price": "write price"])
    else { return nil }
    for key in ["price", "reference", "elasticity"] where fields[key] == nil {
      reader.missing(key, of: what, node)
    }
    var clamp: [Double]?
    if let entry = fields["clamp"] {
      guard let bounds = reader.numbers(entry.value, "\(what).clamp", count: 2) else { return nil }
      guard bounds[0] <= bounds[1] else {
        reader.fail("\(what).clamp needs low ≤ high", entry.value)
        return nil
      }
      clamp = bounds
    }
    guard let price = fields["price"].flatMap({ reader.expression($0.value, "\(what).price") }),
      let referenceEntry = fields["reference"],
      let reference = reader.number(referenceEntry.value, "\(what).reference"),
      let elasticity = fields["elasticity"].flatMap({ reader.expression($0.value, "\(what).elasticity") })
    else { return nil }
    guard reference > 0 else {
      reader.fail("\(what).reference is \(reference): a price is above 0", referenceEntry.value)
      return nil
    }
    return Nominations(
      price: price, reference: reference, elasticity: elasticity, clamp: clamp, place: reader.place(node))
  }

  private static func outages(_ node: Node, _ subject: String, _ reader: NodeReader) -> Outages? {
    let what = "\(subject).outages"
    guard
      let fields = reader.fields(
        node, of: what, keys: ["rate", "lasts", "multiply", "basis", "src", "note"])
    else { return nil }
    _ = reader.sources(fields["src"]?.value, what)
    _ = basis(fields["basis"], reader, what)
    for key in ["rate", "lasts"] where fields[key] == nil { reader.missing(key, of: what, node) }
    guard let rateEntry = fields["rate"], let lastsEntry = fields["lasts"],
      let rate = rate(rateEntry.value, "\(what).rate", reader),
      let lasts = years(lastsEntry.value, "\(what).lasts", reader)
    else { return nil }
    guard rate <= 100 else {
      reader.fail("\(what).rate is \(rate)/yr: at most 100 outages a year are drawn", rateEntry.value)
      return nil
    }
    guard lasts <= 1 else {
      reader.fail(
        "\(what).lasts is \(lasts) years: an outage lasts a year at most; a longer cut is an interruption",
        lastsEntry.value)
      return nil
    }
    var multiply = 0.0
    if let entry = fields["multiply"] {
      guard let value = reader.number(entry.value, "\(what).multiply") else { return nil }
      guard (0...1).contains(value) else {
        reader.fail("\(what).multiply is \(value): it lies between 0 and 1", entry.value)
        return nil
      }
      multiply = value
    }
    return Outages(rate: rate, lasts: lasts, multiply: multiply, place: reader.place(node))
  }

  static func fittedSeries(_ entry: NodeReader.Entry, _ reader: NodeReader) -> FittedSeries? {
    let subject = "series.\(entry.key)"
    guard let all = reader.entries(entry.value, of: subject) else { return nil }
    let own = ["data", "from", "unit", "model", "basis", "src", "note"]
    let elsewhere = [
      "fit":
        "write model: NAME, its options beside it; of several by backtest, combination with rule: rolling-origin",
      "paths": "a model draws its own; model: bootstrap refits to resampled residuals",
      "column": "data names one series, such as trade/china_russia_trade_annual_exports",
      "innovations": "write correlations: [{between: [a.innovations, b.innovations], …}]",
      "reconcile": "it belongs to coherence",
    ]
    var fields: [String: NodeReader.Entry] = [:]
    var options: [String: String] = [:]
    for item in all {
      if let other = elsewhere[item.key] {
        reader.fail("\(subject) has no key \"\(item.key)\": \(other)", item.keyNode)
      } else if own.contains(item.key) {
        fields[item.key] = item
      } else {
        // Any other key is an option of the model, which knows its own options.
        options[item.key] = reader.text(item.value, "\(subject).\(item.key)")
      }
    }
    _ = reader.sources(fields["src"]?.value, subject)
    _ = basis(fields["basis"], reader, subject)
    let needed = ["data", "unit"] + (all.contains { $0.key == "fit" } ? [] : ["model"])
    for key in needed where fields[key] == nil {
      reader.missing(key, of: subject, entry.keyNode)
    }
    guard let data = fields["data"], let model = fields["model"],
      let (dataName, file) = self.data(data.value, subject, reader),
      let unit = fields["unit"].flatMap({ reader.unit($0.value, "\(subject).unit") }),
      let modelName = reader.text(model.value, "\(subject).model")
    else { return nil }
    return FittedSeries(
      name: entry.key, data: dataName, file: file,
      from: fields["from"].flatMap { reader.text($0.value, "\(subject).from") }, unit: unit, model: modelName,
      options: options, dataPlace: reader.place(data.value), modelPlace: reader.place(model.value),
      place: reader.place(entry.keyNode))
  }

  /// A data set: a name, a file `demand.csv`, or `{file: demand.csv, series: a, rule: mean, frequency: month}`.
  private static func data(_ node: Node, _ subject: String, _ reader: NodeReader) -> (String, SeriesFile?)? {
    guard node.mapping != nil else {
      guard let name = reader.text(node, "\(subject).data") else { return nil }
      return (name, name.hasSuffix(".csv") ? SeriesFile(path: name, rule: .sum) : nil)
    }
    guard
      let fields = reader.fields(
        node, of: "\(subject).data", keys: ["file", "series", "rule", "frequency"])
    else { return nil }
    // A key that is none has its own message.
    if fields["file"] == nil, node.mapping?.count == fields.count {
      reader.missing("file", of: "\(subject).data", node)
    }
    let rule = fields["rule"].flatMap { reader.choice($0.value, "\(subject).data.rule", SpanRule.self) }
    let frequency = fields["frequency"].flatMap {
      reader.choice($0.value, "\(subject).data.frequency", Frequency.self)
    }
    let id = fields["series"].flatMap { reader.text($0.value, "\(subject).data.series") }
    guard let name = fields["file"].flatMap({ reader.text($0.value, "\(subject).data.file") }) else {
      return nil
    }
    return (name, SeriesFile(path: name, id: id, rule: rule ?? .sum, frequency: frequency))
  }
}
