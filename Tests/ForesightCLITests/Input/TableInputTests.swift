import Foundation
import TestSupport
import Testing

@Suite struct TableInputTests {
  /// Twenty-four months of two columns, with a header.
  static func wide(_ separator: String = ",") -> String {
    let rows = (0..<24).map { place in
      let month = place % 12 + 1
      return
        "\(2020 + place / 12)-\(month < 10 ? "0" : "")\(month)\(separator)\(place + 1).5\(separator)\(100 - place).25"
    }
    return (["date\(separator)up\(separator)down"] + rows).joined(separator: "\n") + "\n"
  }

  static func plain(_ column: Int) -> String {
    let rows = wide().split(separator: "\n").dropFirst().map { line in
      let fields = line.split(separator: ",")
      return "\(fields[0]),\(fields[column])"
    }
    return (["period,value"] + rows).joined(separator: "\n") + "\n"
  }

  @Test func `a column of a wide file gives the forecast of the column alone`() throws {
    let scratch = try Scratch()
    try scratch.file("wide.tsv", Self.wide("\t"))
    try scratch.file("plain.csv", Self.plain(2))
    for command in [["forecast", "--model", "drift", "--horizon", "3"], ["fit", "--model", "mean"]] {
      let alone = try Tool.run(command + ["--input", "plain.csv", "--format", "json"], in: scratch)
      let column = try Tool.run(
        command + ["--input", "wide.tsv", "--value", "down", "--format", "json"], in: scratch)
      #expect(column.status == 0, "\(column.errors)")
      func numbers(_ text: String) -> String {
        text.replacing("\"plain\"", with: "").replacing("\"wide\"", with: "")
      }
      #expect(numbers(alone.output) == numbers(column.output))
    }
    try Tool.refuses(
      ["forecast", "--horizon", "3", "--input", "wide.tsv"],
      naming: ["wide.tsv:1:", "\"up\", \"down\"", "--value"],
      in: scratch)
  }

  @Test func `a batch takes each column of a wide file as a series`() throws {
    let scratch = try Scratch()
    try scratch.file("wide.csv", Self.wide())
    let call = ["batch", "--model", "drift", "--horizon", "2", "--input"]
    let wide = try Tool.run(call + ["wide.csv"], in: scratch)
    #expect(wide.status == 0, "\(wide.errors)")
    for (name, column) in [("up", 1), ("down", 2)] {
      try scratch.file("\(name).csv", Self.plain(column))
      let alone = try Tool.run(call + ["\(name).csv"], in: scratch)
      let rows = wide.output.split(separator: "\n").filter { $0.hasPrefix(name + ",") }
      #expect(rows == alone.output.split(separator: "\n").dropFirst().map { $0 })
    }
    #expect(wide.errors.contains("2 series, a column each"))
  }

  @Test func `every series of a batch ends where it is told to`() throws {
    let text = "unique_id,ds,y\na,2020-01,1\na,2020-02,2\na,2020-03,4\nb,2020-01,5\n"
    let call = ["batch", "--model", "mean", "--horizon", "1", "--input", "-", "--until"]
    let run = try Tool.run(call + ["2020-02", "--gaps", "zero"], input: text)
    let rows = run.output.split(separator: "\n").dropFirst().map { $0.split(separator: ",").prefix(3) }
    #expect(rows == [["a", "2020-03", "1.5"], ["b", "2020-03", "2.5"]], "\(run.output)\(run.errors)")
  }

  @Test func `several rows of a month are one value where asked`() throws {
    let text = "day;sold\n03.01.2020;1\n17.01.2020;2\n02.02.2020;4\n01.04.2020;8\n"
    let call = [
      "forecast", "--model", "mean", "--horizon", "1", "--input", "-", "--frequency", "month", "--format",
      "csv",
    ]
    try Tool.refuses(call, naming: ["standard input:3:", "--aggregate"], input: text)
    let sum = try Tool.run(call + ["--aggregate", "sum", "--gaps", "zero"], input: text)
    #expect(
      sum.output.split(separator: "\n").last?.hasPrefix("standard input,2020-05,3.75,") == true, "\(sum)")
  }
}
