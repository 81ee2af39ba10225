internal import Forecasting
internal import ForesightNumerics

/// The joint paths of one block of draws; paths that several series depend on are drawn once.
struct SeriesBlock {
  let settings: RunSettings
  let replicate: Int
  let block: Int
  /// The draws of the block, fewer than its size in the last one.
  let count: Int
  private var whole: [String: Matrix] = [:]
  private var joint: [String: Matrix] = [:]
  private var trees: [String: [Matrix]] = [:]

  init(settings: RunSettings, replicate: Int, block: Int, count: Int) {
    self.settings = settings
    self.replicate = replicate
    self.block = block
    self.count = count
  }

  /// The paths of a series, paired and reconciled with those of other series.
  mutating func paths(of series: SeriesPaths) -> Matrix {
    guard let own = series.reconciled else { return paired(series) }
    if let all = trees[own.tree.name] { return all[own.place] }
    let all = own.tree.reconciled(own.tree.members.map { paired($0) })
    trees[own.tree.name] = all
    return all[own.place]
  }

  /// The paths of a series, paired with those of other series.
  private mutating func paired(_ series: SeriesPaths) -> Matrix {
    if let known = joint[series.name] { return known }
    let result: Matrix
    if let coupling = series.coupling {
      // The whole block is paired, so the number of draws does not change any draw.
      let paired = coupling.paired(
        ofWholeBlock(series), first: ofWholeBlock(coupling.first[0]), settings: settings,
        replicate: replicate,
        block: block)
      result = Matrix(
        rows: paired.rows, columns: count, columnMajor: Array(paired.elements.prefix(count * paired.rows)))
    } else {
      result = own(series, count)
    }
    joint[series.name] = result
    return result
  }

  private mutating func ofWholeBlock(_ series: SeriesPaths) -> Matrix {
    if let known = whole[series.name] { return known }
    let paths = own(series, RunSettings.block)
    whole[series.name] = paths
    return paths
  }

  /// Paths as the model draws them.
  private func own(_ series: SeriesPaths, _ count: Int) -> Matrix {
    let stream = RandomStream(seed: settings.seed, name: "\(series.name).paths", replicate: replicate)
    var generator = stream.generator(draw: block)
    return series.forecast.samplePaths(count, seed: generator.next())
  }
}
