import Series
import Testing

@Suite struct TextTableTests {
  @Test func columnsAreAligned() {
    var table = TextTable([.text("Name"), .number("Value")])
    table.add(["a", "1.0"])
    table.add(["long–name", "-12.5"])
    let lines = table.text(width: nil).split(separator: "\n")
    #expect(lines == ["Name       Value", "a            1.0", "long–name  -12.5"])
  }

  @Test func wideCharactersTakeTwoColumns() {
    #expect(displayWidth("天然气") == 6)
    #expect(displayWidth("ab–µ") == 4)
    var table = TextTable([.text("Name"), .number("x")])
    table.add(["天然气", "1"])
    #expect(table.text(width: nil) == "Name    x\n天然气  1\n")
  }

  @Test func lastWordsAreWrapped() {
    var table = TextTable([.number("n"), .text("Words")])
    table.add(["1", "one two three four five six seven eight nine ten"])
    let lines = table.text(width: 30).split(separator: "\n")
    #expect(lines.count == 3)
    for line in lines { #expect(line.count <= 30) }
    #expect(lines.dropFirst().joined(separator: " ").split(separator: " ").count == 11)
  }

  @Test func wrapKeepsEveryWord() {
    let text = "a bb ccc dddddddddddddddd e"
    let lines = wrap(text, width: 6)
    #expect(lines.joined(separator: " ") == text)
    #expect(wrap("", width: 5) == [""])
  }

  @Test func titlesOfNumbersStandOnSeveralLines() {
    var table = TextTable([.text("Period"), .number("Lower 80 %"), .number("Mean")])
    table.add(["2026-01", "12.34", "1"])
    #expect(table.text(width: 22) == "         Lower\nPeriod    80 %  Mean\n2026-01  12.34     1\n")
    #expect(table.text(width: 40).split(separator: "\n").count == 2)
  }
}
