-- SPDX-License-Identifier: MIT
-- Layout 1 of the store. Keys are the field's own names; ids are the store's and cross no border.
-- A date may be shortened to its month or year; as an end it is the last day meant, hence `|| '-99'` where dates are compared.
-- Every text that closes a list of words is checked here as well as in the code: a store may be written by hand.

CREATE TABLE meta(
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Who published, and when ------------------------------------------------------------------------------------------

CREATE TABLE source(
  id          INTEGER PRIMARY KEY,
  key         TEXT NOT NULL UNIQUE CHECK(key <> ''),
  publisher   TEXT NOT NULL,
  title       TEXT NOT NULL,
  date        TEXT,
  url         TEXT,
  licence     TEXT NOT NULL,
  attribution TEXT,
  note        TEXT
) STRICT;

CREATE TABLE edition(
  id        INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE,
  key       TEXT NOT NULL CHECK(key <> ''),
  date      TEXT NOT NULL CHECK(date GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  title     TEXT,
  url       TEXT,
  UNIQUE(source_id, key)
) STRICT;

-- Dictionaries -----------------------------------------------------------------------------------------------------

CREATE TABLE country(
  id        INTEGER PRIMARY KEY,
  key       TEXT NOT NULL UNIQUE CHECK(length(key) = 3),
  kind      TEXT NOT NULL DEFAULT 'country' CHECK(kind IN ('country', 'former', 'union', 'world', 'other', 'unknown')),
  iso2      TEXT,
  m49       TEXT,
  name      TEXT NOT NULL,
  region    TEXT,
  subregion TEXT
) STRICT;

CREATE TABLE country_alias(
  id         INTEGER PRIMARY KEY,
  publisher  TEXT NOT NULL DEFAULT '',
  word       TEXT NOT NULL COLLATE NOCASE CHECK(word <> ''),
  country_id INTEGER NOT NULL REFERENCES country(id) ON DELETE CASCADE,
  UNIQUE(publisher, word)
) STRICT;

-- `area`: the row of `country` under which the group's statistics as one are published, as those of a customs union.
CREATE TABLE country_group(
  id        INTEGER PRIMARY KEY,
  key       TEXT NOT NULL UNIQUE CHECK(key <> ''),
  name      TEXT NOT NULL,
  area_id   INTEGER REFERENCES country(id),
  note      TEXT,
  source_id INTEGER REFERENCES source(id)
) STRICT;

CREATE TABLE country_group_member(
  id         INTEGER PRIMARY KEY,
  group_id   INTEGER NOT NULL REFERENCES country_group(id) ON DELETE CASCADE,
  country_id INTEGER NOT NULL REFERENCES country(id),
  from_date  TEXT,
  to_date    TEXT,
  UNIQUE(group_id, country_id, from_date),
  CHECK(from_date IS NULL OR to_date IS NULL OR from_date <= to_date || '-99')
) STRICT;

CREATE TABLE mineral(
  id     INTEGER PRIMARY KEY,
  key    TEXT NOT NULL UNIQUE CHECK(key <> ''),
  name   TEXT NOT NULL,
  symbol TEXT,
  kind   TEXT NOT NULL DEFAULT 'mineral' CHECK(kind IN ('mineral', 'group')),
  note   TEXT
) STRICT;

CREATE TABLE mineral_member(
  id        INTEGER PRIMARY KEY,
  group_id  INTEGER NOT NULL REFERENCES mineral(id) ON DELETE CASCADE,
  member_id INTEGER NOT NULL REFERENCES mineral(id),
  UNIQUE(group_id, member_id),
  CHECK(group_id <> member_id)
) STRICT;

CREATE TABLE mineral_alias(
  id         INTEGER PRIMARY KEY,
  mineral_id INTEGER NOT NULL REFERENCES mineral(id) ON DELETE CASCADE,
  publisher  TEXT NOT NULL DEFAULT '',
  word       TEXT NOT NULL COLLATE NOCASE CHECK(word <> ''),
  UNIQUE(publisher, word)
) STRICT;

-- The chain of a mineral: its stages in order of position. The market of a stage has one unit and one basis.
CREATE TABLE stage(
  id         INTEGER PRIMARY KEY,
  mineral_id INTEGER NOT NULL REFERENCES mineral(id) ON DELETE CASCADE,
  key        TEXT NOT NULL CHECK(key <> ''),
  kind       TEXT NOT NULL CHECK(kind IN ('mining', 'concentrate', 'processing', 'metal', 'component')),
  position   INTEGER NOT NULL CHECK(position >= 1),
  name       TEXT NOT NULL,
  unit       TEXT NOT NULL CHECK(unit IN ('t', 'ct', 'm3', 'L', 'MWh', 'unit')),
  basis      TEXT NOT NULL CHECK(basis <> ''),
  UNIQUE(mineral_id, key),
  UNIQUE(mineral_id, position)
) STRICT;

-- What a publisher calls a stage; without a mineral, what it calls it for any. `stage` is a key or a kind.
CREATE TABLE stage_alias(
  id         INTEGER PRIMARY KEY,
  publisher  TEXT NOT NULL DEFAULT '',
  mineral_id INTEGER REFERENCES mineral(id) ON DELETE CASCADE,
  word       TEXT NOT NULL COLLATE NOCASE CHECK(word <> ''),
  stage      TEXT NOT NULL CHECK(stage <> '')
) STRICT;
CREATE UNIQUE INDEX stage_alias_key ON stage_alias(publisher, word, ifnull(mineral_id, 0));

CREATE TABLE hs_code(
  id        INTEGER PRIMARY KEY,
  stage_id  INTEGER NOT NULL REFERENCES stage(id) ON DELETE CASCADE,
  hs        TEXT NOT NULL CHECK(hs NOT GLOB '*[^0-9]*' AND length(hs) BETWEEN 4 AND 10),
  vintage   TEXT NOT NULL DEFAULT '',
  source_id INTEGER REFERENCES source(id),
  note      TEXT,
  UNIQUE(stage_id, hs, vintage)
) STRICT;

-- Tonnes of element in a tonne of the basis: what one figure must be multiplied with to be contained metal. With a trade
-- code it holds for the flows under that code alone.
CREATE TABLE content_factor(
  id         INTEGER PRIMARY KEY,
  mineral_id INTEGER NOT NULL REFERENCES mineral(id) ON DELETE CASCADE,
  stage_id   INTEGER REFERENCES stage(id) ON DELETE CASCADE,
  hs         TEXT NOT NULL DEFAULT '' CHECK(hs NOT GLOB '*[^0-9]*'),
  basis      TEXT NOT NULL CHECK(basis <> ''),
  element    TEXT NOT NULL,
  factor     REAL NOT NULL CHECK(factor > 0 AND factor <= 1),
  source_id  INTEGER REFERENCES source(id),
  note       TEXT
) STRICT;
CREATE UNIQUE INDEX content_factor_key ON content_factor(mineral_id, ifnull(stage_id, 0), hs, basis, element);

-- `choice`: one source is chosen for all countries of a market together, whose parts must add up, or for each country alone.
CREATE TABLE measure(
  id     INTEGER PRIMARY KEY,
  key    TEXT NOT NULL UNIQUE CHECK(key <> ''),
  unit   TEXT NOT NULL CHECK(unit IN ('quantity', 'share')),
  choice TEXT NOT NULL DEFAULT 'market' CHECK(choice IN ('market', 'country')),
  text   TEXT NOT NULL
) STRICT;

CREATE TABLE indicator_kind(
  id        INTEGER PRIMARY KEY,
  key       TEXT NOT NULL UNIQUE CHECK(key <> ''),
  name      TEXT NOT NULL,
  unit      TEXT NOT NULL,
  worst     REAL NOT NULL,
  best      REAL NOT NULL,
  source_id INTEGER REFERENCES source(id)
) STRICT;

-- Who makes -----------------------------------------------------------------------------------------------------------

CREATE TABLE producer(
  id         INTEGER PRIMARY KEY,
  key        TEXT NOT NULL UNIQUE CHECK(key <> ''),
  name       TEXT NOT NULL,
  kind       TEXT NOT NULL CHECK(kind IN ('facility', 'company')),
  country_id INTEGER REFERENCES country(id),
  mineral_id INTEGER REFERENCES mineral(id),
  stage_id   INTEGER REFERENCES stage(id),
  status     TEXT CHECK(status IN ('operating', 'construction', 'financed', 'feasibility', 'exploration', 'announced',
                                   'suspended', 'closed')),
  confidence TEXT CHECK(confidence IN ('primary', 'secondary')),
  note       TEXT
) STRICT;

-- An owner is a producer (a company) or a country; a share that is not known is empty, and so is what the rows leave.
CREATE TABLE producer_owner(
  id         INTEGER PRIMARY KEY,
  producer_id INTEGER NOT NULL REFERENCES producer(id) ON DELETE CASCADE,
  owner_id   INTEGER REFERENCES producer(id),
  country_id INTEGER REFERENCES country(id),
  share      REAL CHECK(share >= 0 AND share <= 1),
  from_date  TEXT,
  to_date    TEXT,
  source_id  INTEGER REFERENCES source(id),
  CHECK((owner_id IS NULL) <> (country_id IS NULL)),
  CHECK(owner_id IS NULL OR owner_id <> producer_id),
  CHECK(from_date IS NULL OR to_date IS NULL OR from_date <= to_date || '-99')
) STRICT;

CREATE TABLE producer_citation(
  id          INTEGER PRIMARY KEY,
  producer_id INTEGER NOT NULL REFERENCES producer(id) ON DELETE CASCADE,
  source_id   INTEGER NOT NULL REFERENCES source(id),
  UNIQUE(producer_id, source_id)
) STRICT;

-- Facts -----------------------------------------------------------------------------------------------------------------

-- Days are the integers yyyymmdd. `excludes` lists the countries that a total leaves out.
CREATE TABLE figure(
  id          INTEGER PRIMARY KEY,
  measure_id  INTEGER NOT NULL REFERENCES measure(id),
  stage_id    INTEGER NOT NULL REFERENCES stage(id),
  period_from INTEGER NOT NULL,
  period_to   INTEGER NOT NULL,
  edition_id  INTEGER NOT NULL REFERENCES edition(id),
  country_id  INTEGER NOT NULL REFERENCES country(id),
  producer_id INTEGER REFERENCES producer(id),
  sector      TEXT NOT NULL DEFAULT '',
  outlook     TEXT NOT NULL DEFAULT 'actual' CHECK(outlook IN ('actual', 'projected')),
  scenario    TEXT NOT NULL DEFAULT '',
  unit        TEXT NOT NULL,
  basis       TEXT NOT NULL,
  value       REAL,
  low         REAL,
  high        REAL,
  status      TEXT NOT NULL CHECK(status IN ('reported', 'estimated', 'zero', 'less_than_half_unit', 'withheld',
                                             'not_available', 'residual', 'imputed', 'projected', 'assumed')),
  excludes    TEXT,
  note        TEXT,
  CHECK(period_from <= period_to),
  CHECK(value IS NULL OR low IS NULL OR low <= value),
  CHECK(value IS NULL OR high IS NULL OR value <= high),
  CHECK(low IS NULL OR high IS NULL OR low <= high),
  CHECK(unit <> 'share' OR ((value IS NULL OR value <= 1) AND (low IS NULL OR low <= 1) AND (high IS NULL OR high <= 1))),
  CHECK(status <> 'zero' OR value = 0),
  CHECK(status NOT IN ('withheld', 'not_available') OR value IS NULL)
) STRICT;
CREATE UNIQUE INDEX figure_key ON figure(stage_id, measure_id, period_from, period_to, edition_id, country_id,
                                         ifnull(producer_id, 0), sector, outlook, scenario);

-- A country that stands for the world gives a total: of an importer's, of an exporter's, or where it stands twice of all.
-- Nothing else runs from itself to itself.
CREATE TABLE flow(
  stage_id    INTEGER NOT NULL REFERENCES stage(id),
  from_year   INTEGER NOT NULL,
  to_year     INTEGER NOT NULL,
  importer_id INTEGER NOT NULL REFERENCES country(id),
  exporter_id INTEGER NOT NULL REFERENCES country(id),
  edition_id  INTEGER NOT NULL REFERENCES edition(id),
  hs          TEXT NOT NULL DEFAULT '',
  quantity    REAL CHECK(quantity >= 0),
  basis       TEXT NOT NULL DEFAULT 'gross',
  amount      REAL CHECK(amount >= 0),
  currency    TEXT CHECK(currency IS NULL OR currency GLOB '[A-Z][A-Z][A-Z]'),
  share       REAL CHECK(share >= 0 AND share <= 1),
  status      TEXT NOT NULL DEFAULT 'reported' CHECK(status IN ('reported', 'estimated', 'imputed', 'residual', 'withheld',
                                                                'not_available', 'zero', 'less_than_half_unit', 'projected', 'assumed')),
  PRIMARY KEY(stage_id, from_year, to_year, importer_id, exporter_id, edition_id, hs),
  CHECK(from_year <= to_year)
) STRICT, WITHOUT ROWID;

CREATE TABLE indicator(
  indicator_id INTEGER NOT NULL REFERENCES indicator_kind(id),
  country_id   INTEGER NOT NULL REFERENCES country(id),
  year         INTEGER NOT NULL,
  edition_id   INTEGER NOT NULL REFERENCES edition(id),
  value        REAL NOT NULL,
  std_error    REAL CHECK(std_error >= 0),
  PRIMARY KEY(indicator_id, country_id, year, edition_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE price(
  id          INTEGER PRIMARY KEY,
  mineral_id  INTEGER NOT NULL REFERENCES mineral(id),
  form        TEXT NOT NULL DEFAULT '',
  period_from INTEGER NOT NULL,
  period_to   INTEGER NOT NULL,
  edition_id  INTEGER NOT NULL REFERENCES edition(id),
  amount      REAL CHECK(amount >= 0),
  low         REAL CHECK(low >= 0),
  high        REAL CHECK(high >= 0),
  per         TEXT NOT NULL,
  currency    TEXT NOT NULL CHECK(currency GLOB '[A-Z][A-Z][A-Z]'),
  money_year  INTEGER,
  basis       TEXT NOT NULL DEFAULT '',
  status      TEXT NOT NULL DEFAULT 'reported',
  note        TEXT,
  UNIQUE(mineral_id, form, period_from, period_to, edition_id),
  CHECK(period_from <= period_to)
) STRICT;

-- What a published assessment took as its inputs, and what it found.
CREATE TABLE parameter(
  id          INTEGER PRIMARY KEY,
  edition_id  INTEGER NOT NULL REFERENCES edition(id),
  mineral_id  INTEGER NOT NULL REFERENCES mineral(id),
  stage_id    INTEGER REFERENCES stage(id),
  country_id  INTEGER REFERENCES country(id),
  parameter   TEXT NOT NULL CHECK(parameter <> ''),
  value       REAL,
  low         REAL,
  high        REAL,
  words       TEXT,
  unit        TEXT NOT NULL DEFAULT '',
  note        TEXT
) STRICT;
CREATE UNIQUE INDEX parameter_key ON parameter(edition_id, mineral_id, ifnull(stage_id, 0), ifnull(country_id, 0), parameter);

-- What an industry of a country adds in value, and what a mineral is used for there. `industry` is a code of the classification
-- that the publisher uses, such as the divisions of NACE; empty for a use that belongs to none.
CREATE TABLE industry(
  id          INTEGER PRIMARY KEY,
  edition_id  INTEGER NOT NULL REFERENCES edition(id),
  country_id  INTEGER NOT NULL REFERENCES country(id),
  code        TEXT NOT NULL CHECK(code <> ''),
  name        TEXT NOT NULL,
  period_from INTEGER NOT NULL,
  period_to   INTEGER NOT NULL,
  amount      REAL NOT NULL CHECK(amount >= 0),
  currency    TEXT NOT NULL CHECK(currency GLOB '[A-Z][A-Z][A-Z]'),
  UNIQUE(edition_id, country_id, code, period_from, period_to),
  CHECK(period_from <= period_to)
) STRICT;

CREATE TABLE end_use(
  id          INTEGER PRIMARY KEY,
  edition_id  INTEGER NOT NULL REFERENCES edition(id),
  mineral_id  INTEGER NOT NULL REFERENCES mineral(id),
  country_id  INTEGER NOT NULL REFERENCES country(id),
  application TEXT NOT NULL CHECK(application <> ''),
  industry    TEXT NOT NULL DEFAULT '',
  period_from INTEGER NOT NULL,
  period_to   INTEGER NOT NULL,
  share       REAL NOT NULL CHECK(share >= 0 AND share <= 1),
  note        TEXT,
  UNIQUE(edition_id, mineral_id, country_id, application, industry, period_from, period_to),
  CHECK(period_from <= period_to)
) STRICT;

CREATE TABLE source_rank(
  id         INTEGER PRIMARY KEY,
  measure_id INTEGER NOT NULL REFERENCES measure(id),
  mineral_id INTEGER REFERENCES mineral(id),
  stage_id   INTEGER REFERENCES stage(id),
  source_id  INTEGER NOT NULL REFERENCES source(id),
  rank       INTEGER NOT NULL CHECK(rank >= 1),
  note       TEXT
) STRICT;
CREATE UNIQUE INDEX source_rank_key ON source_rank(measure_id, ifnull(mineral_id, 0), ifnull(stage_id, 0), source_id);

-- What is agreed, held, forbidden --------------------------------------------------------------------------------------

CREATE TABLE agreement(
  id            INTEGER PRIMARY KEY,
  key           TEXT NOT NULL UNIQUE CHECK(key <> ''),
  name          TEXT NOT NULL,
  kind          TEXT NOT NULL CHECK(kind IN ('framework', 'offtake', 'equity', 'price_floor', 'loan', 'alliance', 'other')),
  status        TEXT,
  signed        TEXT,
  effective     TEXT,
  until         TEXT,
  supersedes_id INTEGER REFERENCES agreement(id),
  confidence    TEXT CHECK(confidence IN ('primary', 'secondary')),
  note          TEXT,
  CHECK(effective IS NULL OR until IS NULL OR effective <= until || '-99')
) STRICT;

CREATE TABLE agreement_party(
  id           INTEGER PRIMARY KEY,
  agreement_id INTEGER NOT NULL REFERENCES agreement(id) ON DELETE CASCADE,
  country_id   INTEGER REFERENCES country(id),
  group_id     INTEGER REFERENCES country_group(id),
  name         TEXT,
  role         TEXT,
  CHECK(country_id IS NOT NULL OR group_id IS NOT NULL OR name IS NOT NULL)
) STRICT;

CREATE TABLE agreement_scope(
  id           INTEGER PRIMARY KEY,
  agreement_id INTEGER NOT NULL REFERENCES agreement(id) ON DELETE CASCADE,
  mineral_id   INTEGER NOT NULL REFERENCES mineral(id),
  stage_id     INTEGER REFERENCES stage(id)
) STRICT;
CREATE UNIQUE INDEX agreement_scope_key ON agreement_scope(agreement_id, mineral_id, ifnull(stage_id, 0));

-- Of tonnes, a share of a producer's output, a right, or money: one, as `kind` says. Money is never tonnes.
CREATE TABLE agreement_commitment(
  id            INTEGER PRIMARY KEY,
  agreement_id  INTEGER NOT NULL REFERENCES agreement(id) ON DELETE CASCADE,
  kind          TEXT NOT NULL CHECK(kind IN ('tonnes', 'share', 'right', 'money')),
  mineral_id    INTEGER REFERENCES mineral(id),
  stage_id      INTEGER REFERENCES stage(id),
  buyer_id      INTEGER REFERENCES country(id),
  seller_id     INTEGER REFERENCES country(id),
  producer_id   INTEGER REFERENCES producer(id),
  tonnes        REAL CHECK(tonnes >= 0),
  basis         TEXT,
  share         REAL CHECK(share >= 0 AND share <= 1),
  amount        REAL CHECK(amount >= 0),
  currency      TEXT CHECK(currency IS NULL OR currency GLOB '[A-Z][A-Z][A-Z]'),
  money_year    INTEGER,
  from_date     TEXT,
  ramp_months   INTEGER CHECK(ramp_months >= 0),
  to_date       TEXT,
  probability   REAL CHECK(probability >= 0 AND probability <= 1),
  additionality REAL CHECK(additionality >= 0 AND additionality <= 1),
  note          TEXT,
  CHECK((tonnes IS NOT NULL) = (kind = 'tonnes')),
  CHECK((share IS NOT NULL) = (kind = 'share')),
  CHECK((amount IS NOT NULL) = (kind = 'money')),
  CHECK((currency IS NOT NULL) = (kind = 'money')),
  CHECK(from_date IS NULL OR to_date IS NULL OR from_date <= to_date || '-99')
) STRICT;

CREATE TABLE agreement_citation(
  id           INTEGER PRIMARY KEY,
  agreement_id INTEGER NOT NULL REFERENCES agreement(id) ON DELETE CASCADE,
  source_id    INTEGER NOT NULL REFERENCES source(id),
  UNIQUE(agreement_id, source_id)
) STRICT;

-- `strategic`: a stockpile, in a quantity, days of cover, or money. `geological`: a figure with its edition.
CREATE TABLE reserve(
  id            INTEGER PRIMARY KEY,
  key           TEXT NOT NULL UNIQUE CHECK(key <> ''),
  kind          TEXT NOT NULL CHECK(kind IN ('strategic', 'geological')),
  holder_id     INTEGER REFERENCES country(id),
  group_id      INTEGER REFERENCES country_group(id),
  programme     TEXT,
  mineral_id    INTEGER NOT NULL REFERENCES mineral(id),
  stage_id      INTEGER REFERENCES stage(id),
  period_from   INTEGER NOT NULL,
  period_to     INTEGER NOT NULL,
  unit          TEXT,
  basis         TEXT,
  value         REAL CHECK(value >= 0),
  low           REAL CHECK(low >= 0),
  high          REAL CHECK(high >= 0),
  status        TEXT CHECK(status IN ('reported', 'estimated', 'zero', 'less_than_half_unit', 'withheld', 'not_available',
                                      'residual', 'imputed', 'projected', 'assumed')),
  days_of_cover REAL CHECK(days_of_cover >= 0),
  release_rate  REAL CHECK(release_rate >= 0),
  amount        REAL CHECK(amount >= 0),
  currency      TEXT CHECK(currency IS NULL OR currency GLOB '[A-Z][A-Z][A-Z]'),
  money_year    INTEGER,
  state         TEXT CHECK(state IN ('existing', 'planned', 'right', 'ended')),
  confidence    TEXT CHECK(confidence IN ('primary', 'secondary')),
  edition_id    INTEGER REFERENCES edition(id),
  note          TEXT,
  CHECK(period_from <= period_to),
  CHECK((holder_id IS NULL) <> (group_id IS NULL)),
  CHECK(kind <> 'geological' OR (edition_id IS NOT NULL AND status IS NOT NULL AND unit IS NOT NULL AND stage_id IS NOT NULL
                                 AND holder_id IS NOT NULL AND days_of_cover IS NULL AND release_rate IS NULL
                                 AND amount IS NULL AND programme IS NULL)),
  CHECK((amount IS NULL) = (currency IS NULL)),
  CHECK(value IS NULL OR low IS NULL OR low <= value),
  CHECK(value IS NULL OR high IS NULL OR value <= high),
  CHECK(low IS NULL OR high IS NULL OR low <= high)
) STRICT;
CREATE INDEX reserve_market ON reserve(mineral_id, kind);
CREATE UNIQUE INDEX reserve_geological ON reserve(stage_id, period_from, period_to, edition_id, holder_id)
  WHERE kind = 'geological';

CREATE TABLE reserve_citation(
  id         INTEGER PRIMARY KEY,
  reserve_id INTEGER NOT NULL REFERENCES reserve(id) ON DELETE CASCADE,
  source_id  INTEGER NOT NULL REFERENCES source(id),
  UNIQUE(reserve_id, source_id)
) STRICT;

CREATE TABLE restriction(
  id         INTEGER PRIMARY KEY,
  key        TEXT NOT NULL UNIQUE CHECK(key <> ''),
  kind       TEXT NOT NULL CHECK(kind IN ('ban', 'quota', 'licence', 'tax', 'outage', 'sanction', 'other')),
  basis      TEXT NOT NULL CHECK(basis IN ('decree', 'practice')),
  country_id INTEGER REFERENCES country(id),
  group_id   INTEGER REFERENCES country_group(id),
  place_id   INTEGER REFERENCES country(id),
  announced  TEXT,
  effective  TEXT,
  until      TEXT,
  share      REAL CHECK(share >= 0 AND share <= 1),
  share_low  REAL CHECK(share_low >= 0 AND share_low <= 1),
  share_high REAL CHECK(share_high >= 0 AND share_high <= 1),
  rate       REAL CHECK(rate >= 0),
  effect     TEXT,
  confidence TEXT CHECK(confidence IN ('primary', 'secondary')),
  note       TEXT,
  CHECK(country_id IS NULL OR group_id IS NULL),
  CHECK(effective IS NULL OR until IS NULL OR effective <= until || '-99')
) STRICT;

CREATE TABLE restriction_scope(
  id             INTEGER PRIMARY KEY,
  restriction_id INTEGER NOT NULL REFERENCES restriction(id) ON DELETE CASCADE,
  mineral_id     INTEGER NOT NULL REFERENCES mineral(id),
  stage_id       INTEGER REFERENCES stage(id),
  hs             TEXT
) STRICT;

-- Against whom; a restriction without a target is against everybody.
CREATE TABLE restriction_target(
  id             INTEGER PRIMARY KEY,
  restriction_id INTEGER NOT NULL REFERENCES restriction(id) ON DELETE CASCADE,
  country_id     INTEGER REFERENCES country(id),
  group_id       INTEGER REFERENCES country_group(id),
  CHECK((country_id IS NULL) <> (group_id IS NULL))
) STRICT;

CREATE TABLE restriction_suspension(
  id             INTEGER PRIMARY KEY,
  restriction_id INTEGER NOT NULL REFERENCES restriction(id) ON DELETE CASCADE,
  from_date      TEXT NOT NULL,
  to_date        TEXT,
  note           TEXT,
  CHECK(to_date IS NULL OR from_date <= to_date || '-99')
) STRICT;

CREATE TABLE restriction_citation(
  id             INTEGER PRIMARY KEY,
  restriction_id INTEGER NOT NULL REFERENCES restriction(id) ON DELETE CASCADE,
  source_id      INTEGER NOT NULL REFERENCES source(id),
  UNIQUE(restriction_id, source_id)
) STRICT;

-- What nobody published, and what is taken for it.
CREATE TABLE assumption(
  id         INTEGER PRIMARY KEY,
  key        TEXT NOT NULL UNIQUE CHECK(key <> ''),
  subject    TEXT NOT NULL,
  mineral_id INTEGER REFERENCES mineral(id),
  stage_id   INTEGER REFERENCES stage(id),
  country_id INTEGER REFERENCES country(id),
  value      REAL NOT NULL,
  low        REAL NOT NULL,
  high       REAL NOT NULL,
  unit       TEXT NOT NULL,
  reason     TEXT NOT NULL,
  CHECK(low <= value AND value <= high)
) STRICT;

-- Why a figure that looks wrong is left as it is. The check reads these.
CREATE TABLE explanation(
  id          INTEGER PRIMARY KEY,
  finding     TEXT NOT NULL CHECK(finding <> ''),
  mineral_id  INTEGER REFERENCES mineral(id),
  stage_id    INTEGER REFERENCES stage(id),
  source_id   INTEGER REFERENCES source(id),
  from_year   INTEGER,
  to_year     INTEGER,
  text        TEXT NOT NULL CHECK(text <> '')
) STRICT;

-- Composite indicators of one's own, computed by their keys beside the library's metrics. The definition is JSON.
CREATE TABLE composite(
  id         INTEGER PRIMARY KEY,
  key        TEXT NOT NULL UNIQUE CHECK(key <> ''),
  name       TEXT NOT NULL,
  definition TEXT NOT NULL CHECK(definition <> ''),
  note       TEXT
) STRICT;
