# SPDX-License-Identifier: MIT
"""scenario: from the file or a restriction on record to tables; what is wrong with a file, and where."""

import glob
import json
import math
import os
import subprocess

from harness import BESIDE, case, critmin, main, refused, write

SOURCES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
EXAMPLES = os.path.join(SOURCES, "examples", "scenarios")
JAPAN = os.path.join(EXAMPLES, "japan-rare-earths.json")
CASES = ["neither", "reserve", "agreement", "both"]


def scenario(*arguments):
    return critmin("scenario", ":reference:", *arguments, "--format=csv").rows()


def days(rows, measure="days_to_shortage"):
    return {row["case"]: float(row["value"]) for row in rows if row["measure"] == measure}


def document(text):
    """A file that holds it, in the folder that each case has as its own."""
    write("scenario.json", text)
    return "scenario.json"


@case
def japan_lasts_longer_with_a_reserve_with_an_agreement_and_longest_with_both():
    rows = [row for row in scenario(JAPAN) if row["measure"] == "days_to_shortage"]
    assert [row["case"] for row in rows] == CASES
    last = days(rows)
    assert last["neither"] < last["agreement"] < last["both"], last
    assert last["neither"] < last["reserve"] < last["both"], last
    for row in rows:
        assert float(row["low"]) <= float(row["value"]) <= float(row["high"]), row
        assert "ASSUMED" in row["flags"] and row["unit"] == "d", row


@case
def a_curve_has_a_point_for_each_week_and_case_between_its_ends():
    rows = scenario(JAPAN, "--table=weeks")
    for name in CASES:
        weeks = [row for row in rows if row["case"] == name]
        assert [int(row["week"]) for row in weeks] == list(range(1, 54)), name
        for row in weeks:
            assert 0 <= float(row["low"]) <= float(row["value"]) <= float(row["high"]) <= 1, row


@case
def every_example_runs_and_every_assumption_is_named():
    files = sorted(glob.glob(os.path.join(EXAMPLES, "*.json")))
    assert len(files) >= 2
    for path in files:
        ran = critmin("scenario", ":reference:", path, code=None)
        if "mitigation" in path and ran.code == 4:  # the only one that takes a linear programme
            assert "built without a solver" in ran.err, ran.err
            continue
        assert scenario(path), path
        for row in scenario(path, "--table=inputs"):
            assert row["origin"] in ("scenario", "record", "assumption", "model", "default"), row
            assert row["origin"] != "assumption" or (row["key"] and len(row["text"]) > 20), row
        text = critmin("scenario", ":reference:", path).out
        assert "short from day" in text and "private_inventory" in text and "\nflags\n" in text, path
        assert all(len(line) <= 100 for line in text.splitlines()), path


@case
def a_value_can_be_set_from_the_command_line():
    before = days(scenario(JAPAN))
    after = days(scenario(JAPAN, "--set", "users[0].inventory=60", "--set", "assume.leak=0"))
    assert after["neither"] > before["neither"], after
    assert math.isclose(after["neither"], 60 / .95), after
    refused(2, "scenario", ":reference:", JAPAN, "--set", "users[0].inventry=60", says="did you mean `inventory`?")
    refused(2, "scenario", ":reference:", JAPAN, "--set", "=3", says="PATH=VALUE")


@case
def a_restriction_on_record_is_a_scenario_by_its_key():
    minerals = {row["mineral"] for row in scenario("chn_usa_ban_2024")}
    assert minerals == {"gallium", "germanium", "antimony"}, minerals
    refused(2, "scenario", ":reference:", "chn_usa_ban_2042", says=("no file", "no such restriction", "chn_usa_ban_2024"))
    refused(2, "scenario", ":reference:", "cod_cobalt_ban_2025", says=("users: nobody is named", "--country"))
    refused(2, "scenario", ":reference:", "cod_cobalt_ban_2025", "--country=JPN, Atlantis", says="users[1]: there is no country")
    refused(2, "scenario", ":reference:", JAPAN, "--country=KOR", says="it touches nothing")
    assert {row["country"] for row in scenario("cod_cobalt_ban_2025", "--country=JPN,USA")} == {"JPN", "USA"}
    share = [row for row in scenario("cod_cobalt_quota_2025", "--country=JPN", "--table=inputs") if row["what"] == "share"]
    assert [(row["origin"], row["key"]) for row in share] == [("record", "cod_cobalt_quota_2025")], share


@case
def every_restriction_on_record_runs_or_says_why_not():
    for row in critmin("list", ":reference:", "restrictions", "--format=csv").rows():
        ended = critmin("scenario", ":reference:", row["restriction"], "--country=JPN,USA,CHN,DEU", "--format=csv", code=None)
        if ended.code == 2:
            assert row["kind"] == "other" or "names no mineral" in ended.err, ended.err
        else:
            assert ended.code in (0, 1) and len(ended.rows()) > 1, row


@case
def any_cell_is_explained_down_to_who_says_so():
    asked = ["explain", ":reference:", JAPAN, "--where", "case=both", "--measure=days_to_shortage"]
    rows = critmin(*asked, "--format=csv").rows()
    by_role = {role: [row for row in rows if row["role"] == role] for role in ("input", "day", "record")}
    paths = {row["path"] for row in by_role["input"]}
    assert {"users[0].inventory", "shocks[0].leak", "reserves[0].days", "agreements[0].share"} <= paths, paths
    value = days(scenario(JAPAN))["both"]
    for row in by_role["input"]:
        assert row["origin"] != "assumption" or (row["key"] and row["note"] and "ASSUMED" in row["flags"]), row
        if row["low"] != row["high"]:
            ends = float(row["at_low"]), float(row["at_high"])
            assert min(ends) - 1e-9 <= value <= max(ends) + 1e-9, row
    assert any(row["what"] == "runs short" and math.isclose(float(row["day"]), value) for row in by_role["day"])
    assert [float(row["day"]) for row in by_role["day"]] == sorted(float(row["day"]) for row in by_role["day"])
    assert {"jpn_rare_metals_target", "lynas_jare_2023"} <= {row["key"] for row in by_role["record"]}
    assert all(row["publisher"] and row["title"] for row in by_role["record"])
    text = critmin(*asked).out
    assert "Numbers that entered" in text and "has no inventory left" in text and "Who says so" in text


@case
def what_is_behind_a_dependence_is_the_trade_that_it_was_traced_along():
    for table in ("weeks", "attribution", "worth", "users"):
        narrow = {"weeks": ["--where=week=30", "--where=case=neither"], "attribution": [], "worth": ["--where=kind=inventory"],
                  "users": ["--where=case=neither", "--measure=share_missing"]}[table]
        rows = critmin("explain", ":reference:", "chn_usa_ban_2024", f"--table={table}", "--mineral=gallium", *narrow,
                       "--format=csv").rows()
        flows = [row for row in rows if row["role"] == "flow"]
        assert flows and all(row["source"] and row["publisher"] for row in flows), table
        assert {row["path"] for row in flows} == {"shocks[0].dependence"}, table
    refused(2, "explain", ":reference:", JAPAN, says=("8 rows of `summary`", "case is neither, reserve, agreement or both"))
    refused(2, "explain", ":reference:", JAPAN, "--where=case=all", says="no row of `summary` is like that")
    refused(2, "explain", ":reference:", JAPAN, "--where=cause=all", says="has no column `cause`")
    refused(2, "explain", ":reference:", JAPAN, "--where=both", says="COLUMN=VALUE")
    refused(2, "explain", ":reference:", JAPAN, "--year=2024", says="--set year=2024")
    refused(2, "explain", ":reference:", "hhi", "--where=case=both", "--mineral=cobalt", says="of scenarios")


@case
def ranges_of_draws_are_saved_and_put_together():
    whole = scenario(JAPAN, "--table=draws", "--draws=500", "--save=whole")
    scenario(JAPAN, "--draws=200", "--save=one", "--threads=1")
    scenario(JAPAN, "--draws=300", "--first=200", "--save=two")
    assert scenario(JAPAN, "two", "one", "--table=draws", "--save=merged") == whole
    with open("whole", "rb") as left, open("merged", "rb") as right:
        assert left.read() == right.read()
    assert scenario(JAPAN, "one", "--first=200", "--draws=300", "--table=draws") == whole
    tail = scenario(JAPAN, "one", "two", "--table=tail")
    assert [row["case"] for row in tail] == CASES and all(math.isclose(float(row["share"]), 1) for row in tail)
    refused(2, "scenario", ":reference:", JAPAN, "one", "one", says="is in both")
    refused(2, "scenario", ":reference:", JAPAN, "one", "--seed=1", says="another seed")
    refused(2, "scenario", ":reference:", JAPAN, "one", "--first=300", "--draws=9", says="draws 200 to 299 are missing")
    refused(3, "scenario", ":reference:", JAPAN, JAPAN, says="no saved draws")
    refused(2, "scenario", ":reference:", JAPAN, "--save=three", says="nothing was drawn")


@case
def draws_do_not_depend_on_threads_and_depend_on_the_seed():
    asked = [JAPAN, "--table=draws", "--draws=3000"]
    one = scenario(*asked, "--threads=1")
    assert one == scenario(*asked, "--threads=4")
    assert one != scenario(*asked, "--seed=1")
    assert {row["case"] for row in one} == set(CASES)
    for row in one:
        assert float(row["p05"]) <= float(row["p50"]) <= float(row["p95"]), row
    assert scenario(JAPAN, "--table=draws") == []


@case
def what_is_wrong_with_a_file_is_said_with_its_place():
    shock = '"shocks": [{"kind": "ban", "countries": "CHN", "minerals": "germanium", "stages": "refined"%s}]'
    user = '"users": [{"country": "USA", "mineral": "germanium", "stage": "%s"}]'
    for text, says in (
        ("{", ("line 1", "no JSON")),
        ("[1]", ("give an object",)),
        ('{\n  "shoks": []\n}', ("line 2, column 12", "shoks", "did you mean `shocks`?")),
        ("{%s}" % (shock % ', "share": 2'), ("shocks[0].share: 2 is no share",)),
        ("{%s}" % (shock % ', "probability": -1'), ("shocks[0].probability: -1 is no share",)),
        ("{%s, %s}" % (user % "refined", shock.replace('"refined"', '"anode"') % ""), ("shocks[0].stages", "`anode`")),
        ("{%s, %s}" % (user % "magnet", shock % ""), ("users[0]: the chain of `germanium` has no stage `magnet`",)),
        ("{%s, %s}" % (user % "refined", shock.replace("CHN", "Chinia") % ""), ("shocks[0].countries", "Chinia")),
        ("{%s, %s, %s}" % (user % "refined", shock % "", '"reserves": [{"holder": "USA", "tonnes": -5}]'),
         ("reserves[0].tonnes: -5 is below zero",)),
        ("{%s, %s}" % (user.replace("germanium", "cobalt") % "refined", shock % ""), ("it touches nothing",)),
    ):
        refused(3, "scenario", ":reference:", document(text), says=("scenario.json: ", *says))
    refused(3, "scenario", ":reference:", "none.json", says="there is no file")
    refused(3, "scenario", ":reference:", ".", says="cannot be read")
    refused(2, "scenario", ":reference:", JAPAN, "--table=week", says="only `weeks`")
    refused(2, "scenario", ":reference:", JAPAN, "--draws=many", says="no whole number")


@case
def a_scenario_that_nobody_can_answer_ends_with_one():
    path = document(json.dumps({
        "users": [{"country": "JPN", "mineral": "dysprosium", "stage": "separated", "demand": 1,
                   "inventory": {"low": 1, "high": 9}}],
        "shocks": [{"kind": "ban", "countries": "CHN", "minerals": "dysprosium", "dependence": 1}],
    }))
    rows = critmin("scenario", ":reference:", path, "--format=csv", code=1).rows()
    assert all(row["value"] == "" and row["low"] and row["high"] for row in rows), rows


@case
def the_example_program_prints_the_four_cases():
    made = subprocess.run([BESIDE, JAPAN], capture_output=True, text=True, timeout=60)
    assert made.returncode == 0 and made.stderr == "", made.stderr
    assert [line.split()[0] for line in made.stdout.splitlines()] == CASES, made.stdout


main()
