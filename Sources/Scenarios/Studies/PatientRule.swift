internal import ForesightNumerics

/// The patient rule induction method: a box of inputs in which cases of interest are dense.
///
/// Friedman and Fisher (Statistics and Computing 9, 1999, 123-143, doi:10.1023/A:1008894516817): from the whole, peel off
/// again and again a share α of the paths at one end of one input, or one category; then paste such shares back where that
/// does not lower the density. Of the possible peels the one is taken that raises the density most for the paths it costs
/// (the lenient criterion of Kwakkel and Jaxa-Rozen, Environ. Model. Softw. 79, 2016, 311-321,
/// doi:10.1016/j.envsoft.2015.11.020): inputs with atoms and categories lose more than α at once.
struct PatientRule {
  /// The share that is peeled at once.
  static let patience = 0.05

  /// The bounds of a box, ends included, and which categories are inside.
  struct Box: Equatable {
    var lower: [Double]
    var upper: [Double]
    /// By input: whether each category is inside; empty for a number.
    var categories: [[Bool]]

    func contains(_ path: Int, _ columns: [[Double]], except ignored: Int? = nil) -> Bool {
      for input in columns.indices where input != ignored {
        let value = columns[input][path]
        if categories[input].isEmpty {
          if value < lower[input] || value > upper[input] { return false }
        } else if !categories[input][Int(value)] {
          return false
        }
      }
      return true
    }

    func restricts(_ input: Int) -> Bool {
      categories[input].isEmpty
        ? lower[input] > -.infinity || upper[input] < .infinity : categories[input].contains(false)
    }

    /// The box without its bounds on an input.
    func freed(_ input: Int) -> Box {
      var box = self
      box.lower[input] = -.infinity
      box.upper[input] = .infinity
      box.categories[input] = box.categories[input].map { _ in true }
      return box
    }
  }

  let columns: [[Double]]
  /// Whether each path is a case of interest.
  let cases: [Bool]
  /// The number of categories of each input, 0 for a number.
  let categories: [Int]

  /// The box of the whole.
  var whole: Box {
    Box(
      lower: columns.map { _ in -.infinity }, upper: columns.map { _ in .infinity },
      categories: categories.map { [Bool](repeating: true, count: $0) })
  }

  /// The boxes from the whole to the last peel that leaves a share `smallest` of the paths, or to one of cases alone.
  ///
  /// A peel may lower the density if every peel does, which finds cases in two opposite corners.
  func peels(smallest: Double) -> [Box] {
    var box = whole
    var boxes = [box]
    var inside = Array(cases.indices)
    var isInside = [Bool](repeating: true, count: cases.count)
    // The paths inside in ascending order of each number.
    var orders = columns.indices.map { input in
      categories[input] > 0
        ? [] : inside.sorted { (columns[input][$0], $0) < (columns[input][$1], $1) }
    }
    let least = max(1, Int((smallest * Double(cases.count)).rounded(.up)))
    while let peel = best(box, inside, orders, least) {
      box = peel
      boxes.append(box)
      for path in inside { isInside[path] = box.contains(path, columns) }
      inside.removeAll { !isInside[$0] }
      for input in orders.indices { orders[input].removeAll { !isInside[$0] } }
    }
    return boxes
  }

  private func best(_ box: Box, _ inside: [Int], _ orders: [[Int]], _ least: Int) -> Box? {
    let count = inside.count
    let hits = inside.reduce(0) { $0 + (cases[$1] ? 1 : 0) }
    let density = Double(hits) / Double(count)
    guard hits < count else { return nil }
    var best: (gain: Double, box: Box)?
    func consider(_ removed: Int, _ lost: Int, _ change: (inout Box) -> Void) {
      guard removed > 0, count - removed >= least else { return }
      var gain = Double(hits - lost) / Double(count - removed) - density
      if gain > 0 { gain /= Double(removed) }
      guard gain > best?.gain ?? -.infinity else { return }
      var next = box
      change(&next)
      best = (gain, next)
    }
    let share = max(1, Int(PatientRule.patience * Double(count)))
    for input in columns.indices {
      let column = columns[input]
      if categories[input] > 0 {
        var sizes = [Int](repeating: 0, count: categories[input])
        var own = sizes
        for path in inside {
          sizes[Int(column[path])] += 1
          if cases[path] { own[Int(column[path])] += 1 }
        }
        for category in sizes.indices {
          consider(sizes[category], own[category]) { $0.categories[input][category] = false }
        }
        continue
      }
      let order = orders[input]
      var (removed, lost) = (0, 0)
      while removed < count, removed < share || column[order[removed]] == column[order[removed - 1]] {
        if cases[order[removed]] { lost += 1 }
        removed += 1
      }
      if removed < count { consider(removed, lost) { $0.lower[input] = column[order[removed]] } }
      (removed, lost) = (0, 0)
      while removed < count,
        removed < share || column[order[count - 1 - removed]] == column[order[count - removed]]
      {
        if cases[order[count - 1 - removed]] { lost += 1 }
        removed += 1
      }
      if removed < count { consider(removed, lost) { $0.upper[input] = column[order[count - 1 - removed]] } }
    }
    return best?.box
  }

  /// The box without the bounds that chance explains, the weakest given up first.
  func simplified(_ box: Box) -> Box {
    var box = box
    while true {
      let inside = counts(box)
      let chances = columns.indices.filter { box.restricts($0) }
        .map { ($0, inside.chance(in: counts(box.freed($0)))) }
      guard let weakest = chances.max(by: { $0.1 < $1.1 }), weakest.1 > 0.05 else { return box }
      box = box.freed(weakest.0)
    }
  }

  /// The box widened, end by end, by a share of its paths as long as its density does not fall below `density`.
  func pasted(_ box: Box, density: Double) -> Box {
    var box = box
    var grows = true
    while grows {
      grows = false
      let (size, hits) = (counts(box).paths, counts(box).cases)
      for input in columns.indices where box.restricts(input) {
        let free = box.freed(input)
        if counts(free).density >= density {
          box = free
          grows = true
          break
        }
        guard categories[input] == 0 else { continue }
        let column = columns[input]
        let others = cases.indices.filter { box.contains($0, columns, except: input) }
        let share = max(1, Int(PatientRule.patience * Double(size)))
        for isLower in [true, false] {
          let outside = others.filter {
            isLower ? column[$0] < box.lower[input] : column[$0] > box.upper[input]
          }
          .sorted { isLower ? column[$0] > column[$1] : column[$0] < column[$1] }
          guard outside.count >= share else { continue }
          let bound = column[outside[share - 1]]
          let added = outside.filter { isLower ? column[$0] >= bound : column[$0] <= bound }
          let gained = added.reduce(0) { $0 + (cases[$1] ? 1 : 0) }
          guard Double(hits + gained) / Double(size + added.count) >= density else { continue }
          if isLower { box.lower[input] = bound } else { box.upper[input] = bound }
          grows = true
          break
        }
        if grows { break }
      }
    }
    return box
  }

  /// The paths and the cases of interest inside a box.
  func counts(_ box: Box) -> Counts {
    var counts = Counts()
    for path in cases.indices where box.contains(path, columns) {
      counts.paths += 1
      if cases[path] { counts.cases += 1 }
    }
    return counts
  }

  struct Counts {
    var paths = 0
    var cases = 0
    var density: Double { paths > 0 ? Double(cases) / Double(paths) : 0 }

    /// The probability of as many cases, were they as dense as in a wider box: P(Bin(n, p) ≥ k) = I_p(k, n − k + 1).
    func chance(in wider: Counts) -> Double {
      guard cases > 0, wider.density < 1 else { return 1 }
      return SpecialFunctions.regularizedIncompleteBeta(
        wider.density, Double(cases), Double(paths - cases + 1))
    }
  }
}
