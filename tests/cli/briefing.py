# SPDX-License-Identifier: MIT
"""The briefing: what must be on it on a day, what must not, and how it is laid out."""

import html.parser
import json
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


def sources_of(words):
    """The entries in the list of sources that a cell names by number."""
    listed = dict(re.findall(r"^(\d+)\. (.*)$", section(markdown(), 10), re.M))
    return " ".join(listed[n] for n in re.findall(r"\[(\d+)\]", words))


class Page(html.parser.HTMLParser):
    """The page as a browser would take it apart; what is not closed, or closed twice, is an error."""

    def __init__(self, text):
        super().__init__()
        self.open, self.cells, self.ids, self.links, self.headings, self.tags = [], [], [], [], [], set()
        self.in_cell = False
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
        assert tag != "svg" or {"aria-label", "aria-labelledby", "aria-hidden"} & set(attributes), "a picture without words"
        assert tag != "th" or attributes.get("scope") in ("row", "col"), "a heading of nothing"
        self.headings += [int(tag[1])] if re.fullmatch("h[1-6]", tag) else []
        if tag == "td" or attributes.get("scope") == "row":
            self.cells.append("")
            self.in_cell = True
        self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.tags.add(tag)

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, f"</{tag}> closes nothing, at line {self.getpos()[0]}"
        self.in_cell &= tag not in ("td", "th")

    def handle_data(self, data):
        if self.in_cell:
            self.cells[-1] += data


# --- what happens if it stops ---

FOUR = ["Neither", "Reserve", "Agreement", "Both"]


def days(cell):
    """The day that a cell tells of first; none is later than any."""
    first = re.split(r"[ (]", cell)[0]
    return float("inf") if first == "none" else float(first.replace(",", ""))


@case
def Japan_lasts_longer_with_what_it_holds_and_has_agreed():
    (told,) = [r for r in rows(section(markdown(), 4), *FOUR) if "heavy rare earths" in r["Days until short"]]
    neither, reserve, agreement, both = (days(told[name]) for name in FOUR)
    assert neither < reserve < both and neither < agreement < both, told
    assert all("–" in told[name] for name in FOUR), told
    users = {r["Days until short"].split(",")[0] for r in rows(section(markdown(), 4), *FOUR)}
    assert users == {"Japan", "United States"}, users


@case
def the_days_are_those_of_the_scenario_by_what_was_published():
    document = {"start": "2026-01-06", "users": [{"country": "JPN", "mineral": "rare_earths", "stage": "magnet"}],
                "shocks": [{"kind": "ban", "countries": "CHN", "targets": "JPN", "minerals": "rare_earths",
                            "stages": ["separated", "metal", "magnet"]}]}  # fmt: skip
    with open("japan.json", "w", encoding="utf-8") as file:
        json.dump(document, file)
    cells = critmin("scenario", ":reference:", "japan.json", "--edition=2026-01-11", "--format=csv").rows()
    (cell,) = [c for c in cells if c["case"] == "neither" and c["measure"] == "days_to_shortage"]
    (told,) = [r for r in rows(section(markdown(), 4), *FOUR) if "magnet" in r["Days until short"]]
    assert told["Neither"] == "{:.0f} ({:.0f}–{:.0f})".format(*(float(cell[k]) for k in ("value", "low", "high")))


@case
def every_assumption_stands_beside_with_its_reason():
    told = rows(section(markdown(), 4), "What", "Who says so, or why")
    assert {"inventory", "share", "leak", "dependence", "held", "release", "delay"} <= {r["What"] for r in told}
    assert all(len(r["Who says so, or why"]) > 10 or r["Who says so, or why"] == "as above" for r in told)
    assert all(re.fullmatch(r"(`(japan|usa)\.\w+\[\d\]\.\w+` ?)+", r["Changed by --set"]) for r in told), told


@case
def every_assumption_can_be_changed_by_the_name_that_stands_beside_it():
    told = rows(section(markdown(), 4), "What", "Changed by --set")
    paths = sorted({path for r in told for path in re.findall("`([^`]+)`", r["Changed by --set"])})
    assert len(paths) > 20
    other = {"inventory": 61, "demand": 800, "dependence": 0.77, "share": 0.66, "leak": 0.21, "days": 77, "held": 0.55,
             "release": 0.88, "delay": 17, "ramp": 33, "additional": 0.44, "performs": 0.33, "begins": 5,
             "demand_elasticity": 0.37, "supply_elasticity": 0.29, "price": 321}  # fmt: skip
    options = [f"--set={path}={other[path.rsplit('.', 1)[1]]}" for path in paths]
    changed = rows(section(markdown(*options), 4), "What", "Taken")
    assert not changed or all(float(r["Taken"].split(" ")[0]) == other[r["What"]] for r in changed), changed
    (now,) = [r for r in rows(section(markdown(*options), 4), *FOUR) if "heavy rare earths" in r["Days until short"]]
    (then,) = [r for r in rows(section(markdown(), 4), *FOUR) if "heavy rare earths" in r["Days until short"]]
    assert all(now[name] != then[name] for name in FOUR)
    for words, says in {"japan.users[0].inventry=1": "did you mean", "tokyo.users[0].inventory=1": "`japan.` or `usa.`",
                        "inventory": "SCENARIO.PATH=VALUE"}.items():  # fmt: skip
        assert says in run(f"--set={words}", "--out=-", code=2)[1], words


@case
def what_is_assumed_everywhere_is_changed_at_once():
    changed = section(markdown("--assume=private_inventory=60", "--assume=leak=0"), 4)
    (told,) = [r for r in rows(changed, *FOUR) if "heavy rare earths" in r["Days until short"]]
    assert told["Neither"].startswith("63 "), told
    assert "such as leak" in run("--assume=leak", code=2)[1]
    assert "did you mean `leak`" in run("--assume=leek=1", "--out=-", code=2)[1]


@case
def a_tonne_more_is_worth_something_in_each_answer():
    told = rows(section(markdown(), 4), "One more", "Days later", "Less unmet in a year")
    assert {r["Of"].split(":")[0] for r in told} == {"reserve", "agreement", "stock of companies", "a new reserve",
                                                     "a new agreement"}, told  # fmt: skip
    magnets = [r for r in told if r["Of"] == "a new agreement" and "magnet" in r["For"]]
    assert [r["At"] for r in magnets] == ["separated, metal, magnet"], magnets
    assert "worth nothing at: mining (Japan, rare earths: magnet)" in section(markdown(), 4), "ore has nowhere to go"
    assert any(float(r["Days later"]) > 0 for r in told if r["Of"].startswith("agreement"))


@case
def the_page_draws_four_curves_for_each_user():
    panels = re.findall(r'<div class="panel chart"><h4>[^<]*</h4><svg[^>]*demand unmet.*?</svg>', paper(), re.S)
    assert len(panels) == 5
    for panel in panels:
        assert panel.count('class="line neither"') == panel.count('class="line both"') == 1
    assert all(f'class="line {case}"' in panels[0] + panels[1] for case in ("reserve", "agreement"))
    assert "from Japan" not in markdown("--mineral=gallium") and "4. If it stops" in markdown("--mineral=gallium")
    assert "4. If it stops" not in markdown("--mineral=copper")


@case
def a_paper_of_an_earlier_day_asks_the_same_questions_without_what_came_later():
    early = section(markdown("--date=2024-01-01"), 4)
    assert "from 1 January 2024" in early and early.count("on no record: a question, not a report") == 2
    assert not rows(early, "One more") or "Memorandum" not in early, "an agreement of 2025"
    (germanium,) = [r for r in rows(early, *FOUR) if "germanium" in r["Days until short"]]
    assert germanium["Agreement"] == germanium["Reserve"] == "none on record"
    assert "ordered, suspended on the day" in section(markdown(), 4)


# --- the first page ---


@case
def the_first_page_answers_four_questions():
    front = section(markdown(), 1)
    asked = re.findall("^### (.*)", front, re.M)
    assert asked == ["What is withheld", "How exposed are we", "How long do we last", "What helps"]
    for name, part in zip(asked, re.split("^### .*", front, flags=re.M)[1:]):
        assert re.search(r"\d", part) and "No data: " not in part, name
    assert "16 in force, 5 suspended" in front and "gallium, germanium, to 27 November 2026" in front
    assert '<div class="turn"></div>' in paper().split("<h2>2. ")[0], "the evidence begins on a new page"


@case
def its_numbers_are_those_of_the_sections():
    front, told = section(markdown(), 1), rows(section(markdown(), 2), "From China, of imports", "Japan")
    for row in rows(front, "From China, of imports"):
        assert row in told, row
    for row in rows(front, *FOUR):
        assert row in rows(section(markdown(), 4), *FOUR), row
    (magnets,) = [r for r in rows(section(markdown(), 3), "Made in China, stage by stage")
                  if "magnet" in r["Goods"] and r["Who has them"].startswith("Japan")]  # fmt: skip
    share = re.search(r"separated oxides ([^;]*\))", magnets["Made in China, stage by stage"]).group(1)
    assert f"Japan {share}, where customs see {magnets['Bought from China']}" in front


@case
def it_says_so_where_there_is_nothing():
    front = section(markdown("--date=1990-01-01"), 1)
    assert front.count("No data: ") == 4 and "That is not the same as none." in front


# --- pictures ---


def figures(text):
    """{title: the words for those who cannot see it} of the pictures of where things were made."""
    found = {}
    for figure in re.findall(r"<figure>.*?</figure>", text, re.S):
        title, words = re.search(r"<title[^>]*>([^<]*)</title>\s*<desc[^>]*>([^<]*)</desc>", figure).groups()
        assert title not in found and re.search(r"<figcaption>[^<]+</figcaption>", figure)
        found[title] = words
    return found


@case
def there_is_a_picture_for_each_user_as_far_as_flows_are_on_record():
    drawn = figures(paper())
    goods = "Permanent magnets (Rare earths)", "Refined metal and chemicals (Cobalt)", "Mine (Natural graphite)"
    assert len(drawn) == 9
    for what in goods:
        for user in "United States", "European Union", "Japan":
            assert [title for title in drawn if title.startswith(f"{what}: {user}, ")], (what, user)
    missing = re.search("^No data: (.*)", section(markdown(), 3), re.M).group(1)
    assert missing.startswith("graphite: battery-grade graphite") and "(United States, European Union, Japan)" in missing


@case
def a_picture_tells_what_the_catalogue_says_by_the_day():
    cells = critmin("origin", ":reference:", "--mineral=rare_earths", "--stage=magnet", "--country=JPN", "--year=2024",
                    "--at=separated", "--partner=CHN", "--edition=2026-01-11", "--format=csv").rows()  # fmt: skip
    share, low, high = (100 * float(cells[0][k]) for k in ("value", "low", "high"))
    words = figures(paper())["Permanent magnets (Rare earths): Japan, 2024"]
    assert f"Separated oxides: China {share:.0f} % ({low:.0f} to {high:.0f})" in words, words
    assert "unknown" in words and "bought from, as customs see it: Japan" in words
    (told,) = [r for r in rows(section(markdown(), 3), "Made in China, stage by stage")
               if "magnet" in r["Goods"] and r["Who has them"] == "Japan, 2024"]  # fmt: skip
    assert f"separated oxides {share:.1f} % ({low:.1f}–{high:.1f})" in told["Made in China, stage by stage"]


@case
def pictures_follow_what_is_asked_for():
    drawn = figures(paper("--mineral=lithium,cobalt", "--country=Germany"))
    assert drawn and all(": Germany, " in title for title in drawn)
    assert any("(Cobalt)" in title for title in drawn) and any("(Lithium)" in title for title in drawn)
    assert not figures(paper("--date=1990-01-01"))


# --- what must be on it on 11 January 2026 ---


@case
def the_restrictions_on_Japan_come_first_with_their_sources():
    told = rows(section(markdown(), 5), "Against", "Rests on")
    assert [r["Against"] for r in told[:2]] == ["Japan", "Japan"]
    assert all(r["Since"] == "6 January 2026" and r["State"] == "in force" and r["Who"] == "China" for r in told[:2])
    assert told[0]["What"] == "export ban" and told[0]["Rests on"].startswith("decree, text read. ")
    assert "dual-use items for military users" in told[0]["Rests on"]
    assert "Ministry of Commerce of China" in sources_of(told[0]["Rests on"])
    assert told[1]["Rests on"].startswith("reported practice") and "WSJ/Reuters" in sources_of(told[1]["Rests on"])
    assert all(re.search(r"\[\d+\]", r["Rests on"]) for r in told)


@case
def what_is_suspended_is_not_in_force():
    told = [r for r in rows(section(markdown(), 5), "Against") if r["Against"] == "United States"]
    assert sorted(r["State"] for r in told) == [
        "in force",
        "suspended to 27 November 2026",
        "suspended to 27 November 2026",
    ]


@case
def the_Australian_agreement_is_money_and_acts_as_nothing():
    (told,) = [
        r
        for r in rows(section(markdown(), 6), "Agreement")
        if r["Agreement"].startswith("Framework of the United States and Australia")
    ]
    assert (
        told["Signed"].startswith("20 October 2025")
        and "USD 8.5 billion (pipeline of projects)" in told["What it amounts to"]
    )
    assert told["What acts of it"] == "Nothing: money." and "Creamer Media" in sources_of(told["What it amounts to"])
    assert "Framework of the United States and Australia" in section(markdown(), 1)


@case
def what_acts_stands_first_with_its_interval():
    first, *rest = rows(section(markdown(), 6), "Agreement")
    assert "Lynas" in first["Agreement"] and first["What acts of it"].startswith(
        "7,200 t a year of magnet rare earths by contract; 0–7,200 to be expected"
    )
    assert all(r["What acts of it"].startswith("Nothing: ") for r in rest)


@case
def the_reserve_of_Japan_is_in_days_with_its_source():
    told = [r for r in rows(section(markdown(), 6), "Holder") if r["Holder"] == "Japan"]
    sizes = sorted(r["What, and how much"].split(": ")[1] for r in told)
    assert sizes == ["180 days of use", "60 days of use"]
    assert all("IEA Policies database" in sources_of(r["Note"]) for r in told)
    assert "Japan 60 to 180" in section(markdown(), 1)


@case
def a_programme_is_told_once_with_what_each_mineral_comes_to():
    (told,) = [r for r in rows(section(markdown(), 6), "Holder") if "most to be bought" in r["Programme"]]
    assert "antimony, refined: 700 t, content; lanthanum: 1,100 t" in told["What, and how much"]
    assert "rare earths: 60 t" in told["What, and how much"] and "; tungsten: " in told["What, and how much"]


@case
def the_reserve_that_Australia_announced_a_day_later_is_told_of_as_later_only():
    assert not [r for r in rows(section(markdown(), 6), "Holder") if r["Holder"] == "Australia"]
    before, after = section(markdown(), 7).split("### After 11 January 2026")
    assert "Critical Minerals Strategic Reserve" in after and "Critical Minerals Strategic Reserve" not in before
    later = rows(section(markdown("--date=2027-01-01"), 6), "Holder")
    assert [r for r in later if r["Holder"] == "Australia" and "AUD 1.2 billion" in r["What, and how much"]]


@case
def the_printed_reliance_of_the_United_States_is_that_of_the_edition_of_the_day():
    def gallium(text):
        part = section(text, 2).split("### The United States")[1].split("### ")[0]
        return [r for r in rows(part, "Reliance on imports") if r["Mineral and stage"].startswith("gallium")][0]

    then, since = gallium(markdown()), gallium(markdown("--date=2026-03-01"))
    assert (
        then["Reliance on imports"] == "100.0 % (99.5–100.0), 2023"
        and "reliance printed, e, USGS 2024 [" in then["Rests on"]
    ), then
    assert (
        since["Reliance on imports"] == "100.0 % (99.5–100.0), 2025"
        and re.match(r"reliance printed, \w+, USGS 2026 \[", since["Rests on"])
    ), since
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
    for number in (2, 8):
        for text in re.findall(r"[^|;]*USGS 2026 \[[^|;]*|[^|;]*CEPII 202601[^|;]*", section(markdown(), number)):
            assert "later: " in text, text
    assert "USGS 2026" in section(markdown(), 2) and "USGS 2026" not in section(markdown(), 8)


@case
def every_letter_behind_a_figure_is_explained_once():
    said = re.search("^What a share rests on: .*", section(markdown(), 2), re.M).group()
    known = set(re.findall(r"(?:: |; )(\w) (?=\w)", said))
    used = set()
    for row in rows(section(markdown(), 2), "Rests on"):
        used |= {c for letters in re.findall(r"(?:printed|value|tonnes|study), (\w+), ", row["Rests on"]) for c in letters}
    assert {"e", "u", "t"} <= used - {"later"} <= known, (used, known)
    assert markdown().count("What a share rests on: ") == 1


@case
def a_share_is_what_the_catalogue_says_and_names_money_as_its_basis():
    (cell,) = critmin("metric", ":reference:", "partner_share", "--mineral=rare_earths", "--stage=magnet", "--country=EU27", "--partner=CHN", "--year=2024",
                      "--edition=2026-01-11", "--set=denominator=imports", "--format=csv").rows()  # fmt: skip
    part = section(markdown(), 2).split("### The European Union")[1].split("### ")[0]
    (told,) = [r for r in rows(part, "From China, of imports") if "permanent magnets" in r["Mineral and stage"]]
    assert told["From China, of imports"] == f"{100 * float(cell['value']):.0f} %, 2024"
    assert told["Rests on"].startswith("value, ") and "Eurostat [" in told["Rests on"]


@case
def countries_whose_reliance_nobody_printed_share_a_table():
    told = rows(section(markdown(), 2), "Mineral and stage", "Germany", "Japan")
    (magnets,) = [r for r in told if "permanent magnets" in r["Mineral and stage"]]
    assert re.match(r"China 85 %, Switzerland 3.8 %, Philippines 3.0 %; value, \w+ \[\d+\]", magnets["Germany"]), magnets
    assert "### The European Union" in section(markdown(), 2) and "### Germany" not in section(markdown(), 2)


@case
def the_group_is_netted_and_the_diluted_form_stands_beside():
    columns = "From China, inner trade left out", "The same diluted: inner trade kept"

    def magnets(*arguments):
        (told,) = [r for r in rows(section(markdown(*arguments), 2), *columns) if "magnets" in r["Mineral and stage"]]
        return [told[name] for name in columns]

    net, diluted = (int(words.split(" ")[0]) for words in magnets("--date=2026-03-01"))
    assert net > diluted > 0
    assert magnets() == [
        f"no data (later: {net} %, 2024)",
        f"no data (later: {diluted} %, 2024)",
    ], "pairs came out after the day"


@case
def where_nothing_is_on_record_it_says_no_data_and_never_nothing():
    for text in (markdown(), markdown("--date=1990-01-01"), markdown("--date=2024-01-01"), markdown("--date=2025-05-01")):
        assert all(cell for table in tables(text) for row in table[1:] for cell in row), "an empty cell"
        assert not re.search(r"\bnan\b|\binf\b|\(null\)", text)
    (copper,) = [r for r in rows(section(markdown(), 2), "Japan", "Germany", "United States")
                 if r["From China, of imports"] == "copper: mine"]  # fmt: skip
    assert copper["Japan"] == "no data" and copper["European Union"].endswith(" %, 2016–2020")
    early = rows(section(markdown("--date=1990-01-01"), 2), "From China, of imports", "Japan")
    assert len(early) == 10 and all(
        value == "no data" for row in early for name, value in row.items() if name != "From China, of imports"
    )
    assert "Japan of copper, gallium, germanium, magnesium" in section(markdown(), 9)


def events(text):
    """Items of the lists of what happened: (day, what)."""
    return [tuple(item.split(". ", 1)) for item in re.findall(r"^- (.*)", text, re.M)]


@case
def what_changed_is_dated_within_the_year_before():
    told = events(section(markdown(), 7).split("### The largest producer")[0])
    assert told[0][0] == "6 January 2026" and told[-1][0] == "4 February 2025"
    assert [
        what
        for day, what in told
        if what.startswith("Suspended: ban by decree, until 27 November 2026") and day == "9 November 2025"
    ]
    assert all(re.search(r"\) (told later: )?\[\d+\]", what) for _, what in told), "an event without a source"
    markets = rows(section(markdown(), 7), "Market")
    lithium = [r for r in markets if r["Market"] == "lithium, mined"][0]
    assert lithium["Largest, as known a year before"] != lithium["Largest, as known now"]


@case
def no_sentence_on_restrictions_agreements_and_reserves_looks_ahead():
    for number in (5, 6):
        text = " ".join(
            cell
            for table in tables(section(markdown(), number))
            for row in table[1:]
            for name, cell in zip(table[0], row)
            if name in ("Note", "What it amounts to", "Rests on")
        )
        found = re.findall(rf"({'|'.join(MONTHS)}) (20\d\d)", text)
        assert found
        for month, year in found:
            assert (int(year), MONTHS.index(month)) <= (2026, 0), f"{month} {year}"


@case
def what_was_signed_on_one_day_as_one_source_tells_is_one_event():
    told = [what for day, what in events(section(markdown(), 7).split("### After")[1]) if day == "4 February 2026"]
    together = [what for what in told if what.count("Framework of the United States and ") > 5]
    assert len(together) == 1 and len(told) == len(set(told)) < 8


# --- options ---


@case
def minerals_narrow_everything():
    text = markdown("--mineral=cobalt")
    assert {r["From China, of imports"].split(":")[0] for r in rows(section(text, 2), "Japan", "Italy", "United States")} == {"cobalt"}
    assert {r["Who"] for r in rows(section(text, 5), "Against")} == {"DR Congo", "Namibia"}
    assert not [r for r in rows(section(text, 6), "Agreement") if "MP Materials" in r["Agreement"]]


@case
def countries_and_the_group_are_taken_by_any_of_their_names():
    text = markdown("--country=South Korea,gbr", "--group=G7")
    assert tables(section(text, 2))[0][0] == ["From China, of imports", "South Korea", "United Kingdom"]
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
        ("--set=japan",): "SCENARIO.PATH=VALUE",
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
    assert "How long do we last" in out and "China’s share of imports" in out and "<" not in out
    run("--mineral=cobalt", "--format=md")
    assert open("briefing.md", encoding="utf-8").read() == markdown("--mineral=cobalt")


# --- layout ---


@case
def the_page_is_well_formed_and_every_link_leads_somewhere():
    page = Page(paper())
    assert len(page.ids) == len(set(page.ids)) > 50
    assert all(link[1:] in page.ids for link in page.links if link.startswith("#")) and all(page.cells)
    assert {"svg", "rect", "path", "table"} <= page.tags and not {"script", "link", "img", "iframe"} & page.tags
    assert not re.search(r"url\((?!#)|@import|src=", paper()), "something from elsewhere"
    assert page.headings[:3] == [1, 2, 3] and page.headings.count(1) == 1
    assert all(below - above <= 1 for above, below in zip(page.headings, page.headings[1:])), "a level is left out"


@case
def both_styles_say_the_same():
    told = [re.sub(r"[\\`]", "", cell) for table in tables(markdown()) for row in table[1:] for cell in row]
    assert [cell.replace("\xa0", " ") for cell in Page(paper()).cells] == told


@case
def tables_have_as_many_cells_in_each_row_as_columns():
    found = tables(markdown())
    assert len(found) > 12 and all(len(row) == len(table[0]) for table in found for row in table)


@case
def every_source_has_its_number_and_its_licence():
    body, listed = markdown().split("## 10. Sources")
    numbers = {int(n) for n in re.findall(r"\[(\d+)\]", body)}
    entries = re.findall(r"^(\d+)\. (.*)$", listed, re.M)
    body_numbers = numbers - {0}  # users[0] is no source
    assert body_numbers == {int(n) for n, _ in entries} == set(range(1, len(entries) + 1))
    assert sum("Licence: " in words for _, words in entries) >= 5 and "Where no licence is named only facts" in listed
    assert sum(bool(re.search(r"<https?://[^>]+>$", words)) for _, words in entries) > 0.9 * len(entries)
    assert any("Licence: CC-BY-4.0. © European Union, 2023" in words for _, words in entries), "what must be attributed"


if __name__ == "__main__":
    main()
