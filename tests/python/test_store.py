# SPDX-License-Identifier: MIT
import array
import datetime
import math
import os
import signal
import sqlite3
import threading
import time
import unittest

import critmin

from support import StoreCase, numpy, pandas, polars, pyarrow

FIGURE = {
    "mineral": "cobalt", "stage": "refined", "country": "CHN", "from": 2024, "to": 2024, "value": 80, "unit": "t",
    "basis": "content", "source": "paper", "edition": "2025",
}


class Reading(StoreCase):
    def test_lists(self):
        self.assertEqual(self.store.list("minerals")["mineral"], ["cobalt"])
        self.assertEqual(self.store.stages(mineral="cobalt")["stage"], ["mined", "refined"])
        self.assertEqual(len(self.store.countries()), 6)
        self.assertEqual(self.store.editions()["edition"], ["2025"])
        self.assertEqual((len(self.store.indicators()), len(self.store.assumptions())), (0, 0))

    def test_selectors_take_a_name_or_several(self):
        self.assertEqual(set(self.store.figures(country="COD")["country"]), {"COD"})
        for several in (["COD", "AUS"], ("COD", "AUS"), iter(["COD", "AUS"]), {"COD": 1, "AUS": 2}):
            self.assertEqual(set(self.store.figures(country=several)["country"]), {"AUS", "COD"})
        self.assertEqual(set(self.store.figures(year=2024)["from"]), {"2024"})
        for years in ((2023, 2024), [2023, 2024]):
            self.assertEqual(set(self.store.figures(year=years)["from"]), {"2023", "2024"})
        self.assertEqual(len(self.store.figures(status="not_available")), 1)
        self.assertEqual(len(self.store.figures(source="paper", edition=datetime.date(2025, 6, 1))), 8)

    @unittest.skipUnless(numpy, "numpy is not there")
    def test_years_may_be_of_numpy(self):
        self.assertEqual(set(self.store.figures(year=numpy.int64(2024))["from"]), {"2024"})

    def test_fields_describe_a_relation(self):
        described = {row.field: row for row in self.store.fields("figure")}
        self.assertEqual(described["value"].type, "number")
        self.assertEqual(described["country"].required, 1)
        self.assertEqual(critmin.fields("figure").to_csv(), self.store.fields("figure").to_csv())

    def test_info_and_check(self):
        info = dict(zip(self.store.info()["name"], self.store.info()["value"]))
        self.assertEqual((info["path"], info["rows_figure"]), (str(self.path), "8"))
        self.assertNotIn("error", self.store.check()["severity"])

    def test_what_was_so_on_a_day(self):
        with critmin.open(":reference:") as store:
            day = datetime.date(2026, 1, 11)
            bound = {row.restriction: row for row in store.list("restrictions", date=day, partner="JPN")}
            self.assertEqual(bound["chn_japan_dual_use_ban_2026"].state, "in_force")
            self.assertEqual(bound["chn_five_rare_earths_licence_2025"].state, "suspended")
            self.assertNotIn("chn_usa_ban_2024", bound)
            commitments = store.list("commitments", date=day, kind="tonnes")
            self.assertEqual(set(commitments["acts"]), {0, 1})
            events = store.changes(since="2025-01-11", until=day, mineral="cobalt")
            self.assertIn("cod_cobalt_quota_2025", set(events["key"]))
            self.assertEqual(len(store.changes(since=day, until=day, country="ISL")), 0)
            with self.assertRaises(critmin.Error):
                store.changes(since=day, until="2025-01-11")

    def test_the_reference_data_are_there(self):
        with critmin.open(":reference:") as store:
            self.assertGreater(len(store.list("minerals")), 60)
            with self.assertRaises(critmin.ReadOnlyError):
                store.set("figure", FIGURE)


class Writing(StoreCase):
    def test_set_and_remove(self):
        self.store.set("figure", FIGURE)
        row = self.store.figures(stage="refined")[0]
        self.assertEqual((row.country, row.value, row.measure), ("CHN", 80.0, "production"))
        self.store.set("figure", {**FIGURE, "value": 0.1})
        self.assertEqual(self.store.figures(stage="refined")["value"], [0.1])
        self.assertEqual(self.store.remove("figure", mineral="cobalt", stage="refined"), 1)
        self.assertEqual(len(self.store.figures()), 8)

    def test_a_keyword_of_python_takes_an_underscore(self):
        fields = {name: value for name, value in FIGURE.items() if name not in ("from", "to")}
        self.store.set("figure", from_=datetime.date(2024, 1, 1), to="2024-06-30", **fields)
        self.assertEqual(self.store.remove("figure", stage="refined", from_="2024-01-01", mineral="cobalt"), 1)

    def test_missing_is_not_zero(self):
        for missing in (None, math.nan, ""):
            self.store.set("figure", {**FIGURE, "value": missing, "status": "withheld"})
            self.assertTrue(math.isnan(self.store.figures(stage="refined")[0].value))

    def test_several_values_are_joined(self):
        self.store.set("figure", {**FIGURE, "country": "WLD", "excludes": ["USA", "AUS"]})
        self.assertEqual(set(self.store.figures(stage="refined")[0].excludes.split(";")), {"AUS", "USA"})

    def test_a_transaction_is_all_or_nothing(self):
        before = self.dump()
        with self.assertRaises(ZeroDivisionError), self.store.transaction():
            self.store.set("figure", FIGURE)
            1 / 0
        self.assertEqual(self.dump(), before)
        with self.store.transaction():
            self.store.set("figure", FIGURE)
        self.assertEqual(len(self.store.figures(stage="refined")), 1)
        self.store.begin()
        self.store.remove("figure", source="paper")
        self.store.rollback()
        self.assertEqual(len(self.store.figures()), 9)
        for wrong in (self.store.commit, self.store.rollback):
            with self.assertRaises(critmin.TransactionError):
                wrong()
        self.store.begin()
        with self.assertRaises(critmin.TransactionError):
            self.store.begin()
        self.store.close()
        self.store = critmin.open(self.path)
        self.assertEqual(len(self.store.figures()), 9)

    def test_backup(self):
        copy = self.folder / "copy"
        self.store.backup(copy)
        with critmin.open(copy) as store:
            self.assertEqual(store.figures().to_csv(), self.store.figures().to_csv())
        with self.assertRaises(critmin.ExistsError):
            self.store.backup(copy)

    def test_what_figures_writes_import_reads(self):
        file = self.folder / "figures.csv"
        before = self.store.figures().to_csv(file)
        self.store.remove("figure", source="paper")
        audit = self.store.import_csv(file)
        self.assertEqual([(row.relation, row.rows, row.new, row.replaced) for row in audit], [("figure", 8, 8, 0)])
        self.assertEqual(self.store.figures().to_csv(), before)
        self.assertEqual(self.store.import_csv(file)[0].replaced, 8)

    def test_init_leaves_what_is_there(self):
        with self.assertRaises(critmin.ExistsError):
            critmin.init(self.path)
        with critmin.init(self.folder / "full.critmin") as store:
            self.assertGreater(len(store.list("minerals")), 60)
            store.set("assumption", assumption="mine", subject="a test", value=1, low=0, high=2, unit="t",
                      reason="test")


class Appending(StoreCase):
    COLUMNS = {
        "mineral": ["cobalt"] * 3, "stage": ["refined"] * 3, "from": [2024] * 3, "to": [2024] * 3,
        "importer": ["CHN", "USA", "USA"], "exporter": ["COD", "CHN", "WLD"], "quantity": [5.5, 2.0, None],
        "basis": ["content"] * 3,
        "status": ["reported", "reported", "withheld"], "source": ["paper"] * 3, "edition": ["2025"] * 3,
    }

    def assert_appended(self, columns):
        self.store.append("flow", columns)
        flows = self.store.list("flows")
        found = {(row["importer"], row["exporter"]): row["quantity"] for row in flows}
        self.assertEqual(found["CHN", "COD"], 5.5)
        self.assertTrue(math.isnan(found["USA", "WLD"]))
        self.store.remove("flow", source="paper")

    def test_lists_and_arrays(self):
        self.assert_appended(self.COLUMNS)
        self.assert_appended({**self.COLUMNS, "quantity": array.array("d", [5.5, 2.0, math.nan])})
        self.assert_appended({name: tuple(column) for name, column in self.COLUMNS.items()})

    def test_a_table_goes_in_again(self):
        before = self.store.figures().to_csv()
        table = self.store.figures()
        self.store.remove("figure", source="paper")
        self.store.append("figure", table)
        self.assertEqual(self.store.figures().to_csv(), before)

    @unittest.skipUnless(numpy, "numpy is not there")
    def test_numpy_arrays(self):
        self.assert_appended({name: numpy.array(column, dtype=float if name == "quantity" else None)
                              for name, column in self.COLUMNS.items()})

    @unittest.skipUnless(pandas, "pandas is not there")
    def test_a_pandas_frame(self):
        frame = pandas.DataFrame(self.COLUMNS)
        self.assert_appended(frame)
        self.assert_appended(frame.convert_dtypes())
        self.assert_appended(frame.astype({"mineral": "category", "quantity": "float64"}))

    @unittest.skipUnless(polars, "polars is not there")
    def test_a_polars_frame(self):
        self.assert_appended(polars.DataFrame(self.COLUMNS))

    @unittest.skipUnless(pyarrow, "pyarrow is not there")
    def test_an_arrow_table(self):
        self.assert_appended(pyarrow.table(self.COLUMNS))

    def test_a_bad_row_is_named_and_nothing_is_written(self):
        before = self.dump()
        for column, bad, expected in (
            ("quantity", [5.5, 2.0, -1.0], critmin.NegativeError),
            ("importer", ["CHN", "USA", "Narnia"], critmin.UnknownNameError),
            ("stage", ["refined", "refined", "component"], critmin.StageNotInChainError),
            ("status", ["reported", "reported", "guessed"], critmin.InvalidValueError),
            ("source", ["paper", "paper", None], critmin.MissingValueError),
        ):
            with self.subTest(column=column), self.assertRaises(expected) as caught:
                self.store.append("flow", {**self.COLUMNS, "status": ["reported"] * 3, "quantity": [5.5, 2.0, 1.0],
                                           column: bad})
            self.assertEqual(caught.exception.row, 3)
        with self.assertRaises(critmin.DuplicateKeyError):
            self.store.append("flow", {**self.COLUMNS, "exporter": ["COD", "CHN", "CHN"]})
        for columns in ({**self.COLUMNS, "quantity": [1.0]}, [1, 2, 3], {**self.COLUMNS, "quantity": 3}):
            with self.assertRaises((critmin.ArgumentError, TypeError)):
                self.store.append("flow", columns)
        self.assertEqual(self.dump(), before)


class BadInput(StoreCase):
    """Each fault has its class, its message, and leaves the store as it was."""

    def test_each_fault_has_its_class(self):
        store = self.store
        before = self.dump()
        for expected, pattern, ask in (
            (critmin.UnknownNameError, "cobalt", lambda: store.metric("hhi", mineral="cobolt")),
            (critmin.UnknownNameError, "hhi", lambda: store.metric("hhj", mineral="cobalt")),
            (critmin.UnknownNameError, "", lambda: store.figures(country="Narnia")),
            (critmin.UnknownNameError, "", lambda: store.figures(colour="blue")),
            (critmin.UnknownNameError, "", lambda: store.list("mineralz")),
            (critmin.UnknownNameError, "", lambda: store.fields("figur")),
            (critmin.UnknownNameError, "", lambda: store.set("figure", {**FIGURE, "valu": 1})),
            (critmin.YearRangeError, "2024", lambda: store.figures(year=(2024, 2023))),
            (critmin.YearRangeError, "", lambda: store.figures(year=20240)),
            (critmin.YearRangeError, "", lambda: store.figures(year=(1 << 32) + 2024)),
            (critmin.EmptySelectionError, "", lambda: store.figures(mineral="cobalt", stage="refined", country="COD")),
            (critmin.StageNotInChainError, "", lambda: store.metric("hhi", mineral="cobalt", stage="component")),
            (critmin.ParameterError, "", lambda: store.metric("hhi", mineral="cobalt", colour="blue")),
            (critmin.NegativeError, "", lambda: store.set("figure", {**FIGURE, "value": -1})),
            (critmin.MixedBasesError, "", lambda: store.set("figure", {**FIGURE, "basis": "oxide"})),
            (critmin.MissingValueError, "", lambda: store.set("figure", {**FIGURE, "country": None})),
            (critmin.InvalidValueError, "", lambda: store.set("figure", {**FIGURE, "value": "much"})),
            (critmin.InvalidValueError, "", lambda: store.set("figure", {**FIGURE, "low": 90, "high": 70})),
            (critmin.InvalidValueError, "", lambda: store.figures(edition="yesterday")),
            (critmin.DuplicateKeyError, "cobalt", lambda: store.new_mineral("cobalt", name="Again").write()),
            (critmin.NotFoundError, "", lambda: store.remove("figure", country="CHN")),
            (critmin.InUseError, "", lambda: store.remove("country", country="COD")),
            (critmin.NotFoundError, "cobalt", lambda: store.mineral("cobalr")),
            (critmin.ArgumentError, "", lambda: store.figures(year="2024")),
            (critmin.ArgumentError, "", lambda: store.figures(year=(2020, 2021, 2022))),
            (critmin.ArgumentError, "", lambda: store.figures(year=2024.5)),
            (critmin.ArgumentError, "", lambda: store.figures(country=3)),
            (critmin.ArgumentError, "", lambda: store.figures(country=["COD", 3])),
            (critmin.ArgumentError, "NUL", lambda: store.figures(country="CO\0D")),
            (critmin.ArgumentError, "Unicode", lambda: store.figures(country="\ud800")),
            (critmin.ArgumentError, "", lambda: store.set("figure", {**FIGURE, "value": object()})),
            (critmin.ArgumentError, "", lambda: store.metric()),
            (critmin.ExistsError, "", lambda: critmin.init(self.path)),
            (critmin.IoError, "", lambda: critmin.open(self.folder / "nothing")),
        ):
            with self.subTest(expected=expected.__name__, pattern=pattern):
                with self.assertRaisesRegex(critmin.Error, pattern) as caught:
                    ask()
                self.assertIs(type(caught.exception), expected, str(caught.exception))
        self.assertEqual(self.dump(), before)

    def test_shares_are_between_0_and_1(self):
        producer = self.store.new_producer("mine", name="Mine", kind="facility", country="COD")
        for share in (1.5, -0.1):
            with self.assertRaises(critmin.ShareRangeError):
                producer["owner"] = [{"country": "CHN", "share": share}]
                producer.write()
        self.assertEqual(list(self.store.producers(kind="facility")), [])

    def test_a_bad_file_is_named_with_line_and_column(self):
        file = self.folder / "figures.csv"
        text = self.store.figures().to_csv()
        file.write_text(text.replace(",50,", ",fifty,", 1))
        before = self.dump()
        with self.assertRaises(critmin.InvalidValueError) as caught:
            self.store.import_csv(file)
        self.assertGreater(caught.exception.row, 1)
        self.assertGreater(caught.exception.column, 1)
        file.write_text("nothing,known\n1,2\n")
        with self.assertRaises(critmin.Error):
            self.store.import_csv(file)
        with self.assertRaises(critmin.IoError):
            self.store.import_csv(self.folder / "nothing.csv")
        self.assertEqual(self.dump(), before)

    def test_files_that_are_no_stores_are_left_as_they_are(self):
        for name, content, expected in (
            ("text", b"this is no store\n" * 100, critmin.NotAStoreError),
            ("empty", b"", critmin.NotAStoreError),
        ):
            file = self.folder / name
            file.write_bytes(content)
            with self.subTest(name=name), self.assertRaises(expected):
                critmin.open(file, write=True)
            self.assertEqual(file.read_bytes(), content)
        other = self.folder / "other.db"
        sqlite3.connect(other).execute("CREATE TABLE t(a)").connection.close()
        with self.assertRaises(critmin.NotAStoreError):
            critmin.open(other, write=True)
        self.store.close()
        with sqlite3.connect(self.path) as connection:
            connection.execute("PRAGMA user_version = 1000")
        connection.close()
        with self.assertRaises(critmin.StoreTooNewError):
            critmin.open(self.path, write=True)

    def test_a_store_opened_to_read_is_not_written(self):
        with critmin.open(self.path) as store, self.assertRaises(critmin.ReadOnlyError):
            store.set("figure", FIGURE)

    def test_a_store_that_is_held_says_so(self):
        self.store.begin()
        self.store.set("figure", FIGURE)
        with self.assertRaises(critmin.LockedError), critmin.open(self.path, write=True) as other:
            other.set("figure", FIGURE)
        self.store.rollback()


class Callbacks(StoreCase):
    def rows(self, n):
        return {
            "mineral": ["cobalt"] * n, "stage": ["refined"] * n, "from": [1600 + i % 500 for i in range(n)],
            "to": [1600 + i % 500 for i in range(n)], "importer": ["CHN"] * n, "exporter": ["COD"] * n,
            "hs": [f"{1000 + i // 500}" for i in range(n)], "quantity": [1.0] * n,
            "basis": ["content"] * n, "source": ["paper"] * n,
            "edition": ["2025"] * n,
        }

    def test_progress_is_reported(self):
        seen = []
        self.store.append("flow", self.rows(50000), progress=lambda done, total: seen.append((done, total)))
        self.assertTrue(seen)
        self.assertEqual(seen, sorted(seen))
        self.assertEqual(len(self.store.list("flows")), 50000)

    def test_a_true_answer_cancels(self):
        with self.assertRaises(critmin.CancelledError):
            self.store.append("flow", self.rows(50000), progress=lambda done, total: True)
        self.assertEqual(len(self.store.list("flows")), 0)

    def test_an_exception_cancels_and_comes_out(self):
        for kind in (ValueError, KeyboardInterrupt, critmin.BusyError):
            def progress(done, total, kind=kind):
                raise kind("enough")

            with self.subTest(kind=kind), self.assertRaisesRegex(kind, "enough"):
                self.store.append("flow", self.rows(50000), progress=progress)
            with self.subTest(kind=kind), self.assertRaisesRegex(kind, "enough"):
                self.store.model(progress=progress)
            with self.subTest(kind=kind), self.assertRaisesRegex(kind, "enough"):
                self.store.backup(self.folder / "copy", progress=progress)
            self.assertFalse(os.path.exists(self.folder / "copy"))
        self.assertEqual(len(self.store.list("flows")), 0)

    def test_an_interrupt_from_outside_stops_the_work(self):
        columns = self.rows(50000)

        def interrupt(done, total):
            os.kill(os.getpid(), signal.SIGINT)  # Python sees it when the next callback begins

        for handler, expected in ((signal.default_int_handler, KeyboardInterrupt),
                                  (lambda number, frame: 1 / 0, ZeroDivisionError)):
            previous = signal.signal(signal.SIGINT, handler)
            try:
                with self.subTest(expected=expected), self.assertRaises(expected):
                    self.store.append("flow", columns, progress=interrupt)
                self.assertIs(signal.getsignal(signal.SIGINT), handler)
            finally:
                signal.signal(signal.SIGINT, previous)
        self.assertEqual(len(self.store.list("flows")), 0)

    def test_an_interrupt_that_raises_nothing_stops_nothing(self):
        seen = []
        previous = signal.signal(signal.SIGINT, lambda number, frame: seen.append(number))
        try:
            self.store.append("flow", self.rows(50000), progress=lambda *_: os.kill(os.getpid(), signal.SIGINT))
        finally:
            signal.signal(signal.SIGINT, previous)
        self.assertTrue(seen)
        self.assertEqual(len(self.store.list("flows")), 50000)

    def test_calling_the_store_from_its_own_callback_is_refused(self):
        with self.assertRaises(critmin.BusyError):
            self.store.model(progress=lambda done, total: self.store.info())


class Threads(StoreCase):
    def test_a_second_thread_gets_busy(self):
        entered, leave, seen = threading.Event(), threading.Event(), []

        def progress(done, total):
            entered.set()
            leave.wait(10)

        thread = threading.Thread(target=lambda: seen.append(self.store.model(progress=progress)))
        thread.start()
        self.assertTrue(entered.wait(10))
        with self.assertRaises(critmin.BusyError):
            self.store.info()
        leave.set()
        thread.join()
        self.assertEqual(len(seen), 1)
        self.store.info()

    def test_stores_of_several_threads_share_nothing(self):
        expected, wrong = self.store.figures().to_csv(), []

        def work():
            with critmin.open(self.path) as store:
                for _ in range(20):
                    if store.figures().to_csv() != expected:
                        wrong.append(True)

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(wrong, [])

    def test_other_threads_run_during_a_call(self):
        ticks, done = [], threading.Event()

        def tick():
            while not done.is_set():
                ticks.append(time.monotonic())
                time.sleep(0)

        thread = threading.Thread(target=tick)
        thread.start()
        with critmin.open(":reference:") as store:
            before = len(ticks)
            store.check()
            after = len(ticks)
        done.set()
        thread.join()
        self.assertGreater(after, before)


if __name__ == "__main__":
    unittest.main()
