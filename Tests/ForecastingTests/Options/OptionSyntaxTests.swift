import Forecasting
import Testing

@Suite struct OptionSyntaxTests {
  private enum Color: String, CaseIterable { case red, green }

  /// Every example is read, and its normal text is read as the same value.
  private func check<Value: Equatable>(
    _ syntax: OptionSyntax<Value>, takes alternatives: [String], refuses wrong: [String]
  ) throws {
    #expect(syntax.alternatives == alternatives)
    for text in syntax.examples {
      let value = try syntax.value(of: text, option: "x")
      let normal = try #require(syntax.text(of: value))
      #expect(try syntax.value(of: normal, option: "x") == value)
    }
    for text in wrong {
      #expect(throws: ForecastError.self, "\(text)") { try syntax.value(of: text, option: "x") }
    }
  }

  @Test func `every syntax reads its examples and its own texts`() throws {
    try check(
      .whole(in: 3...1000) as OptionSyntax<Int>, takes: ["a whole number from 3 to 1000"],
      refuses: ["2", "1001", "3.5", "", "x", "99999999999999999999"])
    try check(.whole(in: 0...2) as OptionSyntax<Int>, takes: ["0", "1", "2"], refuses: ["3", "-1"])
    try check(
      .whole(in: 0...(.max)) as OptionSyntax<UInt64>, takes: ["a whole number of at least 0"], refuses: ["-1"]
    )
    try check(.number(), takes: ["a number"], refuses: ["inf", "nan", "1e999", "one", ""])
    try check(
      .number(above: 0, atMost: 1), takes: ["a number above 0 and at most 1"],
      refuses: ["0", "1.0001", "-1"])
    try check(
      .number(atLeast: -1, below: 2.5), takes: ["a number of at least -1 and below 2.5"], refuses: ["2.5"])
    try check(.flag, takes: ["true", "false"], refuses: ["yes", "True"])
    try check(.choice() as OptionSyntax<Color>, takes: ["red", "green"], refuses: ["blue", "Red", ""])
    try check(.period, takes: ["PERIOD"], refuses: ["2022-13", "soon"])
    try check(
      .optional(.whole(in: 1...1), absent: "auto") as OptionSyntax<Int?>, takes: ["1", "auto"],
      refuses: ["2", ""])
    try check(
      .list(.choice(), shownAs: "COLOR+COLOR…", empty: "none") as OptionSyntax<[Color]>,
      takes: ["COLOR+COLOR…", "none"], refuses: ["red+blue", "red+", "+", ""])
    try check(
      .prefixed("hue:", .choice(), wrap: { $0 }, unwrap: { $0 }) as OptionSyntax<Color>,
      takes: ["hue:red", "hue:green"], refuses: ["red", "hue:", "hue:blue"])
    try check(
      .oneOf(.word("none", 0), .whole(in: 1...99)), takes: ["none", "a whole number from 1 to 99"],
      refuses: ["nil", "0", "100"])
  }

  @Test func `values that no text has are not written`() {
    #expect(OptionSyntax<Int>.whole(in: 1...9).text(of: 10) == nil)
    #expect(OptionSyntax<Double>.number(above: 0).text(of: .nan) == nil)
    #expect(OptionSyntax<[Bool]>.list(.flag, shownAs: "FLAGS").text(of: []) == nil)
    #expect(OptionSyntax<Double>.number().text(of: 38) == "38")
    #expect(OptionSyntax<Double>.number().text(of: 0.1) == "0.1")
  }

  @Test func `a refusal lists what is taken and names the nearest word`() {
    let colors: OptionSyntax<Color?> = .optional(.choice(), absent: "auto")
    #expect(
      throws: ForecastError.invalidOption(
        name: "color", value: "gren", reason: "must be one of red, green or auto; did you mean \"green\"?")
    ) { try colors.value(of: "gren", option: "color") }
  }

  @Test func `a model's text is read part by part`() throws {
    #expect(try ModelText("theta").options.isEmpty)
    let text = try ModelText("combination:members=(ets:form=ANN,season=4)+drift,rule=median")
    #expect(text.name == "combination")
    #expect(text.options == ["members": "(ets:form=ANN,season=4)+drift", "rule": "median"])
    for wrong in ["theta:", "theta:season", "theta:season=7,season=8", "theta:season=7,"] {
      #expect(throws: ForecastError.self, "\(wrong)") { try ModelText(wrong) }
    }
  }
}
