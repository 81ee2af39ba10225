internal import ForesightNumerics

extension Scenario {
  /// What it is worth to know an input before deciding whether to act, the greatest value first.
  ///
  /// Acting pays Y − c, not acting 0. Knowing X lets one act where E[Y | X] > c: EVPPI = E max(0, E[Y | X] − c) −
  /// max(0, E Y − c), from paths sorted by the input and cut into 64 groups (Strong and Oakley, Med. Decis. Making 33, 2013,
  /// 755-766, doi:10.1177/0272989X12465123), in each a straight line; a branch, and a value that many paths share, is a group of its own. To know an
  /// input is to know its value before shocks; of an input with values by year, and of an event's draw, the share of its law.
  /// One run serves all inputs.
  ///
  /// - Parameters:
  ///   - question: the question's name; of a condition, Y is 0 or 1.
  ///   - threshold: c, in the unit of the quantity.
  ///   - options: level of the intervals, draws, replicates, seed and threads; groups are not used.
  /// - Throws: `ScenarioError` for a file that does not check, and a quantity that is infinite on some path.
  public func valueOfInformation(
    of question: String, threshold: Double, _ options: SensitivityOptions = SensitivityOptions()
  ) throws(ScenarioError) -> SensitivityStudy<ValueOfInformation> {
    let question = try checkedQuestion(question)
    let settings = settings(options.draws, options.replicates, options.seed)
    let level = options.request(of: question).level
    let quantity = try quantity(of: question)
    let data = try observations(quantity, settings, options.threads)
    guard data.values.allSatisfy(\.isFinite), threshold.isFinite else {
      throw failure(question, "\(question.subject.text) is not finite on every path, so it has no mean")
    }
    let replicates = Set(data.replicates).sorted()
    /// A figure of all replicates with the standard error of the delete-one jackknife.
    func jackknifed(_ figure: (Int?) -> Double) -> (value: Double, error: Double?) {
      let single = replicates.count > 1 ? replicates.map { figure($0) } : []
      return (figure(nil), standardError(single).map { $0 * Double(replicates.count - 1) })
    }
    func mean(_ values: [Double], _ without: Int?) -> Double {
      var (sum, count) = (0.0, 0.0)
      for (value, replicate) in zip(values, data.replicates) where replicate != without {
        sum += value
        count += 1
      }
      return sum / count
    }
    let gains = data.values.map { max(0, $0 - threshold) }
    let perfect = jackknifed { mean(gains, $0) - max(0, mean(data.values, $0) - threshold) }
    var rows: [InputInformation] = []
    let law = try? StudentT(degreesOfFreedom: Double(max(1, replicates.count - 1)))
    for (observable, column) in zip(data.observables, data.columns) {
      let lines = GroupedLines(data.values, by: column, replicates: data.replicates)
      let (value, error) = jackknifed { lines.value(threshold: threshold, without: $0) }
      let width = error.flatMap { error in law.map { $0.quantile((1 + level) / 2) * error } }
      rows.append(
        InputInformation(
          name: observable.name, value: value, standardError: error,
          interval: width.map { max(0, value - $0)...value + $0 }, variance: lines.variance, rank: nil))
    }
    let (order, ranks) = Ranking.ranks(rows.map(\.value), rows.map(\.interval))
    var notes: [String] = []
    if replicates.count < 2 { notes.append("one replicate shows no standard error, so nothing is ranked") }
    return study(
      quantity, settings, evaluations: settings.draws * settings.replicates, notes: notes,
      ValueOfInformation(
        threshold: threshold, payoff: mean(data.values, nil) - threshold, perfect: max(0, perfect.value),
        perfectError: perfect.error,
        inputs: order.enumerated().map { place, index in
          let row = rows[index]
          return InputInformation(
            name: row.name, value: row.value, standardError: row.standardError, interval: row.interval,
            variance: row.variance, rank: ranks[place])
        }))
  }
}
