# SPDX-License-Identifier: MIT
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from ctypes import sizeof
from pathlib import Path

import critmin
from critmin import _ffi, _library

from support import SOURCE, optional, run_python

PACKAGE = SOURCE / "bindings" / "python"
GENERATOR = [sys.executable, str(PACKAGE / "generate_ffi.py")]
LIBRARY = os.environ["CRITMIN_LIBRARY"]


class Declarations(unittest.TestCase):
    def test_they_are_what_the_headers_say(self):
        made = subprocess.run([*GENERATOR, "--check", str(SOURCE / "include"), str(PACKAGE / "critmin")],
                              capture_output=True, text=True)
        self.assertEqual((made.returncode, made.stderr), (0, ""))

    def test_a_changed_header_is_noticed(self):
        with tempfile.TemporaryDirectory() as folder:
            include = shutil.copytree(SOURCE / "include", Path(folder) / "include")
            header = include / "critmin" / "version.h"
            header.write_text(header.read_text().replace("int32_t critmin_abi_version", "int64_t critmin_abi_version"))
            made = subprocess.run([*GENERATOR, "--check", str(include), str(PACKAGE / "critmin")], capture_output=True)
            self.assertEqual(made.returncode, 1)

    def test_what_the_generator_does_not_know_stops_it(self):
        with tempfile.TemporaryDirectory() as folder:
            include = shutil.copytree(SOURCE / "include", Path(folder) / "include")
            header = include / "critmin" / "version.h"
            header.write_text(header.read_text().replace("int32_t critmin_abi_version", "long critmin_abi_version"))
            made = subprocess.run([*GENERATOR, "--check", str(include), folder], capture_output=True, text=True)
            self.assertNotEqual(made.returncode, 0)
            self.assertIn("long", made.stderr)

    def test_every_exported_function_is_declared_and_nothing_else(self):
        nm = shutil.which("nm")
        if nm is None:
            self.skipTest("nm is not there")
        listed = subprocess.run([nm, "-D", "--defined-only", LIBRARY], capture_output=True, text=True, check=True)
        lines = [line.split() for line in listed.stdout.splitlines()]
        exported = {name.split("@")[0] for _, kind, name in lines if kind in "TW"}
        self.assertEqual(exported, set(_ffi.FUNCTIONS))
        for name in exported:
            self.assertIsNotNone(getattr(_library.library, name).argtypes, name)

    def test_the_error_has_its_frozen_size(self):
        self.assertEqual(sizeof(_ffi.critmin_error), 1024)

    def test_versions_agree(self):
        headers = (_ffi.CRITMIN_VERSION_MAJOR, _ffi.CRITMIN_VERSION_MINOR, _ffi.CRITMIN_VERSION_PATCH)
        self.assertEqual(critmin.version(), ".".join(map(str, headers)))
        self.assertEqual(critmin.__version__, critmin.version())
        self.assertIn(f'version = "{critmin.__version__}"', (PACKAGE / "pyproject.toml").read_text())


class Search(unittest.TestCase):
    """How the library is found: in an interpreter of its own, with a copy of the package where the place matters."""

    def import_from(self, folder, library):
        environment = {key: value for key, value in os.environ.items() if key != "CRITMIN_LIBRARY"}
        if library is not None:
            environment["CRITMIN_LIBRARY"] = library
        environment["PYTHONPATH"] = str(folder)
        return subprocess.run([sys.executable, "-c", "import critmin; print(critmin.version())"], env=environment,
                              capture_output=True, text=True)

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        shutil.copytree(PACKAGE / "critmin", self.folder / "critmin", ignore=shutil.ignore_patterns("__pycache__"))

    def test_by_the_environment(self):
        made = self.import_from(self.folder, LIBRARY)
        self.assertEqual(made.stdout.strip(), critmin.version(), made.stderr)

    def test_beside_the_package(self):
        shutil.copy(LIBRARY, self.folder / "critmin" / "libcritmin.so.0")
        made = self.import_from(self.folder, None)
        self.assertEqual(made.stdout.strip(), critmin.version(), made.stderr)

    def test_a_failure_lists_what_was_tried(self):
        (self.folder / "critmin" / "libcritmin.so.0").write_text("no library")
        made = self.import_from(self.folder, str(self.folder / "nowhere.so"))
        self.assertIn("ImportError", made.stderr)
        self.assertIn("nowhere.so", made.stderr)
        made = self.import_from(self.folder, None)
        if made.returncode != 0:  # else the system has one
            self.assertIn(str(self.folder / "critmin" / "libcritmin.so.0"), made.stderr)
            self.assertIn("  libcritmin.so.0:", made.stderr)

    def test_another_library_is_refused(self):
        made = self.import_from(self.folder, "libc.so.6")
        self.assertIn("ImportError", made.stderr)
        self.assertIn("libc.so.6 is not the critmin library", made.stderr)

    def test_an_older_library_is_refused(self):
        package = self.folder / "critmin" / "_library.py"
        package.write_text(package.read_text().replace("ABI_VERSION = 1", "ABI_VERSION = 1000"))
        made = self.import_from(self.folder, LIBRARY)
        self.assertIn("this package needs 1000 or later", made.stderr)


class Statuses(unittest.TestCase):
    def test_there_is_a_class_for_every_status(self):
        names = [name for name in vars(_ffi) if name.startswith("CRITMIN_ERROR_")]
        self.assertEqual(len(names), _library.library.critmin_status_count() - 1)
        for name in names:
            words = name[len("CRITMIN_ERROR_"):].split("_")
            made = getattr(critmin, "".join(word.capitalize() for word in words) + "Error")
            self.assertTrue(issubclass(made, critmin.Error))
            self.assertEqual(made.status, getattr(_ffi, name))
            self.assertTrue(made.__doc__)

    def test_type_checkers_know_them_all(self):
        stub = (PACKAGE / "critmin" / "_statuses.pyi").read_text()
        for status in range(1, _library.library.critmin_status_count()):
            self.assertIn(f"class {type(critmin._errors.fail(status, '')).__name__}(Error)", stub)

    def test_an_error_says_all_that_is_known(self):
        with self.assertRaises(critmin.IoError) as caught:
            critmin.open("/no such folder/a.critmin")
        self.assertEqual(caught.exception.status, _ffi.CRITMIN_ERROR_IO)
        self.assertEqual((caught.exception.row, caught.exception.column), (0, 0))
        self.assertIn("/no such folder/a.critmin", str(caught.exception))

    def test_errors_can_be_pickled(self):
        import pickle

        error = pickle.loads(pickle.dumps(critmin._errors.fail(_ffi.CRITMIN_ERROR_FORMAT, "line 3", 3, 7)))
        self.assertIs(type(error), critmin.FormatError)
        self.assertEqual((str(error), error.row, error.column), ("line 3", 3, 7))


class Package(unittest.TestCase):
    def test_it_exports_what_it_says(self):
        for name in critmin.__all__:
            self.assertTrue(hasattr(critmin, name), name)

    def test_it_needs_nothing_but_python(self):
        blocked = "import sys\nfor name in ('numpy', 'pandas', 'pyarrow'): sys.modules[name] = None\n"
        made = run_python(blocked + "import critmin\nprint(critmin.hhi([1, 1]).value)")
        self.assertEqual((made.stdout.strip(), made.stderr), ("0.5", ""))

    @unittest.skipUnless(optional("mypy"), "mypy is not there")
    def test_types_are_strict(self):
        with tempfile.TemporaryDirectory() as cache:
            check = [sys.executable, "-m", "mypy", "--cache-dir", cache, "--config-file", "pyproject.toml"]
            made = subprocess.run(check, cwd=PACKAGE, capture_output=True, text=True)
        self.assertEqual(made.returncode, 0, made.stdout + made.stderr)

    def test_importing_it_imports_none_of_the_large_libraries(self):
        made = run_python("import sys, critmin\nprint([n for n in ('numpy', 'pandas', 'pyarrow') if n in sys.modules])")
        self.assertEqual(made.stdout.strip(), "[]")


if __name__ == "__main__":
    unittest.main()
