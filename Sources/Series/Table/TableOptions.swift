/// What a table does not tell about itself: which columns to take, and how numbers are written.
public struct TableOptions: Sendable, Hashable {
  /// The name of the column of periods.
  public var date: String?
  /// The name of the column of values, or of the series of a wide table.
  public var value: String?
  /// The name of the column that tells series apart.
  public var id: String?
  /// The decimal mark of all numbers.
  public var decimal: DecimalMark?
  /// The name of the sheet of a workbook, or its number counted from 1.
  public var sheet: String?

  /// Creates options; what is `nil` is found out.
  public init(
    date: String? = nil, value: String? = nil, id: String? = nil, decimal: DecimalMark? = nil,
    sheet: String? = nil
  ) {
    self.date = date
    self.value = value
    self.id = id
    self.decimal = decimal
    self.sheet = sheet
  }
}
