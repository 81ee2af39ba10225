extension HolidayCalendar {
  /// The rules of Europe, by code.
  static let europe = europeToGreece.merging(europeFromHungary) { own, _ in own }

  private static let europeToGreece: [String: String] = [
    "AT": """
    Austria
    New Year's Day | 01-01
    Epiphany | 01-06
    Easter Monday | easter@+1
    Labor Day | 05-01
    Ascension Day | easter@+39
    Whit Monday | easter@+50
    Corpus Christi | easter@+60
    Assumption Day | 08-15
    National Day | 10-26
    All Saints' Day | 11-01
    Immaculate Conception | 12-08
    Christmas Day | 12-25
    Saint Stephen's Day | 12-26
    """,
    "BE": """
    Belgium
    New Year's Day | 01-01
    Easter Sunday | easter
    Easter Monday | easter@+1
    Labor Day | 05-01
    Ascension Day | easter@+39
    Whit Sunday | easter@+49
    Whit Monday | easter@+50
    National Day | 07-21
    Assumption Day | 08-15
    All Saints' Day | 11-01
    Armistice Day | 11-11
    Christmas Day | 12-25
    """,
    "BG": """
    Bulgaria
    New Year's Day | 01-01 | next@2017..
    Liberation Day | 03-03 | next@2017..
    Easter | orthodox@-2 orthodox@-1 orthodox orthodox@+1
    Labor Day | 05-01 | next@2017..
    Saint George's Day | 05-06 | next@2017..
    Education and Culture Day | 05-24 | next@2017..
    Unification Day | 09-06 | next@2017..
    Independence Day | 09-22 | next@2017..
    Christmas | 12-24 12-25 12-26 | next@2017..
    """,
    "CH": """
    Switzerland
    New Year's Day | 01-01
    Ascension Day | easter@+39
    National Day | 08-01
    Christmas Day | 12-25
    """,
    "CZ": """
    Czechia
    New Year's Day | 01-01
    Good Friday | easter@-2 | | 2016..
    Easter Monday | easter@+1
    Labor Day | 05-01
    Victory Day | 05-08
    Saints Cyril and Methodius Day | 07-05
    Jan Hus Day | 07-06
    Statehood Day | 09-28
    Independence Day | 10-28
    Freedom and Democracy Day | 11-17
    Christmas | 12-24 12-25 12-26
    """,
    "DE": """
    Germany
    New Year's Day | 01-01
    Good Friday | easter@-2
    Easter Monday | easter@+1
    Labor Day | 05-01
    Ascension Day | easter@+39
    Whit Monday | easter@+50
    German Unity Day | 10-03 | | 1990..
    Reformation Day | 2017-10-31
    Christmas Day | 12-25
    Second Day of Christmas | 12-26
    """,
    "DK": """
    Denmark
    New Year's Day | 01-01
    Maundy Thursday | easter@-3
    Good Friday | easter@-2
    Easter Sunday | easter
    Easter Monday | easter@+1
    Great Prayer Day | easter@+26 | | ..2023
    Ascension Day | easter@+39
    Whit Sunday | easter@+49
    Whit Monday | easter@+50
    Christmas Day | 12-25
    Second Day of Christmas | 12-26
    """,
    "EE": """
    Estonia
    New Year's Day | 01-01
    Independence Day | 02-24
    Good Friday | easter@-2
    Easter Sunday | easter
    Spring Day | 05-01
    Whit Sunday | easter@+49
    Victory Day | 06-23
    Midsummer Day | 06-24
    Restoration of Independence Day | 08-20
    Christmas | 12-24 12-25 12-26
    """,
    "ES": """
    Spain
    New Year's Day | 01-01
    Epiphany | 01-06
    Good Friday | easter@-2
    Labor Day | 05-01
    Assumption Day | 08-15
    National Day | 10-12
    All Saints' Day | 11-01
    Constitution Day | 12-06
    Immaculate Conception | 12-08
    Christmas Day | 12-25
    """,
    "FI": """
    Finland
    New Year's Day | 01-01
    Epiphany | 01-06
    Good Friday | easter@-2
    Easter Sunday | easter
    Easter Monday | easter@+1
    May Day | 05-01
    Ascension Day | easter@+39
    Whit Sunday | easter@+49
    Midsummer Eve | fri>=06-19
    Midsummer Day | sat>=06-20
    All Saints' Day | sat>=10-31
    Independence Day | 12-06
    Christmas | 12-24 12-25 12-26
    """,
    "FR": """
    France
    New Year's Day | 01-01
    Easter Monday | easter@+1
    Labor Day | 05-01
    Victory Day | 05-08
    Ascension Day | easter@+39
    Whit Monday | easter@+50
    National Day | 07-14
    Assumption Day | 08-15
    All Saints' Day | 11-01
    Armistice Day | 11-11
    Christmas Day | 12-25
    """,
    "GB": """
    United Kingdom (England)
    New Year's Day | 01-01 | next
    Good Friday | easter@-2
    Easter Monday | easter@+1
    May Day | mon1/05 | | 1978..1994 1996..2019 2021..
    May Day | 1995-05-08 2020-05-08
    Spring Bank Holiday | monlast/05 | | ..2001 2003..2011 2013..2021 2023..
    Spring Bank Holiday | 2002-06-04 2012-06-04 2022-06-02
    Royal Event | 2002-06-03 2011-04-29 2012-06-05 2022-06-03 2022-09-19 2023-05-08
    Summer Bank Holiday | monlast/08
    Christmas Day | 12-25 | next
    Boxing Day | 12-26 | next
    """,
    "GR": """
    Greece
    New Year's Day | 01-01
    Epiphany | 01-06
    Green Monday | orthodox@-48
    Independence Day | 03-25
    Good Friday | orthodox@-2
    Easter Monday | orthodox@+1
    Labor Day | 05-01
    Whit Monday | orthodox@+50
    Assumption Day | 08-15
    Ohi Day | 10-28
    Christmas Day | 12-25
    Second Day of Christmas | 12-26
    """,
    "HR": """
    Croatia
    New Year's Day | 01-01
    Epiphany | 01-06
    Easter Sunday | easter
    Easter Monday | easter@+1
    Labor Day | 05-01
    Corpus Christi | easter@+60
    Statehood Day | 05-30 | | 2020..
    Anti-Fascist Struggle Day | 06-22
    Victory Day | 08-05
    Assumption Day | 08-15
    All Saints' Day | 11-01
    Remembrance Day | 11-18 | | 2020..
    Christmas Day | 12-25
    Saint Stephen's Day | 12-26
    """,
  ]
}
