# SPDX-License-Identifier: MIT
"""origin: rows, words and a picture."""

import math
import re
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


def picture(*arguments):
    """The picture: its root, and its texts."""
    root = ElementTree.fromstring(critmin(*arguments, "--format=svg").out)
    return root, ["".join(node.itertext()) for node in root.iter(SVG + "text")]


def told(root):
    """{stage: {country: percent}} of the description, as those hear it who cannot see the picture."""
    return {
        stage: {name: float(share) for name, share in re.findall(r"(?:^|, )([^,]+?) ([\d.]+) %", shares)}
        for stage, shares in re.findall(r"([^:.]+): (.*?)\. ", root.find(SVG + "desc").text)
    }


@case
def the_picture_is_well_formed_and_has_its_columns():
    critmin(*MAGNETS, "--format=svg", "--out=magnets.svg")
    root = ElementTree.parse("magnets.svg").getroot()
    assert root.tag == SVG + "svg"
    _, texts = picture(*MAGNETS)
    assert "Permanent magnets (Rare earths): United States, 2024" in texts
    assert "Separated oxides" in texts and " ".join(texts).find("bought from, as customs see it") > 0
    assert any(text.startswith("Sources: US Geological Survey, ") for text in texts)
    width, height = float(root.get("width")), float(root.get("height"))
    bands = [node.get("d") for node in root.iter(SVG + "path")]
    assert len(bands) > 20 and not any("nan" in band or "inf" in band for band in bands)
    for bar in root.iter(SVG + "rect"):
        assert float(bar.get("height")) >= 0 and float(bar.get("x", 0)) + float(bar.get("width")) <= width
        assert float(bar.get("y", 0)) + float(bar.get("height")) <= height


@case
def the_picture_tells_the_shares_of_the_rows():
    for user in "USA", "JPN", "EU27":
        arguments = [*MAGNETS[:4], f"--country={user}", "--year=2024"]
        rows = [row for row in critmin(*arguments, "--format=csv").rows() if row["partner"] == "CHN"]
        shares = told(picture(*arguments)[0])
        for row, stage in zip(rows[-3:], ("Separated oxides", "Metals and alloys", "Permanent magnets")):
            assert math.isclose(shares[stage]["China"], 100 * float(row["value"]), abs_tol=.5), (user, stage, row)


@case
def members_of_a_group_are_told_in_its_own_row_alone():
    cobalt = ["origin", ":reference:", "--mineral=cobalt", "--stage=refined", "--country=EU27", "--year=2024"]
    root, _ = picture(*cobalt)
    for stage, shares in told(root).items():
        assert "Finland" not in shares and abs(sum(shares.values()) - 100) < 3, (stage, shares)
    assert "Finland" not in critmin(*cobalt).out


@case
def no_label_stands_on_another():
    for arguments in MAGNETS, [*MAGNETS[:2], "--mineral=cobalt", "--stage=refined", "--country=EU27", "--year=2024"]:
        root, _ = picture(*arguments)
        places = {}
        for node in root.iter(SVG + "text"):
            if node.get("class") == "name":
                places.setdefault(node.get("x"), []).append(float(node.get("y")))
        assert len(places) >= 5
        for column in places.values():
            column.sort()
            assert all(below - above > 12 for above, below in zip(column, column[1:])), column
            assert column[-1] < float(root.get("height"))


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
