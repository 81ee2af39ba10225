#!/usr/bin/env python3
"""Writes what the tests of holiday calendars compare with, and checks the table of Chinese years.

    python3 -m venv DIR && DIR/bin/pip install holidays==0.109 lunardate
    DIR/bin/python Scripts/holiday_calendars.py > Tests/SeriesTests/Fixtures/holidays.csv

Rows are code,year,days: the national public holidays from 2015 to 2030 as MMDD, substitutes and transferred days included, by the package `holidays`. The packages' names of
holidays are in several languages; days are compared, not names. `--tables` prints the codes of the Chinese years and the transfers of China and Russia as
they stand in Sources/Series/Holidays.
"""

import datetime
import sys
import warnings

import holidays

warnings.simplefilter("ignore")
CODES = "AT AU BE BR CA CH CN CO CZ DE DK FI FR GB IE IT JP KR LU NL NO NZ PL PT RU SE US ZA IN".split()
YEARS = range(2015, 2031)


def chinese_years():
    from lunardate import LunarDate

    def solar(year, month, leap=False):
        date = LunarDate(year, month, 1, leap)
        return date.to_solar_date() if hasattr(date, "to_solar_date") else date.toSolarDate()

    for year in range(1970, 2099):
        starts, leap = [], 0
        for month in range(1, 13):
            starts.append(solar(year, month))
            try:
                starts.append(solar(year, month, True))
                leap = month
            except ValueError:
                pass
        starts.append(solar(year + 1, 1))
        lengths = [(b - a).days for a, b in zip(starts, starts[1:])]
        bits = sum(1 << place for place, length in enumerate(lengths) if length == 30)
        yield bits | leap << 13 | (starts[0] - datetime.date(year, 1, 20)).days << 17


def transfers(code):
    for year in range(2010, 2028):
        country = holidays.country_holidays(code, years=year, language="en_US")
        off = [d.strftime("%m%d") for d, name in sorted(country.items()) if name.startswith("Day off")]
        work = [d.strftime("%m%d") for d in sorted(country.weekend_workdays) if d.year == year]
        yield f'    {year}: (off: "{" ".join(off)}", work: "{" ".join(work)}"),'


if "--tables" in sys.argv:
    codes = list(chinese_years())
    for place in range(0, len(codes), 10):
        print("    " + ", ".join(f"0x{code:06x}" for code in codes[place : place + 10]) + ",")
    for code in ("CN", "RU"):
        print(code, *transfers(code), sep="\n")
else:
    for code in CODES:
        for year in YEARS:
            days = sorted(d.strftime("%m%d") for d in holidays.country_holidays(code, years=year))
            print(code, year, " ".join(days), sep=",")
