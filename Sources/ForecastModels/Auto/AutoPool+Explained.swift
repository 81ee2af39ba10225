internal import Forecasting

extension AutoPool {
  /// The members for each kind of data, with what each is for: what `models show auto` prints.
  static var explained: [ModelDescription.Member] {
    let pools: [(data: String, pool: AutoPool)] = [
      ("no season", .standard(cycles: [], count: 100)), ("months", .standard(cycles: [12], count: 200)),
      ("weeks of days", .standard(cycles: [7, 365], count: 1000)),
      ("days of hours", .standard(cycles: [24, 168], count: 2000)),
      ("many zeros", .intermittent(cycles: [12], count: 200, share: 0.6)),
      ("sums of several periods", .spans),
    ]
    var told: [ModelDescription.Member] = pools.flatMap { data, pool in
      pool.members.map { member in
        ModelDescription.Member(
          data: data, name: member.model.name, prior: member.isSpecialist ? nil : member.prior,
          purpose: purpose(of: member))
      }
    }
    let usual = AutoPool([])
    told += usual.withRegressors.members.map { member in
      ModelDescription.Member(
        data: "external variables", name: member.model.name, prior: member.prior,
        purpose: "the effect of the variables, beside the members for the data without them")
    }
    return told
  }

  /// What a member adds to a pool.
  private static func purpose(of member: Member) -> String {
    let purposes: [(start: String, text: String)] = [
      ("Temporal blend", "levels at several resolutions; the safest on short series"),
      ("AutoETS", "trend and season that move, additive or multiplicative by their fit"),
      ("DOTM", "a slow trend under a level"),
      ("AutoCES", "cycles and trends that no fixed form describes"),
      ("Ridge autoregression", "dependence on the last periods and cycles; strong on short cycles"),
      ("Shape", "the level of whole cycles, with their shape put on it"),
      ("Seasonal naive", "the last cycle as it was"),
      ("MSTL", "seasons that change slowly, several of them at once"),
      ("AutoARIMA", "serial dependence of any order"),
      ("Exponential growth", "an exponential, where it is clearly one"),
      ("Linear regression", "a straight line, where it is clearly one"),
      ("Naive", "a random walk, where it is clearly one"),
      ("Mean", "a constant mean, where it is clearly one"),
      ("TSB", "demand that may become obsolete"), ("SBA", "demand that comes at intervals"),
      ("ADIDA", "demand summed over its mean interval"),
      ("IMAPA", "demand summed over several intervals"),
    ]
    if let known = purposes.first(where: { member.model.name.hasPrefix($0.start) }) { return known.text }
    // The registry itself is being made while this is read.
    guard let model = member.model as? any DescribedForecaster else { return "a further view of the series" }
    return type(of: model).descriptions.first?.summary ?? "a further view of the series"
  }
}
