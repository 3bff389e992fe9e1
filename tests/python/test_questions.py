# SPDX-License-Identifier: MIT
import doctest
import re
import unittest

from support import SOURCE


class Page(unittest.TestCase):
    def test_the_answers_of_the_page_of_questions_are_those_that_it_shows(self):
        text = (SOURCE / "docs" / "questions.md").read_text(encoding="utf-8")
        blocks = re.findall(r"^```pycon\n(.*?)^```", text, re.M | re.S)
        self.assertGreaterEqual(len(blocks), 4)
        test = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, "questions", "questions.md", 0)
        said = []
        ran = doctest.DocTestRunner(verbose=False).run(test, out=said.append)
        self.assertEqual(ran.failed, 0, "".join(said))
        self.assertGreater(ran.attempted, 10)


if __name__ == "__main__":
    unittest.main()
