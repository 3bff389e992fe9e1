# SPDX-License-Identifier: MIT
"""The public headers in the words of ctypes. Written by generate_ffi.py; edit the headers and run it."""
from __future__ import annotations

from ctypes import (
    CDLL, c_char, c_char_p, c_double, c_int32, c_int64, c_uint32, c_uint64, c_void_p, CFUNCTYPE, POINTER, Structure,
)
from typing import Any, Dict, List, Tuple

CRITMIN_OK = 0
CRITMIN_ERROR_ARGUMENT = 1
CRITMIN_ERROR_UNKNOWN_NAME = 2
CRITMIN_ERROR_YEAR_RANGE = 3
CRITMIN_ERROR_EMPTY_SELECTION = 4
CRITMIN_ERROR_STAGE_NOT_IN_CHAIN = 5
CRITMIN_ERROR_PARAMETER = 6
CRITMIN_ERROR_NOT_FOUND = 7
CRITMIN_ERROR_NEGATIVE = 8
CRITMIN_ERROR_SHARE_RANGE = 9
CRITMIN_ERROR_DUPLICATE_KEY = 10
CRITMIN_ERROR_MIXED_BASES = 11
CRITMIN_ERROR_INVALID_VALUE = 12
CRITMIN_ERROR_MISSING_VALUE = 13
CRITMIN_ERROR_IN_USE = 14
CRITMIN_ERROR_FORMAT = 15
CRITMIN_ERROR_NOT_A_STORE = 16
CRITMIN_ERROR_STORE_TOO_NEW = 17
CRITMIN_ERROR_CORRUPT = 18
CRITMIN_ERROR_READ_ONLY = 19
CRITMIN_ERROR_LOCKED = 20
CRITMIN_ERROR_BUSY = 21
CRITMIN_ERROR_FORKED = 22
CRITMIN_ERROR_DISK_FULL = 23
CRITMIN_ERROR_IO = 24
CRITMIN_ERROR_MEMORY = 25
CRITMIN_ERROR_CANCELLED = 26
CRITMIN_ERROR_TRANSACTION = 27
CRITMIN_ERROR_EXISTS = 28
CRITMIN_ERROR_UNSUPPORTED = 29
CRITMIN_ERROR_INTERNAL = 30
CRITMIN_INTEGER_MISSING = -(1 << 63)
CRITMIN_COLUMN_NUMBER = 1
CRITMIN_COLUMN_INTEGER = 2
CRITMIN_COLUMN_TEXT = 3
CRITMIN_REFERENCE = ":reference:"
CRITMIN_INIT_EMPTY = 0
CRITMIN_INIT_REFERENCE = 1
CRITMIN_OPEN_READ = 0
CRITMIN_OPEN_WRITE = 1
CRITMIN_SHARE_PROPORTIONAL = 0
CRITMIN_SHARE_EQUAL_AWARDS = 1
CRITMIN_SOLVE_AUTO = 0
CRITMIN_SOLVE_FLOW = 1
CRITMIN_SOLVE_LINEAR = 2
CRITMIN_FLAG_NO_DATA = 1 << 0
CRITMIN_FLAG_ZERO_TOTAL = 1 << 1
CRITMIN_FLAG_UNDEFINED = 1 << 2
CRITMIN_FLAG_CLAMPED = 1 << 3
CRITMIN_FLAG_NET_EXPORTER = 1 << 4
CRITMIN_FLAG_NEG_CONSUMPTION = 1 << 5
CRITMIN_FLAG_RESIDUAL_USED = 1 << 6
CRITMIN_FLAG_WITHHELD_USED = 1 << 7
CRITMIN_FLAG_WGI_IMPUTED = 1 << 8
CRITMIN_FLAG_WGI_CARRIED = 1 << 9
CRITMIN_FLAG_WGI_PARTIAL = 1 << 10
CRITMIN_FLAG_SINGULAR_LOOP = 1 << 11
CRITMIN_FLAG_OUT_OF_RANGE_INPUT = 1 << 12
CRITMIN_FLAG_UNVERIFIED_PRESET = 1 << 13
CRITMIN_FLAG_UNBOUNDED = 1 << 14
CRITMIN_FLAG_ESTIMATED = 1 << 15
CRITMIN_FLAG_PROJECTED = 1 << 16
CRITMIN_FLAG_PERIOD_MEAN = 1 << 17
CRITMIN_FLAG_ASSUMED = 1 << 18
CRITMIN_FLAG_TOTAL_BELOW_SUM = 1 << 19
CRITMIN_FLAG_TOTAL_EXCLUDES = 1 << 20
CRITMIN_FLAG_NO_TOTAL = 1 << 21
CRITMIN_FLAG_NOT_AVAILABLE = 1 << 22
CRITMIN_FLAG_LISTED_ONLY = 1 << 23
CRITMIN_FLAG_BASIS_CONVERTED = 1 << 24
CRITMIN_FLAG_BY_VALUE = 1 << 25
CRITMIN_FLAG_PUBLISHED = 1 << 26
CRITMIN_FLAG_SEVERAL_SOURCES = 1 << 27
CRITMIN_FLAG_UNKNOWN_ORIGIN = 1 << 28
CRITMIN_FLAG_TRANSIT_ONLY = 1 << 29
CRITMIN_FLAG_EARLIER_YEAR = 1 << 30
CRITMIN_FLAG_CENSORED = 1 << 31
CRITMIN_RESIDUAL_MID = 0
CRITMIN_RESIDUAL_LOWER = 1
CRITMIN_RESIDUAL_UPPER = 2
CRITMIN_OVER_SUPPLY = 0
CRITMIN_OVER_IMPORTS = 1
CRITMIN_OVER_CONSUMPTION = 2
CRITMIN_NET_OVER_CONSUMPTION = 3
CRITMIN_REEXPORT_REPORTED = 0
CRITMIN_REEXPORT_PROPORTIONAL = 1
CRITMIN_REEXPORT_LARGEST = 2
CRITMIN_BY_MASS = 0
CRITMIN_BY_COST = 1
CRITMIN_SCORE_SUM = 0
CRITMIN_SCORE_MASS_MEAN = 1
CRITMIN_SCORE_COST_MEAN = 2
CRITMIN_SCORE_GREATEST = 3
CRITMIN_SCORE_GEOMETRIC = 4
CRITMIN_SHOCK_OUTAGE = 0
CRITMIN_SHOCK_RESTRICTION = 1
CRITMIN_NORMALISE_MIN_MAX = 0
CRITMIN_NORMALISE_LOG_MIN_MAX = 1
CRITMIN_NORMALISE_Z = 2
CRITMIN_NORMALISE_RANK = 3
CRITMIN_NORMALISE_STEPS = 4
CRITMIN_NORMALISE_PIECEWISE = 5
CRITMIN_AGGREGATE_ARITHMETIC = 0
CRITMIN_AGGREGATE_GEOMETRIC = 1
CRITMIN_AGGREGATE_POWER = 2
CRITMIN_AGGREGATE_GREATEST = 3
CRITMIN_MISSING_RENORMALISE = 0
CRITMIN_MISSING_INTERVAL = 1
CRITMIN_COMBINE_GREATEST = 0
CRITMIN_COMBINE_MEAN = 1
CRITMIN_DRAW_RESERVES_FIRST = 0
CRITMIN_DRAW_INVENTORY_FIRST = 1
CRITMIN_DISPLACE_TARGETED = 0
CRITMIN_DISPLACE_PROPORTIONAL = 1
CRITMIN_OWNERSHIP_EQUITY = 0
CRITMIN_OWNERSHIP_CONTROL = 1
CRITMIN_CORNERS_MAX = 20
CRITMIN_FORMULA_HHI = 0
CRITMIN_FORMULA_HHI_OF_SHARES = 1
CRITMIN_FORMULA_HHI_WGI = 2
CRITMIN_FORMULA_SHARE = 3
CRITMIN_FORMULA_NET_IMPORT_RELIANCE = 4
CRITMIN_FORMULA_IMPORT_RELIANCE = 5
CRITMIN_FORMULA_EU_SUPPLY_RISK = 6
CRITMIN_FORMULA_GEOPOLRISK_SCORE = 7
CRITMIN_LAW_FIXED = 0
CRITMIN_LAW_UNIFORM = 1
CRITMIN_LAW_TRIANGULAR = 2
CRITMIN_LAW_LOGNORMAL = 3
CRITMIN_LAW_EXPONENTIAL = 4
CRITMIN_LAW_BETA = 5
CRITMIN_LAW_WHOLE = 6
CRITMIN_LAW_GEOMETRIC = 7
CRITMIN_TARGET_CAP = 1 << 0
CRITMIN_TARGET_STAY = 1 << 1
CRITMIN_CRMA_EXTRACTION = 0
CRITMIN_CRMA_PROCESSING = 1
CRITMIN_CRMA_RECYCLING = 2
CRITMIN_CRMA_IMPORTS = 3
CRITMIN_VERSION_MAJOR = 0
CRITMIN_VERSION_MINOR = 1
CRITMIN_VERSION_PATCH = 0

critmin_progress = CFUNCTYPE(c_int32, c_void_p, c_int64, c_int64)

critmin_coalition = CFUNCTYPE(c_int32, c_void_p, POINTER(c_int32), POINTER(c_double))

critmin_function = CFUNCTYPE(c_double, POINTER(c_double), c_int64, c_void_p)


class critmin_error(Structure):
    _fields_ = [
        ("status", c_int32),
        ("system_code", c_int32),
        ("row", c_int64),
        ("column", c_int64),
        ("message", c_char * 1000),
    ]


class critmin_needs(Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("rule", c_int32),
        ("users", c_int64),
        ("need", POINTER(c_double)),
        ("tier", POINTER(c_int32)),
        ("contracted", POINTER(c_double)),
    ]


class critmin_transport(Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("solve", c_int32),
        ("arcs", c_int64),
        ("nodes", c_int32),
        ("reserved", c_int32),
        ("supply", POINTER(c_double)),
        ("need", POINTER(c_double)),
        ("worth", POINTER(c_double)),
        ("from", POINTER(c_int32)),
        ("to", POINTER(c_int32)),
        ("capacity", POINTER(c_double)),
        ("yield", POINTER(c_double)),
        ("cost", POINTER(c_double)),
    ]


class critmin_answer(Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("reserved", c_uint32),
        ("value", c_double),
        ("low", c_double),
        ("high", c_double),
        ("coverage", c_double),
        ("flags", c_uint64),
        ("n_used", c_int64),
    ]


class critmin_supply(Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("residual_value", c_int32),
        ("low", POINTER(c_double)),
        ("high", POINTER(c_double)),
        ("outside", POINTER(c_int32)),
        ("total", c_double),
        ("total_low", c_double),
        ("total_high", c_double),
        ("other", c_double),
        ("unlisted_max", c_int64),
        ("unlisted_cutoff", c_double),
        ("listed_only", c_int32),
        ("reserved", c_int32),
    ]


class critmin_interval(Structure):
    _fields_ = [
        ("value", c_double),
        ("low", c_double),
        ("high", c_double),
    ]


class critmin_balance(Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("reserved", c_uint32),
        ("production", critmin_interval),
        ("secondary", critmin_interval),
        ("imports", critmin_interval),
        ("exports", critmin_interval),
        ("stock_change", critmin_interval),
        ("apparent_consumption", critmin_interval),
    ]


class critmin_network_stage(Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("in_shares", c_int32),
        ("output", POINTER(c_double)),
        ("secondary", POINTER(c_double)),
        ("use", POINTER(c_double)),
        ("yield", POINTER(c_double)),
        ("importer", POINTER(c_int32)),
        ("exporter", POINTER(c_int32)),
        ("quantity", POINTER(c_double)),
        ("flows", c_int64),
        ("input", POINTER(c_int32)),
        ("input_share", POINTER(c_double)),
        ("inputs", c_int32),
        ("reserved", c_int32),
    ]


class critmin_pool(Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("reserved", c_uint32),
        ("output", c_double),
        ("secondary", c_double),
        ("imports", c_double),
        ("unknown", c_double),
        ("total", c_double),
        ("exports", c_double),
        ("use", c_double),
        ("flags", c_uint64),
    ]


class critmin_trace(Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("stage", c_int32),
        ("at", c_int32),
        ("buyers", c_int32),
        ("buyer", POINTER(c_int32)),
        ("weight", POINTER(c_double)),
        ("unknown_elsewhere", c_int32),
        ("needed", c_int32),
    ]


class critmin_bill(Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("reserved", c_uint32),
        ("count", c_int64),
        ("mass", POINTER(c_double)),
        ("price", POINTER(c_double)),
        ("essential", POINTER(c_int32)),
        ("group", POINTER(c_int32)),
    ]


class critmin_cascade(Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("shocks", c_int32),
        ("kind", POINTER(c_int32)),
        ("stage", POINTER(c_int32)),
        ("country", POINTER(c_int32)),
        ("target", POINTER(c_int32)),
        ("withheld", POINTER(c_double)),
    ]


class critmin_plants(Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("plants", c_int32),
        ("flows", c_int64),
        ("from", POINTER(c_int32)),
        ("to", POINTER(c_int32)),
        ("input", POINTER(c_int32)),
        ("quantity", POINTER(c_double)),
        ("essential", POINTER(c_int32)),
        ("without", POINTER(c_double)),
        ("withheld", POINTER(c_double)),
        ("to_final", POINTER(c_double)),
    ]


class critmin_criterion(Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("normalise", c_int32),
        ("low", c_double),
        ("high", c_double),
        ("limit", POINTER(c_double)),
        ("score", POINTER(c_double)),
        ("points", c_int64),
        ("falling", c_int32),
        ("reserved", c_int32),
    ]


class critmin_composite(Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("aggregate", c_int32),
        ("missing", c_int32),
        ("reserved", c_int32),
        ("power", c_double),
        ("weight", POINTER(c_double)),
        ("criteria", c_int64),
    ]


class critmin_eu_supply(Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("edition", c_int32),
        ("global_supply", critmin_interval),
        ("eu_sourcing", critmin_interval),
        ("import_reliance", critmin_interval),
        ("recycling", critmin_interval),
        ("substitution", critmin_interval),
    ]


class critmin_eu_uses(Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("edition", c_int32),
        ("share", POINTER(c_double)),
        ("value_added", POINTER(c_double)),
        ("n", c_int64),
        ("denominator", c_double),
        ("substitution", critmin_interval),
        ("renormalise", c_int32),
        ("reserved", c_int32),
    ]


class critmin_geopolrisk(Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("reserved", c_uint32),
        ("hhi", critmin_interval),
        ("production", critmin_interval),
        ("price", critmin_interval),
        ("imports", POINTER(c_double)),
        ("low", POINTER(c_double)),
        ("high", POINTER(c_double)),
        ("risk", POINTER(c_double)),
        ("n", c_int64),
        ("reference", c_double),
    ]


class critmin_stock(Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("reserved", c_uint32),
        ("tonnes", c_double),
        ("rate", c_double),
        ("delay", c_double),
        ("refill", c_double),
        ("serves", POINTER(c_int32)),
    ]


class critmin_drawdown(Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("order", c_int32),
        ("users", c_int32),
        ("reserves", c_int32),
        ("points", c_int64),
        ("time", POINTER(c_double)),
        ("gap", POINTER(c_double)),
        ("inventory", POINTER(c_double)),
        ("reserve", POINTER(POINTER(critmin_stock))),
        ("horizon", c_double),
        ("step", c_double),
        ("period", c_double),
        ("periods", c_int64),
    ]


class critmin_drawdown_result(Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("reserved", c_uint32),
        ("shortage", POINTER(c_double)),
        ("needed", POINTER(c_double)),
        ("unmet", POINTER(c_double)),
        ("drawn", POINTER(c_double)),
        ("released", POINTER(c_double)),
        ("refilled", POINTER(c_double)),
        ("empty", POINTER(c_double)),
        ("inventory_empty", POINTER(c_double)),
        ("unmet_by_period", POINTER(c_double)),
    ]


class critmin_interruption(Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("suppliers", c_int32),
        ("users", c_int32),
        ("reserved", c_int32),
        ("flow", POINTER(c_double)),
        ("spare", POINTER(c_double)),
        ("shocks", c_int64),
        ("supplier", POINTER(c_int32)),
        ("withheld", POINTER(c_double)),
        ("leak", POINTER(c_double)),
        ("start", POINTER(c_double)),
        ("duration", POINTER(c_double)),
        ("ramp", POINTER(c_double)),
        ("agreements", c_int64),
        ("user", POINTER(c_int32)),
        ("tonnes", POINTER(c_double)),
        ("begins", POINTER(c_double)),
        ("agreement_ramp", POINTER(c_double)),
    ]


class critmin_commitments(Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("displacement", c_int32),
        ("count", c_int64),
        ("tonnes", POINTER(c_double)),
        ("probability", POINTER(c_double)),
        ("ramp", POINTER(c_double)),
        ("additional", POINTER(c_double)),
        ("reaches", POINTER(c_double)),
        ("correlation", c_double),
        ("stage", POINTER(c_int32)),
        ("seller", POINTER(c_int32)),
        ("buyer", POINTER(c_int32)),
    ]


class critmin_price(Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("reserved", c_uint32),
        ("price", c_double),
        ("quantity", c_double),
        ("unmet", c_double),
        ("expenditure", c_double),
        ("loss", c_double),
        ("flags", c_uint64),
    ]


class critmin_price_market(Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("cut", c_int32),
        ("suppliers", c_int64),
        ("users", c_int64),
        ("supply", POINTER(c_double)),
        ("supply_elasticity", POINTER(c_double)),
        ("capacity", POINTER(c_double)),
        ("withheld", POINTER(c_double)),
        ("quota", POINTER(c_double)),
        ("tax", POINTER(c_double)),
        ("demand", POINTER(c_double)),
        ("demand_elasticity", POINTER(c_double)),
        ("contracted", c_double),
        ("cap", c_double),
    ]


class critmin_law(Structure):
    _fields_ = [
        ("kind", c_int32),
        ("reserved", c_int32),
        ("value", c_double),
        ("low", c_double),
        ("high", c_double),
        ("deviation", c_double),
    ]


class critmin_risk(Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("reserved", c_uint32),
        ("level", c_double),
        ("mean", c_double),
        ("mean_error", c_double),
        ("deviation", c_double),
        ("var", c_double),
        ("var_low", c_double),
        ("var_high", c_double),
        ("cvar", c_double),
        ("cvar_error", c_double),
        ("greatest", c_double),
        ("n", c_int64),
    ]


class critmin_ensemble(Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("suppliers", c_int32),
        ("users", c_int32),
        ("inventory_first", c_int32),
        ("horizon", c_double),
        ("flow", POINTER(c_double)),
        ("spare", POINTER(c_double)),
        ("inventory", POINTER(c_double)),
        ("reserve", c_double),
        ("reserve_rate", c_double),
        ("served", POINTER(c_int32)),
        ("worth", POINTER(c_double)),
        ("shocks", c_int64),
        ("supplier", POINTER(c_int32)),
        ("probability", POINTER(c_double)),
        ("withheld", POINTER(critmin_law)),
        ("start", POINTER(critmin_law)),
        ("duration", POINTER(critmin_law)),
        ("group", POINTER(c_int32)),
        ("loading", POINTER(c_double)),
        ("correlation", POINTER(c_double)),
        ("agreements", c_int64),
        ("buyer", POINTER(c_int32)),
        ("tonnes", POINTER(c_double)),
        ("begins", POINTER(c_double)),
        ("performs", POINTER(c_double)),
        ("scale", POINTER(critmin_law)),
        ("inventory_scale", POINTER(critmin_law)),
        ("reserve_scale", POINTER(critmin_law)),
    ]


class critmin_mitigation(Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("options", c_int32),
        ("outcomes", c_int64),
        ("gap", POINTER(c_double)),
        ("probability", POINTER(c_double)),
        ("effect", POINTER(c_double)),
        ("cost", POINTER(c_double)),
        ("limit", POINTER(c_double)),
        ("level", c_double),
    ]


class critmin_scenario_options(Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("threads", c_int32),
        ("draws", c_int64),
        ("seed", c_uint64),
        ("first", c_int64),
        ("drawn", c_void_p),
    ]


# name: (what it returns, what it takes)
FUNCTIONS: Dict[str, Tuple[Any, List[Any]]] = {
    "critmin_status_name": (c_char_p, [c_int32]),
    "critmin_status_text": (c_char_p, [c_int32]),
    "critmin_status_count": (c_int32, []),
    "critmin_selection_new": (c_int32, [POINTER(c_void_p), POINTER(critmin_error)]),
    "critmin_selection_free": (None, [c_void_p]),
    "critmin_selection_add": (c_int32, [c_void_p, c_char_p, c_char_p, POINTER(critmin_error)]),
    "critmin_selection_years": (c_int32, [c_void_p, c_int32, c_int32, POINTER(critmin_error)]),
    "critmin_selection_set": (c_int32, [c_void_p, c_char_p, c_char_p, POINTER(critmin_error)]),
    "critmin_table_free": (None, [c_void_p]),
    "critmin_table_rows": (c_int64, [c_void_p]),
    "critmin_table_columns": (c_int32, [c_void_p]),
    "critmin_table_name": (c_char_p, [c_void_p, c_int32]),
    "critmin_table_unit": (c_char_p, [c_void_p, c_int32]),
    "critmin_table_type": (c_int32, [c_void_p, c_int32]),
    "critmin_table_find": (c_int32, [c_void_p, c_char_p]),
    "critmin_table_numbers": (POINTER(c_double), [c_void_p, c_int32]),
    "critmin_table_integers": (POINTER(c_int64), [c_void_p, c_int32]),
    "critmin_table_codes": (POINTER(c_int32), [c_void_p, c_int32]),
    "critmin_table_words": (c_int32, [c_void_p, c_int32]),
    "critmin_table_word": (c_char_p, [c_void_p, c_int32, c_int32]),
    "critmin_table_text": (c_char_p, [c_void_p, c_int32, c_int64]),
    "critmin_table_number": (c_double, [c_void_p, c_int32, c_int64]),
    "critmin_table_format": (c_int32, [c_void_p, c_char_p, POINTER(c_void_p), POINTER(critmin_error)]),
    "critmin_table_factors": (c_int32, [
        c_void_p, c_char_p, POINTER(c_void_p), POINTER(c_int64), POINTER(critmin_error),
    ]),
    "critmin_text_free": (None, [c_void_p]),
    "critmin_table_arrow": (c_int32, [c_void_p, c_void_p, POINTER(critmin_error)]),
    "critmin_columns_new": (c_int32, [c_int64, POINTER(c_void_p), POINTER(critmin_error)]),
    "critmin_columns_free": (None, [c_void_p]),
    "critmin_columns_number": (c_int32, [c_void_p, c_char_p, POINTER(c_double), POINTER(critmin_error)]),
    "critmin_columns_integer": (c_int32, [c_void_p, c_char_p, POINTER(c_int64), POINTER(critmin_error)]),
    "critmin_columns_text": (c_int32, [c_void_p, c_char_p, POINTER(c_char_p), POINTER(critmin_error)]),
    "critmin_columns_coded": (c_int32, [
        c_void_p, c_char_p, POINTER(c_int32), POINTER(c_char_p), c_int32, POINTER(critmin_error),
    ]),
    "critmin_store_init": (c_int32, [c_char_p, c_int32, POINTER(critmin_error)]),
    "critmin_store_open": (c_int32, [c_char_p, c_int32, POINTER(c_void_p), POINTER(critmin_error)]),
    "critmin_store_close": (None, [c_void_p]),
    "critmin_store_begin": (c_int32, [c_void_p, POINTER(critmin_error)]),
    "critmin_store_commit": (c_int32, [c_void_p, POINTER(critmin_error)]),
    "critmin_store_rollback": (c_int32, [c_void_p, POINTER(critmin_error)]),
    "critmin_store_backup": (c_int32, [c_void_p, c_char_p, critmin_progress, c_void_p, POINTER(critmin_error)]),
    "critmin_store_info": (c_int32, [c_void_p, POINTER(c_void_p), POINTER(critmin_error)]),
    "critmin_store_check": (c_int32, [c_void_p, POINTER(c_void_p), POINTER(critmin_error)]),
    "critmin_store_list": (c_int32, [c_void_p, c_char_p, c_void_p, POINTER(c_void_p), POINTER(critmin_error)]),
    "critmin_store_changes": (c_int32, [
        c_void_p, c_char_p, c_char_p, c_void_p, POINTER(c_void_p), POINTER(critmin_error),
    ]),
    "critmin_store_figures": (c_int32, [c_void_p, c_void_p, POINTER(c_void_p), POINTER(critmin_error)]),
    "critmin_store_fields": (c_int32, [c_char_p, POINTER(c_void_p), POINTER(critmin_error)]),
    "critmin_store_set": (c_int32, [
        c_void_p, c_char_p, POINTER(c_char_p), POINTER(c_char_p), c_int32, POINTER(critmin_error),
    ]),
    "critmin_store_remove": (c_int32, [
        c_void_p, c_char_p, POINTER(c_char_p), POINTER(c_char_p), c_int32, POINTER(c_int64), POINTER(critmin_error),
    ]),
    "critmin_store_append": (c_int32, [
        c_void_p, c_char_p, c_void_p, critmin_progress, c_void_p, POINTER(critmin_error),
    ]),
    "critmin_store_import": (c_int32, [
        c_void_p, c_char_p, c_char_p, critmin_progress, c_void_p, POINTER(c_void_p), POINTER(critmin_error),
    ]),
    "critmin_agreement_new": (c_int32, [c_void_p, c_char_p, POINTER(c_void_p), POINTER(critmin_error)]),
    "critmin_agreement_read": (c_int32, [c_void_p, c_char_p, POINTER(c_void_p), POINTER(critmin_error)]),
    "critmin_agreement_free": (None, [c_void_p]),
    "critmin_agreement_text": (c_int32, [c_void_p, c_char_p, POINTER(c_char_p), POINTER(critmin_error)]),
    "critmin_agreement_number": (c_int32, [c_void_p, c_char_p, POINTER(c_double), POINTER(critmin_error)]),
    "critmin_agreement_set_text": (c_int32, [c_void_p, c_char_p, c_char_p, POINTER(critmin_error)]),
    "critmin_agreement_set_number": (c_int32, [c_void_p, c_char_p, c_double, POINTER(critmin_error)]),
    "critmin_agreement_count": (c_int32, [c_void_p, c_char_p, POINTER(c_int64), POINTER(critmin_error)]),
    "critmin_agreement_clear": (c_int32, [c_void_p, c_char_p, POINTER(critmin_error)]),
    "critmin_agreement_write": (c_int32, [c_void_p, POINTER(critmin_error)]),
    "critmin_agreement_delete": (c_int32, [c_void_p, c_char_p, POINTER(critmin_error)]),
    "critmin_agreement_list": (c_int32, [c_void_p, c_void_p, POINTER(c_void_p), POINTER(critmin_error)]),
    "critmin_agreement_iterate": (c_int32, [
        c_void_p, c_void_p, CFUNCTYPE(c_int32, c_void_p, c_void_p), c_void_p, POINTER(critmin_error),
    ]),
    "critmin_needs_init": (None, [POINTER(critmin_needs)]),
    "critmin_needs_size": (c_int32, []),
    "critmin_allocate": (c_int32, [POINTER(critmin_needs), c_double, POINTER(c_double), POINTER(critmin_error)]),
    "critmin_allocation_bounds": (c_int32, [
        POINTER(critmin_needs), c_double, POINTER(c_double), POINTER(c_double), POINTER(critmin_error),
    ]),
    "critmin_transport_init": (None, [POINTER(critmin_transport)]),
    "critmin_transport_size": (c_int32, []),
    "critmin_least_unmet": (c_int32, [
        POINTER(critmin_transport), POINTER(c_double), POINTER(c_double), POINTER(c_double), POINTER(c_double),
        POINTER(c_double), POINTER(critmin_error),
    ]),
    "critmin_transport_bounds": (c_int32, [
        POINTER(critmin_transport), POINTER(c_int32), c_int32, POINTER(c_double), POINTER(c_double),
        POINTER(critmin_error),
    ]),
    "critmin_flag_name": (c_char_p, [c_int32]),
    "critmin_answer_init": (None, [POINTER(critmin_answer)]),
    "critmin_shapley": (c_int32, [POINTER(c_double), c_int32, POINTER(c_double), POINTER(critmin_error)]),
    "critmin_shapley_sampled": (c_int32, [
        c_int32, critmin_coalition, c_void_p, c_uint64, c_int64, POINTER(c_double), POINTER(c_double),
        POINTER(critmin_error),
    ]),
    "critmin_tail_parts": (c_int32, [
        POINTER(c_double), POINTER(c_double), POINTER(c_double), c_int64, c_int32, c_double, POINTER(c_double),
        POINTER(c_double), POINTER(critmin_error),
    ]),
    "critmin_supply_init": (None, [POINTER(critmin_supply)]),
    "critmin_supply_size": (c_int32, []),
    "critmin_answer_size": (c_int32, []),
    "critmin_share": (c_int32, [
        POINTER(c_double), c_int64, c_int64, POINTER(critmin_supply), POINTER(critmin_answer), POINTER(critmin_error),
    ]),
    "critmin_hhi": (c_int32, [
        POINTER(c_double), c_int64, POINTER(critmin_supply), POINTER(critmin_answer), POINTER(critmin_error),
    ]),
    "critmin_hhi_normalised": (c_int32, [
        POINTER(c_double), c_int64, POINTER(critmin_supply), POINTER(critmin_answer), POINTER(critmin_error),
    ]),
    "critmin_concentration_ratio": (c_int32, [
        POINTER(c_double), c_int64, c_int64, POINTER(critmin_supply), POINTER(critmin_answer), POINTER(critmin_error),
    ]),
    "critmin_shannon": (c_int32, [
        POINTER(c_double), c_int64, POINTER(critmin_supply), POINTER(critmin_answer), POINTER(critmin_error),
    ]),
    "critmin_evenness": (c_int32, [
        POINTER(c_double), c_int64, POINTER(critmin_supply), POINTER(critmin_answer), POINTER(critmin_error),
    ]),
    "critmin_effective_number": (c_int32, [
        POINTER(c_double), c_int64, c_double, POINTER(critmin_supply), POINTER(critmin_answer), POINTER(critmin_error),
    ]),
    "critmin_hhi_wgi": (c_int32, [
        POINTER(c_double), POINTER(c_double), c_int64, POINTER(critmin_supply), POINTER(critmin_answer),
        POINTER(critmin_error),
    ]),
    "critmin_hhi_wgi_t": (c_int32, [
        POINTER(c_double), POINTER(c_double), POINTER(c_double), c_int64, c_double, POINTER(critmin_supply),
        POINTER(critmin_answer), POINTER(critmin_error),
    ]),
    "critmin_trade_parameter": (c_int32, [
        POINTER(c_char_p), POINTER(c_double), POINTER(c_int32), POINTER(c_double), c_int64, c_char_p, c_double, c_int32,
        POINTER(c_double), POINTER(c_int64), POINTER(critmin_error),
    ]),
    "critmin_governance": (c_int32, [
        POINTER(c_double), c_int64, c_double, c_double, POINTER(critmin_answer), POINTER(critmin_error),
    ]),
    "critmin_n_minus_1": (c_int32, [
        POINTER(c_double), c_int64, c_int64, c_double, POINTER(critmin_supply), POINTER(critmin_answer),
        POINTER(critmin_error),
    ]),
    "critmin_concentration_batch": (c_int32, [
        POINTER(c_double), c_int64, c_int64, POINTER(c_double), c_int64, POINTER(c_double), POINTER(c_double),
        POINTER(c_double), c_int32, POINTER(critmin_error),
    ]),
    "critmin_balance_init": (None, [POINTER(critmin_balance)]),
    "critmin_balance_size": (c_int32, []),
    "critmin_apparent_consumption": (c_int32, [
        POINTER(critmin_balance), POINTER(critmin_answer), POINTER(critmin_error),
    ]),
    "critmin_net_import_reliance": (c_int32, [
        POINTER(critmin_balance), POINTER(critmin_answer), POINTER(critmin_error),
    ]),
    "critmin_import_reliance": (c_int32, [POINTER(critmin_balance), POINTER(critmin_answer), POINTER(critmin_error)]),
    "critmin_self_sufficiency": (c_int32, [POINTER(critmin_balance), POINTER(critmin_answer), POINTER(critmin_error)]),
    "critmin_trade_exposure": (c_int32, [POINTER(critmin_balance), POINTER(critmin_answer), POINTER(critmin_error)]),
    "critmin_partner_share": (c_int32, [
        POINTER(critmin_balance), POINTER(critmin_interval), POINTER(critmin_interval), c_int32,
        POINTER(critmin_answer), POINTER(critmin_error),
    ]),
    "critmin_reexport_correction": (c_int32, [
        POINTER(critmin_balance), c_int32, POINTER(critmin_interval), POINTER(critmin_balance), POINTER(critmin_error),
    ]),
    "critmin_n_minus_1_net": (c_int32, [
        POINTER(c_double), c_int64, c_int64, c_double, c_double, POINTER(critmin_supply), POINTER(critmin_answer),
        POINTER(critmin_error),
    ]),
    "critmin_dependency_batch": (c_int32, [
        POINTER(c_int32), POINTER(c_int32), POINTER(c_int32), POINTER(c_double), c_int64, c_int32, c_int32,
        POINTER(c_double), c_int32, POINTER(c_int32), c_int32, POINTER(c_double), POINTER(c_double), POINTER(c_double),
        POINTER(c_double), POINTER(c_double), c_int32, POINTER(critmin_error),
    ]),
    "critmin_network_stage_init": (None, [POINTER(critmin_network_stage)]),
    "critmin_network_stage_size": (c_int32, []),
    "critmin_network_new": (c_int32, [
        POINTER(POINTER(critmin_network_stage)), c_int32, c_int32, c_int32, POINTER(c_void_p), POINTER(critmin_error),
    ]),
    "critmin_network_free": (None, [c_void_p]),
    "critmin_network_bytes": (c_int64, [c_void_p]),
    "critmin_pool_init": (None, [POINTER(critmin_pool)]),
    "critmin_pool_size": (c_int32, []),
    "critmin_network_pool": (c_int32, [c_void_p, c_int32, c_int32, POINTER(critmin_pool), POINTER(critmin_error)]),
    "critmin_trace_init": (None, [POINTER(critmin_trace)]),
    "critmin_trace_size": (c_int32, []),
    "critmin_origin_share": (c_int32, [
        c_void_p, POINTER(critmin_trace), POINTER(c_int32), c_int32, POINTER(critmin_answer), POINTER(critmin_error),
    ]),
    "critmin_origin_row": (c_int32, [
        c_void_p, POINTER(critmin_trace), POINTER(c_double), POINTER(c_double), POINTER(c_double),
        POINTER(critmin_error),
    ]),
    "critmin_origin_batch": (c_int32, [
        POINTER(c_void_p), c_int64, POINTER(critmin_trace), POINTER(c_double), POINTER(c_double), c_int32,
        POINTER(critmin_error),
    ]),
    "critmin_origin_all": (c_int32, [
        c_void_p, c_int32, POINTER(c_int32), c_int32, POINTER(c_double), POINTER(c_double), POINTER(c_double), c_int32,
        POINTER(critmin_error),
    ]),
    "critmin_origin_stage": (c_int32, [
        POINTER(c_double), POINTER(c_double), c_int32, POINTER(c_int32), POINTER(c_int32), POINTER(c_double), c_int64,
        POINTER(c_double), POINTER(c_double), c_int32, POINTER(critmin_error),
    ]),
    "critmin_face_share": (c_int32, [
        c_void_p, POINTER(critmin_trace), POINTER(c_int32), c_int32, POINTER(critmin_answer), POINTER(critmin_error),
    ]),
    "critmin_hidden_exposure": (c_int32, [
        c_void_p, POINTER(critmin_trace), POINTER(c_int32), c_int32, POINTER(critmin_answer), POINTER(critmin_error),
    ]),
    "critmin_touch_share": (c_int32, [
        c_void_p, POINTER(critmin_trace), POINTER(c_int32), c_int32, c_int32, POINTER(critmin_answer),
        POINTER(critmin_error),
    ]),
    "critmin_origin_bounds": (c_int32, [
        c_void_p, POINTER(critmin_trace), POINTER(c_int32), c_int32, POINTER(critmin_answer), POINTER(critmin_error),
    ]),
    "critmin_touch_bounds": (c_int32, [
        c_void_p, POINTER(critmin_trace), POINTER(c_int32), c_int32, POINTER(critmin_answer), POINTER(critmin_error),
    ]),
    "critmin_bill_init": (None, [POINTER(critmin_bill)]),
    "critmin_bill_size": (c_int32, []),
    "critmin_bill_share": (c_int32, [
        POINTER(critmin_bill), POINTER(critmin_interval), c_int32, POINTER(critmin_answer), POINTER(critmin_error),
    ]),
    "critmin_bill_touch": (c_int32, [
        POINTER(critmin_bill), POINTER(critmin_interval), POINTER(critmin_answer), POINTER(critmin_error),
    ]),
    "critmin_bill_limiting": (c_int32, [
        POINTER(critmin_bill), POINTER(critmin_interval), POINTER(c_int64), POINTER(critmin_answer),
        POINTER(critmin_error),
    ]),
    "critmin_bill_fill": (c_int32, [
        POINTER(critmin_bill), POINTER(critmin_interval), POINTER(c_int64), POINTER(critmin_answer),
        POINTER(critmin_error),
    ]),
    "critmin_bill_leverage": (c_int32, [
        POINTER(critmin_bill), POINTER(critmin_interval), c_double, POINTER(critmin_answer), POINTER(critmin_error),
    ]),
    "critmin_bill_score": (c_int32, [
        POINTER(critmin_bill), POINTER(critmin_interval), c_int32, POINTER(critmin_answer), POINTER(critmin_error),
    ]),
    "critmin_ledger_origin": (c_int32, [
        c_void_p, c_int32, c_int32, POINTER(c_int32), POINTER(c_double), POINTER(c_int32), c_int64, POINTER(c_double),
        POINTER(c_double), POINTER(c_double), POINTER(c_double), POINTER(critmin_error),
    ]),
    "critmin_cascade_init": (None, [POINTER(critmin_cascade)]),
    "critmin_cascade_size": (c_int32, []),
    "critmin_cascade_fill": (c_int32, [
        c_void_p, POINTER(critmin_cascade), c_int32, POINTER(c_double), POINTER(critmin_error),
    ]),
    "critmin_plants_init": (None, [POINTER(critmin_plants)]),
    "critmin_plants_size": (c_int32, []),
    "critmin_plants_output": (c_int32, [
        POINTER(critmin_plants), c_double, c_int32, POINTER(c_double), POINTER(c_int32), POINTER(critmin_error),
    ]),
    "critmin_criterion_init": (None, [POINTER(critmin_criterion)]),
    "critmin_criterion_size": (c_int32, []),
    "critmin_normalise": (c_int32, [
        POINTER(critmin_criterion), POINTER(c_double), c_int64, POINTER(c_double), POINTER(critmin_error),
    ]),
    "critmin_composite_init": (None, [POINTER(critmin_composite)]),
    "critmin_composite_size": (c_int32, []),
    "critmin_composite_score": (c_int32, [
        POINTER(critmin_composite), POINTER(c_double), c_int64, POINTER(c_double), POINTER(c_double), POINTER(c_double),
        POINTER(c_uint64), POINTER(critmin_error),
    ]),
    "critmin_leave_one_out": (c_int32, [
        POINTER(critmin_composite), POINTER(c_double), c_int64, POINTER(c_double), POINTER(critmin_error),
    ]),
    "critmin_rank_robustness": (c_int32, [
        POINTER(critmin_composite), POINTER(c_double), c_int64, POINTER(c_double), c_int64, c_uint64, c_int64, c_int64,
        c_int32, critmin_progress, c_void_p, POINTER(c_double), POINTER(c_double), POINTER(critmin_error),
    ]),
    "critmin_preset_list": (c_int32, [POINTER(c_void_p), POINTER(critmin_error)]),
    "critmin_preset": (c_int32, [c_char_p, c_char_p, POINTER(c_double), POINTER(c_int32), POINTER(critmin_error)]),
    "critmin_eu_supply_init": (None, [POINTER(critmin_eu_supply)]),
    "critmin_eu_supply_size": (c_int32, []),
    "critmin_eu_supply_risk": (c_int32, [POINTER(critmin_eu_supply), POINTER(critmin_answer), POINTER(critmin_error)]),
    "critmin_eu_combine": (c_int32, [
        POINTER(critmin_interval), c_int64, c_int32, POINTER(c_int64), POINTER(critmin_answer), POINTER(critmin_error),
    ]),
    "critmin_eu_uses_init": (None, [POINTER(critmin_eu_uses)]),
    "critmin_eu_uses_size": (c_int32, []),
    "critmin_eu_economic_importance": (c_int32, [
        POINTER(critmin_eu_uses), POINTER(critmin_answer), POINTER(critmin_error),
    ]),
    "critmin_geopolrisk_init": (None, [POINTER(critmin_geopolrisk)]),
    "critmin_geopolrisk_size": (c_int32, []),
    "critmin_geopolrisk_risk": (c_int32, [c_double, POINTER(critmin_answer), POINTER(critmin_error)]),
    "critmin_geopolrisk_score": (c_int32, [
        POINTER(critmin_geopolrisk), POINTER(critmin_answer), POINTER(critmin_error),
    ]),
    "critmin_geopolrisk_midpoint": (c_int32, [
        POINTER(critmin_geopolrisk), POINTER(critmin_answer), POINTER(critmin_error),
    ]),
    "critmin_geopolrisk_cf": (c_int32, [POINTER(critmin_geopolrisk), POINTER(critmin_answer), POINTER(critmin_error)]),
    "critmin_geopolrisk_batch": (c_int32, [
        POINTER(c_int32), POINTER(c_int32), POINTER(c_int32), POINTER(c_double), c_int64, c_int32, c_int32,
        POINTER(c_double), POINTER(c_double), c_int32, POINTER(c_double), c_double, POINTER(c_double),
        POINTER(c_double), POINTER(c_double), c_int32, POINTER(critmin_error),
    ]),
    "critmin_usgs_disruption_potential": (c_int32, [
        POINTER(c_double), POINTER(c_double), POINTER(c_double), c_int64, POINTER(critmin_supply),
        POINTER(critmin_answer), POINTER(critmin_error),
    ]),
    "critmin_usgs_supply_risk": (c_int32, [
        POINTER(critmin_interval), POINTER(critmin_interval), POINTER(critmin_interval), POINTER(critmin_answer),
        POINTER(critmin_error),
    ]),
    "critmin_usgs_expected_effect": (c_int32, [
        POINTER(critmin_interval), POINTER(critmin_interval), c_int64, POINTER(critmin_answer), POINTER(critmin_error),
    ]),
    "critmin_nstc_criticality_potential": (c_int32, [
        POINTER(critmin_interval), POINTER(critmin_interval), POINTER(critmin_interval), POINTER(critmin_answer),
        POINTER(critmin_error),
    ]),
    "critmin_bgs_risk": (c_int32, [
        c_int32, POINTER(c_double), c_int64, POINTER(critmin_answer), POINTER(critmin_error),
    ]),
    "critmin_hoskins": (c_int32, [
        POINTER(c_double), POINTER(c_double), c_int64, c_int64, POINTER(critmin_supply), POINTER(critmin_answer),
        POINTER(critmin_error),
    ]),
    "critmin_scarce_supply_risk": (c_int32, [
        POINTER(c_double), c_int64, c_int64, POINTER(c_double), POINTER(c_int32), POINTER(c_double),
        POINTER(critmin_error),
    ]),
    "critmin_days_of_cover": (c_int32, [
        c_double, c_double, c_double, c_double, POINTER(c_double), POINTER(c_double), POINTER(c_double),
        POINTER(critmin_error),
    ]),
    "critmin_stock_init": (None, [POINTER(critmin_stock)]),
    "critmin_stock_size": (c_int32, []),
    "critmin_drawdown_init": (None, [POINTER(critmin_drawdown)]),
    "critmin_drawdown_size": (c_int32, []),
    "critmin_drawdown_result_init": (None, [POINTER(critmin_drawdown_result)]),
    "critmin_drawdown_result_size": (c_int32, []),
    "critmin_drawdown_run": (c_int32, [
        POINTER(critmin_drawdown), POINTER(critmin_drawdown_result), POINTER(critmin_error),
    ]),
    "critmin_interruption_init": (None, [POINTER(critmin_interruption)]),
    "critmin_interruption_size": (c_int32, []),
    "critmin_interruption_gaps": (c_int32, [
        POINTER(critmin_interruption), c_double, c_double, c_int64, POINTER(c_double), POINTER(c_double),
        POINTER(c_int64), POINTER(critmin_error),
    ]),
    "critmin_reserve_size": (c_int32, [
        POINTER(c_double), POINTER(c_double), c_int64, c_double, c_double, c_double, POINTER(c_double),
        POINTER(critmin_error),
    ]),
    "critmin_reserve_size_exponential": (c_int32, [
        c_double, c_double, c_double, c_double, POINTER(c_double), POINTER(critmin_error),
    ]),
    "critmin_reserve_value": (c_int32, [
        POINTER(c_double), POINTER(c_double), c_int64, c_double, c_double, c_double, c_double, POINTER(c_double),
        POINTER(c_double), POINTER(critmin_error),
    ]),
    "critmin_agreement_value": (c_int32, [
        POINTER(c_double), POINTER(c_double), c_int64, c_double, c_double, c_double, c_double, POINTER(c_double),
        POINTER(critmin_error),
    ]),
    "critmin_commitments_init": (None, [POINTER(critmin_commitments)]),
    "critmin_commitments_size": (c_int32, []),
    "critmin_ramp": (c_int32, [c_double, c_double, c_int32, POINTER(c_double), POINTER(critmin_error)]),
    "critmin_committed_tonnes": (c_int32, [
        POINTER(critmin_commitments), POINTER(critmin_answer), POINTER(critmin_error),
    ]),
    "critmin_effective_dependency": (c_int32, [
        POINTER(critmin_interval), c_double, POINTER(critmin_commitments), POINTER(critmin_answer),
        POINTER(critmin_error),
    ]),
    "critmin_effective_dependency_law": (c_int32, [
        POINTER(critmin_interval), c_double, POINTER(critmin_commitments), POINTER(c_double), c_int64,
        POINTER(c_double), POINTER(critmin_error),
    ]),
    "critmin_chain_tonnes": (c_int32, [
        c_void_p, POINTER(critmin_trace), POINTER(c_int32), c_int32, POINTER(critmin_commitments), POINTER(c_double),
        POINTER(c_int32), POINTER(critmin_error),
    ]),
    "critmin_effective_dependency_chain": (c_int32, [
        c_void_p, POINTER(critmin_trace), POINTER(c_int32), c_int32, POINTER(critmin_interval), c_double,
        POINTER(critmin_commitments), POINTER(critmin_answer), POINTER(critmin_error),
    ]),
    "critmin_group_new": (c_int32, [c_void_p, c_char_p, POINTER(c_void_p), POINTER(critmin_error)]),
    "critmin_group_read": (c_int32, [c_void_p, c_char_p, POINTER(c_void_p), POINTER(critmin_error)]),
    "critmin_group_free": (None, [c_void_p]),
    "critmin_group_text": (c_int32, [c_void_p, c_char_p, POINTER(c_char_p), POINTER(critmin_error)]),
    "critmin_group_number": (c_int32, [c_void_p, c_char_p, POINTER(c_double), POINTER(critmin_error)]),
    "critmin_group_set_text": (c_int32, [c_void_p, c_char_p, c_char_p, POINTER(critmin_error)]),
    "critmin_group_set_number": (c_int32, [c_void_p, c_char_p, c_double, POINTER(critmin_error)]),
    "critmin_group_count": (c_int32, [c_void_p, c_char_p, POINTER(c_int64), POINTER(critmin_error)]),
    "critmin_group_clear": (c_int32, [c_void_p, c_char_p, POINTER(critmin_error)]),
    "critmin_group_write": (c_int32, [c_void_p, POINTER(critmin_error)]),
    "critmin_group_delete": (c_int32, [c_void_p, c_char_p, POINTER(critmin_error)]),
    "critmin_group_list": (c_int32, [c_void_p, c_void_p, POINTER(c_void_p), POINTER(critmin_error)]),
    "critmin_group_iterate": (c_int32, [
        c_void_p, c_void_p, CFUNCTYPE(c_int32, c_void_p, c_void_p), c_void_p, POINTER(critmin_error),
    ]),
    "critmin_model_load": (c_int32, [
        c_void_p, c_void_p, critmin_progress, c_void_p, POINTER(c_void_p), POINTER(critmin_error),
    ]),
    "critmin_model_free": (None, [c_void_p]),
    "critmin_model_size": (c_int32, [c_void_p, POINTER(c_void_p), POINTER(critmin_error)]),
    "critmin_metric_list": (c_int32, [POINTER(c_void_p), POINTER(critmin_error)]),
    "critmin_metric_list_of": (c_int32, [c_void_p, POINTER(c_void_p), POINTER(critmin_error)]),
    "critmin_metric_parameters": (c_int32, [c_char_p, POINTER(c_void_p), POINTER(critmin_error)]),
    "critmin_metric_compute": (c_int32, [
        c_void_p, c_void_p, c_int32, critmin_progress, c_void_p, POINTER(c_void_p), POINTER(critmin_error),
    ]),
    "critmin_metric_explain": (c_int32, [c_void_p, c_void_p, POINTER(c_void_p), POINTER(critmin_error)]),
    "critmin_metric_compare": (c_int32, [
        c_void_p, c_void_p, c_int32, critmin_progress, c_void_p, POINTER(c_void_p), POINTER(critmin_error),
    ]),
    "critmin_composite_detail": (c_int32, [
        c_void_p, c_void_p, c_int64, c_double, c_uint64, c_int64, c_int32, critmin_progress, c_void_p,
        POINTER(c_void_p), POINTER(critmin_error),
    ]),
    "critmin_mineral_new": (c_int32, [c_void_p, c_char_p, POINTER(c_void_p), POINTER(critmin_error)]),
    "critmin_mineral_read": (c_int32, [c_void_p, c_char_p, POINTER(c_void_p), POINTER(critmin_error)]),
    "critmin_mineral_free": (None, [c_void_p]),
    "critmin_mineral_text": (c_int32, [c_void_p, c_char_p, POINTER(c_char_p), POINTER(critmin_error)]),
    "critmin_mineral_number": (c_int32, [c_void_p, c_char_p, POINTER(c_double), POINTER(critmin_error)]),
    "critmin_mineral_set_text": (c_int32, [c_void_p, c_char_p, c_char_p, POINTER(critmin_error)]),
    "critmin_mineral_set_number": (c_int32, [c_void_p, c_char_p, c_double, POINTER(critmin_error)]),
    "critmin_mineral_count": (c_int32, [c_void_p, c_char_p, POINTER(c_int64), POINTER(critmin_error)]),
    "critmin_mineral_clear": (c_int32, [c_void_p, c_char_p, POINTER(critmin_error)]),
    "critmin_mineral_write": (c_int32, [c_void_p, POINTER(critmin_error)]),
    "critmin_mineral_delete": (c_int32, [c_void_p, c_char_p, POINTER(critmin_error)]),
    "critmin_mineral_list": (c_int32, [c_void_p, c_void_p, POINTER(c_void_p), POINTER(critmin_error)]),
    "critmin_mineral_iterate": (c_int32, [
        c_void_p, c_void_p, CFUNCTYPE(c_int32, c_void_p, c_void_p), c_void_p, POINTER(critmin_error),
    ]),
    "critmin_ownership": (c_int32, [
        POINTER(c_double), POINTER(c_double), c_int64, c_int64, c_int32, POINTER(c_double), POINTER(c_uint64),
        POINTER(critmin_error),
    ]),
    "critmin_owner_hhi": (c_int32, [
        POINTER(c_double), POINTER(c_double), c_int64, c_int64, c_double, c_int32, POINTER(critmin_answer),
        POINTER(critmin_error),
    ]),
    "critmin_owner_share": (c_int32, [
        POINTER(c_double), POINTER(c_double), c_int64, c_int64, c_double, c_int64, POINTER(critmin_answer),
        POINTER(critmin_error),
    ]),
    "critmin_price_init": (None, [POINTER(critmin_price)]),
    "critmin_price_size": (c_int32, []),
    "critmin_price_after_loss": (c_int32, [
        c_double, c_double, c_double, POINTER(critmin_price), POINTER(critmin_error),
    ]),
    "critmin_price_market_init": (None, [POINTER(critmin_price_market)]),
    "critmin_price_market_size": (c_int32, []),
    "critmin_price_equilibrium": (c_int32, [
        POINTER(critmin_price_market), POINTER(critmin_price), POINTER(c_double), POINTER(c_double),
        POINTER(critmin_error),
    ]),
    "critmin_price_restriction": (c_int32, [
        POINTER(critmin_price_market), POINTER(critmin_price_market), c_double, c_double, c_double,
        POINTER(critmin_price), POINTER(critmin_price), POINTER(critmin_error),
    ]),
    "critmin_value_at_stake": (c_int32, [
        POINTER(c_double), POINTER(c_double), POINTER(c_double), c_int64, c_double, POINTER(critmin_answer),
        POINTER(critmin_error),
    ]),
    "critmin_value_at_stake_joint": (c_int32, [
        POINTER(c_double), POINTER(c_double), POINTER(c_double), c_int64, c_int64, POINTER(critmin_answer),
        POINTER(critmin_error),
    ]),
    "critmin_producer_new": (c_int32, [c_void_p, c_char_p, POINTER(c_void_p), POINTER(critmin_error)]),
    "critmin_producer_read": (c_int32, [c_void_p, c_char_p, POINTER(c_void_p), POINTER(critmin_error)]),
    "critmin_producer_free": (None, [c_void_p]),
    "critmin_producer_text": (c_int32, [c_void_p, c_char_p, POINTER(c_char_p), POINTER(critmin_error)]),
    "critmin_producer_number": (c_int32, [c_void_p, c_char_p, POINTER(c_double), POINTER(critmin_error)]),
    "critmin_producer_set_text": (c_int32, [c_void_p, c_char_p, c_char_p, POINTER(critmin_error)]),
    "critmin_producer_set_number": (c_int32, [c_void_p, c_char_p, c_double, POINTER(critmin_error)]),
    "critmin_producer_count": (c_int32, [c_void_p, c_char_p, POINTER(c_int64), POINTER(critmin_error)]),
    "critmin_producer_clear": (c_int32, [c_void_p, c_char_p, POINTER(critmin_error)]),
    "critmin_producer_write": (c_int32, [c_void_p, POINTER(critmin_error)]),
    "critmin_producer_delete": (c_int32, [c_void_p, c_char_p, POINTER(critmin_error)]),
    "critmin_producer_list": (c_int32, [c_void_p, c_void_p, POINTER(c_void_p), POINTER(critmin_error)]),
    "critmin_producer_iterate": (c_int32, [
        c_void_p, c_void_p, CFUNCTYPE(c_int32, c_void_p, c_void_p), c_void_p, POINTER(critmin_error),
    ]),
    "critmin_reserve_new": (c_int32, [c_void_p, c_char_p, POINTER(c_void_p), POINTER(critmin_error)]),
    "critmin_reserve_read": (c_int32, [c_void_p, c_char_p, POINTER(c_void_p), POINTER(critmin_error)]),
    "critmin_reserve_free": (None, [c_void_p]),
    "critmin_reserve_text": (c_int32, [c_void_p, c_char_p, POINTER(c_char_p), POINTER(critmin_error)]),
    "critmin_reserve_number": (c_int32, [c_void_p, c_char_p, POINTER(c_double), POINTER(critmin_error)]),
    "critmin_reserve_set_text": (c_int32, [c_void_p, c_char_p, c_char_p, POINTER(critmin_error)]),
    "critmin_reserve_set_number": (c_int32, [c_void_p, c_char_p, c_double, POINTER(critmin_error)]),
    "critmin_reserve_count": (c_int32, [c_void_p, c_char_p, POINTER(c_int64), POINTER(critmin_error)]),
    "critmin_reserve_clear": (c_int32, [c_void_p, c_char_p, POINTER(critmin_error)]),
    "critmin_reserve_write": (c_int32, [c_void_p, POINTER(critmin_error)]),
    "critmin_reserve_delete": (c_int32, [c_void_p, c_char_p, POINTER(critmin_error)]),
    "critmin_reserve_list": (c_int32, [c_void_p, c_void_p, POINTER(c_void_p), POINTER(critmin_error)]),
    "critmin_reserve_iterate": (c_int32, [
        c_void_p, c_void_p, CFUNCTYPE(c_int32, c_void_p, c_void_p), c_void_p, POINTER(critmin_error),
    ]),
    "critmin_restriction_new": (c_int32, [c_void_p, c_char_p, POINTER(c_void_p), POINTER(critmin_error)]),
    "critmin_restriction_read": (c_int32, [c_void_p, c_char_p, POINTER(c_void_p), POINTER(critmin_error)]),
    "critmin_restriction_free": (None, [c_void_p]),
    "critmin_restriction_text": (c_int32, [c_void_p, c_char_p, POINTER(c_char_p), POINTER(critmin_error)]),
    "critmin_restriction_number": (c_int32, [c_void_p, c_char_p, POINTER(c_double), POINTER(critmin_error)]),
    "critmin_restriction_set_text": (c_int32, [c_void_p, c_char_p, c_char_p, POINTER(critmin_error)]),
    "critmin_restriction_set_number": (c_int32, [c_void_p, c_char_p, c_double, POINTER(critmin_error)]),
    "critmin_restriction_count": (c_int32, [c_void_p, c_char_p, POINTER(c_int64), POINTER(critmin_error)]),
    "critmin_restriction_clear": (c_int32, [c_void_p, c_char_p, POINTER(critmin_error)]),
    "critmin_restriction_write": (c_int32, [c_void_p, POINTER(critmin_error)]),
    "critmin_restriction_delete": (c_int32, [c_void_p, c_char_p, POINTER(critmin_error)]),
    "critmin_restriction_list": (c_int32, [c_void_p, c_void_p, POINTER(c_void_p), POINTER(critmin_error)]),
    "critmin_restriction_iterate": (c_int32, [
        c_void_p, c_void_p, CFUNCTYPE(c_int32, c_void_p, c_void_p), c_void_p, POINTER(critmin_error),
    ]),
    "critmin_gradient": (c_int32, [
        c_int32, POINTER(c_double), c_int64, POINTER(c_double), POINTER(c_double), POINTER(critmin_error),
    ]),
    "critmin_draw_terms": (c_int32, [
        POINTER(critmin_law), c_int64, c_uint64, c_int64, c_int64, c_int32, POINTER(c_double), POINTER(critmin_error),
    ]),
    "critmin_draw_shares": (c_int32, [
        POINTER(c_double), c_int64, POINTER(critmin_supply), c_double, c_int64, c_uint64, c_int64, c_int64, c_int32,
        POINTER(c_double), POINTER(critmin_error),
    ]),
    "critmin_evaluate": (c_int32, [
        c_int32, critmin_function, c_void_p, POINTER(c_double), c_int64, c_int64, c_int32, POINTER(c_double),
        POINTER(critmin_error),
    ]),
    "critmin_quantiles": (c_int32, [
        POINTER(c_double), c_int64, POINTER(c_double), c_int64, POINTER(c_double), POINTER(c_double),
        POINTER(critmin_error),
    ]),
    "critmin_moments": (c_int32, [
        POINTER(c_double), c_int64, POINTER(c_double), POINTER(c_double), POINTER(c_double), POINTER(c_int64),
        POINTER(critmin_error),
    ]),
    "critmin_sobol_draws": (c_int32, [
        POINTER(critmin_law), c_int64, c_int32, critmin_function, c_void_p, c_uint64, c_int64, c_int64, c_int32,
        critmin_progress, c_void_p, POINTER(c_double), POINTER(critmin_error),
    ]),
    "critmin_sobol_indices": (c_int32, [
        POINTER(c_double), c_int64, c_int64, POINTER(c_double), POINTER(c_double), POINTER(c_double), POINTER(c_double),
        POINTER(c_double), POINTER(critmin_error),
    ]),
    "critmin_corners": (c_int32, [
        POINTER(critmin_interval), c_int64, c_int32, critmin_function, c_void_p, POINTER(c_double), POINTER(c_double),
        POINTER(critmin_error),
    ]),
    "critmin_tornado": (c_int32, [
        POINTER(critmin_interval), c_int64, POINTER(c_char_p), c_int32, critmin_function, c_void_p, POINTER(c_double),
        POINTER(c_void_p), POINTER(critmin_error),
    ]),
    "critmin_risk_init": (None, [POINTER(critmin_risk)]),
    "critmin_risk_size": (c_int32, []),
    "critmin_risk_of": (c_int32, [
        POINTER(c_double), POINTER(c_double), c_int64, c_double, POINTER(critmin_risk), POINTER(critmin_error),
    ]),
    "critmin_event_probability": (c_int32, [c_double, c_double, POINTER(c_double), POINTER(critmin_error)]),
    "critmin_loss_law": (c_int32, [
        POINTER(c_double), POINTER(c_double), c_int64, c_double, c_int64, POINTER(c_double), POINTER(critmin_error),
    ]),
    "critmin_ensemble_init": (None, [POINTER(critmin_ensemble)]),
    "critmin_ensemble_size": (c_int32, []),
    "critmin_ensemble_run": (c_int32, [
        POINTER(critmin_ensemble), c_uint64, c_int64, c_int64, c_int32, critmin_progress, c_void_p, POINTER(c_double),
        POINTER(c_double), POINTER(c_void_p), POINTER(critmin_error),
    ]),
    "critmin_draws_free": (None, [c_void_p]),
    "critmin_draws_count": (c_int64, [c_void_p]),
    "critmin_draws_merge": (c_int32, [c_void_p, c_void_p, POINTER(critmin_error)]),
    "critmin_draws_save": (c_int32, [c_void_p, c_void_p, c_int64, POINTER(c_int64), POINTER(critmin_error)]),
    "critmin_draws_load": (c_int32, [c_void_p, c_int64, POINTER(c_void_p), POINTER(critmin_error)]),
    "critmin_draws_risk": (c_int32, [c_void_p, c_double, POINTER(critmin_risk), POINTER(critmin_error)]),
    "critmin_draws_quantiles": (c_int32, [
        c_void_p, POINTER(c_double), c_int64, POINTER(c_double), POINTER(critmin_error),
    ]),
    "critmin_draws_users": (c_int32, [
        c_void_p, POINTER(c_double), POINTER(c_double), POINTER(c_double), POINTER(critmin_error),
    ]),
    "critmin_mitigation_init": (None, [POINTER(critmin_mitigation)]),
    "critmin_mitigation_size": (c_int32, []),
    "critmin_mitigation_cost": (c_int32, [
        POINTER(critmin_mitigation), POINTER(c_double), c_int64, POINTER(c_double), POINTER(c_double),
        POINTER(critmin_error),
    ]),
    "critmin_scenario_read": (c_int32, [c_void_p, c_char_p, POINTER(c_void_p), POINTER(critmin_error)]),
    "critmin_scenario_of_restriction": (c_int32, [c_void_p, c_char_p, POINTER(c_void_p), POINTER(critmin_error)]),
    "critmin_scenario_set": (c_int32, [c_void_p, c_void_p, c_char_p, c_char_p, POINTER(critmin_error)]),
    "critmin_scenario_write": (c_int32, [c_void_p, POINTER(c_void_p), POINTER(critmin_error)]),
    "critmin_scenario_free": (None, [c_void_p]),
    "critmin_scenario_keys": (c_int32, [POINTER(c_void_p), POINTER(critmin_error)]),
    "critmin_scenario_options_init": (None, [POINTER(critmin_scenario_options)]),
    "critmin_scenario_options_size": (c_int32, []),
    "critmin_scenario_run": (c_int32, [
        c_void_p, c_void_p, POINTER(critmin_scenario_options), critmin_progress, c_void_p, POINTER(c_void_p),
        POINTER(critmin_error),
    ]),
    "critmin_outcome_draws": (c_int32, [c_void_p, POINTER(c_void_p), POINTER(critmin_error)]),
    "critmin_outcome_free": (None, [c_void_p]),
    "critmin_outcome_table": (c_int32, [c_void_p, c_char_p, POINTER(c_void_p), POINTER(critmin_error)]),
    "critmin_outcome_explain": (c_int32, [
        c_void_p, c_void_p, c_char_p, c_int64, POINTER(c_void_p), POINTER(critmin_error),
    ]),
    "critmin_source_new": (c_int32, [c_void_p, c_char_p, POINTER(c_void_p), POINTER(critmin_error)]),
    "critmin_source_read": (c_int32, [c_void_p, c_char_p, POINTER(c_void_p), POINTER(critmin_error)]),
    "critmin_source_free": (None, [c_void_p]),
    "critmin_source_text": (c_int32, [c_void_p, c_char_p, POINTER(c_char_p), POINTER(critmin_error)]),
    "critmin_source_number": (c_int32, [c_void_p, c_char_p, POINTER(c_double), POINTER(critmin_error)]),
    "critmin_source_set_text": (c_int32, [c_void_p, c_char_p, c_char_p, POINTER(critmin_error)]),
    "critmin_source_set_number": (c_int32, [c_void_p, c_char_p, c_double, POINTER(critmin_error)]),
    "critmin_source_count": (c_int32, [c_void_p, c_char_p, POINTER(c_int64), POINTER(critmin_error)]),
    "critmin_source_clear": (c_int32, [c_void_p, c_char_p, POINTER(critmin_error)]),
    "critmin_source_write": (c_int32, [c_void_p, POINTER(critmin_error)]),
    "critmin_source_delete": (c_int32, [c_void_p, c_char_p, POINTER(critmin_error)]),
    "critmin_source_list": (c_int32, [c_void_p, c_void_p, POINTER(c_void_p), POINTER(critmin_error)]),
    "critmin_source_iterate": (c_int32, [
        c_void_p, c_void_p, CFUNCTYPE(c_int32, c_void_p, c_void_p), c_void_p, POINTER(critmin_error),
    ]),
    "critmin_crma_benchmark": (c_int32, [
        c_int32, POINTER(critmin_interval), POINTER(critmin_interval), POINTER(critmin_answer), POINTER(critmin_answer),
        POINTER(critmin_answer), POINTER(critmin_error),
    ]),
    "critmin_time_to_target": (c_int32, [
        POINTER(critmin_interval), POINTER(critmin_interval), c_double, c_int32, POINTER(critmin_answer),
        POINTER(critmin_error),
    ]),
    "critmin_path_to_target": (c_int32, [
        POINTER(c_double), c_int64, c_double, c_int32, POINTER(critmin_answer), POINTER(critmin_error),
    ]),
    "critmin_version": (c_char_p, []),
    "critmin_version_number": (c_int32, []),
    "critmin_abi_version": (c_int32, []),
}


def declare(library: CDLL) -> None:
    """Tells ctypes what every function takes and returns. AttributeError names one that is missing."""
    for name, (result, arguments) in FUNCTIONS.items():
        function = getattr(library, name)
        function.restype = result
        function.argtypes = arguments
