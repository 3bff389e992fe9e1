# SPDX-License-Identifier: MIT
import gc
import sys
import threading
import time
import unittest
import weakref

import critmin
from critmin import _arrow

from support import StoreCase, pyarrow, run_python

QUIET = "import critmin\nstore = critmin.open(':memory:')\ntable = store.info()\n"


class Handles(StoreCase):
    def test_closing_twice_is_nothing(self):
        self.store.close()
        self.store.close()
        self.assertIn("closed", repr(self.store))

    def test_a_closed_store_says_so(self):
        self.store.close()
        for ask in (self.store.info, self.store.begin, lambda: self.store.metric("hhi"),
                    lambda: self.store.mineral("cobalt")):
            with self.assertRaisesRegex(critmin.ArgumentError, "the store is closed"):
                ask()

    def test_a_store_closes_itself(self):
        store = critmin.open(self.path)
        gone = weakref.ref(store._handle)
        del store
        self.assertIsNone(gone())

    def test_a_record_keeps_its_store_open(self):
        record = critmin.open(self.path).mineral("cobalt")
        gc.collect()
        self.assertEqual(record["name"], "Cobalt")

    def test_closing_a_store_ends_its_records(self):
        record = self.store.mineral("cobalt")
        self.store.close()
        with self.assertRaisesRegex(critmin.ArgumentError, "closed"):
            record["name"]

    def test_a_model_outlives_its_store(self):
        model = self.store.model()
        table = model.metric("hhi", mineral="cobalt", stage="mined", year=2023)
        self.store.close()
        self.assertAlmostEqual(table[0].value, 0.38)
        self.assertEqual(len(model.metric("hhi", mineral="cobalt", stage="mined")), 2)
        self.assertGreater(len(table.explain(0)), 2)
        model.close()
        with self.assertRaisesRegex(critmin.ArgumentError, "the model is closed"):
            table.explain(0)
        self.assertAlmostEqual(table[0].value, 0.38)

    def test_garbage_in_a_circle_is_freed_child_first(self):
        for _ in range(20):
            store = critmin.open(self.path)
            record = store.mineral("cobalt")
            store.circle, record.circle = record, store
            handles = weakref.ref(store._handle), weakref.ref(record._handle)
            del store, record
            gc.collect()
            gc.collect()
            self.assertEqual([handle() for handle in handles], [None, None])

    def test_closing_while_a_call_is_under_way_waits_for_it(self):
        entered, states = threading.Event(), []

        def progress(done, total):
            entered.set()
            time.sleep(0.05)

        def load():
            states.append(self.store.model(progress=progress))

        thread = threading.Thread(target=load)
        thread.start()
        entered.wait(10)
        self.store.close()
        thread.join()
        self.assertEqual(len(states[0].metric("hhi", mineral="cobalt", stage="mined", year=2023)), 1)

    def test_closing_from_inside_a_callback_waits_too(self):
        model = self.store.model(progress=lambda done, total: self.store.close())
        self.assertEqual(len(model.metric("hhi", mineral="cobalt", stage="mined", year=2023)), 1)

    def test_nothing_is_left_when_all_is_closed_at_the_end(self):
        made = run_python(QUIET + "model = store.model()\nrows = list(table)\nview = table.buffer('name')")
        self.assertEqual((made.returncode, made.stdout, made.stderr), (0, "", ""))

    def test_a_store_made_before_a_fork_is_refused_in_the_child(self):
        made = run_python(QUIET + """
import os, sys
child = os.fork()
if child == 0:
    try:
        store.info()
    except critmin.ForkedError:
        os._exit(0)
    os._exit(1)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
""")
        self.assertEqual((made.returncode, made.stderr), (0, ""))


class Capsules(StoreCase):
    def setUp(self):
        super().setUp()
        gc.collect()
        _arrow.sweep()
        self.assertEqual(_arrow._held, [])

    def test_a_capsule_nobody_took_is_released(self):
        table = self.store.figures()
        for _ in range(1000):
            table.__arrow_c_stream__()
            table.__arrow_c_schema__()
        self.assertLessEqual(len(_arrow._held), 2)
        del table
        self.assertEqual(_arrow._held, [])

    def test_a_capsule_someone_holds_is_kept(self):
        table = self.store.figures()
        kept = table.__arrow_c_stream__()
        slot = _arrow._held[-1]
        del table
        self.store.list("sources").__arrow_c_schema__()
        self.assertIn(slot, _arrow._held)
        self.assertTrue(slot.struct.release)
        del kept
        _arrow.sweep()
        self.assertFalse(slot.struct.release)

    def test_names_are_those_of_the_protocol(self):
        table = self.store.figures()
        self.assertIn('"arrow_array_stream"', repr(table.__arrow_c_stream__()))
        self.assertIn('"arrow_schema"', repr(table.__arrow_c_schema__()))

    def test_an_exception_on_its_way_is_not_lost(self):
        table = self.store.figures()
        with self.assertRaises(IndexError):
            [table.__arrow_c_stream__()][5]

    @unittest.skipUnless(pyarrow, "pyarrow is not there")
    def test_what_a_consumer_took_is_its_own(self):
        table = self.store.figures()
        for _ in range(100):
            pyarrow.table(table)
        reader = pyarrow.RecordBatchReader.from_stream(table)
        del table
        gc.collect()
        _arrow.sweep()
        self.assertEqual(reader.read_all().num_rows, 8)

    def test_a_capsule_that_lives_to_the_end_does_no_harm(self):
        for keep in ("kept = table.__arrow_c_stream__()", "import sys; sys.kept = table.__arrow_c_stream__()",
                     "import builtins; builtins.kept = [table.__arrow_c_stream__(), table.__arrow_c_schema__()]",
                     "class K: pass\nk = K(); k.me = k; k.kept = table.__arrow_c_stream__()"):
            with self.subTest(keep=keep):
                made = run_python(QUIET + keep)
                self.assertEqual((made.returncode, made.stdout, made.stderr), (0, "", ""))


class References(StoreCase):
    def test_calls_leave_no_objects_behind(self):
        def work():
            critmin.hhi([50, 30, 20], low=[50, 30, 20])
            table = self.store.figures()
            list(table), table.to_csv(), table.buffer("value"), table.__arrow_c_stream__()
            self.store.metric("hhi", mineral="cobalt", stage="mined", year=2023).explain(0)
            dict(self.store.mineral("cobalt"))
            try:
                self.store.metric("nonsense")
            except critmin.UnknownNameError:
                pass

        for _ in range(3):
            work()
        gc.collect()
        before = len(gc.get_objects())
        for _ in range(20):
            work()
        gc.collect()
        self.assertLess(len(gc.get_objects()) - before, 20)

    def test_a_callback_is_let_go(self):
        def progress(done, total):
            pass

        before = sys.getrefcount(progress)
        self.store.model(progress=progress)
        gc.collect()
        self.assertEqual(sys.getrefcount(progress), before)


if __name__ == "__main__":
    unittest.main()
