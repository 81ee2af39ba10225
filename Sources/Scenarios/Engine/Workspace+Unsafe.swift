internal import CKernels
internal import ForesightNumerics

/// The columns of one worker and the execution of a plan on them.
@safe final class Workspace {
  private let columns: UnsafeMutablePointer<Double>
  private let packed: UnsafeMutablePointer<Double>
  private let quantiles: UnsafeMutablePointer<Double>
  private let positions: UnsafeMutablePointer<Int32>
  private var buffer = [Double](repeating: 0, count: RunSettings.block)
  private let program: Program

  init(_ program: Program) {
    self.program = program
    let size = max(1, program.plan.columns) * RunSettings.block
    unsafe columns = .allocate(capacity: size)
    unsafe columns.initialize(repeating: 0, count: size)
    unsafe packed = .allocate(capacity: RunSettings.block)
    unsafe packed.initialize(repeating: 0, count: RunSettings.block)
    unsafe quantiles = .allocate(capacity: RunSettings.block)
    unsafe quantiles.initialize(repeating: 0, count: RunSettings.block)
    unsafe positions = .allocate(capacity: RunSettings.block)
    unsafe positions.initialize(repeating: 0, count: RunSettings.block)
  }

  deinit {
    unsafe columns.deallocate()
    unsafe packed.deallocate()
    unsafe quantiles.deallocate()
    unsafe positions.deallocate()
  }

  /// The column of a node after a run.
  func values(of node: Int) -> UnsafePointer<Double> {
    unsafe UnsafePointer(columns + (program.plan.column[node] ?? 0) * RunSettings.block)
  }

  /// Computes the plan for draws of a replicate.
  func run(
    sources: [UniformSource?], draws: Range<Int>, series: (Int, Int, UnsafeMutablePointer<Double>) -> Void
  ) {
    let count = draws.count
    for step in program.plan.steps {
      let out = unsafe columns + step.out * RunSettings.block
      let a = unsafe columns + step.a * RunSettings.block
      let b = unsafe columns + step.b * RunSettings.block
      let c = unsafe columns + step.c * RunSettings.block
      let instruction = step.instruction
      switch instruction.operation {
      case .constant: unsafe fs_column_fill(instruction.number, out, count)
      case .uniform:
        sources[Int(instruction.payload)]?.fill(draws, &buffer)
        unsafe buffer.withUnsafeBufferPointer { values in
          if let start = values.baseAddress { unsafe out.update(from: start, count: count) }
        }
      case .branch:
        unsafe fs_column_branch(a, program.cumulative, Int32(program.cumulative.count), out, count)
      case .normalScore:
        unsafe out.update(from: a, count: count)
        unsafe fs_normal_quantiles(out, count)
      case .normalCDF: unsafe fs_column_normal_cdf(a, out, count)
      case .studentQuantile:
        guard let law = program.students[instruction.number] else { continue }
        for i in 0..<count { unsafe out[i] = unsafe law.quantile(a[i]) }
      case .studentCDF:
        guard let law = program.students[instruction.number] else { continue }
        // Never 0 or 1, where quantiles are infinite.
        for i in 0..<count { unsafe out[i] = unsafe min(max(law.cdf(a[i]), 0x1p-53), 1 - 0x1p-53) }
      case .law: unsafe quantile(Int(instruction.payload), instruction.a >= 0 ? a : b, out, count)
      case .branchLaw: unsafe branchLaw(instruction, a, b, c, out, count)
      case .binary(let operation): unsafe fs_column_binary(operation.kernel, a, b, out, count)
      case .withNumber(let operation):
        unsafe fs_column_scalar(operation.kernel, a, instruction.number, out, count)
      case .numberWith(let operation):
        unsafe fs_scalar_column(operation.kernel, instruction.number, a, out, count)
      case .select: unsafe fs_column_select(c, a, b, out, count)
      case .between: unsafe fs_column_between(a, b, instruction.number, out, count)
      case .absolute: unsafe fs_column_absolute(a, out, count)
      case .root: unsafe fs_column_root(a, out, count)
      case .exponential: unsafe fs_column_exponential(a, out, count)
      case .logarithm: unsafe fs_column_logarithm(a, out, count)
      case .sine: unsafe fs_column_sine(a, out, count)
      case .cosine: unsafe fs_column_cosine(a, out, count)
      case .power: unsafe fs_column_power(a, b, out, count)
      case .waitingTime: unsafe fs_column_waiting_time(a, instruction.number, out, count)
      case .rampHalf:
        for i in 0..<count { unsafe out[i] = unsafe a[i] > 0 ? 0.5 / a[i] : 0 }
      case .rampIntegral: unsafe fs_ramp_integral(a, b, c, instruction.number, out, count)
      case .shapeIntegral: unsafe program.ramps[Int(instruction.payload)].integral(since: a, b, out, count)
      case .shapeValue: unsafe program.ramps[Int(instruction.payload)].value(since: a, b, out, count)
      case .interrupt: unsafe fs_interrupt(a, b, c, instruction.extra, instruction.number, out, count)
      case .count:
        let thresholds = program.thresholds[Int(instruction.payload)]
        // Counted like cumulative weights, of which the last picks no further branch.
        unsafe fs_column_branch(a, thresholds, Int32(thresholds.count + 1), out, count)
      case .series: unsafe series(Int(instruction.payload), Int(instruction.number), out)
      }
    }
  }

  private func branchLaw(
    _ instruction: Instruction, _ uniform: UnsafePointer<Double>, _ score: UnsafePointer<Double>,
    _ branch: UnsafePointer<Double>, _ out: UnsafeMutablePointer<Double>, _ count: Int
  ) {
    for group in program.branchGroups[Int(instruction.payload)] {
      let law = program.laws[group.law]
      let source = unsafe law.readsScore ? score : law.readsUniform ? uniform : branch
      let kept = unsafe fs_column_gather(branch, group.mask, source, positions, packed, count)
      guard kept > 0 else { continue }
      unsafe quantile(group.law, packed, quantiles, kept)
      unsafe fs_column_scatter(quantiles, positions, out, kept)
    }
  }

  private func quantile(
    _ law: Int, _ source: UnsafePointer<Double>, _ out: UnsafeMutablePointer<Double>, _ count: Int
  ) {
    switch program.laws[law] {
    case .constant(let value): unsafe fs_column_fill(value, out, count)
    case .never: unsafe fs_column_fill(.infinity, out, count)
    case .uniform(let low, let high): unsafe fs_quantile_uniform(source, low, high - low, out, count)
    case .triangular(let low, let mode, let high):
      unsafe fs_quantile_triangular(source, low, mode, high, out, count)
    case .pert, .beta:
      guard let table = program.tables[law] else { return }
      unsafe fs_quantile_tabulated(
        source, table.entries, Int32(ScoreTable.count), ScoreTable.first, ScoreTable.pointsPerUnit, out, count
      )
    case .normal(let mean, let deviation):
      unsafe fs_column_scalar(Instruction.Binary.multiply.kernel, source, deviation, out, count)
      unsafe fs_column_scalar(Instruction.Binary.add.kernel, out, mean, out, count)
    case .lognormal(let shift, let scale, let sigma):
      unsafe fs_quantile_lognormal(source, shift, scale, sigma, out, count)
    case .gamma, .weibull, .truncatedNormal, .logUniform, .discrete:
      guard let quantile = program.quantiles[law] else { return }
      for i in 0..<count { unsafe out[i] = unsafe quantile(source[i]) }
    case .empirical(let values):
      let size = Double(values.count)
      for i in 0..<count {
        unsafe out[i] = unsafe values[min(values.count, max(1, Int((source[i] * size).rounded(.up)))) - 1]
      }
    }
  }
}
