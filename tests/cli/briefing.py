# SPDX-License-Identifier: MIT
"""The briefing: what must be on it on a day, what must not, and how it is laid out."""

import html.parser
import os
import re
import subprocess

from harness import BESIDE, case, critmin, main

MONTHS = "January February March April May June July August September October November December".split()
_papers = {}


def run(*arguments, code=0):
    result = subprocess.run([BESIDE, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
    out, err = result.stdout.decode(), result.stderr.decode()
    assert result.returncode == code, f"{arguments} ended with {result.returncode}, not {code}: {err}"
    return out, err


def paper(*arguments):
    """The paper as it is written with these options; a case that reads the same one does not write it again."""
    if arguments not in _papers:
        _papers[arguments] = run(*arguments, "--out=-")[0]
    return _papers[arguments]


def markdown(*arguments):
    return paper("--format=md", *arguments)


def cells_of(line):
    """Cells of a row of a table, without the escapes of the layout."""
    assert line.startswith("| ") and line.endswith(" |"), line
    return [re.sub(r"\\(.)", r"\1", cell.strip()) for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def section(text, number):
    found = re.search(rf"^## {number}\. .*?(?=^## |\Z)", text, re.M | re.S)
    assert found, f"there is no section {number}"
    return found.group()


def tables(text):
    """The tables of a text, each a list of rows, the names of the columns first."""
    found, rows = [], []
    for line in text.splitlines() + [""]:
        if line.startswith("|"):
            rows.append(cells_of(line))
        elif rows:
            assert all(re.fullmatch(r"-{3}:?", cell) for cell in rows[1]), f"no rule under the heading {rows[0]}"
            found.append([rows[0]] + rows[2:])
            rows = []
    return found


def rows(text, *columns):
    """Rows, as dictionaries, of all tables that have these columns."""
    return [dict(zip(t[0], row)) for t in tables(text) if set(columns) <= set(t[0]) for row in t[1:]]


class Page(html.parser.HTMLParser):
    """The page as a browser would take it apart; what is not closed, or closed twice, is an error."""

    def __init__(self, text):
        super().__init__()
        self.open, self.cells, self.ids, self.links, self.tags = [], [], [], [], set()
        self.feed(text)
        self.close()
        assert not self.open, f"left open: {self.open}"

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.tags.add(tag)
        self.ids += [attributes["id"]] if "id" in attributes else []
        self.links += [attributes["href"]] if "href" in attributes else []
        if tag in ("meta", "col"):
            return
        if tag == "td":
            self.cells.append("")
        self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.tags.add(tag)

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, f"</{tag}> closes nothing, at line {self.getpos()[0]}"

    def handle_data(self, data):
        if "td" in self.open:
            self.cells[-1] += data


# --- what happens if it stops ---

FOUR = ["Neither", "Reserve", "Agreement", "Both"]


def days(cell):
    """The day that a cell tells of first; none is later than any."""
    first = re.split(r"[ (]", cell)[0]
    return float("inf") if first == "none" else float(first.replace(",", ""))


@case
def Japan_lasts_longer_with_what_it_holds_and_has_agreed():
    (told,) = [r for r in rows(section(markdown(), 9), "User", *FOUR) if "heavy rare earths" in r["User"]]
    neither, reserve, agreement, both = (days(told[name]) for name in FOUR)
    assert neither < reserve < both and neither < agreement < both, told
    assert all("–" in told[name] for name in FOUR), told
    users = {r["User"].split(",")[0] for r in rows(section(markdown(), 9), "User")}
    assert users == {"Japan", "United States"}, users


@case
def every_assumption_stands_beside_with_its_reason_and_can_be_changed():
    told = rows(section(markdown(), 9), "Where", "Who says so, or why")
    assert {"inventory", "share", "leak", "dependence", "held", "release", "delay"} <= {r["What"] for r in told}
    assert all(len(r["Who says so, or why"]) > 10 for r in told)
    changed = section(markdown("--assume=private_inventory=60", "--assume=leak=0"), 9)
    (told,) = [r for r in rows(changed, "User", *FOUR) if "heavy rare earths" in r["User"]]
    assert told["Neither"].startswith("63 "), told
    assert "such as leak" in run("--assume=leak", code=2)[1]
    assert "did you mean `leak`" in run("--assume=leek=1", "--out=-", code=2)[1]


@case
def a_tonne_more_is_worth_something_in_each_answer():
    told = rows(section(markdown(), 9), "One more", "Days later", "Less unmet")
    assert {r["Of"].split(" ")[0] for r in told} == {"reserve", "agreement", "inventory"}, told


@case
def the_page_draws_a_curve_for_each_user_and_an_early_paper_has_none():
    assert paper().count('class="line neither"') == 5 and paper().count('class="line both"') == 5
    assert "What if it stops" not in markdown("--date=2026-01-05")
    assert "from Japan" not in markdown("--mineral=gallium") and "What if it stops" in markdown("--mineral=gallium")
    assert "What if it stops" not in markdown("--mineral=copper")


# --- what must be on it on 11 January 2026 ---


@case
def the_restrictions_on_Japan_come_first_with_their_sources():
    told = rows(section(markdown(), 4), "Against", "Sources")
    assert [r["Against"] for r in told[:2]] == ["Japan", "Japan"]
    assert all(r["Since"] == "6 January 2026" and r["State"] == "in force" and r["Who"] == "China" for r in told[:2])
    assert told[0]["What"] == "export ban" and told[0]["Rests on"].startswith("decree")
    assert (
        "dual-use items for military users" in told[0]["Note"]
        and "Ministry of Commerce of China [" in told[0]["Sources"]
    )
    assert told[1]["Rests on"].startswith("reported practice") and re.search(r"WSJ/Reuters \[\d+\]", told[1]["Sources"])


@case
def what_is_suspended_is_not_in_force():
    told = [r for r in rows(section(markdown(), 4), "Against") if r["Against"] == "United States"]
    assert sorted(r["State"] for r in told) == [
        "in force",
        "suspended to 27 November 2026",
        "suspended to 27 November 2026",
    ]


@case
def the_Australian_agreement_is_money_and_acts_as_nothing():
    (told,) = [
        r
        for r in rows(section(markdown(), 5), "Agreement")
        if r["Agreement"].startswith("Framework of the United States and Australia")
    ]
    assert (
        told["Signed"].startswith("20 October 2025")
        and "USD 8.5 billion (pipeline of projects)" in told["What it amounts to"]
    )
    assert told["What acts of it"].startswith("Nothing: money") and re.search(r"Creamer Media \[\d+\]", told["Sources"])
    assert "Framework of the United States and Australia" in section(markdown(), 1)


@case
def what_acts_stands_first_with_its_interval():
    first, *rest = rows(section(markdown(), 5), "Agreement")
    assert "Lynas" in first["Agreement"] and first["What acts of it"].startswith(
        "7,200 t a year of magnet rare earths by contract; 0–7,200 to be expected"
    )
    assert all(r["What acts of it"].startswith("Nothing: ") for r in rest)


@case
def the_reserve_of_Japan_is_in_days_with_its_source():
    told = [r for r in rows(section(markdown(), 5), "Holder") if r["Holder"] == "Japan"]
    assert sorted(r["Size"] for r in told) == ["180 days of use", "60 days of use"]
    assert all(re.search(r"IEA Policies database \[\d+\]", r["Sources"]) for r in told)
    assert "Japan 60 to 180" in section(markdown(), 1)


@case
def the_reserve_that_Australia_announced_a_day_later_is_told_of_as_later_only():
    assert not [r for r in rows(section(markdown(), 5), "Holder") if r["Holder"] == "Australia"]
    before, after = section(markdown(), 6).split("### After 11 January 2026")
    assert "Critical Minerals Strategic Reserve" in after and "Critical Minerals Strategic Reserve" not in before
    later = markdown("--date=2027-01-01")
    assert "AUD 1.2 billion" in [r["Size"] for r in rows(section(later, 5), "Holder") if r["Holder"] == "Australia"]


@case
def the_printed_reliance_of_the_United_States_is_that_of_the_edition_of_the_day():
    def gallium(text):
        part = section(text, 2).split("### The United States")[1].split("### ")[0]
        return [r for r in rows(part, "Reliance on imports") if r["Mineral"].startswith("gallium")][0]

    then, since = gallium(markdown()), gallium(markdown("--date=2026-03-01"))
    assert (
        then["Reliance on imports"] == "100.0 % (99.5–100.0), 2023"
        and "US Geological Survey 2024 [" in then["Reliance rests on"]
    )
    assert (
        since["Reliance on imports"] == "100.0 % (99.5–100.0), 2025"
        and "US Geological Survey 2026 [" in since["Reliance rests on"]
    )
    assert (
        then["From China, of imports"] == "no data (later: 18 %, 2021–2024)"
        and then["Largest partners"] == "later: Canada 28 %, Japan 22 %, China 18 %"
    )
    assert (
        since["From China, of imports"] == "18 %, 2021–2024"
        and since["Largest partners"] == "Canada 28 %, Japan 22 %, China 18 %"
    )


@case
def no_edition_that_came_later_is_used_unless_it_says_so():
    for number in (2, 3):
        for text in re.findall(r"[^|]*Survey 2026 \[[^|]*|[^|]*CEPII 202601[^|]*", section(markdown(), number)):
            assert "later: " in text, text
    assert "Survey 2026" not in section(markdown(), 3)


@case
def a_share_is_what_the_catalogue_says_and_names_money_as_its_basis():
    (cell,) = critmin("metric", ":reference:", "partner_share", "--mineral=rare_earths", "--stage=magnet", "--country=EU27", "--partner=CHN", "--year=2024",
                      "--edition=2026-01-11", "--set=denominator=imports", "--format=csv").rows()  # fmt: skip
    part = section(markdown(), 2).split("### The European Union")[1].split("### ")[0]
    (told,) = [r for r in rows(part, "From China, of imports") if "permanent magnets" in r["Mineral"]]
    assert told["From China, of imports"] == f"{100 * float(cell['value']):.0f} %, 2024"
    assert told["Shares rest on"].startswith("money: import value") and "Eurostat [" in told["Shares rest on"]


@case
def the_group_is_netted_and_the_diluted_form_stands_beside():
    columns = "From China, inner trade left out", "The same diluted: inner trade kept"

    def magnets(*arguments):
        (told,) = [r for r in rows(section(markdown(*arguments), 2), *columns) if "magnets" in r["Mineral"]]
        return [told[name] for name in columns]

    net, diluted = (int(words.split(" ")[0]) for words in magnets("--date=2026-03-01"))
    assert net > diluted > 0
    assert magnets() == [
        f"no data (later: {net} %, 2024)",
        f"no data (later: {diluted} %, 2024)",
    ], "pairs came out after the day"


@case
def where_nothing_is_on_record_it_says_no_data_and_never_nothing():
    for text in (markdown(), markdown("--date=1990-01-01")):
        assert all(cell for table in tables(text) for row in table[1:] for cell in row), "an empty cell"
    nothing_yet = "No data: nothing that is on record had been published by the day."
    assert nothing_yet in section(markdown("--date=1990-01-01"), 1) and nothing_yet not in section(markdown(), 1)
    (copper,) = [r for r in rows(section(markdown(), 1), "Japan") if r["Mineral"] == "copper: mine"]
    assert copper["Japan"] == "no data" and copper["European Union"].endswith(" %, 2016–2020")
    early = rows(section(markdown("--date=1990-01-01"), 1), "Japan")
    assert len(early) == 10 and all(
        value == "no data" for row in early for name, value in row.items() if name != "Mineral"
    )
    assert "From whom Japan buys: nothing by the day for copper" in section(markdown(), 7)


@case
def what_changed_is_dated_within_the_year_before():
    told = rows(section(markdown(), 6).split("### The largest producer")[0], "Day", "What happened")
    assert told[0]["Day"] == "6 January 2026" and told[-1]["Day"] == "4 February 2025"
    assert [
        r
        for r in told
        if r["What happened"].startswith("Suspended: ban by decree, until 27 November 2026")
        and r["Day"] == "9 November 2025"
    ]
    markets = rows(section(markdown(), 6), "Market")
    lithium = [r for r in markets if r["Market"] == "lithium, mined"][0]
    assert lithium["Largest, as known a year before"] != lithium["Largest, as known now"]


@case
def no_sentence_on_restrictions_agreements_and_reserves_looks_ahead():
    for number in (4, 5):
        text = " ".join(
            cell
            for table in tables(section(markdown(), number))
            for row in table[1:]
            for name, cell in zip(table[0], row)
            if name in ("Note", "What it amounts to")
        )
        for month, year in re.findall(rf"({'|'.join(MONTHS)}) (20\d\d)", text):
            assert (int(year), MONTHS.index(month)) <= (2026, 0), f"{month} {year}"


# --- options ---


@case
def minerals_narrow_everything():
    text = markdown("--mineral=cobalt")
    assert {r["Mineral"].split(":")[0] for r in rows(section(text, 1), "Japan")} == {"cobalt"}
    assert {r["Who"] for r in rows(section(text, 4), "Against")} == {"DR Congo", "Namibia"}
    assert not [r for r in rows(section(text, 5), "Agreement") if "MP Materials" in r["Agreement"]]


@case
def countries_and_the_group_are_taken_by_any_of_their_names():
    text = markdown("--country=South Korea,gbr", "--group=G7")
    assert tables(section(text, 1))[0][0] == ["Mineral", "South Korea", "United Kingdom"]
    assert "### Group of Seven, as one" in text


@case
def what_cannot_be_meant_is_refused_with_what_to_do():
    for arguments, says in {
        ("--date=2026-02-30",): "yyyy-mm-dd",
        ("--date=2026-01",): "yyyy-mm-dd",
        ("--date=",): "yyyy-mm-dd",
        ("--date=9999-12-31",): "1501 to 2200",
        ("--format=pdf",): "html or md",
        ("--mineral=cobolt",): "cobalt",
        ("--mineral=,",): "commas",
        ("--country=Japann",): "Japan",
        ("--country=EU27,Nowhereland",): "Nowhereland",
        ("--group=Nowhereland",): "`Nowhereland` is no group; there are BRICS, EU",
        ("--group=USA",): "MEETING12",
        ("--year=last",): "between 1500 and 2200",
        ("--colour=red",): "--help",
        ("--out",): "--help",
        ("page.html",): "--help",
    }.items():
        out, err = run(*arguments, code=2)
        assert not out and err.startswith("briefing: ") and err.count("\n") == 1 and says in err, (arguments, err)
    assert not os.listdir("."), "something was written"


@case
def a_file_that_cannot_be_written_is_said_so():
    out, err = run("--out=nowhere/page.html", code=4)
    assert not out and "nowhere/page.html" in err


@case
def the_paper_goes_to_its_file_and_the_main_tables_to_the_terminal():
    out, _ = run("--mineral=cobalt")
    assert (
        open("briefing.html", encoding="utf-8").read().startswith("<!doctype html>")
        and "The paper: briefing.html" in out
    )
    assert "China’s share of imports" in out and "<" not in out
    run("--mineral=cobalt", "--format=md")
    assert open("briefing.md", encoding="utf-8").read() == markdown("--mineral=cobalt")


# --- layout ---


@case
def the_page_is_well_formed_and_every_link_leads_somewhere():
    page = Page(paper())
    assert len(page.ids) == len(set(page.ids)) > 50
    assert all(link[1:] in page.ids for link in page.links if link.startswith("#")) and all(page.cells)
    assert {"svg", "rect", "path", "table"} <= page.tags and not {"script", "link", "img", "iframe"} & page.tags


@case
def both_styles_say_the_same():
    told = [cell.replace("\\", "") for table in tables(markdown()) for row in table[1:] for cell in row]
    assert [cell.replace("\xa0", " ") for cell in Page(paper()).cells] == told


@case
def tables_have_as_many_cells_in_each_row_as_columns():
    found = tables(markdown())
    assert len(found) > 12 and all(len(row) == len(table[0]) for table in found for row in table)


@case
def every_source_has_its_number_and_its_licence():
    body, listed = markdown().split("## 8. Sources")
    numbers = {int(n) for n in re.findall(r"\[(\d+)\]", body)}
    entries = re.findall(r"^(\d+)\. (.*)$", listed, re.M)
    assert numbers == {int(n) for n, _ in entries} == set(range(1, len(entries) + 1))
    assert all("Licence: " in words or "Facts only" in words for _, words in entries)
    assert any("Licence: CC-BY-4.0. © European Union, 2023" in words for _, words in entries), "what must be attributed"


if __name__ == "__main__":
    main()
