# SPDX-License-Identifier: MIT
"""
The page of questions: what it shows is what its commands print, and what it answers is in what they print.

    questions.py CRITMIN PAGE            holds the page to its commands
    questions.py CRITMIN PAGE --write    writes into it what they print today
"""

import os
import re
import shutil
import subprocess
import sys

from harness import BESIDE, CRITMIN, case, main

FOLDER = os.path.splitext(BESIDE)[0]  # what the commands read
EXAMPLES = os.path.join(os.path.dirname(BESIDE), "..", "examples")
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.M | re.S)
NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?:e-?\d+)?(?!\w)")


def page():
    with open(BESIDE, encoding="utf-8") as file:
        return file.read()


def prepare(place):
    for name in os.listdir(FOLDER):
        source, copy = os.path.join(FOLDER, name), os.path.join(place, name)
        (shutil.copytree if os.path.isdir(source) else shutil.copy)(source, copy)
    os.symlink(EXAMPLES, os.path.join(place, "examples"))
    os.mkdir(os.path.join(place, "bin"))
    os.symlink(CRITMIN, os.path.join(place, "bin", "critmin"))


def run(command):
    """Lines that a command of the page prints. It is one line, or goes on where it ends with a backslash."""
    paths = os.pathsep.join([os.path.abspath("bin"), os.environ["PATH"]])
    done = subprocess.run(["sh", "-c", command], env={**os.environ, "PATH": paths}, capture_output=True, text=True,
                          timeout=300)
    assert done.returncode == 0 and not done.stderr, f"`{command}` ended with {done.returncode}: {done.stderr}"
    return done.stdout.splitlines()


def parts(block):
    """(command, lines shown) of a block."""
    found = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append([[line[2:]], []])
        elif found[-1][0][-1].endswith("\\"):
            found[-1][0].append(line)
        else:
            found[-1][1].append(line)
    return [("\n".join(command), shown) for command, shown in found]


def shorten(printed, shown):
    """As much as is shown: all, or up to the dots."""
    return printed[:len(shown) - 1] + ["..."] if shown[-1:] == ["..."] else printed


def alike(printed, shown):
    """Equal but for the last digits of numbers, which another processor may round otherwise."""
    words = [NUMBER.findall(line) for line in (printed, shown)]
    values = [[float(word) for word in line] for line in words]
    return NUMBER.sub("#", printed) == NUMBER.sub("#", shown) and all(
        abs(a - b) <= 1e-9 * max(1, abs(b)) for a, b in zip(*values))


def sections():
    """(title, text) of each question."""
    pieces = re.split(r"^## (\d+\. .*)$", page(), flags=re.M)
    return list(zip(pieces[1::2], pieces[2::2]))


def write():
    def filled(match):
        lines = []
        for command, shown in parts(match.group(1)):
            lines += ["$ " + command] + shorten(run(command), shown)
        return "```console\n" + "\n".join(lines) + "\n```"

    text = BLOCK.sub(filled, page())
    with open(BESIDE, "w", encoding="utf-8") as file:
        file.write(text)


@case
def the_page_shows_what_its_commands_print():
    prepare(".")
    blocks = BLOCK.findall(page())
    assert len(blocks) >= 12, len(blocks)
    for block in blocks:
        for command, shown in parts(block):
            printed = shorten([line.rstrip() for line in run(command)], shown)
            same = len(printed) == len(shown) and all(map(alike, printed, shown))
            assert same, "\n".join(["$ " + command, "printed:", *printed, "shown:", *shown])


@case
def there_are_twenty_questions_each_with_an_answer():
    titles = [title for title, _ in sections()]
    assert [title.split(".")[0] for title in titles] == [str(number) for number in range(1, 21)], titles
    for title, text in sections():
        assert re.search(r"^\*Answer\.\* ", text, re.M), title


def readings(text):
    """Every number that a section shows, also as a percentage, and in billions."""
    shown = "\n".join(re.findall(r"^```.*?^```$", text, re.M | re.S))
    values = [float(word) for word in NUMBER.findall(shown)]
    return values + [100 * value for value in values] + [value / 1e9 for value in values if value > 1e9]


@case
def each_number_of_an_answer_is_among_those_shown_rounded():
    faults = []
    for title, text in sections():
        answer = re.search(r"^\*Answer\.\* (.*?)(?:\n\n|\Z)", text, re.M | re.S).group(1)
        values = readings(text)
        strange = []
        for word in NUMBER.findall(answer):
            near = .5 * 10 ** -len(word.partition(".")[2]) + 1e-9
            if not any(abs(value - float(word)) <= near for value in values):
                strange.append(word)
        faults += [f"{title}: {word} is not among what is shown" for word in strange]
    assert not faults, "\n".join(faults)


if __name__ == "__main__":
    if "--write" in sys.argv:
        import tempfile
        with tempfile.TemporaryDirectory() as place:
            prepare(place)
            os.chdir(place)
            write()
            os.chdir("/")
    else:
        main()
