# SPDX-License-Identifier: MIT
"""origin: rows, words and a picture."""

import math
import subprocess
import xml.etree.ElementTree as ElementTree

from harness import BESIDE, HEADER, case, critmin, main, refused

MAGNETS = ["origin", ":reference:", "--mineral=rare_earths", "--stage=magnet", "--country=USA", "--year=2024"]
SVG = "{http://www.w3.org/2000/svg}"


@case
def rows_are_those_of_the_metric():
    result = critmin(*MAGNETS, "--at=separated", "--format=csv")
    assert result.out.splitlines()[0] == HEADER
    same = critmin("metric", ":reference:", "origin_share", *MAGNETS[2:], "--set=at=separated", "--format=csv")
    assert result.out == same.out
    rows = result.rows()
    assert abs(sum(float(row["value"]) for row in rows) - 1) < 1e-9
    assert {"CHN", "MYS", "UNK"} <= {row["partner"] for row in rows}


@case
def every_stage_sums_to_one_and_lies_in_its_interval():
    rows = critmin(*MAGNETS, "--format=csv").rows()
    stages = {}
    for row in rows:
        assert float(row["low"]) <= float(row["value"]) <= float(row["high"]), row
        stages.setdefault(row["params"], []).append(float(row["value"]))
    assert list(stages) == ["at=mining", "at=concentrate", "at=separated", "at=metal", "at=magnet"]
    for stage, shares in stages.items():
        assert abs(sum(shares) - 1) < 1e-6, (stage, sum(shares))


@case
def words_tell_the_largest_and_what_customs_see():
    out = critmin(*MAGNETS).out
    assert "Separated oxides: China 9" in out and "what customs see of its imports: China 74.5%" in out
    assert "ASSUMED" in out and "cepii_baci" in out


@case
def the_picture_is_well_formed_and_has_its_columns():
    critmin(*MAGNETS, "--format=svg", "--out=magnets.svg")
    root = ElementTree.parse("magnets.svg").getroot()
    assert root.tag == SVG + "svg"
    texts = ["".join(node.itertext()) for node in root.iter(SVG + "text")]
    assert "Separated oxides" in texts and "bought from, as customs see it" in texts
    assert any(text.startswith("China 93 %") for text in texts), texts
    width = float(root.get("width"))
    bands = [node.get("d") for node in root.iter(SVG + "path")]
    assert len(bands) > 20 and not any("nan" in band or "inf" in band for band in bands)
    for bar in root.iter(SVG + "rect"):
        assert float(bar.get("height")) >= 0 and float(bar.get("x", 0)) + float(bar.get("width")) <= width


@case
def a_picture_of_one_stage_has_no_stages_before():
    out = critmin(*MAGNETS[:2], "--mineral=gallium", "--stage=refined", "--country=EUU", "--year=2024", "--format=svg").out
    ElementTree.fromstring(out)
    assert "China" in out


@case
def what_is_missing_or_cannot_be_drawn_is_refused():
    refused(2, *MAGNETS[:5], says="--year")
    refused(2, *MAGNETS[:2], "--mineral=rare_earths", "--stage=magnet", "--country=USA,JPN", "--year=2024", "--format=svg",
            says="one mineral, stage, country and year")
    refused(2, "metric", ":reference:", "hhi", "--format=svg", says="critmin origin")
    refused(2, *MAGNETS, "--at=separeted", says="did you mean `separated`?")
    refused(2, *MAGNETS, "--set=at=mining", says="takes no --set")


@case
def nothing_on_record_is_told():
    rows = critmin(*MAGNETS[:2], "--mineral=graphite", "--stage=anode", "--country=USA", "--year=2024", "--format=csv",
                   code=1).rows()
    assert [row["flags"] for row in rows] == ["NO_DATA"]


@case
def the_example_says_what_the_program_says():
    row = critmin(*MAGNETS, "--at=separated", "--partner=CHN", "--format=csv").rows()[0]
    out = subprocess.run([BESIDE], stdout=subprocess.PIPE, timeout=120, check=True).stdout.decode()
    first = out.splitlines()[0]
    assert math.isclose(float(first.split(": ")[1].split(" ")[0]), 100 * float(row["value"]), abs_tol=.06), first


main()
