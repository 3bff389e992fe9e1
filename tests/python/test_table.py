# SPDX-License-Identifier: MIT
import csv
import io
import json
import math
import pickle
import unittest

import critmin

from support import StoreCase, duckdb, numpy, pandas, polars, pyarrow


class Tables(StoreCase):
    """The table of figures of the small store: texts, numbers and dates, with missing ones."""

    def setUp(self):
        super().setUp()
        self.table = self.store.figures(country=["COD", "WLD"])

    def test_rows_have_their_columns_as_attributes(self):
        self.assertEqual(len(self.table), 4)
        rows = {(row.country, row.from_): row for row in self.table}
        row = rows["COD", "2023"]
        self.assertEqual((row.value, row.status, row.source, row["edition"]), (50.0, "reported", "paper", "2025"))
        self.assertTrue(math.isnan(rows["WLD", "2023"].value))
        self.assertIsNone(row.note)
        self.assertEqual(dict(row)["from"], "2023")
        self.assertEqual(tuple(row)[self.table.columns.index("country")], "COD")
        with self.assertRaises(AttributeError):
            row.colour
        with self.assertRaises(KeyError):
            row["colour"]
        self.assertIn("country='COD'", repr(row))
        self.assertEqual(repr(pickle.loads(pickle.dumps(row))), repr(row))

    def test_indexing(self):
        rows = list(self.table)
        self.assertEqual([repr(row) for row in self.table[1:3]], [repr(row) for row in rows[1:3]])
        self.assertEqual(repr(self.table[-1]), repr(rows[-1]))
        self.assertEqual(self.table["country"], [row.country for row in rows])
        for wrong, expected in ((4, IndexError), (-5, IndexError), ("colour", KeyError)):
            with self.assertRaises(expected):
                self.table[wrong]

    def test_csv_json_and_markdown(self):
        read = list(csv.DictReader(io.StringIO(self.table.to_csv())))
        self.assertEqual([row["country"] for row in read], self.table["country"])
        self.assertEqual([row["value"] for row in read if row["country"] == "WLD"], ["", "100"])
        found = json.loads(self.table.to_json())
        rows = found if isinstance(found, list) else found["rows"]
        self.assertEqual([row["country"] for row in rows], self.table["country"])
        self.assertIn(None, [row["value"] for row in rows])
        self.assertIn("| country |", self.table.to_markdown())

    def test_what_is_returned_is_what_is_written(self):
        for write in (self.table.to_csv, self.table.to_json, self.table.to_markdown):
            path = self.folder / "table"
            text = write(path)
            self.assertEqual(path.read_bytes().decode(), text)

    def test_it_prints_aligned(self):
        lines = str(self.table).splitlines()
        self.assertEqual(len(lines), 6)
        self.assertTrue(lines[0].startswith("measure"))
        self.assertIn("COD", str(self.table))

    def test_a_long_table_is_shown_by_its_head(self):
        long = self.store.list("relations")
        self.assertGreater(len(long), 30)
        self.assertEqual(len(repr(long).splitlines()), 23)
        self.assertTrue(repr(long).endswith(f"[{len(long)} rows, {len(long.columns)} columns]"))
        self.assertEqual(long._repr_html_().count("<tr>"), 21)

    def test_html_is_escaped(self):
        self.store.set("source", source="odd", publisher="A & <B>", title="T", licence="none")
        shown = self.store.list("sources", key="odd")._repr_html_()
        self.assertIn("A &amp; &lt;B&gt;", shown)
        self.assertNotIn("<B>", shown)

    def test_an_empty_table_is_a_table(self):
        empty = self.store.list("agreements")
        self.assertEqual((len(empty), list(empty), empty["name"]), (0, [], []))
        self.assertEqual(empty.to_csv().strip(), ",".join(empty.columns))

    def test_buffers_are_the_memory_itself(self):
        values = self.table.buffer("value")
        self.assertEqual((values.format, values.readonly, len(values)), ("d", True, 4))
        codes, words = self.table.buffer("country"), self.table.words("country")
        self.assertEqual([words[code] for code in codes], self.table["country"])
        self.assertEqual(set(self.table.buffer("note")), {-1})

    def test_a_buffer_outlives_its_table(self):
        values = self.table.buffer("value")
        expected = values.tolist()
        self.store.close()
        self.table = None
        for _ in range(100):
            critmin.fields("figure")
        self.assertEqual(str(values.tolist()), str(expected))

    def test_a_table_outlives_its_store(self):
        expected = self.table.to_csv()
        self.store.close()
        self.assertEqual(self.table.to_csv(), expected)

    def test_units_are_those_of_the_columns(self):
        self.assertEqual(set(self.table.units) - set(self.table.columns), set())
        self.assertTrue(all(self.table.units.values()))

    def test_only_answers_can_be_explained(self):
        with self.assertRaises(critmin.ArgumentError):
            self.table.explain(0)

    def test_to_dict(self):
        columns = self.table.to_dict()
        self.assertEqual(tuple(columns), self.table.columns)
        self.assertEqual(columns["country"], self.table["country"])


@unittest.skipUnless(pandas, "pandas is not there")
class Pandas(StoreCase):
    def test_a_frame_has_the_same_cells(self):
        table = self.store.figures()
        frame = table.to_pandas()
        self.assertEqual(tuple(frame.columns), table.columns)
        self.assertEqual(frame["country"].tolist(), table["country"])
        self.assertEqual(str(frame["value"].dtype), "float64")
        numpy.testing.assert_array_equal(frame["value"], table["value"])
        self.assertTrue(frame["note"].isna().all())
        self.assertEqual(frame.attrs["units"], table.units)

    def test_a_frame_has_memory_of_its_own(self):
        table = self.store.figures()
        before = table.to_csv()
        frame = table.to_pandas()
        frame.loc[0, "value"] = -1.0
        frame["country"] = "X"
        self.assertEqual(table.to_csv(), before)

    def test_integers_stay_integers(self):
        stages = self.store.list("stages").to_pandas()
        self.assertIn(str(stages["position"].dtype), ("int64", "Int64"))
        self.assertEqual(stages["position"].tolist(), [1, 2])

    def test_a_missing_integer_is_missing(self):
        with self.store.transaction():
            self.store.set("agreement", agreement="a", name="A", kind="loan")
            self.store.set("agreement_party", agreement="a", country="AUS")
            self.store.set("agreement_commitment", agreement="a", kind="money", amount=1, currency="USD")
        years = self.store.list("agreement_commitment").to_pandas()["money_year"]
        self.assertTrue(years.isna().all())

    def test_an_empty_table(self):
        frame = self.store.list("agreements").to_pandas()
        self.assertEqual((len(frame), "name" in frame.columns), (0, True))


class Arrow(StoreCase):
    @unittest.skipUnless(pyarrow, "pyarrow is not there")
    def test_pyarrow_reads_a_table(self):
        table = self.store.figures()
        read = pyarrow.table(table)
        read.validate(full=True)
        self.assertEqual(read.column_names, list(table.columns))
        self.assertEqual(read["country"].to_pylist(), table["country"])
        numbers = [None if math.isnan(value) else value for value in table["value"]]
        self.assertEqual([v if v is None or not math.isnan(v) else None for v in read["value"].to_pylist()], numbers)
        self.assertEqual(read["note"].null_count, len(table))
        self.assertEqual(pyarrow.schema(table), read.schema)

    @unittest.skipUnless(pyarrow, "pyarrow is not there")
    def test_what_arrow_took_outlives_all_else(self):
        read = pyarrow.table(self.store.figures())["country"]
        self.store.close()
        self.assertEqual(set(read.to_pylist()), {"AUS", "COD", "USA", "WLD"})

    @unittest.skipUnless(pyarrow, "pyarrow is not there")
    def test_an_empty_table(self):
        self.assertEqual(pyarrow.table(self.store.list("agreements")).num_rows, 0)

    @unittest.skipUnless(polars, "polars is not there")
    def test_polars_reads_a_table(self):
        table = self.store.figures()
        read = polars.DataFrame(table)
        self.assertEqual(read.columns, list(table.columns))
        self.assertEqual(read["country"].cast(polars.String).to_list(), table["country"])

    @unittest.skipUnless(duckdb and pyarrow, "duckdb is not there")
    def test_duckdb_queries_a_table(self):
        figures = self.store.figures(country=["AUS", "COD", "USA"])  # found by its name in the query
        self.assertEqual(len(figures), 6)
        summed = duckdb.sql('SELECT "from", sum(value) FROM figures GROUP BY 1 ORDER BY 1').fetchall()
        self.assertEqual(summed, [("2023", 100.0), ("2024", 80.0)])


if __name__ == "__main__":
    unittest.main()
