import Testing

@Suite struct HelpTests {
  @Test(arguments: [
    "datasets", "datasets list", "datasets show", "models", "models list", "models show", "fit", "forecast",
    "backtest", "batch", "growth", "decompose", "ledger", "ledger record", "ledger list", "ledger settle",
    "ledger score",
    "scenario", "scenario run", "scenario validate", "scenario sensitivity",
    "scenario explain", "scenario compare", "scenario condition", "scenario score", "scenario plot",
    "scenario export", "scenario break-even", "scenario schema",
    "scenario calibrate", "scenario calibrate ramp", "scenario calibrate delay",
  ]) func everyCommandHasExamplesThatName(_ command: String) throws {
    let run = try Tool.run(command.split(separator: " ").map(String.init) + ["--help"])
    #expect(run.status == 0 && run.errors.isEmpty)
    #expect(run.output.contains("EXAMPLE"))
    #expect(run.output.contains("  foresight \(command)"))
    for line in run.output.split(separator: "\n") { #expect(line.count <= 80) }
  }

  @Test func versionAndRoot() throws {
    let version = try Tool.run("--version")
    #expect(version.status == 0)
    let numbers = version.output.split(separator: "\n").first?.split(separator: ".")
    #expect(numbers?.count == 3 && numbers?.allSatisfy { Int($0) != nil } == true)
    let root = try Tool.run()
    #expect(root.status == 0 && root.output.contains("forecast"))
  }
}
