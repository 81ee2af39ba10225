public import ForesightNumerics

extension Reconciliation {
  /// One value of every series, reconciled: bottom series by the projection, totals as the sums of their parts from left to right.
  ///
  /// - Parameter values: the base forecasts, in the order of the hierarchy's names.
  /// - Precondition: there is one for each name.
  public func reconciled(_ values: [Double]) -> [Double] {
    reconciled(values.map { Matrix(rows: 1, columns: 1, columnMajor: [$0]) }).map { $0.elements[0] }
  }

  /// Joint sample paths, each reconciled: totals are the sums of their parts, from left to right, to the bit.
  ///
  /// - Parameter paths: for each series, in the order of the hierarchy's names, a matrix of one size: steps by paths. Columns of one number
  ///   belong to one joint path.
  /// - Precondition: there is one for each name, all of one size.
  public func reconciled(_ paths: [Matrix]) -> [Matrix] {
    precondition(paths.count == hierarchy.names.count, "each series of a hierarchy has its paths")
    precondition(
      paths.allSatisfy { $0.rows == paths[0].rows && $0.columns == paths[0].columns },
      "the paths of a hierarchy have one size")
    let totals = hierarchy.totals.count
    // Totals that come as a sum of reconciled parts have no gap.
    let gaps = summed(paths.suffix(hierarchy.bottom.count))
    var bottom = Array(paths.suffix(hierarchy.bottom.count))
    for total in 0..<totals {
      let gap = paths[total] - gaps[total]
      for series in bottom.indices where correction[series, total] != 0 {
        bottom[series] = bottom[series] - correction[series, total] * gap
      }
    }
    return summed(bottom)
  }

  /// All series from those at the bottom.
  private func summed(_ bottom: some Collection<Matrix>) -> [Matrix] {
    let empty = Matrix(rows: 0, columns: 0)
    var all = [Matrix](repeating: empty, count: hierarchy.totals.count) + Array(bottom)
    for (total, parts) in hierarchy.order {
      all[total] = parts.dropFirst().reduce(all[parts[0]]) { $0 + all[$1] }
    }
    return all
  }

  /// Forecasts of all series of the hierarchy, made to add up on every joint sample path.
  ///
  /// The base forecasts' paths are drawn independently of one another, under `seed` and the series' names; where what is unforeseen in the
  /// series goes together, pair their paths first and reconcile those. The reconciled forecasts hold their paths: margins and
  /// totals over time are empirical. Cost: paths × steps × series × totals.
  ///
  /// - Parameters:
  ///   - forecasts: the base forecasts by name, of one first period and number of steps.
  ///   - paths: the number of joint paths.
  ///   - seed: the seed of the paths.
  /// - Precondition: the number of paths is at least 1.
  /// - Returns: the reconciled forecasts by name.
  /// - Throws: `ForecastError.invalidOption` for a series without a forecast or with one of other periods, and `ForecastError.numerics` for
  ///   paths that are not finite.
  public func reconciled(
    _ forecasts: [String: Forecast], paths: Int = 4096, seed: UInt64 = 20_221_130
  ) throws(ForecastError) -> [String: Forecast] {
    var base: [Forecast] = []
    for name in hierarchy.names {
      guard let forecast = forecasts[name] else {
        throw .invalidOption(name: "forecasts", value: name, reason: "is missing")
      }
      if let first = base.first, first.start != forecast.start || first.horizon != forecast.horizon {
        throw .invalidOption(
          name: "forecasts", value: name,
          reason:
            "has \(forecast.horizon) steps from \(forecast.start), and \(hierarchy.names[0]) has \(first.horizon) from \(first.start)"
        )
      }
      base.append(forecast)
    }
    let drawn = zip(hierarchy.names, base).map { name, forecast in
      var generator = RandomStream(seed: seed, name: "\(name).paths").generator(draw: 0)
      return forecast.samplePaths(paths, seed: generator.next())
    }
    var result: [String: Forecast] = [:]
    for (index, own) in reconciled(drawn).enumerated() {
      let forecast = base[index]
      do throws(NumericsError) {
        result[hierarchy.names[index]] = Forecast(
          model: "\(forecast.model), reconciled", series: forecast.series,
          distribution: try SampledPaths(own),
          seed: seed)
      } catch {
        throw .numerics(model: forecast.model, series: forecast.series.name, error)
      }
    }
    return result
  }
}
