# SPDX-License-Identifier: MIT
"""What is typed: commands, options, names, and the help that lists them."""

import os
import re
import subprocess

from harness import BESIDE, CRITMIN, case, critmin, main, new_store, refused

COMMANDS = ["init", "import", "figures", "set", "remove", "info", "list", "metric", "explain", "check", "help"]


@case
def version_is_one_line_with_the_number():
    assert re.fullmatch(r"critmin \d+\.\d+\.\d+\n", critmin("--version").out)


@case
def help_lists_every_command_and_exit_code():
    text = critmin("--help").out
    for command in COMMANDS:
        assert re.search(rf"^  {command} ", text, re.M), command
    for code in range(5):
        assert re.search(rf"^  {code}  ", text, re.M), code


@case
def help_of_a_command_lists_its_options_in_both_spellings():
    for command in COMMANDS:
        assert critmin("help", command).out == critmin(command, "--help").out
    text = critmin("help", "metric").out
    for option in [
        "format",
        "out",
        "mineral",
        "stage",
        "country",
        "partner",
        "year",
        "source",
        "edition",
        "set",
        "threads",
    ]:
        assert f"--{option} " in text, option
    assert "--measure" not in text


@case
def help_fits_a_page():
    for arguments in [["--help"], *(["help", c] for c in COMMANDS)]:
        for line in critmin(*arguments).out.split("\n"):
            assert len(line) <= 110, line


@case
def the_manual_page_names_every_command_and_option():
    with open(BESIDE, encoding="utf-8") as file:
        page = file.read().replace("\\-", "-")
    for command in COMMANDS:
        assert re.search(rf'^\.BI? "?critmin {command}\b', page, re.M), command
        for option in re.findall(r"^  (--[a-z]+)", critmin("help", command).out, re.M):
            assert option in page, option
    for option in re.findall(r"^  (--[a-z]+)", critmin("--help").out, re.M):
        assert option in page, option


@case
def no_command_is_a_usage_error():
    refused(2, says="critmin --help")


@case
def an_unknown_command_suggests_the_nearest():
    refused(2, "metrc", says="did you mean `metric`?")
    refused(2, "help", "figurs", says="did you mean `figures`?")
    refused(2, "xyzzy", says="critmin --help")


@case
def an_unknown_option_suggests_the_nearest():
    refused(2, "metric", ":reference:", "hhi", "--minral", "cobalt", says="did you mean `--mineral`?")
    refused(2, "metric", ":reference:", "hhi", "--minral=cobalt", says="did you mean `--mineral`?")
    refused(2, "metric", ":reference:", "hhi", "-m", "cobalt", says="two dashes")


@case
def an_option_of_another_command_is_refused():
    refused(2, "info", ":reference:", "--mineral", "cobalt", says="takes no --mineral")
    refused(2, "figures", ":reference:", "--threads", "2", says="takes no --threads")


@case
def options_take_their_value_after_a_space_or_an_equals_sign_and_stand_anywhere():
    asked = ["--mineral", "cobalt", "--stage", "refined", "--year", "2024", "--format", "csv"]
    first = critmin("metric", ":reference:", "hhi", *asked).out
    joined = [f"{a}={b}" for a, b in zip(asked[::2], asked[1::2])]
    assert critmin(*joined, "metric", ":reference:", "hhi").out == first
    assert critmin("metric", *joined, ":reference:", "--", "hhi").out == first


@case
def names_may_be_joined_with_commas_or_repeated():
    joined = critmin("metric", ":reference:", "hhi", "--mineral=cobalt,lithium", "--year=2023", "--format=csv").out
    repeated = critmin(
        "metric", ":reference:", "hhi", "--mineral=cobalt", "--mineral=lithium", "--year=2023", "--format=csv"
    ).out
    assert joined == repeated and "cobalt" in joined and "lithium" in joined


@case
def an_option_without_its_value_is_refused():
    refused(2, "metric", ":reference:", "hhi", "--mineral", says="--mineral needs a value")
    refused(2, "metric", ":reference:", "hhi", "--mineral", "--year", "2024", says="--mineral needs a value")
    refused(2, "metric", ":reference:", "hhi", "--mineral=", says="--mineral is empty")
    refused(2, "metric", ":reference:", "hhi", "--mineral=cobalt,,nickel", says="empty name")


@case
def an_option_given_twice_is_refused():
    refused(2, "metric", ":reference:", "hhi", "--year=2020", "--year=2021", says="--year is given twice")
    refused(2, "info", ":reference:", "--format=csv", "--format=json", says="--format is given twice")


@case
def an_unknown_format_suggests_the_nearest():
    refused(2, "info", ":reference:", "--format", "jsn", says="did you mean `json`?")


@case
def words_too_few_or_too_many_show_how_it_is_written():
    refused(2, "metric", ":reference:", says="critmin metric STORE NAME[,NAME...]")
    refused(2, "init", "a.db", "b.db", says="critmin init STORE")
    assert not os.path.exists("a.db") and not os.path.exists("b.db")


@case
def a_list_of_years_says_how_a_range_is_written():
    refused(2, "metric", ":reference:", "hhi", "--year", "2020,2024", says="first:last")


@case
def an_impossible_range_of_years_is_refused():
    refused(2, "metric", ":reference:", "hhi", "--year", "2024:2020", says=("2024", "2020"))
    refused(2, "metric", ":reference:", "hhi", "--year", "20", says="20")
    for year in ["x", "2020:", ":2020", "2020:2021:2022", "2020-2024", "99999999999"]:
        refused(2, "metric", ":reference:", "hhi", "--year", year, says=f"`{year}`")


@case
def a_malformed_date_is_refused():
    refused(2, "figures", ":reference:", "--edition", "2024-99-99", says="2024-99-99")


@case
def a_parameter_is_written_with_an_equals_sign():
    refused(2, "metric", ":reference:", "hhi", "--set", "total", says="PARAM=VALUE")
    refused(2, "metric", ":reference:", "hhi", "--set", "source=iea_cmd", says="--source")


@case
def threads_are_a_whole_number():
    refused(2, "metric", ":reference:", "hhi", "--threads", "-1", says="--threads")
    refused(2, "metric", ":reference:", "hhi", "--threads", "two", says="--threads")


@case
def unknown_names_suggest_the_nearest():
    refused(2, "metric", ":reference:", "hhhi", "--mineral", "cobalt", says=("hhhi", "`hhi`"))
    refused(2, "metric", ":reference:", "hhi", "--mineral", "colbat", says=("colbat", "cobalt"))
    refused(2, "metric", ":reference:", "share", "--mineral", "cobalt", "--country", "Chnia", says=("Chnia", "China"))
    refused(
        2, "metric", ":reference:", "hhi", "--mineral", "cobalt", "--source", "usgs_mcz", says=("usgs_mcz", "usgs_mcs")
    )
    refused(2, "figures", ":reference:", "--mineral", "colbat", says=("colbat", "cobalt"))
    refused(2, "figures", ":reference:", "--measure", "prodution", says=("prodution", "production"))
    refused(2, "list", ":reference:", "mineralz", says=("mineralz", "mineral"))
    refused(2, "list", ":reference:", "metrcs", says=("metrcs", "metrics"))
    refused(2, "list", ":reference:", "fields", "--relation", "figurs", says=("figurs", "figure"))
    refused(2, "list", ":reference:", "parameters", "--metric", "hhhi", says=("hhhi", "hhi"))


@case
def a_stage_outside_the_chain_is_refused():
    refused(2, "metric", ":reference:", "hhi", "--mineral", "cobalt", "--stage", "magnet", says=("magnet", "cobalt"))
    refused(2, "figures", ":reference:", "--mineral", "cobalt", "--stage", "magnet", says=("magnet", "cobalt"))


@case
def an_unknown_parameter_is_refused():
    refused(2, "metric", ":reference:", "hhi", "--mineral", "cobalt", "--set", "nonsense=1", says="nonsense")
    refused(2, "metric", ":reference:", "hhi", "--mineral", "cobalt", "--set", "hhi.nonsense=1", says="nonsense")


@case
def an_empty_selection_is_refused():
    refused(2, "figures", ":reference:", "--mineral", "cobalt", "--year", "1650")


@case
def a_list_refuses_what_it_does_not_narrow_by():
    refused(2, "list", ":reference:", "metrics", "--mineral", "cobalt", says="takes no --mineral")
    refused(2, "list", ":reference:", "minerals", "--metric", "hhi", says="takes no --metric")
    refused(2, "list", ":reference:", "fields", says="--relation")


@case
def an_empty_store_is_refused():
    for command in [["info"], ["check"], ["figures"], ["init"], ["list", "minerals"], ["metric", "hhi"]]:
        refused(2, command[0], "", *command[1:], says="STORE is empty")


@case
def bytes_that_are_no_text_are_refused_and_escaped():
    wild = b"\xff\xfe\x1b[31m"
    for arguments in [
        [wild],
        ["metric", ":reference:", "hhi", b"--mineral=" + wild],
        ["figures", ":reference:", b"--country=" + wild],
        [b"--" + wild, "info", ":reference:"],
        ["info", ":reference:", b"--format=" + wild],
        ["list", ":reference:", wild],
        ["metric", ":reference:", wild],
        ["metric", ":reference:", "hhi", b"--set=" + wild + b"=1"],
    ]:
        message = refused(2, *arguments).err
        assert "\x1b" not in message, arguments
    refused(3, "info", b"no-such-" + wild, says="\\x1B")


@case
def a_very_long_name_is_refused_on_one_line():
    refused(2, "metric", ":reference:", "hhi", "--mineral", "x" * 100_000)
    refused(2, "x" * 100_000)
    refused(2, "--" + "x" * 100_000)


@case
def text_is_what_one_gets_unless_told():
    assert critmin("info", ":reference:").out == critmin("info", ":reference:", "--format", "text").out


@case
def a_store_that_is_not_there_is_told_from_one_that_is():
    refused(3, "info", "nowhere.db", says=("nowhere.db", "critmin init"))
    new_store("there.db")
    critmin("info", "there.db")


@case
def standard_error_that_is_closed_does_no_harm():
    process = subprocess.run(["sh", "-c", '"$0" metrc 2>&-', CRITMIN], stdout=subprocess.PIPE, cwd="/", timeout=60)
    assert process.returncode == 2 and process.stdout == b""


main()
