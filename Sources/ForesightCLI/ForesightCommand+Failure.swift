internal import ArgumentParser
internal import Forecasting
internal import Ledger
internal import Scenarios

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Android)
  internal import Android
#else
  internal import Darwin
#endif

extension ForesightCommand {
  /// Ends the process: help goes to standard output, anything else to standard error in one line.
  static func finish(_ error: any Error, arguments: [String]) -> Never {
    switch error {
    case let failure as Failure: stop(failure)
    case let error as ForecastError: stop(Failure(error))
    case let error as LedgerError: stop(Failure(error))
    case let error as ScenarioError: stop(Failure(.input, lines: error.problems.map(\.description)))
    default:
      let code = exitCode(for: error)
      if code.isSuccess {
        do {
          try StandardOutput.write(fullMessage(for: error) + "\n")
        } catch {
          stop(error)
        }
        quit(0)
      }
      guard code == .validationFailure else { stop(Failure(.run, message(for: error))) }
      stop(Failure(.input, unknownOption(arguments) ?? message(for: error)))
    }
  }

  private static func stop(_ failure: Failure) -> Never {
    for line in failure.lines where !line.isEmpty { StandardError.write("foresight: \(line)\n") }
    quit(failure.kind.rawValue)
  }

  /// The message for an unknown option; the parser would report missing arguments first.
  private static func unknownOption(_ arguments: [String]) -> String? {
    var command: any ParsableCommand.Type = self
    for argument in arguments {
      guard let next = command.configuration.subcommands.first(where: { $0._commandName == argument }) else {
        break
      }
      command = next
    }
    let help = helpMessage(for: command, columns: 1000)
    let options = Set(help.split { !($0.isLetter || $0.isNumber || $0 == "-") }.filter { $0.hasPrefix("--") })
    for argument in arguments where argument.hasPrefix("--") && argument != "--" {
      let name = argument.prefix { $0 != "=" }
      guard !options.contains(name) else { continue }
      let near = nearestName(to: String(name), among: options.map(String.init).sorted())
      return "unknown option \(name)" + (near.map { "; did you mean \($0)?" } ?? "")
    }
    return nil
  }

  /// Checks that the first words name a command, and suggests the nearest one.
  ///
  /// - Throws: `Failure` of kind `.input`.
  static func checkSubcommands(_ arguments: [String]) throws(Failure) {
    var command: any ParsableCommand.Type = self
    var path = ""
    for argument in arguments.first == "help" ? arguments.dropFirst() : arguments[...] {
      let subcommands = command.configuration.subcommands
      guard !argument.hasPrefix("-"), !subcommands.isEmpty else { return }
      let names = subcommands.map { $0._commandName }
      guard let place = names.firstIndex(of: argument) else {
        let near = nearestName(to: argument, among: names).map { "; did you mean \"\($0)\"?" }
        throw Failure(
          .input,
          "unknown\(path) command \"\(argument)\""
            + (near ?? "; expected one of \(names.joined(separator: ", "))"))
      }
      command = subcommands[place]
      path += " " + argument
    }
  }
}

/// Ends the process; inside a command, `exit` means the function of the argument parser.
private func quit(_ code: Int32) -> Never { exit(code) }
