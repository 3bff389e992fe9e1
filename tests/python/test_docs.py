# SPDX-License-Identifier: MIT
import re
import tempfile
import unittest
from pathlib import Path

from support import SOURCE, optional, run_python

PAGES = [SOURCE / "docs" / "python.md", SOURCE / "README.md", SOURCE / "bindings" / "python" / "README.md"]


class Pages(unittest.TestCase):
    def test_the_code_in_the_manual_runs(self):
        for page in PAGES:
            blocks = re.findall(r"^```python\n(.*?)^```", page.read_text(encoding="utf-8"), re.M | re.S)
            self.assertTrue(blocks, page)
            if optional("pandas") is None:
                blocks = [block for block in blocks if "to_pandas()\n" not in block]
            with self.subTest(page=page.name), tempfile.TemporaryDirectory() as folder:
                made = run_python(f"import os; os.chdir({folder!r})\n" + "\n".join(blocks))
                self.assertEqual((made.returncode, made.stderr), (0, ""), made.stderr)
                self.assertTrue(made.stdout)
                self.assertLessEqual({path.name for path in Path(folder).iterdir()},
                                     {"mine.critmin", "copy.critmin", "cobalt.csv"})


if __name__ == "__main__":
    unittest.main()
