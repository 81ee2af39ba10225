extension HolidayCalendar {
  /// The rules of Africa and West Asia, by code; Islamic dates are those of the tabular calendar.
  static let africaAndWest: [String: String] = [
    "AE": """
    United Arab Emirates
    New Year's Day | 01-01
    Eid al-Fitr | hijri10-01 hijri10-02 hijri10-03
    Arafat Day | hijri12-09
    Eid al-Adha | hijri12-10 hijri12-11 hijri12-12
    Islamic New Year | hijri01-01
    Prophet's Birthday | hijri03-12
    National Day | 12-02 12-03
    """,
    "EG": """
    Egypt
    Coptic Christmas | 01-07
    Revolution Day of 2011 | 01-25
    Spring Festival | orthodox@+1
    Sinai Liberation Day | 04-25
    Labor Day | 05-01
    Revolution Day of 2013 | 06-30
    Revolution Day of 1952 | 07-23
    Armed Forces Day | 10-06
    Eid al-Fitr | hijri10-01 hijri10-02 hijri10-03
    Arafat Day | hijri12-09
    Eid al-Adha | hijri12-10 hijri12-11 hijri12-12
    Islamic New Year | hijri01-01
    Prophet's Birthday | hijri03-12
    """,
    "KE": """
    Kenya
    New Year's Day | 01-01 | sunday
    Good Friday | easter@-2
    Easter Monday | easter@+1
    Labor Day | 05-01 | sunday
    Madaraka Day | 06-01 | sunday
    Eid al-Fitr | hijri10-01
    Mazingira Day | 10-10 | sunday | 2018..
    Mashujaa Day | 10-20 | sunday
    Jamhuri Day | 12-12 | sunday
    Christmas Day | 12-25 | sunday
    Boxing Day | 12-26 | sunday
    """,
    "NG": """
    Nigeria
    New Year's Day | 01-01
    Good Friday | easter@-2
    Easter Monday | easter@+1
    Labor Day | 05-01
    Democracy Day | 06-12 | | 2019..
    Independence Day | 10-01
    Eid al-Fitr | hijri10-01 hijri10-02
    Eid al-Adha | hijri12-10 hijri12-11
    Prophet's Birthday | hijri03-12
    Christmas Day | 12-25
    Boxing Day | 12-26
    """,
    "SA": """
    Saudi Arabia
    Founding Day | 02-22 | | 2022..
    Eid al-Fitr | hijri10-01 hijri10-02 hijri10-03 hijri10-04
    Arafat Day | hijri12-09
    Eid al-Adha | hijri12-10 hijri12-11 hijri12-12
    National Day | 09-23
    """,
    "TR": """
    Türkiye
    New Year's Day | 01-01
    National Sovereignty Day | 04-23
    Labor Day | 05-01
    Youth and Sports Day | 05-19
    Democracy Day | 07-15 | | 2017..
    Victory Day | 08-30
    Republic Day | 10-29
    Eid al-Fitr | hijri10-01 hijri10-02 hijri10-03
    Eid al-Adha | hijri12-10 hijri12-11 hijri12-12 hijri12-13
    """,
    "ZA": """
    South Africa
    New Year's Day | 01-01 | sunday
    Human Rights Day | 03-21 | sunday
    Good Friday | easter@-2
    Family Day | easter@+1
    Freedom Day | 04-27 | sunday
    Workers' Day | 05-01 | sunday
    Youth Day | 06-16 | sunday
    Women's Day | 08-09 | sunday
    Heritage Day | 09-24 | sunday
    Day of Reconciliation | 12-16 | sunday
    Christmas Day | 12-25 | sunday
    Day of Goodwill | 12-26 | sunday
    Special Holiday | 2016-08-03 2019-05-08 2021-11-01 2023-12-15 2024-05-29 2026-11-04
    """,
  ]
}
