import ForecastModels
import Forecasting
import Foundation

/// Scores models on a forecasting competition whose files you provide.
///
///     swift run --package-path Benchmarks -c release Competitions accuracy DIRECTORY m3 auto-ets [MODEL|FILE …]   # FILE.csv[.gz]: a peer's forecasts
///     swift run --package-path Benchmarks -c release Competitions earlier DIRECTORY m3 auto-ets   # one horizon earlier, within the training part
///     swift run --package-path Benchmarks -c release Competitions optimum DIRECTORY m3 fits_R_ets_m3.csv [FILE …]
///     swift run --package-path Benchmarks -c release Competitions arima-optimum DIRECTORY m3 fits_R_autoarima_m3.csv [FILE …]
///     swift run --package-path Benchmarks -c release Competitions speed DIRECTORY m3 Monthly 14 auto-ets [MODEL …]   # every 14th series
///     swift run --package-path Benchmarks -c release Competitions cost ets:form=AAA auto-ets [MODEL …]   # by length and period
///     swift run --package-path Benchmarks -c release Competitions adversarial 10000 [MODEL …]   # all models by default
///     swift run --package-path Benchmarks -c release Competitions plain 20 [MODEL …]   # lines, seasons, walks: the default beside single models
///     swift run --package-path Benchmarks -c release Competitions demand DIRECTORY carparts [MODEL …]
@main
struct Competitions {
  static func main() {
    do {
      let arguments = Array(CommandLine.arguments.dropFirst())
      if arguments.count >= 2, arguments[0] == "adversarial" {
        return try adversarial(arguments)
      }
      if arguments.count >= 2, arguments[0] == "plain" {
        guard let draws = Int(arguments[1]), draws > 0 else {
          throw CompetitionFault(text: "DRAWS must be a positive integer, not \(arguments[1])")
        }
        return try printPlain(draws: draws, Array(arguments.dropFirst(2)))
      }
      if arguments.count >= 3, arguments[0] == "demand" {
        let directory = URL(fileURLWithPath: arguments[1])
        let data = try CompetitionData(directory: directory, name: arguments[2]).series
        return try printDemand(Array(arguments.dropFirst(3)), data)
      }
      if arguments.count >= 2, arguments[0] == "cost" { return try printCost(arguments.dropFirst()) }
      if arguments.count >= 6, arguments[0] == "speed" { return try speed(arguments) }
      guard arguments.count >= 4 else {
        throw CompetitionFault(
          text: "usage: Competitions accuracy|earlier|optimum|arima-optimum DIRECTORY NAME MODEL|FILE …, "
            + "Competitions speed DIRECTORY NAME GROUP STRIDE MODEL …, Competitions cost MODEL …, Competitions plain DRAWS [MODEL …], Competitions demand DIRECTORY NAME [MODEL …], or "
            + "Competitions adversarial COUNT [MODEL …]")
      }
      let directory = URL(fileURLWithPath: arguments[1])
      let data = try CompetitionData(directory: directory, name: arguments[2]).series
      for choice in arguments.dropFirst(3) {
        switch arguments[0] {
        case "accuracy" where choice.hasSuffix(".csv") || choice.hasSuffix(".csv.gz"):
          try printAccuracy(forecastsIn: URL(fileURLWithPath: choice), data)
        case "accuracy": try printAccuracy(try Registry.model(choice), data)
        case "earlier": try printAccuracy(try Registry.model(choice), data.compactMap(\.earlier))
        case "optimum": try printOptimum(data, directory: directory, peer: choice)
        case "arima-optimum": try printARIMAOptimum(data, directory: directory, peer: choice)
        default:
          throw CompetitionFault(
            text:
              "the command must be one of accuracy, earlier, optimum or arima-optimum, not \(arguments[0])")
        }
      }
    } catch {
      FileHandle.standardError.write(Data("Competitions: \(error)\n".utf8))
      exit(1)
    }
  }

  private static func speed(_ arguments: [String]) throws {
    guard let stride = Int(arguments[4]), stride > 0 else {
      throw CompetitionFault(text: "STRIDE must be a positive integer, not \(arguments[4])")
    }
    let data = try CompetitionData(directory: URL(fileURLWithPath: arguments[1]), name: arguments[2]).series
    let group = data.filter { $0.group == arguments[3] }
    let sample = group.enumerated().filter { $0.offset.isMultiple(of: stride) }.map(\.element)
    guard !sample.isEmpty else {
      throw CompetitionFault(text: "there are no series in group \(arguments[3])")
    }
    for choice in arguments.dropFirst(5) { try printSpeed(choice, sample) }
  }

  private static func adversarial(_ arguments: [String]) throws {
    guard let count = Int(arguments[1]), count > 0 else {
      throw CompetitionFault(text: "COUNT must be a positive integer, not \(arguments[1])")
    }
    let named = arguments.dropFirst(2)
    printAdversarialHeading()
    for choice in named.isEmpty ? Registry.models.map(\.name)[...] : named {
      try printAdversarial(try Registry.model(choice), count: count)
    }
  }
}
