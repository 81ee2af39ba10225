import Datasets
import Forecasting
import Foundation
import Scenarios
import TestSupport
import Testing

@testable import ForesightCLI

@Suite struct ScenarioCommandTests {
  /// A pipeline whose answers have closed forms: first gas U(2030, 2036), a ramp of five years to 50.
  private static let yaml = """
    schema: scenario/1
    id: closed-form
    as_of: 2026-01-31
    horizon: {from: 2026, to: 2045, step: year, value: instant}
    run: {method: sobol-owen, draws: 1024, replicates: 4, seed: 7}
    inputs:
      opening: {unit: decimal-year, basis: judgement, dim: 1, uniform: [2030, 2036]}
    events:
      first_gas: {kind: start, at: opening, opens: pipe}
    assets:
      pipe:
        capacity: {value: 50, unit: bcm/yr, basis: judgement}
        start: first_gas
        ramp: {shape: linear, years: 5}
    questions:
      flow: {of: "pipe[2035]", mean: true, exceed: [25]}
      late: {probability: "first_gas >= 2033"}

    """

  private func scratch(_ text: String = Self.yaml) throws -> Scratch {
    let scratch = try Scratch()
    try scratch.file("s.yaml", text)
    return scratch
  }

  @Test func closedFormsComeOut() throws {
    let run = try Tool.run("scenario", "run", "s.yaml", "--format", "json", in: try scratch())
    #expect(run.status == 0 && run.errors.isEmpty)
    let answers = try #require(run.json()["answers"]).list
    func figure(_ question: Int, _ place: Int) throws -> (value: Double, error: Double) {
      let figure = try #require(answers[question]["figures"]?.list[place])
      return (try #require(figure["value"]?.number), try #require(figure["standard_error"]?.number))
    }
    for ((question, place), expected) in [((0, 0), 125.0 / 6), ((0, 1), 2.5 / 6), ((1, 0), 0.5)] {
      let (value, error) = try figure(question, place)
      #expect(abs(value - expected) <= 4 * error + 1e-4)
    }
    #expect(answers[0]["figures"]?.list.map { $0["name"]?.text } == ["mean", "exceed_25"])
  }

  @Test func figuresAreTheLibrarysAtAnyNumberOfThreads() throws {
    let call = [
      "scenario", "run", "power-of-siberia-2", "--draws", "32", "--replicates", "2", "--seed", "5",
      "--questions",
      "flow_2035,first_gas",
    ]
    let one = try Tool.run(call + ["--threads", "1", "--format", "json"])
    #expect(one.status == 0)
    #expect(try Tool.run(call + ["--threads", "3", "--format", "json"]).output == one.output)
    let scenario = try Scenario(
      contentsOf: Datasets.path(of: "scenarios/power-of-siberia-2.yaml"), data: BundledSeries())
    let expected = try scenario.run(
      DrawOptions(draws: 32, replicates: 2, seed: 5, threads: 1), questions: ["flow_2035", "first_gas"])
    let answers = try #require(one.json()["answers"]).list
    #expect(answers.map { $0["question"]?.text } == expected.answers.map(\.question))
    for (answer, known) in zip(answers, expected.answers) {
      #expect(answer["figures"]?.list.map { $0["value"]?.number } == known.rows.map(\.value))
      #expect(answer["figures"]?.list.map { $0["standard_error"]?.number } == known.rows.map(\.standardError))
    }
    let csv = try CSVTable(text: Tool.run(call + ["--format", "csv"]).output)
    #expect(csv.rows.count == expected.answers.reduce(0) { $0 + $1.rows.count })
  }

  @Test("the document of the tool is the run's own, monthly step and SHA-256 of the text included")
  func documentIsTheRuns() throws {
    let text = Self.yaml.replacing("step: year", with: "step: month")
    let scratch = try scratch(text)
    let output = try Tool.run("scenario", "run", "s.yaml", "--format", "json", in: scratch).output
    let run = try Scenario(yaml: text, file: "s.yaml").run()
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    #expect(try decoder.decode(ScenarioRun.self, from: Data(output.utf8)) == run)
    #expect(output.contains("\"step\" : \"month\"") && run.fileHash.count == 64)
  }

  @Test func textShowsEveryFigureWithItsStandardError() throws {
    let text = try Tool.run("scenario", "run", "s.yaml", in: try scratch()).output
    for part in ["closed-form", "Std. error", "P(≥ 25)", "pipe[2035]", "bcm/yr", "4 × 1024 draws", "seed 7"] {
      #expect(text.contains(part), "\(part)")
    }
  }

  @Test func standardInputIsAFileToo() throws {
    let file = try Tool.run("scenario", "run", "s.yaml", "--format", "csv", in: try scratch())
    let piped = try Tool.run("scenario", "run", "-", "--format", "csv", input: Self.yaml)
    #expect(file.output == piped.output && !file.output.isEmpty)
  }

  @Test func assertionsHoldOrExitThree() throws {
    let scratch = try scratch()
    let call = ["scenario", "run", "s.yaml", "--assert", "flow.mean >= 20"]
    #expect(try Tool.run(call + ["--assert", "late < 0.6"], in: scratch).status == 0)
    let broken = try Tool.run(call + ["--assert", "late > 0.6"], in: scratch)
    #expect(broken.status == 3)
    #expect(broken.output.contains("flow"))
    #expect(broken.errors.hasPrefix("foresight: late > 0.6 does not hold: the value is 0.5"))
    try Tool.refuses(call + ["--assert", "flow.men > 1"], naming: ["\"flow.mean\""], in: scratch)
    try Tool.refuses(call + ["--assert", "flow.mean"], naming: ["flow.mean"], in: scratch)
  }

  @Test func validateCountsParts() throws {
    let run = try Tool.run("scenario", "validate", "s.yaml", "--format", "json", in: try scratch())
    #expect(run.status == 0)
    let counts = try run.json()["counts"]
    #expect(counts?["inputs"]?.number == 1 && counts?["questions"]?.number == 2)
    #expect(try Tool.run("scenario", "validate", "power-of-siberia-2").output.contains("is valid"))
  }

  @Test func runsTooLargeAreRefused() throws {
    let scratch = try scratch()
    let size = ["--draws", "1073741824", "--replicates", "4096"]
    for call in [
      ["run", "s.yaml"] + size, ["sensitivity", "s.yaml", "--question", "flow"] + size.prefix(2),
      ["export", "s.yaml"] + size,
      ["validate", "s.yaml", "--set", "run.draws=1073741824", "--set", "run.replicates=4096"],
    ] { try Tool.refuses(["scenario"] + call, naming: ["s.yaml: ", "4 GiB"], in: scratch) }
  }

  /// A line of 10, 12, …, 28 in 2016 … 2025 goes on by 2 a year; of months the year's mean where the file says so.
  @Test func seriesComeFromFilesBesideTheScenario() throws {
    func scenario(_ data: String) -> String {
      """
      schema: scenario/1
      id: own
      horizon: {from: 2026, to: 2028, step: year}
      run: {method: sobol-owen, draws: 256, replicates: 2, seed: 1}
      series:
        demand: {data: \(data), unit: Mt, model: drift}
      questions:
        level: {of: "demand[2027]", quantiles: [0.5]}

      """
    }
    let scratch = try Scratch()
    try FileManager.default.createDirectory(
      at: scratch.folder.appending(path: "sub"), withIntermediateDirectories: true)
    let years = (0..<10).map { "\(2016 + $0),\(10 + 2 * $0)\n" }.joined()
    _ = try scratch.file("sub/years.csv", "period,value\n" + years)
    let months = (0..<120).map { month in
      "\(2016 + month / 12)-\(month % 12 < 9 ? "0" : "")\(month % 12 + 1),\(10 + 2 * (month / 12))\n"
    }.joined()
    _ = try scratch.file("sub/months.csv", "period,value\n" + months)
    for (data, expected) in [("years.csv", 32.0), ("{file: months.csv, rule: mean}", 30.0)] {
      _ = try scratch.file("sub/own.yaml", scenario(data))
      let run = try Tool.run("scenario", "run", "sub/own.yaml", "--format", "json", in: scratch)
      #expect(run.status == 0, "\(run.errors)")
      let rows = try run.json()["answers"]?.list.first?["figures"]?.list ?? []
      #expect(abs((rows.first?["value"]?.number ?? 0) - expected) < 1.5, "\(data): \(run.output)")
    }
    _ = try scratch.file("sub/own.yaml", scenario("none.csv"))
    try Tool.refuses(
      ["scenario", "run", "sub/own.yaml"], naming: ["sub/own.yaml:6:", "none.csv"], in: scratch)
    _ = try scratch.file("sub/own.yaml", scenario("{file: years.csv, rule: total}"))
    try Tool.refuses(
      ["scenario", "run", "sub/own.yaml"], naming: ["sub/own.yaml:6:", "rule"], in: scratch)
  }

  /// A change to the file and what the message must name.
  @Test(arguments: [
    ("schema: scenario/1", "schema: scenario/9", "s.yaml:1:"),
    ("id: closed-form", "idd: closed-form", "\"id\""),
    ("inputs:", "inptus:", "\"inputs\""),
    ("uniform: [2030, 2036]", "unifrom: [2030, 2036]", "\"uniform\""),
    ("uniform: [2030, 2036]", "uniform: [2036, 2030]", "s.yaml:7:"),
    ("dim: 1,", "dim: x,", "s.yaml:7:"),
    ("at: opening", "at: openning", "\"opening\""),
    ("unit: bcm/yr", "unit: bmc/yr", "s.yaml:12:"),
    ("shape: linear", "shape: liner", "s.yaml:14:"),
    ("pipe[2035]", "pipe[2035", "s.yaml:16:"),
    ("pipe[2035]", "pip[2035]", "\"pipe\""),
    ("pipe[2035]", "pipe[2055]", "2055"),
    ("draws: 1024", "draws: 0", "s.yaml:5:"),
    ("method: sobol-owen", "method: sobol-own", "\"sobol-owen\""),
    ("inputs:", "inputs: [", "s.yaml:"),
  ]) func badFile(_ part: String, _ change: String, _ named: String) throws {
    let text = Self.yaml.replacingOccurrences(of: part, with: change)
    for command in ["run", "validate"] {
      let run = try Tool.run("scenario", command, "s.yaml", in: try scratch(text))
      #expect(run.status == 2 && run.output.isEmpty)
      #expect(run.errors.contains(named), "\(run.errors)")
      for line in run.errors.split(separator: "\n") { #expect(line.hasPrefix("foresight: s.yaml")) }
    }
  }

  @Test func validateFitsTheSeriesToo() throws {
    let sound =
      Self.yaml + """
        series:
          deliveries: {data: energy/power_of_siberia_1_annual, unit: bcm/yr, model: ramp-to-capacity}

        """
    #expect(try Tool.run("scenario", "validate", "s.yaml", in: try scratch(sound)).status == 0)
    for (part, change, named) in [
      ("energy/power", "energy/powr", "energy/powr"),
      ("model: ramp", "from: 2031, model: ramp", "deliveries"),
    ] {
      let text = sound.replacingOccurrences(of: part, with: change)
      try Tool.refuses(
        ["scenario", "validate", "s.yaml"], naming: ["s.yaml:19:", named], in: try scratch(text))
    }
  }

  @Test(arguments: [
    (["nothing.yaml"], "nothing.yaml"), (["."], "."), (["s.yaml", "--draws", "0"], "draws"),
    (["s.yaml", "--replicates", "0"], "replicates"), (["s.yaml", "--seed", "x"], "seed"),
    (["s.yaml", "--threads", "0"], "threads"), (["s.yaml", "--questions", "flw"], "\"flow\""),
    (["s.yaml", "--questons", "flow"], "--questions"), ([], "file"),
  ]) func badCalls(_ options: [String], _ part: String) throws {
    try Tool.refuses(["scenario", "run"] + options, naming: [part], in: try scratch())
  }

  @Test func emptyFileAndBytesThatAreNoText() throws {
    let scratch = try scratch("")
    try Tool.refuses(["scenario", "run", "s.yaml"], naming: ["s.yaml"], in: scratch)
    try Data([0xFF, 0xFE, 0x3A]).write(to: scratch.folder.appending(path: "latin.yaml"))
    try Tool.refuses(["scenario", "validate", "latin.yaml"], naming: ["latin.yaml"], in: scratch)
  }
}
