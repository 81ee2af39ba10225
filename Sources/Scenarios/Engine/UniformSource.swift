internal import ForesightNumerics

/// The uniforms of a stream in one replicate.
enum UniformSource: Sendable {
  case sobol(ScrambledSobol)
  /// Points for sensitivity designs.
  case linear(LinearScrambledSobol)
  case counter(RandomStream)
  /// Draw k lies in cell `cells[k]` of as many equal cells as there are draws; the stream gives its position in the cell.
  case stratified(RandomStream, cells: [Int32])
  /// The same uniform on every draw.
  case fixed(Double)
  /// The second source on draws whose position is below a step, and the first on the others.
  indirect case mixed(UniformSource, UniformSource, positions: [UInt8], step: Int)

  /// The source of a stream's uniforms under the run's method.
  ///
  /// A Latin hypercube (McKay, Beckman and Conover, Technometrics 21(2), 1979, 239-245, doi:10.2307/1268522) has one
  /// draw in each of n equal cells; the order of the cells is a Fisher-Yates shuffle keyed by (seed, name, replicate).
  init(
    _ name: String, dimension: Int?, _ settings: RunSettings, replicate: Int
  ) throws(NumericsError) {
    if settings.method == .sobol, let dimension {
      self = .sobol(
        try ScrambledSobol(dimension: dimension, seed: settings.seed, replicate: replicate, name: name))
      return
    }
    let stream = RandomStream(seed: settings.seed, name: name, replicate: replicate)
    guard settings.method == .latinHypercube else {
      self = .counter(stream)
      return
    }
    var cells = (0..<Int32(settings.draws)).map { $0 }
    var generator = stream.generator(draw: 0)
    cells.permute(&generator)
    self = .stratified(stream, cells: cells)
  }

  /// Writes the uniforms of draws into the first elements of a buffer.
  func fill(_ draws: Range<Int>, _ buffer: inout [Double]) {
    switch self {
    case .sobol(let points): points.points(draws, into: &buffer)
    case .linear(let points): points.points(draws, into: &buffer)
    case .fixed(let uniform): for i in 0..<draws.count { buffer[i] = uniform }
    case .mixed(let first, let second, let positions, let step):
      first.fill(draws, &buffer)
      var others = [Double](repeating: 0, count: draws.count)
      second.fill(draws, &others)
      for (i, draw) in draws.enumerated() where positions[draw] < step { buffer[i] = others[i] }
    case .counter(let stream): buffer.replaceSubrange(0..<draws.count, with: stream.uniforms(draws))
    case .stratified(let stream, let cells):
      let inside = stream.uniforms(draws)
      let width = 1 / Double(cells.count)
      for (i, draw) in draws.enumerated() { buffer[i] = (Double(cells[draw]) + inside[i]) * width }
    }
  }
}

extension Array {
  /// Puts the elements in a random order (Fisher-Yates).
  mutating func permute(_ generator: inout Philox4x64) {
    for last in stride(from: count - 1, to: 0, by: -1) {
      swapAt(last, Int(generator.next().multipliedFullWidth(by: UInt64(last + 1)).high))
    }
  }
}
