extension HolidayCalendar {
  /// The rules of Europe from Hungary to Ukraine, by code.
  static let europeFromHungary: [String: String] = [
    "HU": """
    Hungary
    New Year's Day | 01-01
    National Day | 03-15
    Good Friday | easter@-2 | | 2017..
    Easter Sunday | easter
    Easter Monday | easter@+1
    Labor Day | 05-01
    Whit Sunday | easter@+49
    Whit Monday | easter@+50
    State Foundation Day | 08-20
    National Day of 1956 | 10-23
    All Saints' Day | 11-01
    Christmas Day | 12-25
    Second Day of Christmas | 12-26
    """,
    "IE": """
    Ireland
    New Year's Day | 01-01
    Saint Brigid's Day | mon>=02-01 | | 2023..2029 2031..
    Saint Brigid's Day | 2030-02-01
    Saint Patrick's Day | 03-17
    Day of Remembrance | 2022-03-18
    Easter Monday | easter@+1
    May Day | mon1/05
    June Holiday | mon1/06
    August Holiday | mon1/08
    October Holiday | monlast/10
    Christmas Day | 12-25
    Saint Stephen's Day | 12-26
    """,
    "IS": """
    Iceland
    New Year's Day | 01-01
    Maundy Thursday | easter@-3
    Good Friday | easter@-2
    Easter Sunday | easter
    Easter Monday | easter@+1
    First Day of Summer | thu>=04-19
    Labor Day | 05-01
    Ascension Day | easter@+39
    Whit Sunday | easter@+49
    Whit Monday | easter@+50
    National Day | 06-17
    Commerce Day | mon1/08
    Christmas Day | 12-25
    Second Day of Christmas | 12-26
    """,
    "IT": """
    Italy
    New Year's Day | 01-01
    Epiphany | 01-06
    Easter Sunday | easter
    Easter Monday | easter@+1
    Liberation Day | 04-25
    Labor Day | 05-01
    Republic Day | 06-02
    Assumption Day | 08-15
    Saint Francis' Day | 10-04 | | 2026..
    All Saints' Day | 11-01
    National Unity Day | sun1/11
    Immaculate Conception | 12-08
    Christmas Day | 12-25
    Saint Stephen's Day | 12-26
    """,
    "LT": """
    Lithuania
    New Year's Day | 01-01
    Restoration of the State Day | 02-16
    Restoration of Independence Day | 03-11
    Easter Sunday | easter
    Easter Monday | easter@+1
    Labor Day | 05-01
    Midsummer Day | 06-24
    Statehood Day | 07-06
    Assumption Day | 08-15
    All Saints' Day | 11-01
    All Souls' Day | 11-02 | | 2020..
    Christmas | 12-24 12-25 12-26
    """,
    "LU": """
    Luxembourg
    New Year's Day | 01-01
    Easter Monday | easter@+1
    Labor Day | 05-01
    Europe Day | 05-09 | | 2019..
    Ascension Day | easter@+39
    Whit Monday | easter@+50
    National Day | 06-23
    Assumption Day | 08-15
    All Saints' Day | 11-01
    Christmas Day | 12-25
    Saint Stephen's Day | 12-26
    """,
    "NL": """
    Netherlands
    New Year's Day | 01-01
    Good Friday | easter@-2
    Easter Sunday | easter
    Easter Monday | easter@+1
    King's Day | 04-27 | | 2015..2024 2026..2030
    King's Day | 2014-04-26 2025-04-26
    Liberation Day | 2015-05-05 2020-05-05 2025-05-05 2030-05-05
    Ascension Day | easter@+39
    Whit Sunday | easter@+49
    Whit Monday | easter@+50
    Christmas Day | 12-25
    Second Day of Christmas | 12-26
    """,
    "NO": """
    Norway
    New Year's Day | 01-01
    Maundy Thursday | easter@-3
    Good Friday | easter@-2
    Easter Sunday | easter
    Easter Monday | easter@+1
    Labor Day | 05-01
    Constitution Day | 05-17
    Ascension Day | easter@+39
    Whit Sunday | easter@+49
    Whit Monday | easter@+50
    Christmas Day | 12-25
    Second Day of Christmas | 12-26
    """,
    "PL": """
    Poland
    New Year's Day | 01-01
    Epiphany | 01-06
    Easter Sunday | easter
    Easter Monday | easter@+1
    Labor Day | 05-01
    Constitution Day | 05-03
    Whit Sunday | easter@+49
    Corpus Christi | easter@+60
    Assumption Day | 08-15
    All Saints' Day | 11-01
    Independence Day | 11-11
    Centenary of Independence | 2018-11-12
    Christmas Eve | 12-24 | | 2025..
    Christmas Day | 12-25
    Second Day of Christmas | 12-26
    """,
    "PT": """
    Portugal
    New Year's Day | 01-01
    Good Friday | easter@-2
    Easter Sunday | easter
    Freedom Day | 04-25
    Labor Day | 05-01
    Corpus Christi | easter@+60 | | ..2012 2016..
    Portugal Day | 06-10
    Assumption Day | 08-15
    Republic Day | 10-05 | | ..2012 2016..
    All Saints' Day | 11-01 | | ..2012 2016..
    Restoration of Independence Day | 12-01 | | ..2012 2016..
    Immaculate Conception | 12-08
    Christmas Day | 12-25
    """,
    "RO": """
    Romania
    New Year's Day | 01-01 01-02
    Epiphany | 01-06 01-07 | | 2024..
    Unification Day | 01-24 | | 2017..
    Good Friday | orthodox@-2 | | 2018..
    Easter Sunday | orthodox
    Easter Monday | orthodox@+1
    Labor Day | 05-01
    Children's Day | 06-01 | | 2017..
    Pentecost | orthodox@+49 orthodox@+50
    Assumption Day | 08-15
    Saint Andrew's Day | 11-30
    National Day | 12-01
    Christmas Day | 12-25
    Second Day of Christmas | 12-26
    """,
    "RU": """
    Russia
    New Year Holidays | 01-01 01-02 01-03 01-04 01-05 | next@2005..2012 | 2005..
    New Year Holidays | 01-06 01-08 | | 2013..
    Christmas Day | 01-07 | next@2005..2012
    Defender of the Fatherland Day | 02-23 | next@..2018 2020..2024 2026.. | 2002..
    International Women's Day | 03-08 | next@..2024 2026..
    Spring and Labor Day | 05-01 | next
    Victory Day | 05-09 | next
    Russia Day | 06-12 | next | 1992..
    Unity Day | 11-04 | next | 2005..
    """,
    "SE": """
    Sweden
    New Year's Day | 01-01
    Epiphany | 01-06
    Good Friday | easter@-2
    Easter Sunday | easter
    Easter Monday | easter@+1
    May Day | 05-01
    Ascension Day | easter@+39
    Whit Sunday | easter@+49
    National Day | 06-06 | | 2005..
    Midsummer Eve | fri>=06-19
    Midsummer Day | sat>=06-20
    All Saints' Day | sat>=10-31
    Christmas Eve | 12-24
    Christmas Day | 12-25
    Second Day of Christmas | 12-26
    New Year's Eve | 12-31
    """,
    "SK": """
    Slovakia
    Republic Day | 01-01
    Epiphany | 01-06
    Good Friday | easter@-2
    Easter Monday | easter@+1
    Labor Day | 05-01
    Victory Day | 05-08
    Saints Cyril and Methodius Day | 07-05
    National Uprising Day | 08-29
    Constitution Day | 09-01 | | ..2023
    Our Lady of Sorrows | 09-15
    All Saints' Day | 11-01
    Freedom and Democracy Day | 11-17 | | ..2024
    Christmas | 12-24 12-25 12-26
    """,
    "UA": """
    Ukraine
    New Year's Day | 01-01 | next@..2021
    Christmas (Julian) | 01-07 | next@..2021 | ..2023
    International Women's Day | 03-08 | next@..2021
    Easter Sunday | orthodox | next@..2021
    Labor Day | 05-01 | next@..2021
    Victory Day | 05-09 | next@..2021
    Pentecost | orthodox@+49 | next@..2021
    Constitution Day | 06-28 | next@..2021
    Independence Day | 08-24 | next@..2021
    Defenders' Day | 10-14 | next@..2021 | 2015..2022
    Defenders' Day | 10-01 | | 2023..
    Christmas Day | 12-25 | next@..2021 | 2017..
    """,
  ]
}
