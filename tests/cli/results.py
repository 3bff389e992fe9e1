# SPDX-License-Identifier: MIT
"""list, figures, metric, compare, explain, check: what comes out, in which layout."""

import json
import math
import os
import re
import shlex
import subprocess
import zipfile

from harness import BESIDE, HEADER, add_own_source, case, critmin, main, new_store, refused

SOURCES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
COBALT = ["--mineral=cobalt", "--stage=refined", "--year=2024"]
EVERYWHERE = [
    "minerals",
    "stages",
    "countries",
    "groups",
    "producers",
    "agreements",
    "reserves",
    "restrictions",
    "sources",
    "editions",
    "indicators",
    "assumptions",
    "relations",
    "metrics",
    "parameters",
]


def metric(*arguments, code=0, store=":reference:"):
    return critmin("metric", store, *arguments, "--format=csv", code=code).rows()


def own_market(store):
    """A mineral of which everything is known: 50, 30 and 20 of 100."""
    add_own_source(store)
    critmin(
        "set",
        store,
        "mineral",
        "key=testium",
        "name=Testium",
        "stage[0].stage=mining",
        "stage[0].kind=mining",
        "stage[0].position=1",
        "stage[0].name=Mine",
        "stage[0].basis=content",
    )
    for country, value in [("CHN", 50), ("COD", 30), ("AUS", 20), ("WLD", 100)]:
        critmin(
            "set",
            store,
            "figure",
            "mineral=testium",
            "stage=mining",
            f"country={country}",
            "from=2024",
            "unit=t",
            "basis=content",
            f"value={value}",
            "source=own",
            "edition=1",
        )


@case
def metrics_have_the_promised_header():
    assert critmin("metric", ":reference:", "hhi", *COBALT, "--format=csv").out.split("\n")[0] == HEADER


@case
def a_number_is_the_same_in_every_layout():
    row = metric("hhi", *COBALT)[0]
    value = float(row["value"])
    assert critmin("metric", ":reference:", "hhi", *COBALT, "--format=json").json()[0]["value"] == value
    for layout in ["md", "text"]:
        text = critmin("metric", ":reference:", "hhi", *COBALT, f"--format={layout}").out
        assert any(math.isclose(float(n), value, abs_tol=1e-4) for n in re.findall(r"\d+\.\d+", text)), text


@case
def an_answer_lies_in_its_interval_and_names_its_source():
    rows = metric("hhi,cr1,cr3", "--mineral=cobalt,lithium,rare_earths") + metric(
        "share", "--mineral=cobalt,lithium,rare_earths", "--country=CHN,USA"
    )
    answered = [r for r in rows if r["value"]]
    assert len(answered) > 10
    for row in answered:
        low, value, high = (float(row[k]) if row[k] else None for k in ("low", "value", "high"))
        assert low is None or low <= value + 1e-12, row
        assert high is None or value <= high + 1e-12, row
        assert row["source"] and row["edition"], row


@case
def a_market_of_which_all_is_known_gives_the_textbook_values():
    store = new_store()
    own_market(store)
    expected = {
        "hhi": 0.38,
        "cr1": 0.5,
        "cr3": 1,
        "effective_number": 1 / 0.38,
        "hhi_normalised": (0.38 - 1 / 3) / (1 - 1 / 3),
    }
    rows = metric(",".join(expected), "--mineral=testium", "--year=2024", store=store)
    assert [r["metric"] for r in rows] == list(expected)
    for row in rows:
        assert math.isclose(float(row["value"]), expected[row["metric"]], rel_tol=1e-12), row
    shares = metric("share", "--mineral=testium", "--country=CHN,COD,AUS", "--year=2024", store=store)
    assert {r["country"]: float(r["value"]) for r in shares} == {"CHN": 0.5, "COD": 0.3, "AUS": 0.2}


@case
def a_group_stands_for_one_country():
    store = new_store()
    own_market(store)
    critmin("set", store, "group", "key=PAIR", "name=Pair", "member[0].country=COD", "member[1].country=AUS")
    rows = metric("share", "--mineral=testium", "--country=PAIR", "--year=2024", store=store)
    assert len(rows) == 1 and math.isclose(float(rows[0]["value"]), 0.5, rel_tol=1e-12), rows
    rows = metric("hhi", "--mineral=testium", "--country=PAIR", "--year=2024", store=store)
    assert len(rows) == 1 and math.isclose(float(rows[0]["value"]), 0.5, rel_tol=1e-12), rows


@case
def what_cannot_be_computed_is_missing_with_a_reason_and_ends_with_one():
    store = new_store()
    own_market(store)
    critmin("remove", store, "figure", "mineral=testium")
    critmin(
        "set",
        store,
        "figure",
        "mineral=testium",
        "stage=mining",
        "country=WLD",
        "from=2024",
        "unit=t",
        "basis=content",
        "value=0",
        "status=zero",
        "source=own",
        "edition=1",
    )
    asked = ["metric", store, "hhi", "--mineral=testium", "--year=2024"]
    rows = critmin(*asked, "--format=csv", code=1).rows()
    assert len(rows) == 1 and rows[0]["value"] == "" and rows[0]["flags"] != "", rows
    row = critmin(*asked, "--format=json", code=1).json()[0]
    assert row["value"] is None and "NaN" not in critmin(*asked, "--format=json", code=1).out
    assert critmin(*asked, code=1).out != ""


@case
def one_answer_among_many_ends_with_zero():
    store = new_store()
    own_market(store)
    critmin(
        "set",
        store,
        "figure",
        "mineral=testium",
        "stage=mining",
        "country=WLD",
        "from=2023",
        "unit=t",
        "basis=content",
        "value=0",
        "status=zero",
        "source=own",
        "edition=1",
    )
    rows = metric("hhi", "--mineral=testium", "--year=2023:2024", store=store)
    assert [r["year"] for r in rows] == ["2023", "2024"] and rows[0]["value"] == "" and rows[1]["value"] != "", rows


@case
def the_answer_does_not_depend_on_the_number_of_threads():
    asked = ["metric", ":reference:", "hhi,hhi_wgi,cr3,n_minus_1,share", "--country=G7", "--format=csv"]
    assert critmin(*asked, "--threads=1").out == critmin(*asked, "--threads", "4").out


def listed_metrics():
    """The metrics, each with what must be asked besides a market and year; some are made for one country alone."""
    rows = critmin("list", ":reference:", "metrics", "--format=csv").rows()
    one = ["--country=CHN"]
    asked = {"market": [], "country": one, "supplier": one, "user": one, "pair": one + ["--partner=COD"], "assessed": one}
    return {r["metric"]: [] if r["metric"].startswith(("eu_", "usgs_")) else asked[r["subject"]] for r in rows}


@case
def every_metric_listed_can_be_asked_for():
    names = listed_metrics()
    expected = "share hhi hhi_normalised cr1 cr3 cr5 effective_number hhi_wgi n_minus_1"
    assert set(expected.split()) <= set(names), names
    for name, more in names.items():
        rows = metric(name, *COBALT, *more, code=None)
        assert rows and {r["metric"] for r in rows} == {name}, rows


@case
def methods_stand_side_by_side():
    rows = critmin("compare", ":reference:", "eu_supply_risk,hhi_wgi", "--year=2020", "--mineral=cobalt,tungsten",
                   "--format=csv").rows()
    kinds = {(r["mineral"], r["kind"]) for r in rows}
    assert kinds == {(m, k) for m in ("cobalt", "tungsten") for k in ("score", "difference", "list")}, kinds
    risk = next(r for r in rows if r["mineral"] == "cobalt" and r["method"] == "eu_supply_risk")
    assert abs(float(risk["value"]) - 2.8) < 0.1 and risk["critical"] == "1" and float(risk["threshold"]) == 1, risk
    assert 1 < int(risk["rank"]) < int(risk["ranked"]), risk
    assert any(r["words"] == "EU-2020: critical" for r in rows), rows
    text = critmin("compare", ":reference:", "--year=2023", "--country=DEU", "--mineral=gallium").out
    assert "eu_supply_risk" in text and "geopolrisk_score" in text and "EU-2020: critical" in text, text
    refused(2, "one year", "compare", ":reference:", "hhi")
    refused(2, "hhi_wgi_t", "compare", ":reference:", "hhi_wgi_tt", "--year=2020")


@case
def parameters_of_one_metric_are_among_those_of_all():
    everything = critmin("list", ":reference:", "parameters", "--format=csv").rows()
    one = critmin("list", ":reference:", "parameters", "--metric=hhi", "--format=csv").rows()
    assert one and all(r["metric"] == "hhi" for r in one) and all(r in everything for r in one)
    assert len(everything) > len(one)


@case
def every_parameter_accepts_its_own_default():
    names = listed_metrics()
    plain = {name: metric(name, *COBALT, *more, code=None) for name, more in names.items()}
    tried = 0
    for row in critmin("list", ":reference:", "parameters", "--format=csv").rows():
        name = row["metric"]
        if row["default"]:
            told = metric(name, *COBALT, *names[name], f"--set={name}.{row['parameter']}={row['default']}", code=None)
            tried += 1
            for column in ["value", "low", "high", "flags", "source", "edition"]:
                assert [r[column] for r in told] == [r[column] for r in plain[name]], (name, row["parameter"], column)
    assert tried > len(names)


@case
def everything_that_help_names_can_be_listed_in_every_layout():
    for what in EVERYWHERE:
        rows = critmin("list", ":reference:", what, "--format=csv").rows()
        assert len(critmin("list", ":reference:", what, "--format=json").json()) == len(rows), what
        assert (
            critmin("list", ":reference:", what).out and critmin("list", ":reference:", what, "--format=md").out
        ), what
    fields = critmin("list", ":reference:", "fields", "--relation=figure", "--format=csv").rows()
    assert {"mineral", "stage", "country", "value", "source"} <= {r["field"] for r in fields}


@case
def selectors_narrow_a_list():
    rows = critmin("list", ":reference:", "stages", "--mineral=cobalt", "--format=csv").rows()
    assert {r["stage"] for r in rows} >= {"mining", "refined"} and {r["mineral"] for r in rows} == {"cobalt"}
    assert len(critmin("list", ":reference:", "countries", "--key=CHN", "--format=csv").rows()) == 1


@case
def figures_are_narrowed_by_every_selector():
    everything = critmin("figures", ":reference:", "--format=csv").rows()
    for option, column, value in [
        ("mineral", "mineral", "cobalt"),
        ("country", "country", "CHN"),
        ("source", "source", "usgs_mcs"),
        ("measure", "measure", "capacity"),
        ("status", "status", "estimated"),
    ]:
        rows = critmin("figures", ":reference:", f"--{option}={value}", "--format=csv").rows()
        assert rows and len(rows) < len(everything), option
        assert rows == [r for r in everything if r[column] == value], option
    rows = critmin("figures", ":reference:", "--mineral=cobalt", "--stage=refined", "--format=csv").rows()
    assert rows and rows == [r for r in everything if (r["mineral"], r["stage"]) == ("cobalt", "refined")]
    rows = critmin("figures", ":reference:", "--mineral=cobalt", "--year=2022:2023", "--format=csv").rows()
    assert rows and all(r["from"][:4] <= "2023" and r["to"][:4] >= "2022" for r in rows)


@case
def figures_without_a_row_are_refused():
    refused(2, "figures", ":reference:", "--mineral=cobalt", "--year=1650")


@case
def an_explanation_names_rows_and_sources():
    rows = critmin("explain", ":reference:", "hhi", *COBALT, "--format=csv").rows()
    answer = metric("hhi", *COBALT)[0]
    assert any(r["role"] == "producer" and r["country"] == "CHN" for r in rows)
    for row in rows:
        assert row["role"]
        if row["row"]:
            assert row["source"] and row["publisher"] and row["licence"], row
    contributions = [float(r["contribution"]) for r in rows if r["contribution"]]
    assert math.isclose(sum(contributions), float(answer["value"]), rel_tol=1e-9), (contributions, answer)
    text = critmin("explain", ":reference:", "hhi", *COBALT).out
    publisher = next(r["publisher"] for r in rows if r["publisher"])
    assert publisher in text and "CHN" in text and "licence" in text


@case
def an_explanation_is_of_one_cell():
    refused(2, "explain", ":reference:", "hhi", "--mineral=cobalt")
    refused(2, "explain", ":reference:", "hhi,cr1", *COBALT)


@case
def text_fits_the_page():
    for arguments in [
        ["metric", ":reference:", "hhi,cr1,n_minus_1", "--mineral=cobalt,lithium"],
        ["explain", ":reference:", "hhi", *COBALT],
        ["figures", ":reference:", "--mineral=cobalt"],
        ["list", ":reference:", "sources"],
        ["list", ":reference:", "metrics"],
        ["check", ":reference:"],
        ["info", ":reference:"],
    ]:
        for line in critmin(*arguments).out.split("\n"):
            assert len(line) <= 100 or "://" in line, (arguments, line)


@case
def text_leaves_out_what_is_empty():
    text = critmin("metric", ":reference:", "hhi", *COBALT).out
    assert "partner" not in text and "params" not in text


@case
def steering_characters_do_not_reach_the_terminal():
    store = new_store()
    critmin("set", store, "group", "key=evil", "name=before\x1b[2Jafter", "note=one\ntwo")
    text = critmin("list", store, "groups", "--key=evil").out
    assert "\x1b" not in text and "before" in text and "after" in text


@case
def the_reference_data_leave_nothing_unexplained():
    rows = critmin("check", ":reference:", "--format=csv").rows()
    assert {r["severity"] for r in rows} <= {"explained", "gap", "coverage"}
    covered = {(r["mineral"], r["stage"]) for r in rows if r["severity"] == "coverage"}
    assert ("cobalt", "mining") in covered and ("cobalt", "refined") in covered


@case
def a_doubtful_figure_that_nobody_explained_ends_with_one():
    store = new_store()
    own_market(store)
    critmin("check", store)
    critmin(
        "set",
        store,
        "figure",
        "mineral=testium",
        "stage=mining",
        "country=WLD",
        "from=2024",
        "unit=t",
        "basis=content",
        "value=1",
        "source=own",
        "edition=1",
    )
    rows = critmin("check", store, "--format=csv", code=1).rows()
    found = [r for r in rows if r["severity"] in ("finding", "error")]
    assert found and all(r["mineral"] == "testium" for r in found), found
    assert "finding: " in critmin("check", store, code=1).out


@case
def a_source_that_is_chosen_answers():
    rows = metric("hhi", "--mineral=cobalt", "--stage=refined", "--source=iea_cmd")
    assert rows and {r["source"] for r in rows} == {"iea_cmd"}


@case
def an_older_edition_can_be_asked_for():
    new = metric("cr1", "--mineral=cobalt", "--stage=mining", "--year=2021", "--source=usgs_mcs")[0]
    old = metric(
        "cr1", "--mineral=cobalt", "--stage=mining", "--year=2021", "--source=usgs_mcs", "--edition=2022-06-30"
    )[0]
    assert old["edition"] < new["edition"], (old, new)


@case
def the_example_in_c_says_what_the_command_line_says():
    text = subprocess.run([BESIDE], stdout=subprocess.PIPE, check=True, timeout=60).stdout.decode()
    lines = text.rstrip("\n").split("\n")
    assert len(lines) == 2, text
    for line, row in zip(lines, metric("hhi", *COBALT) + metric("share", *COBALT, "--country=CHN")):
        assert line.startswith(row["metric"]) and "cobalt refined 2024" in line, line
        for column in ["value", "low", "high"]:
            assert f"{float(row[column]):.3f}" in line, (column, line)
        assert row["source"] in line and row["edition"] in line, line


@case
def minerals_of_a_country_are_ranked_by_dependence():
    rows = metric("net_import_reliance", "--country=USA", "--year=newest", "--order=value")
    values = [float(r["value"]) for r in rows if r["value"]]
    assert len(values) > 20 and values == sorted(values, reverse=True) and values[0] == 1
    assert [bool(r["value"]) for r in rows] == sorted([bool(r["value"]) for r in rows], reverse=True)
    assert len({(r["mineral"], r["stage"]) for r in rows}) == len(rows)


@case
def who_depends_on_a_producer_is_ranked():
    asked = ["partner_share", "--partner=CHN", "--mineral=antimony", "--stage=refined", "--year=2024"]
    rows = metric(*asked, "--set=denominator=imports", "--order=value")
    values = [float(r["value"]) for r in rows if r["value"]]
    assert len(values) > 20 and values == sorted(values, reverse=True)
    assert {r["partner"] for r in rows} == {"CHN"} and len({r["country"] for r in rows}) == len(rows)


@case
def partners_of_a_country_sum_to_one():
    rows = metric("partner_share", "--country=USA", "--set=denominator=imports", "--year=2023")
    sums = {}
    for r in rows:
        if r["value"]:
            sums[r["mineral"], r["stage"]] = sums.get((r["mineral"], r["stage"]), 0) + float(r["value"])
    assert len(sums) > 20
    for cell, total in sums.items():
        assert math.isclose(total, 1, rel_tol=1e-9), (cell, total)


@case
def a_dependence_is_explained_to_its_publisher():
    asked = ["explain", ":reference:", "net_import_reliance", "--country=USA", "--mineral=antimony", "--stage=refined"]
    rows = critmin(*asked, "--year=2024", "--format=csv").rows()
    assert [r["role"] for r in rows] == ["published"] and "Geological Survey" in rows[0]["publisher"]
    rows = critmin(*asked, "--year=2024", "--set=published=never", "--format=csv").rows()
    assert {"imports", "exports", "apparent_consumption"} <= {r["role"] for r in rows}
    asked = ["--mineral=antimony", "--stage=refined", "--country=JPN", "--partner=CHN", "--year=2024"]
    asked += ["--source=cepii_baci", "--set=denominator=imports", "--format=csv"]
    (share,) = critmin("metric", ":reference:", "partner_share", *asked).rows()
    rows = critmin("explain", ":reference:", "partner_share", *asked).rows()
    flows = {r["partner"]: float(r["value"]) for r in rows if r["role"] in ("flow", "other_flow")}
    assert [r["partner"] for r in rows if r["role"] == "flow"] == ["CHN"] and len(flows) > 2
    assert abs(flows["CHN"] / sum(flows.values()) - float(share["value"])) < 1e-9
    assert all(r["publisher"].startswith("CEPII") and r["url"] and r["licence"] for r in rows)


@case
def orders_and_newest_years_are_of_metrics():
    refused(2, "metric", ":reference:", "hhi", "--order=size", says="key")
    refused(2, "figures", ":reference:", "--year=newest", says="newest")
    refused(2, "figures", ":reference:", "--order=value")


@case
def a_day_and_a_partner_tell_what_is_forbidden():
    rows = critmin(
        "list", ":reference:", "restrictions", "--date=2026-01-11", "--partner=JPN", "--format=csv"
    ).rows()
    ban = {row["restriction"]: row for row in rows}["chn_japan_dual_use_ban_2026"]
    assert (ban["state"], ban["targets"], ban["sources"]) == ("in_force", "JPN", "mof_1"), ban
    assert {row["state"] for row in rows} == {"in_force", "suspended", "announced"}
    undated = critmin("list", ":reference:", "restrictions", "--format=csv").rows()
    assert "state" not in undated[0] and len(undated) > len(rows)


@case
def commitments_say_what_they_amount_to_and_why():
    rows = critmin("list", ":reference:", "commitments", "--date=2026-01-11", "--format=json").json()
    assert {row["acts"] for row in rows} == {0, 1}
    assert all(row["why"] for row in rows)
    assert all(row["contracted"] is None for row in rows if row["kind"] in ("right", "money"))


@case
def changes_need_two_days_in_order():
    rows = critmin(
        "list", ":reference:", "changes", "--since=2025-10-01", "--date=2025-10-31", "--country=AUS", "--format=csv"
    ).rows()
    assert [row["key"] for row in rows if row["day"] == "2025-10-20" and row["what"] == "agreement"]
    assert [row["day"] for row in rows] == sorted(row["day"] for row in rows)
    refused(2, "list", ":reference:", "changes", "--date=2025-10-31", says="--since")
    refused(2, "list", ":reference:", "changes", "--since=2025-10-31", says="--date")
    refused(2, "list", ":reference:", "changes", "--since=2026-01-01", "--date=2025-10-31", says="swap")
    refused(2, "list", ":reference:", "changes", "--since=2025", "--date=2025-10-31", says="since")
    refused(2, "list", ":reference:", "agreements", "--since=2025-01-01", says="--since")
    refused(2, "list", ":reference:", "metrics", "--since=2025-01-01", says="--since")
    refused(2, "list", ":reference:", "change", says="did you mean `changes`?")


@case
def factors_are_written_as_other_programs_read_them():
    asked = ["geopolrisk_cf", "--country=USA", "--stage=mining", "--year=2023"]
    known = {row["mineral"]: float(row["value"]) for row in metric(*asked) if row["value"]}
    assert len(known) > 10, known
    flows = {mineral.replace("_", " ").capitalize(): value for mineral, value in known.items()}
    asked = ["metric", ":reference:", *asked]
    rows = critmin(*asked, "--format=brightway").rows()
    assert {row["name"]: float(row["amount"]) for row in rows} == flows
    assert {row["categories"] for row in rows} == {"natural resource::in ground"}
    lines = critmin(*asked, "--format=simapro").out.split("\n")
    substances = [line.split(";") for line in lines if line.startswith("Raw;")]
    assert {fields[2]: float(fields[4]) for fields in substances} == flows
    assert "geopolrisk_cf, USA, 2023;kg Cu-eq" in lines
    critmin(*asked, "--format=openlca", "--out=factors.zip")
    with zipfile.ZipFile("factors.zip") as package:
        assert package.testzip() is None
        sets = [json.loads(package.read(name)) for name in package.namelist()]
    (category,) = [one for one in sets if one.get("@type") == "ImpactCategory"]
    assert {one["flow"]["name"]: one["value"] for one in category["impactFactors"]} == flows
    made = {one["@id"] for one in sets if one.get("@type") == "Flow"}
    assert {one["flow"]["@id"] for one in category["impactFactors"]} == made


@case
def factors_that_cannot_be_written_are_refused():
    refused(2, "metric", ":reference:", "hhi", *COBALT, "--format=openlca", says="kilogram")
    refused(2, "list", ":reference:", "metrics", "--format=simapro", says="critmin metric")
    refused(2, "metric", ":reference:", "hhi", *COBALT, "--format=brightwey", says="did you mean `brightway`?")
    asked = ["metric", ":reference:", "geopolrisk_cf", "--mineral=rare_earths", "--stage=magnet", "--country=JPN"]
    assert "no factor" in critmin(*asked, "--year=2024", "--format=openlca", code=1, stderr=subprocess.STDOUT).out


@case
def the_examples_of_the_manual_run():
    def lines(path):
        text = open(os.path.join(SOURCES, path), encoding="utf-8").read()
        text = re.sub(r"\\e\n *", "", text).replace("\\-", "-")  # as the page of the manual writes them
        return re.findall(r"^(?: {4})?(?:\$ )?critmin ((?:metric|list|explain|init|set) \S.*)$", text, re.M)

    for path, least in {"docs/man/critmin.1": 11, "README.md": 6, "docs/policy.md": 5}.items():
        ran = 0
        for line in lines(path):
            words = [os.path.join(SOURCES, word) if word.startswith("examples/") else word
                     for word in shlex.split(line, comments=True)]
            if "&&" in words or (path != "docs/man/critmin.1" and words[1] != ":reference:"):
                continue
            critmin(*words, stderr=subprocess.DEVNULL)
            ran += 1
        assert ran >= least, f"{path}: {ran} examples"


main()
