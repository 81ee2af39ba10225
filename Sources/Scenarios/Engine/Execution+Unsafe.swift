internal import CKernels
internal import Dispatch
internal import ForesightNumerics

/// What a program found: sums by replicate and the columns kept.
struct Execution: Sendable {
  let settings: RunSettings
  /// The sums, one row per replicate.
  let sums: [[Double]]
  /// Each kept column, draw after draw, replicate after replicate.
  let kept: [[Double]]
}

extension Program {
  /// Runs the draws of every replicate in blocks, spread over threads.
  ///
  /// Blocks are independent and their sums are added in order: the bits do not depend on the number of threads.
  func execute(
    _ settings: RunSettings, threads: Int, series: [Int: SeriesPaths]
  ) throws(NumericsError) -> Execution {
    var designs: [Design] = []
    for replicate in 0..<settings.replicates {
      designs.append(
        Design(uniforms: try self.sources(settings, replicate: replicate), seriesReplicate: replicate))
    }
    return execute(settings, designs, threads: threads, series: series)
  }

  /// Runs the one block that holds a draw of a replicate; returns its columns and the draw's place in them.
  func block(
    holding draw: Int, replicate: Int, _ settings: RunSettings, series: [Int: SeriesPaths]
  ) throws(NumericsError) -> (execution: Execution, place: Int) {
    let block = draw / RunSettings.block
    let design = Design(
      uniforms: try sources(settings, replicate: replicate), seriesReplicate: replicate)
    let execution = execute(settings, [design], threads: 1, series: series, only: block..<(block + 1))
    return (execution, draw - block * RunSettings.block)
  }

  /// Runs the draws of given designs, which take the place of replicates; only some blocks if they are named.
  func execute(
    _ given: RunSettings, _ designs: [Design], threads: Int, series: [Int: SeriesPaths],
    only: Range<Int>? = nil
  ) -> Execution {
    var settings = given
    settings.replicates = designs.count
    let range = only ?? 0..<((settings.draws + RunSettings.block - 1) / RunSettings.block)
    let blocks = range.count
    let items = blocks * settings.replicates
    let skipped = range.lowerBound * RunSettings.block
    let length = min(settings.draws, range.upperBound * RunSettings.block) - skipped
    let width = max(1, sums.count)
    let partial = UnsafeMutablePointer<Double>.allocate(capacity: items * width)
    unsafe partial.initialize(repeating: 0, count: items * width)
    defer { unsafe partial.deallocate() }
    let total = length * settings.replicates
    let columns = unsafe kept.map { _ in UnsafeMutablePointer<Double>.allocate(capacity: total) }
    let task = unsafe ExecutionTask(
      program: self, settings: settings, designs: designs, series: series, range: range, length: length,
      items: items, width: width, workers: max(1, min(threads, items)), partial: partial, columns: columns)
    DispatchQueue.concurrentPerform(iterations: task.workers) { task.work($0) }
    var result: [[Double]] = []
    for replicate in 0..<settings.replicates {
      var row = [Double](repeating: 0, count: sums.count)
      for block in 0..<blocks {
        let base = (replicate * blocks + block) * width
        for index in row.indices { unsafe row[index] += partial[base + index] }
      }
      result.append(row)
    }
    return unsafe Execution(
      settings: settings, sums: result,
      // One column is held twice at a time, not all of them.
      kept: columns.map { column in
        defer { unsafe column.deallocate() }
        return unsafe Array(UnsafeBufferPointer(start: column, count: total))
      })
  }
}

/// Where the draws of one replicate, or of one run of a sensitivity design, come from.
struct Design: Sendable {
  /// The source of each stream of uniforms, `nil` where it is not used.
  var uniforms: [UniformSource?]
  /// The replicate whose series paths are used.
  var seriesReplicate: Int
}

/// The work that threads share; each writes only to the places of its own blocks.
@safe private struct ExecutionTask: @unchecked Sendable {
  let program: Program
  let settings: RunSettings
  let designs: [Design]
  let series: [Int: SeriesPaths]
  /// The blocks that are run, and the draws in them.
  let range: Range<Int>
  let length: Int
  let items: Int
  let width: Int
  let workers: Int
  let partial: UnsafeMutablePointer<Double>
  let columns: [UnsafeMutablePointer<Double>]

  func work(_ worker: Int) {
    let workspace = Workspace(program)
    var item = worker
    while item < items {
      let replicate = item / range.count
      let block = range.lowerBound + item % range.count
      let first = block * RunSettings.block
      let draws = first..<min(settings.draws, first + RunSettings.block)
      var paths: [Int: Matrix] = [:]
      var joint = SeriesBlock(
        settings: settings, replicate: designs[replicate].seriesReplicate, block: block, count: draws.count)
      for index in program.plan.series.keys.sorted() {
        paths[index] = series[index].map { joint.paths(of: $0) }
      }
      unsafe workspace.run(sources: designs[replicate].uniforms, draws: draws) { index, year, out in
        guard let rule = series[index]?.years[year], let matrix = paths[index] else { return }
        unsafe matrix.elements.withUnsafeBufferPointer { elements in
          for path in 0..<draws.count {
            var sum = 0.0
            for step in rule.steps { unsafe sum += elements[path * matrix.rows + step] }
            unsafe out[path] = rule.known + rule.weight * sum
          }
        }
      }
      for (index, sum) in program.sums.enumerated() {
        let values = unsafe workspace.values(of: sum.node)
        unsafe partial[item * width + index] =
          sum.condition.map { unsafe fs_column_sum_where(values, workspace.values(of: $0), draws.count) }
          ?? fs_column_sum(values, draws.count)
      }
      for (index, node) in program.kept.enumerated() {
        unsafe (columns[index] + replicate * length + first - range.lowerBound * RunSettings.block)
          .update(from: workspace.values(of: node), count: draws.count)
      }
      item += workers
    }
  }
}
