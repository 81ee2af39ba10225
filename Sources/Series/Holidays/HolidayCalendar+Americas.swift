extension HolidayCalendar {
  /// The rules of the Americas, by code, and those of days of shopping.
  static let americas: [String: String] = [
    "AR": """
    Argentina
    New Year's Day | 01-01
    Carnival | easter@-48 easter@-47 | | 2011..
    Day of Memory | 03-24
    Malvinas Day | 04-02
    Good Friday | easter@-2
    Labor Day | 05-01
    May Revolution Day | 05-25
    Flag Day | 06-20
    Independence Day | 07-09
    San Martín Day | mon3/08
    Immaculate Conception | 12-08
    Christmas Day | 12-25
    """,
    "BR": """
    Brazil
    New Year's Day | 01-01
    Carnival | easter@-48 easter@-47
    Good Friday | easter@-2
    Tiradentes' Day | 04-21
    Labor Day | 05-01
    Corpus Christi | easter@+60
    Independence Day | 09-07
    Our Lady of Aparecida | 10-12
    All Souls' Day | 11-02
    Republic Day | 11-15
    Black Awareness Day | 11-20 | | 2024..
    Christmas Day | 12-25
    """,
    "CA": """
    Canada
    New Year's Day | 01-01 | next
    Good Friday | easter@-2
    Victoria Day | mon<=05-24
    Canada Day | 07-01 | next
    Labor Day | mon1/09
    Truth and Reconciliation Day | 09-30 | next | 2021..
    Thanksgiving | mon2/10
    Remembrance Day | 11-11 | next
    Christmas Day | 12-25 | next
    Boxing Day | 12-26 | next
    """,
    "CL": """
    Chile
    New Year's Day | 01-01
    Good Friday | easter@-2
    Holy Saturday | easter@-1
    Labor Day | 05-01
    Navy Day | 05-21
    Our Lady of Mount Carmel | 07-16
    Assumption Day | 08-15
    Independence Day | 09-18
    Army Day | 09-19
    All Saints' Day | 11-01
    Immaculate Conception | 12-08
    Christmas Day | 12-25
    """,
    "CO": """
    Colombia
    New Year's Day | 01-01
    Epiphany | mon>=01-06
    Saint Joseph's Day | mon>=03-19
    Maundy Thursday | easter@-3
    Good Friday | easter@-2
    Labor Day | 05-01
    Ascension Day | easter@+43
    Corpus Christi | easter@+64
    Sacred Heart | easter@+71
    Saints Peter and Paul Day | mon>=06-29
    Our Lady of Chiquinquirá | mon>=07-09 | | 2026..
    Independence Day | 07-20
    Battle of Boyacá | 08-07
    Assumption Day | mon>=08-15
    Columbus Day | mon>=10-12
    All Saints' Day | mon>=11-01
    Independence of Cartagena | mon>=11-11
    Immaculate Conception | 12-08
    Christmas Day | 12-25
    """,
    "MX": """
    Mexico
    New Year's Day | 01-01
    Constitution Day | mon1/02 | | 2006..
    Benito Juárez's Birthday | mon3/03 | | 2007..
    Labor Day | 05-01
    Independence Day | 09-16
    Revolution Day | mon3/11 | | 2006..
    Change of Government | 2018-12-01 2024-10-01 2030-10-01
    Christmas Day | 12-25
    """,
    "PE": """
    Peru
    New Year's Day | 01-01
    Maundy Thursday | easter@-3
    Good Friday | easter@-2
    Easter Sunday | easter
    Labor Day | 05-01
    Flag Day | 06-07 | | 2024..
    Saints Peter and Paul Day | 06-29
    Air Force Day | 07-23 | | 2024..
    Independence Day | 07-28 07-29
    Battle of Junín | 08-06 | | 2022..
    Saint Rose of Lima | 08-30
    Battle of Angamos | 10-08
    All Saints' Day | 11-01
    Immaculate Conception | 12-08
    Battle of Ayacucho | 12-09 | | 2022..
    Christmas Day | 12-25
    """,
    "RETAIL": """
    Days of shopping
    Valentine's Day | 02-14
    Mother's Day | sun2/05
    Singles' Day | 11-11
    Black Friday | thu4/11@+1
    Cyber Monday | thu4/11@+4
    Before Christmas | 12-11..12-24
    After Christmas | 12-26..12-31
    """,
    "US": """
    United States
    New Year's Day | 01-01 | nearest
    Martin Luther King Jr. Day | mon3/01 | | 1986..
    Washington's Birthday | mon3/02
    Memorial Day | monlast/05
    Juneteenth | 06-19 | nearest | 2021..
    Independence Day | 07-04 | nearest
    Labor Day | mon1/09
    Columbus Day | mon2/10
    Veterans Day | 11-11 | nearest
    Thanksgiving | thu4/11
    Christmas Day | 12-25 | nearest
    """,
  ]
}
