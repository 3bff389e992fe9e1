# SPDX-License-Identifier: MIT
"""init, set, remove, import: stores of one's own."""

import os
import stat

from harness import add_own_source, case, critmin, digest, main, new_store, refused, write

FIGURE = ["mineral=cobalt", "stage=mining", "country=COD", "unit=t", "basis=content", "source=own", "edition=1"]


def figures(store, *selectors):
    return critmin("figures", store, "--format=csv", *selectors).out


def listed(store, what, *selectors):
    return critmin("list", store, what, "--format=csv", *selectors).rows()


@case
def init_makes_a_store_with_the_reference_data():
    assert "own.db" in critmin("init", "own.db").out
    assert os.listdir() == ["own.db"]
    assert figures("own.db", "--mineral=cobalt") == figures(":reference:", "--mineral=cobalt")


@case
def a_path_with_spaces_and_accents_is_a_path():
    critmin("init", "minéraux critiques.db")
    critmin("info", "minéraux critiques.db")


@case
def a_figure_that_is_set_is_there_as_written():
    store = new_store()
    add_own_source(store)
    assert critmin("set", store, "figure", *FIGURE, "from=2024", "to=2024", "value=220000", "status=estimated").out
    rows = critmin("figures", store, "--source=own", "--format=csv").rows()
    assert len(rows) == 1
    expected = {
        "measure": "production",
        "mineral": "cobalt",
        "stage": "mining",
        "country": "COD",
        "from": "2024",
        "to": "2024",
        "outlook": "actual",
        "unit": "t",
        "basis": "content",
        "value": "220000",
        "status": "estimated",
        "source": "own",
        "edition": "1",
    }
    assert {k: rows[0][k] for k in expected} == expected, rows[0]


@case
def a_figure_with_the_same_key_is_replaced():
    store = new_store()
    add_own_source(store)
    for value in ["1", "2.5"]:
        critmin("set", store, "figure", *FIGURE, "from=2024", "to=2024", f"value={value}")
    rows = critmin("figures", store, "--source=own", "--format=csv").rows()
    assert [r["value"] for r in rows] == ["2.5"]


@case
def one_end_of_a_period_stands_for_the_other():
    store = new_store()
    add_own_source(store)
    critmin("set", store, "figure", *FIGURE, "from=2023", "value=1")
    critmin("set", store, "figure", *FIGURE, "to=2024", "value=2")
    rows = critmin("figures", store, "--source=own", "--format=csv").rows()
    assert [(r["from"], r["to"]) for r in rows] == [("2023", "2023"), ("2024", "2024")]


@case
def a_withheld_figure_is_neither_zero_nor_missing():
    store = new_store()
    add_own_source(store)
    critmin("set", store, "figure", *FIGURE, "from=2024", "status=withheld", "high=500")
    row = critmin("figures", store, "--source=own", "--format=json").json()[0]
    assert row["value"] is None and row["high"] == 500 and row["status"] == "withheld"


@case
def removing_a_figure_undoes_setting_it():
    store = new_store()
    add_own_source(store)
    before = figures(store)
    critmin("set", store, "figure", *FIGURE, "from=2024", "value=1")
    assert figures(store) != before
    assert "1" in critmin("remove", store, "figure", "source=own").out
    assert figures(store) == before


@case
def a_record_is_made_then_changed_then_removed():
    store = new_store()
    text = critmin(
        "set",
        store,
        "agreement",
        "key=us-au",
        "name=US and Australia",
        "kind=framework",
        "signed=2025-10-20",
        "party[0].country=USA",
        "party[1].country=AUS",
        "scope[0].mineral=gallium",
    ).out
    assert "added" in text
    row = listed(store, "agreements", "--key=us-au")[0]
    assert (row["agreement"], row["name"], row["kind"], row["signed"]) == (
        "us-au",
        "US and Australia",
        "framework",
        "2025-10-20",
    )
    parties = [r for r in listed(store, "agreement_party") if r["agreement"] == "us-au"]
    assert sorted(r["country"] for r in parties) == ["AUS", "USA"]

    assert "changed" in critmin("set", store, "agreement", "us-au", "name=Framework", "party[2].country=JPN").out
    row = listed(store, "agreements", "--key=us-au")[0]
    assert (row["name"], row["kind"]) == ("Framework", "framework")
    assert len([r for r in listed(store, "agreement_party") if r["agreement"] == "us-au"]) == 3

    critmin("set", store, "agreement", "agreement=us-au", "party=", "party[0].country=CAN", "signed=")
    assert [r["country"] for r in listed(store, "agreement_party") if r["agreement"] == "us-au"] == ["CAN"]
    assert listed(store, "agreements", "--key=us-au")[0]["signed"] == ""

    assert "removed" in critmin("remove", store, "agreement", "us-au").out
    assert "us-au" not in critmin("list", store, "agreements", "--format=csv").out
    assert "us-au" not in critmin("list", store, "agreement_party", "--format=csv").out


@case
def every_kind_of_record_can_be_made_and_removed():
    store = new_store()
    records = {
        "mineral": [
            "name=Testium",
            "stage[0].stage=mining",
            "stage[0].kind=mining",
            "stage[0].position=1",
            "stage[0].name=Mine",
            "stage[0].basis=content",
        ],
        "producer": [
            "name=Mine",
            "kind=facility",
            "country=COD",
            "mineral=cobalt",
            "stage=mining",
            "owner[0].country=CHN",
            "owner[0].share=0.8",
        ],
        "agreement": ["name=A", "kind=offtake", "party[0].country=JPN"],
        "reserve": ["kind=strategic", "holder=JPN", "mineral=cobalt", "from=2024", "days_of_cover=60"],
        "restriction": ["kind=quota", "country=COD", "effective=2025-10-16", "scope[0].mineral=cobalt"],
        "group": ["name=Us", "member[0].country=JPN", "member[1].country=KOR"],
        "source": ["publisher=Us", "title=T", "licence=CC0-1.0"],
    }
    for kind, fields in records.items():
        assert "added" in critmin("set", store, kind, "key=testium", *fields).out, kind
        assert len(listed(store, kind, "--key=testium")) == 1, kind
        assert "changed" in critmin("set", store, kind + "s", "key=testium", "note=seen").out, kind
        assert listed(store, kind, "--key=testium")[0]["note"] == "seen", kind
        assert "removed" in critmin("remove", store, kind, "key=testium").out, kind
        refused(2, "list", store, kind, "--key=testium", says="testium")


@case
def an_assumption_is_a_row():
    store = new_store()
    critmin(
        "set",
        store,
        "assumption",
        "assumption=inventory",
        "subject=private inventory",
        "value=30",
        "low=10",
        "high=60",
        "unit=d",
        "reason=nobody publishes it",
    )
    assert [r["reason"] for r in listed(store, "assumptions") if r["assumption"] == "inventory"] == [
        "nobody publishes it"
    ]
    critmin("remove", store, "assumption", "assumption=inventory")
    assert "inventory" not in [r["assumption"] for r in listed(store, "assumptions")]


@case
def figures_written_as_csv_come_back_as_they_were():
    store, other = new_store(), new_store("other.db")
    add_own_source(store)
    critmin(
        "set",
        store,
        "figure",
        *FIGURE,
        "from=2024",
        "value=0.1",
        "low=0.05",
        "high=0.15",
        'note=a "note", with a comma',
    )
    critmin("set", store, "figure", *FIGURE, "from=2022-07", "to=2022-12", "status=withheld")
    written = figures(store)
    critmin("figures", store, "--format=csv", "--out=figures.csv")
    for what in ["source", "edition"]:
        critmin("list", store, what, "--format=csv", f"--out={what}.csv")
    for measure in {r["measure"] for r in critmin("figures", other, "--format=csv").rows()}:
        critmin("remove", other, "figure", f"measure={measure}")
    assert figures_count(other) == 0
    critmin("import", other, "source.csv", "edition.csv", "figures.csv")
    assert figures(other) == written


def figures_count(store):
    facts = {r["name"]: r["value"] for r in critmin("info", store, "--format=csv").rows()}
    return int(facts["rows_figure"])


@case
def every_relation_written_as_csv_comes_back_as_it_was():
    store = new_store()
    relations = [r["relation"] for r in listed(store, "relations")]
    assert "figure" in relations and "mineral" in relations
    filled = []
    for relation in relations:
        critmin("list", store, relation, "--format=csv", f"--out={relation}.csv")
        with open(f"{relation}.csv", encoding="utf-8") as file:
            if len(file.read().split("\n")) > 2:
                filled.append(relation)
    critmin("import", store, *(f"{relation}.csv" for relation in filled))
    for relation in relations:
        with open(f"{relation}.csv", encoding="utf-8", newline="") as file:
            assert critmin("list", store, relation, "--format=csv").out == file.read(), relation


@case
def what_makes_no_sense_is_refused_and_nothing_is_written():
    store = new_store()
    critmin("set", store, "agreement", "key=own", "name=A", "kind=offtake", "party[0].country=JPN")
    own = ["source=usgs_mcs", "edition=2026"]
    wrong = [
        (["group_member", "group=G7", "country=JPN", "from=1990"], "JPN is a member of group G7"),
        (["agreement", "key=lone", "name=A", "kind=offtake"], "agreement `lone` has no party"),
        (["restriction", "key=ban", "kind=ban", "suspension[0].from=2025-11", "suspension[0].until=2025-10"], "2025-10"),
        (
            ["agreement", "key=own", "commitment[0].kind=tonnes", "commitment[0].tonnes=5", "commitment[0].share=0.5"],
            "a commitment is of one kind",
        ),
        (
            ["agreement", "key=own", "commitment[0].kind=money", "commitment[0].amount=5", "commitment[0].currency=ABC"],
            "ABC",
        ),
        (
            ["flow", "mineral=cobalt", "stage=mining", "importer=COD", "exporter=COD", "from=2024", "share=1", *own],
            "COD",
        ),
        (
            ["figure", "measure=demand", "mineral=cobalt", "stage=mining", "country=COD", "from=2024", "unit=t"]
            + ["basis=content", "value=-1", *own],
            "-1",
        ),
    ]
    before = digest(store)
    for row, says in wrong:
        refused(2, "set", store, *row, says=says)
    assert digest(store) == before


@case
def files_of_what_makes_no_sense_are_refused_with_the_row_named():
    store = new_store()
    critmin("set", store, "agreement", "key=own", "name=A", "kind=offtake", "party[0].country=JPN")
    wrong = {
        "group_member": ("group,country,from,to", "G7,KOR,1990,1991", "G7,JPN,1990,"),
        "restriction_suspension": ("restriction,from,until", "chn_usa_ban_2024,2027,2028", "chn_usa_ban_2024,2029-05,2029-04"),
        "agreement_commitment": ("agreement,kind,tonnes,share", "own,share,,0.4", "own,tonnes,5,0.5"),
        "agreement_commitment-money": ("agreement,kind,amount,currency", "own,money,5,EUR", "own,money,5,ABC"),
        "flow": (
            "mineral,stage,importer,exporter,from,to,share,source,edition",
            "cobalt,mining,ISL,COD,2024,2024,0.5,usgs_mcs,2026",
            "cobalt,mining,COD,COD,2024,2024,0.5,usgs_mcs,2026",
        ),
        "figure": (
            "measure,mineral,stage,country,from,to,unit,basis,value,source,edition",
            "demand,cobalt,mining,ISL,2024,2024,t,content,1,usgs_mcs,2026",
            "demand,cobalt,mining,COD,2024,2024,t,content,-1,usgs_mcs,2026",
        ),
        "agreement": ("agreement,name,kind", "own,A,offtake", "lone,B,offtake"),
    }
    before = digest(store)
    for name, (header, good, bad) in wrong.items():
        write(f"{name}.csv", f"{header}\n{good}\n{bad}\n")
        named = {"group_member": "JPN", "agreement": "`lone`"}.get(name, "line 3")
        refused(3, "import", store, f"{name}.csv", says=named)
        assert digest(store) == before, name


@case
def an_agreement_is_imported_with_its_parties():
    store = new_store()
    write("agreement.csv", "agreement,name,kind\nown,A,offtake\n")
    write("agreement_party.csv", "agreement,country\nown,JPN\n")
    critmin("import", store, "agreement.csv", "agreement_party.csv")
    assert listed(store, "agreements", "--key=own")[0]["name"] == "A"


@case
def what_still_refers_to_a_record_is_named():
    store = new_store()
    refused(2, "remove", store, "agreement", "lynas_jare_2023", says="agreement `lynas_jare_2026`")
    refused(2, "remove", store, "mineral", "cobalt", says="a row of producer refers to what is to be removed")


@case
def an_import_says_what_it_brought():
    store = new_store()
    add_own_source(store)
    rows = (
        "measure,mineral,stage,country,from,to,unit,basis,value,source,edition\n"
        "production,cobalt,mining,COD,2023,2023,t,content,1,own,1\n"
        "production,cobalt,mining,COD,2024,2024,t,content,2,own,1\n"
    )
    write("rows.csv", rows)
    first = critmin("import", store, "rows.csv", "--format=csv").rows()
    assert first == [{"file": "rows.csv", "relation": "figure", "rows": "2", "new": "2", "replaced": "0"}], first
    write("more.csv", rows + "production,cobalt,mining,COD,2022,2022,t,content,3,own,1\n")
    second = critmin("import", store, "--from", "critmin", "rows.csv", "more.csv", "--format=json").json()
    assert [(r["file"], r["new"], r["replaced"]) for r in second] == [("rows.csv", 0, 2), ("more.csv", 1, 2)], second
    assert len(critmin("figures", store, "--source=own", "--format=csv").rows()) == 3


@case
def reading_leaves_a_store_as_it_is():
    store = new_store()
    before = digest(store)
    os.chmod(store, 0o444)
    for command in [["info"], ["check"], ["figures"], ["list", "minerals"], ["metric", "hhi", "--mineral=cobalt"]]:
        critmin(command[0], store, *command[1:])
    assert digest(store) == before and os.listdir() == [store]


@case
def a_composite_is_read_from_a_file_and_asked_for_by_its_name():
    store = new_store()
    write("spread.json", '{"name": "Spread", "criteria": [{"metric": "hhi"}, {"metric": "cr1"}], "items": "stage"}')
    critmin("import", store, "--from", "composite", "spread.json")
    assert listed(store, "composites")[0]["name"] == "Spread"
    last = listed(store, "metrics")[-1]
    assert (last["metric"], last["verified"], last["subject"]) == ("spread", "0", "market"), last
    assert '"metric": "cr1"' in last["text"]
    cell = ["--mineral=cobalt", "--stage=mining", "--year=2022", "--format=csv"]
    rows = critmin("metric", store, "hhi,cr1,spread", *cell).rows()
    values = [float(row["value"]) for row in rows]
    assert abs(values[2] - (values[0] + values[1]) / 2) < 1e-12, values
    roles = [row["role"] for row in critmin("explain", store, "spread", *cell).rows()]
    assert roles.count("criterion") == 2 and "producer" in roles, roles
    critmin("remove", store, "composite", "composite=spread")
    assert listed(store, "composites") == []


@case
def a_composite_is_taken_apart_and_its_weights_drawn():
    store = new_store()
    write("spread.json", '{"criteria": [{"metric": "hhi"}, {"metric": "hhi_wgi", "name": "governed", "normalise": '
                         '{"kind": "min_max", "low": 0, "high": 10}}], "weights": [3, 1], "items": "stage"}')
    critmin("import", store, "--from", "composite", "spread.json")
    asked = ["metric", store, "spread", "--mineral=cobalt,tin,gallium", "--stage=mining,refined", "--year=2022"]
    apart = [*asked, "--table=criteria", "--format=csv"]
    rows = critmin(*apart).rows()
    assert {r["criterion"] for r in rows} == {"hhi", "governed"} and {r["weight"] for r in rows} == {"0.75", "0.25"}, rows
    scores = {(r["mineral"], r["stage"]): float(r["value"]) for r in critmin(*asked, "--format=csv").rows() if r["value"]}
    for (mineral, stage), score in scores.items():
        own = [r for r in rows if (r["mineral"], r["stage"]) == (mineral, stage)]
        hhi, governed = (float(r["normalised"]) for r in own)
        assert abs(score - (3 * hhi + governed) / 4) < 1e-12 and all(float(r["score"]) == score for r in own), own
        assert abs(float(own[0]["effect"]) - (score - governed)) < 1e-12, own
        assert int(own[0]["rank"]) == 1 + sum(other > score for other in scores.values()), own
    assert {r["probability"] for r in rows} == {""}
    drawn = critmin(*apart, "--draws=500", "--seed=7", "--top=1").rows()
    of_hhi = [r for r in drawn if r["criterion"] == "hhi"]
    assert abs(sum(float(r["probability"]) for r in of_hhi) - 1) < 1e-12, of_hhi
    assert drawn == critmin(*apart, "--draws=500", "--seed=7", "--top=1", "--threads=3").rows()
    close = critmin(*apart, "--draws=500", "--top=1", "--concentration=1e6").rows()
    assert all(r["probability"] == ("1" if r["rank"] == "1" else "0") for r in close), close
    assert "spread" not in critmin(*asked, "--table=criteria").out and "governed" in critmin(*asked, "--table=criteria").out
    refused(2, *asked, "--draws=5", says="--table criteria")
    refused(2, *asked, "--table=worth", says="criteria")
    refused(2, *asked, "--table=criteria", "--concentration=wide", says="`wide`")
    refused(2, "metric", store, "hhi", "--year=2022", "--table=criteria", says="no composite `hhi`")


@case
def a_bad_composite_is_refused_with_its_place():
    store = new_store()
    write("bad.json", '{\n  "criteria": [{"metric": "hhi"}],\n  "weights": [1, 2]\n}')
    refused(3, "import", store, "--from=composite", "bad.json",
            says="bad.json, line 3, column 14, `weights`: 2 weights for 1 criteria")
    refused(2, "set", store, "composite", "composite=x", "name=x", 'definition={"criteria": [{"metric": "hhu"}]}',
            says=["`criteria[0].metric`", "did you mean `hhi`?"])


@case
def an_output_file_is_written_whole_with_its_mode_and_link_kept():
    expected = critmin("list", ":reference:", "minerals", "--format=csv").out
    assert critmin("list", ":reference:", "minerals", "--format=csv", "--out=new.csv").out == ""
    write("old.csv", "before")
    os.chmod("old.csv", 0o640)
    os.symlink("old.csv", "link.csv")
    critmin("list", ":reference:", "minerals", "--format=csv", "--out=link.csv")
    for path in ["new.csv", "old.csv"]:
        with open(path, encoding="utf-8", newline="") as file:
            assert file.read() == expected
    assert os.path.islink("link.csv") and stat.S_IMODE(os.stat("old.csv").st_mode) == 0o640
    assert sorted(os.listdir()) == ["link.csv", "new.csv", "old.csv"]


main()
