extension HolidayCalendar {
  /// The rules of East and South Asia and of the Pacific, by code.
  static let asiaAndPacific: [String: String] = [
    "AU": """
    Australia
    New Year's Day | 01-01 | next
    Australia Day | 01-26 | next
    Good Friday | easter@-2
    Easter Monday | easter@+1
    Anzac Day | 04-25
    National Day of Mourning | 2022-09-22
    Christmas Day | 12-25 | next
    Boxing Day | 12-26 | next
    """,
    "CN": """
    China
    New Year's Day | 01-01 | next
    Spring Festival | lunar01-01@-1 | next | 2008..2013 2025..
    Spring Festival | lunar01-01 lunar01-02 | next
    Spring Festival | lunar01-03 | next | ..2007 2014..
    Tomb-Sweeping Day | qingming | next | 2008..
    Labor Day | 05-01 | next
    Labor Day | 05-02 | next | 2000..2007 2025..
    Labor Day | 05-03 | next | 2000..2007
    Dragon Boat Festival | lunar05-05 | next | 2008..
    Victory Day | 2015-09-03
    Mid-Autumn Festival | lunar08-15 | next@..2014 2016.. | 2008..
    National Day | 10-01 10-02 10-03 | next
    """,
    "HK": """
    Hong Kong
    New Year's Day | 01-01 | sunday
    Lunar New Year | lunar01-01 lunar01-02 lunar01-03 | sunday
    Tomb-Sweeping Day | qingming | sunday
    Good Friday | easter@-2
    Holy Saturday | easter@-1
    Easter Monday | easter@+1
    Labor Day | 05-01 | sunday
    Buddha's Birthday | lunar04-08 | sunday
    Dragon Boat Festival | lunar05-05 | sunday
    Establishment Day | 07-01 | sunday
    Day after Mid-Autumn Festival | lunar08-16 | sunday
    National Day | 10-01 | sunday
    Double Ninth Festival | lunar09-09 | sunday
    Christmas Day | 12-25 | sunday
    Second Day of Christmas | 12-26 | sunday
    """,
    "ID": """
    Indonesia
    New Year's Day | 01-01
    Lunar New Year | lunar01-01
    Ascension of the Prophet | hijri07-27
    Good Friday | easter@-2
    Eid al-Fitr | hijri10-01 hijri10-02
    Labor Day | 05-01 | | 2014..
    Ascension of Jesus | easter@+39
    Pancasila Day | 06-01 | | 2017..
    Eid al-Adha | hijri12-10
    Islamic New Year | hijri01-01
    Independence Day | 08-17
    Prophet's Birthday | hijri03-12
    Christmas Day | 12-25
    """,
    "IN": """
    India
    Republic Day | 01-26
    Holi | moon02-13@+15
    Good Friday | easter@-2
    Eid al-Fitr | hijri10-01@+1
    Eid al-Adha | hijri12-10@+1
    Ashura | hijri01-10@+1
    Prophet's Birthday | hijri03-12@+1
    Independence Day | 08-15
    Mahatma Gandhi's Birthday | 10-02
    Dussehra | moon10-18@-20
    Diwali | moon10-18@-1
    Guru Nanak's Birthday | moon10-18@+14
    Christmas Day | 12-25
    """,
    "JP": """
    Japan
    New Year's Day | 01-01 | sunday
    Coming of Age Day | mon2/01 | | 2000..
    Foundation Day | 02-11 | sunday
    Emperor's Birthday | 02-23 | sunday | 2020..
    Vernal Equinox Day | vernal | sunday
    Showa Day | 04-29 | sunday | 2007..
    Enthronement | 2019-05-01 2019-10-22
    Constitution Day | 05-03 | sunday
    Greenery Day | 05-04 | sunday | 2007..
    Children's Day | 05-05 | sunday
    Marine Day | mon3/07 | | 2003..2019 2022..
    Marine Day | 2020-07-23 2021-07-22
    Mountain Day | 08-11 | sunday | 2016..2019 2022..
    Mountain Day | 2020-08-10 2021-08-08 | sunday
    Respect for the Aged Day | mon3/09 | | 2003..
    Autumnal Equinox Day | autumnal | sunday
    Sports Day | mon2/10 | | 2000..2019 2022..
    Sports Day | 2020-07-24 2021-07-23
    Culture Day | 11-03 | sunday
    Labor Thanksgiving Day | 11-23 | sunday
    Emperor's Birthday | 12-23 | sunday | 1989..2018
    Bridge Day | bridge
    """,
    "KR": """
    South Korea
    New Year's Day | 01-01
    Lunar New Year | lunar01-01@-1 lunar01-01 lunar01-02 | double@2014.. | ..2026 2029..
    Lunar New Year | lunar01-01 lunar01-02 lunar01-03 | double | 2027 2028
    Independence Movement Day | 03-01 | next@2022..
    Labor Day | 05-01 | next | 2026..
    Children's Day | 05-05 | any@2015..
    Buddha's Birthday | lunar04-08 | next@2023.. | ..2022 2024..
    Buddha's Birthday | lunar04-09 | next | 2023
    Memorial Day | 06-06
    Constitution Day | 07-17 | next | 2026..
    Liberation Day | 08-15 | next@2021..
    Chuseok | lunar08-15@-1 lunar08-15 lunar08-16 | double@2014..
    National Foundation Day | 10-03 | next@2021..
    Hangul Day | 10-09 | next@2021.. | 2013..
    Christmas Day | 12-25 | next@2023..
    Election Day | 2016-04-13 2017-05-09 2018-06-13 2020-04-15 2022-03-09 2022-06-01 2024-04-10 2025-06-03 2026-06-03 2028-04-12 2030-03-27 2030-06-12
    Special Holiday | 2015-08-14 2016-05-06 2017-10-02 2020-08-17 2023-10-02 2024-10-01 2025-01-27
    """,
    "MY": """
    Malaysia
    Lunar New Year | lunar01-01 lunar01-02 | sunday
    Labor Day | 05-01 | sunday
    King's Birthday | mon1/06 | | 2017..2019 2021..
    Eid al-Fitr | hijri10-01 hijri10-02 | sunday
    Eid al-Adha | hijri12-10 | sunday
    Islamic New Year | hijri01-01 | sunday
    National Day | 08-31 | sunday
    Malaysia Day | 09-16 | sunday | 2010..
    Prophet's Birthday | hijri03-12 | sunday
    Christmas Day | 12-25 | sunday
    """,
    "NZ": """
    New Zealand
    New Year's Day | 01-01 01-02 | next
    Waitangi Day | 02-06 | next@2014..
    Good Friday | easter@-2
    Easter Monday | easter@+1
    Anzac Day | 04-25 | next@2014..
    King's Birthday | mon1/06
    Matariki | 2022-06-24 2023-07-14 2024-06-28 2025-06-20 2026-07-10 2027-06-25 2028-07-14 2029-07-06 2030-06-21
    Queen's Memorial Day | 2022-09-26
    Labor Day | mon4/10
    Christmas Day | 12-25 | next
    Boxing Day | 12-26 | next
    """,
    "PH": """
    Philippines
    New Year's Day | 01-01
    Maundy Thursday | easter@-3
    Good Friday | easter@-2
    Day of Valor | 04-09
    Labor Day | 05-01
    Independence Day | 06-12
    Eid al-Fitr | hijri10-01
    Eid al-Adha | hijri12-10
    National Heroes Day | monlast/08
    Bonifacio Day | 11-30
    Christmas Day | 12-25
    Rizal Day | 12-30
    """,
    "SG": """
    Singapore
    New Year's Day | 01-01 | sunday
    Lunar New Year | lunar01-01 lunar01-02 | sunday
    Good Friday | easter@-2
    Labor Day | 05-01 | sunday
    Vesak Day | lunar04-15 | sunday
    Eid al-Fitr | hijri10-01 | sunday
    Eid al-Adha | hijri12-10 | sunday
    National Day | 08-09 | sunday
    Diwali | moon10-18@-1 | sunday
    Christmas Day | 12-25 | sunday
    """,
    "TH": """
    Thailand
    New Year's Day | 01-01 | next
    Chakri Memorial Day | 04-06 | next
    Songkran | 04-13 04-14 04-15 | next
    Labor Day | 05-01 | next
    Coronation Day | 05-04 | next | 2020..
    Queen's Birthday | 06-03 | next | 2019..
    King's Birthday | 07-28 | next | 2017..
    Mother's Day | 08-12 | next
    King Bhumibol Memorial Day | 10-13 | next | 2017..
    Chulalongkorn Day | 10-23 | next
    Father's Day | 12-05 | next
    Constitution Day | 12-10 | next
    New Year's Eve | 12-31 | next
    """,
    "TW": """
    Taiwan
    Founding Day | 01-01 | nearest@2015..
    Lunar New Year | lunar01-01@-1 lunar01-01 lunar01-02 lunar01-03 | next@2015..
    Peace Memorial Day | 02-28 | nearest@2015..
    Children's Day | 04-04
    Tomb-Sweeping Day | qingming
    Dragon Boat Festival | lunar05-05 | nearest@2015..
    Mid-Autumn Festival | lunar08-15 | nearest@2015..
    National Day | 10-10 | nearest@2015..
    """,
    "VN": """
    Vietnam
    New Year's Day | 01-01 | next
    Lunar New Year | lunar01-01@-1 lunar01-01 lunar01-02 lunar01-03 lunar01-04
    Hung Kings' Day | lunar03-10 | next
    Liberation Day | 04-30 | next
    Labor Day | 05-01 | next
    National Day | 09-02 | next
    """,
  ]
}
