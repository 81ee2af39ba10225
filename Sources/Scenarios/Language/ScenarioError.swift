internal import Forecasting

/// A position in a file: line and column, counted from 1.
public struct FilePlace: Sendable, Hashable, Codable, CustomStringConvertible {
  /// The file as it was named when it was read.
  public let file: String
  /// The line, from 1; 0 for the whole file.
  public let line: Int
  /// The column, from 1; 0 for the whole line.
  public let column: Int

  /// A position in a file.
  public init(file: String, line: Int = 0, column: Int = 0) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// `file:line:column`, without the parts that are 0.
  public var description: String {
    line > 0 ? column > 0 ? "\(file):\(line):\(column)" : "\(file):\(line)" : file
  }
}

/// A problem with a scenario file, and where it is.
public struct ScenarioProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// Where it is.
  public let place: FilePlace
  /// What is wrong.
  public let what: String

  /// A problem at a position.
  public init(_ what: String, at place: FilePlace) {
    self.what = what
    self.place = place
  }

  /// `file:line:column: what is wrong`.
  public var description: String { "\(place): \(what)" }
}

/// The reasons why a scenario cannot be read or run, in the order of the file.
public struct ScenarioError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The problems, in the order of the file; at least one.
  public let problems: [ScenarioProblem]

  /// An error with one or more problems; without any, one that says so.
  public init(_ problems: [ScenarioProblem]) {
    let problems =
      problems.isEmpty
      ? [ScenarioProblem("the reason is not known", at: FilePlace(file: "scenario"))] : problems
    self.problems = problems.sorted { ($0.place.line, $0.place.column) < ($1.place.line, $1.place.column) }
  }

  /// The error for a file that cannot be read, with the system's reason.
  init(unreadable error: ForecastError, file: String) {
    guard case .data(let fault) = error, case .unreadable(let reason) = fault.kind else {
      self.init("\(error)", at: FilePlace(file: file))
      return
    }
    self.init("cannot be read: \(reason)", at: FilePlace(file: file, line: fault.line ?? 0, column: 1))
  }

  init(_ what: String, at place: FilePlace) { problems = [ScenarioProblem(what, at: place)] }

  /// One line per problem.
  public var description: String { problems.map(\.description).joined(separator: "\n") }
}

/// Returns `; did you mean "x"?`, or nothing if no name is near.
func suggestion(for name: String, among names: some Sequence<String>) -> String {
  nearestName(to: name, among: names).map { "; did you mean \"\($0)\"?" } ?? ""
}
