# SPDX-License-Identifier: MIT
"""Files that are not what they should be, and the limits of the machine: nothing is written, and somebody says why."""

import os
import resource
import signal
import sqlite3
import subprocess

from harness import CRITMIN, add_own_source, case, critmin, digest, main, new_store, refused, write

FIGURES = (
    "measure,mineral,stage,country,from,to,unit,basis,value,source,edition\n"
    "production,cobalt,mining,COD,2024,2024,t,content,220000,own,1\n"
)
READERS = [["info"], ["check"], ["figures"], ["list", "minerals"], ["metric", "hhi"], ["explain", "hhi"]]


def refused_by_all(code, store, says=()):
    """Whoever reads or writes refuses the store, and leaves it as it is."""
    before = digest(store) if os.path.isfile(store) else None
    write("rows.csv", FIGURES)
    writers = [["set", "mineral", "key=cobalt", "name=Cobalt"], ["remove", "mineral", "cobalt"], ["import", "rows.csv"]]
    for command in READERS + writers:
        refused(code, command[0], store, *command[1:], says=says)
    if before:
        assert digest(store) == before, "the file was changed"
    assert sorted(os.listdir()) == sorted({store, "rows.csv"}), os.listdir()


@case
def a_text_file_is_no_store():
    write("notes.txt", "Cobalt comes from the Congo.\n" * 1000)
    refused_by_all(3, "notes.txt", says="notes.txt")


@case
def an_empty_file_is_no_store():
    write("empty.db", "")
    refused_by_all(3, "empty.db", says="empty.db")


@case
def a_directory_is_no_store():
    os.mkdir("folder")
    for command in READERS:
        refused(3, command[0], "folder", *command[1:], says="folder")


@case
def a_database_of_another_program_is_no_store():
    with sqlite3.connect("other.db") as other:
        other.execute("CREATE TABLE figure(id INTEGER PRIMARY KEY, value REAL)")
    other.close()
    refused_by_all(3, "other.db", says="other.db")


@case
def a_store_of_a_newer_library_is_refused():
    new_store("newer.db")
    with sqlite3.connect("newer.db") as newer:
        newer.execute("PRAGMA user_version = 9999")
    newer.close()
    refused_by_all(3, "newer.db", says="newer")


@case
def a_store_that_was_cut_short_is_refused():
    new_store("cut.db")
    os.truncate("cut.db", os.path.getsize("cut.db") // 2)
    refused_by_all(3, "cut.db")


@case
def a_store_that_is_not_there_is_not_made():
    for command in READERS + [["set", "mineral", "key=x"], ["remove", "mineral", "x"]]:
        refused(3, command[0], "none.db", *command[1:], says="none.db")
    assert os.listdir() == []


@case
def a_locked_store_is_refused():
    new_store()
    holder = sqlite3.connect("own.db", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    for command in [["info"], ["set", "mineral", "key=cobalt", "name=Cobalt"], ["metric", "hhi", "--mineral=cobalt"]]:
        refused(4, command[0], "own.db", *command[1:], says="own.db")
    holder.close()
    critmin("info", "own.db")


@case
def the_reference_store_cannot_be_written():
    write("rows.csv", FIGURES)
    refused(4, "set", ":reference:", "mineral", "key=cobalt", "name=Cobalt", says="critmin init")
    refused(4, "remove", ":reference:", "mineral", "cobalt", says="critmin init")
    refused(4, "import", ":reference:", "rows.csv", says="critmin init")


@case
def init_refuses_a_file_that_is_there():
    write("precious.txt", "precious")
    refused(2, "init", "precious.txt", says="precious.txt")
    with open("precious.txt", encoding="utf-8") as file:
        assert file.read() == "precious"


@case
def init_refuses_a_folder_that_is_not_there():
    refused(3, "init", "no/such/folder.db", says="folder.db")
    assert os.listdir() == []


@case
def a_file_to_import_that_is_not_there_is_told():
    new_store()
    before = digest("own.db")
    refused(3, "import", "own.db", "rows.csv", says="rows.csv")
    os.mkdir("folder")
    refused(3, "import", "own.db", "folder", says="folder")
    assert digest("own.db") == before


@case
def a_format_to_import_that_is_unknown_is_a_usage_error():
    new_store()
    write("rows.csv", FIGURES)
    refused(2, "import", "own.db", "--from", "critmim", "rows.csv", says=("critmim", "critmin"))


@case
def each_refused_row_names_file_line_and_column():
    new_store()
    add_own_source("own.db")
    before = digest("own.db")
    good = FIGURES.split("\n")[1]
    for column, words, bad in [
        (9, "-5", good.replace("220000", "-5")),
        (9, "many", good.replace("220000", "many")),
        (2, "colbat", good.replace("cobalt", "colbat")),
        (3, "magnet", good.replace("mining", "magnet")),
        (4, "Atlantis", good.replace("COD", "Atlantis")),
        (10, "nobody", good.replace("own,", "nobody,")),
        (1, "prodution", good.replace("production", "prodution")),
        (7, "furlong", good.replace(",t,", ",furlong,")),
    ]:
        write("rows.csv", FIGURES + bad + "\n")
        refused(3, "import", "own.db", "rows.csv", says=("rows.csv", "3", str(column), words))
        assert digest("own.db") == before, bad


@case
def a_file_that_is_no_table_is_refused():
    new_store()
    before = digest("own.db")
    for text in [
        "",
        "\n",
        "what,is,this\n1,2,3\n",
        FIGURES.split("\n")[0] + "\nproduction,cobalt\n",
        FIGURES + '"open\n',
        FIGURES.replace("mineral,stage", "mineral,mineral"),
    ]:
        write("rows.csv", text)
        refused(3, "import", "own.db", "rows.csv", says="rows.csv")
    with open("rows.csv", "wb") as file:
        file.write(FIGURES.encode() + b"production,\xff\xfe,mining,COD,2024,2024,t,content,1,own,1\n")
    refused(3, "import", "own.db", "rows.csv", says="rows.csv")
    assert digest("own.db") == before


@case
def several_files_are_imported_together_or_not_at_all():
    new_store()
    add_own_source("own.db")
    before = digest("own.db")
    write("good.csv", FIGURES)
    write("bad.csv", FIGURES.replace("220000", "-1"))
    refused(3, "import", "own.db", "good.csv", "bad.csv", says="bad.csv")
    assert digest("own.db") == before


@case
def a_value_that_is_refused_leaves_the_store_as_it_was():
    new_store()
    add_own_source("own.db")
    before = digest("own.db")
    good = {
        "mineral": "cobalt",
        "stage": "mining",
        "country": "COD",
        "from": "2024",
        "unit": "t",
        "basis": "content",
        "value": "220000",
        "source": "own",
        "edition": "1",
    }
    for field, value in [
        ("value", "-1"),
        ("value", "many"),
        ("mineral", "colbat"),
        ("stage", "magnet"),
        ("country", "Atlantis"),
        ("source", "nobody"),
        ("edition", "9"),
        ("from", "20x4"),
        ("unit", "furlong"),
        ("basis", "wishes"),
        ("status", "guess"),
        ("nonsense", "1"),
        ("mineral", ""),
    ]:
        fields = dict(good, **{field: value})
        refused(2, "set", "own.db", "figure", *(f"{k}={v}" for k, v in fields.items()))
        assert digest("own.db") == before, (field, value)


@case
def shares_that_cannot_be_are_refused():
    new_store()
    before = digest("own.db")
    for share in ["1.5", "-0.1"]:
        refused(
            2,
            "set",
            "own.db",
            "producer",
            "key=p",
            "name=P",
            "kind=facility",
            "owner[0].country=CHN",
            f"owner[0].share={share}",
            says=share,
        )
    refused(
        2,
        "set",
        "own.db",
        "producer",
        "key=p",
        "name=P",
        "kind=facility",
        "owner[0].country=CHN",
        "owner[0].share=0.6",
        "owner[1].country=AUS",
        "owner[1].share=0.6",
    )
    assert digest("own.db") == before


@case
def what_is_not_there_or_still_in_use_is_not_removed():
    new_store()
    before = digest("own.db")
    refused(2, "remove", "own.db", "agreement", "no-such-agreement", says="no-such-agreement")
    refused(2, "remove", "own.db", "figure", "mineral=cobalt", "from=1650")
    refused(2, "remove", "own.db", "mineral", "cobalt", says="refer")
    assert digest("own.db") == before


@case
def a_full_disk_leaves_the_store_as_it_was():
    new_store()
    add_own_source("own.db")
    before, size = digest("own.db"), os.path.getsize("own.db")
    rows = "".join(
        f"production,cobalt,mining,COD,{year},{year},t,content,{n},own,1\n" for n, year in enumerate(range(1600, 2100))
    )
    write("rows.csv", FIGURES.split("\n")[0] + "\n" + rows)
    refused(
        4, "import", "own.db", "rows.csv", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    )
    assert digest("own.db") == before
    assert sorted(os.listdir()) == ["own.db", "rows.csv"]
    critmin("import", "own.db", "rows.csv")


@case
def an_interrupt_cancels_an_import_and_leaves_the_store_as_it_was():
    new_store()
    add_own_source("own.db")
    before = digest("own.db")
    os.mkfifo("rows.csv")
    process = subprocess.Popen(
        [CRITMIN, "import", "own.db", "rows.csv"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    try:
        with open("rows.csv", "w", encoding="utf-8") as rows:
            rows.write("measure,mineral,stage,country,sector,from,to,unit,basis,value,source,edition\n")
            rows.flush()
            process.send_signal(signal.SIGINT)
            for n in range(2_000_000):
                rows.write(f"demand,cobalt,refined,COD,sector {n},2024,2024,t,content,{n},own,1\n")
    except BrokenPipeError:
        pass
    out, err = process.communicate(timeout=120)
    assert process.returncode == 4, (process.returncode, err)
    assert out == b"" and err.startswith(b"critmin: "), (out, err)
    assert digest("own.db") == before
    assert sorted(os.listdir()) == ["own.db", "rows.csv"]


@case
def standard_output_that_is_full_is_told():
    with open("/dev/full", "wb") as full:
        refused(4, "list", ":reference:", "minerals", stdout=full, says="standard output")


@case
def standard_output_that_is_closed_is_told_and_the_store_unharmed():
    new_store()
    before = digest("own.db")
    process = subprocess.run(
        ["sh", "-c", '"$0" figures own.db --mineral cobalt >&-', CRITMIN], stderr=subprocess.PIPE, timeout=60
    )
    assert process.returncode == 4 and b"standard output" in process.stderr, process
    assert digest("own.db") == before


@case
def a_reader_that_leaves_ends_the_program_quietly():
    read, write_end = os.pipe()
    os.close(read)
    process = subprocess.run([CRITMIN, "figures", ":reference:"], stdout=write_end, stderr=subprocess.PIPE, timeout=60)
    os.close(write_end)
    assert process.returncode == 4 and process.stderr == b"", process


@case
def the_output_file_keeps_its_content_when_the_command_fails():
    write("out.csv", "before")
    refused(2, "metric", ":reference:", "hhi", "--mineral=colbat", "--out=out.csv")
    refused(3, "info", "none.db", "--out", "out.csv")
    refused(
        4,
        "info",
        ":reference:",
        "--out",
        "out.csv",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (8, 8)),
    )
    with open("out.csv", encoding="utf-8") as file:
        assert file.read() == "before"
    assert os.listdir() == ["out.csv"]


@case
def an_output_file_that_cannot_be_is_refused():
    new_store()
    before = digest("own.db")
    os.mkdir("folder")
    os.link("own.db", "alias.db")
    refused(2, "info", "own.db", "--out", "folder", says="folder")
    refused(2, "info", "own.db", "--out", "no/such/file", says="no/such/file")
    refused(2, "info", "own.db", "--out", "own.db", says="store itself")
    refused(2, "info", "own.db", "--out", "alias.db", says="store itself")
    refused(4, "info", "own.db", "--out", "/dev/full", says="/dev/full")
    assert digest("own.db") == before


@case
def a_change_is_refused_before_it_is_made_when_its_report_could_not_be_written():
    new_store()
    before = digest("own.db")
    os.mkdir("folder")
    refused(2, "set", "own.db", "group", "key=us", "name=Us", "--out", "folder")
    refused(2, "init", "other.db", "--out", "folder")
    assert digest("own.db") == before and not os.path.exists("other.db")


main()
