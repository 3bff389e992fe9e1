/* SPDX-License-Identifier: MIT */
/*
 * A package of openLCA's JSON-LD, schema version 2: the impact categories, the method they make up, and the flows, the
 * flow property and the unit that they name. A data set keeps its identity from one export to the next, since that
 * follows from its name; those of mass are openLCA's own.
 */
#include <string.h>

#include "base/sha256.h"
#include "table/factors.h"
#include "table/format.h"
#include "table/zip.h"

#define MASS "93a60a56-a3c8-11da-a746-0800200b9a66"
#define UNITS_OF_MASS "93a60a57-a4c8-11da-a746-0800200c9a66"
#define KILOGRAM "20aadc24-a391-41cf-b340-3e4529f44bde"
#define MASS_REF "{\"@type\": \"FlowProperty\", \"@id\": \"" MASS "\", \"name\": \"Mass\", \"refUnit\": \"kg\"}"

static const char mass[] =
    "{\"@type\": \"FlowProperty\", \"@id\": \"" MASS "\", \"name\": \"Mass\", \"version\": \"01.00.000\", "
    "\"flowPropertyType\": \"PHYSICAL_QUANTITY\", "
    "\"unitGroup\": {\"@type\": \"UnitGroup\", \"@id\": \"" UNITS_OF_MASS "\", \"name\": \"Units of mass\"}}\n";
static const char units_of_mass[] =
    "{\"@type\": \"UnitGroup\", \"@id\": \"" UNITS_OF_MASS "\", \"name\": \"Units of mass\", \"version\": \"01.00.000\", "
    "\"defaultFlowProperty\": " MASS_REF ", "
    "\"units\": [{\"@type\": \"Unit\", \"@id\": \"" KILOGRAM "\", \"name\": \"kg\", \"isRefUnit\": true, "
    "\"conversionFactor\": 1.0}]}\n";

enum { ID_TEXT = 37 };

/* A version 8 identifier (RFC 9562) of the kind of a data set and its name. */
static void id_of(const char *kind, const char *name, char id[ID_TEXT]) {
  char digest[CM_SHA256_TEXT];
  cm_sha256 hash;
  cm_sha256_begin(&hash);
  cm_sha256_add(&hash, kind, strlen(kind) + 1);
  cm_sha256_add(&hash, name, strlen(name));
  cm_sha256_end(&hash, digest);
  digest[12] = '8';
  digest[16] = 'a';
  for (int i = 0, at = 0; i < 32; i++) {
    if (i == 8 || i == 12 || i == 16 || i == 20) id[at++] = '-';
    id[at++] = digest[i];
  }
  id[ID_TEXT - 1] = '\0';
}

typedef struct package {
  const cm_factors *factors;
  cm_zip zip;
  cm_buffer file, name, unit, methods; /* reused; methods: references to the categories */
  char id[ID_TEXT];
} package;

static const char *text_in(const cm_buffer *buffer) {
  return buffer->data ? buffer->data : "";
}

static void name_flow(package *p, const cm_factor *f) {
  p->name.length = 0;
  cm_flow_name(f, &p->name);
  id_of("flow", text_in(&p->name), p->id);
}

static void add_file(package *p, const char *folder) {
  char name[64];
  size_t length = strlen(folder);
  memcpy(name, folder, length);
  memcpy(name + length, p->id, ID_TEXT - 1);
  memcpy(name + length + ID_TEXT - 1, ".json", sizeof ".json");
  if (p->name.failed || p->unit.failed) p->file.failed = 1;
  cm_zip_add(&p->zip, name, &p->file);
  p->file.length = 0;
}

/* Type, identity and name, which every data set and every reference begins with. */
static void begin(const package *p, const char *type, cm_buffer *out) {
  cm_buffer_print(out, "{\"@type\": \"%s\", \"@id\": \"%s\", \"name\": ", type, p->id);
  cm_format_json_text(out, text_in(&p->name));
}

static void add_flow(package *p, const cm_factor *f) {
  name_flow(p, f);
  begin(p, "Flow", &p->file);
  cm_buffer_add(&p->file, ", \"version\": \"01.00.000\", \"category\": \"Elementary flows/Resource/in ground\", "
                          "\"flowType\": \"ELEMENTARY_FLOW\", \"flowProperties\": [{\"@type\": \"FlowPropertyFactor\", "
                          "\"isRefFlowProperty\": true, \"conversionFactor\": 1.0, \"flowProperty\": " MASS_REF "}]}\n");
  add_file(p, "flows/");
}

static void add_category(package *p, int64_t first, int64_t last) {
  const cm_factor *f = p->factors->factor;
  cm_buffer factors = {0};
  for (int64_t i = first; i < last; i++) {
    name_flow(p, &f[i]);
    cm_buffer_add(&factors, i == first ? "\n  {\"@type\": \"ImpactFactor\", \"flow\": " : ",\n  {\"@type\": \"ImpactFactor\", \"flow\": ");
    begin(p, "Flow", &factors);
    cm_buffer_add(&factors, "}, \"flowProperty\": " MASS_REF ", \"unit\": {\"@type\": \"Unit\", \"@id\": \"" KILOGRAM
                            "\", \"name\": \"kg\"}, \"value\": ");
    cm_buffer_number(&factors, f[i].value);
    cm_buffer_add(&factors, "}");
  }
  p->name.length = p->unit.length = 0;
  cm_category_name(&f[first], &p->name);
  cm_category_unit(&f[first], &p->unit);
  id_of("category", text_in(&p->name), p->id);
  if (first > 0) cm_buffer_add(&p->methods, ",");
  cm_buffer_add(&p->methods, "\n  ");
  begin(p, "ImpactCategory", &p->methods);
  cm_buffer_add(&p->methods, "}");
  begin(p, "ImpactCategory", &p->file);
  cm_buffer_add(&p->file, ", \"version\": \"01.00.000\", \"refUnit\": ");
  cm_format_json_text(&p->file, text_in(&p->unit));
  cm_buffer_add(&p->file, ", \"impactFactors\": [");
  cm_buffer_add(&p->file, text_in(&factors));
  cm_buffer_add(&p->file, "]}\n");
  if (factors.failed) p->file.failed = 1;
  cm_buffer_free(&factors);
  add_file(p, "lcia_categories/");
}

static void add_method(package *p) {
  p->name.length = 0;
  cm_buffer_add(&p->name, "critmin");
  id_of("method", text_in(&p->methods), p->id); /* of other categories another method */
  begin(p, "ImpactMethod", &p->file);
  cm_buffer_add(&p->file, ", \"version\": \"01.00.000\", \"impactCategories\": [");
  cm_buffer_add(&p->file, text_in(&p->methods));
  cm_buffer_add(&p->file, "]}\n");
  if (p->methods.failed) p->file.failed = 1;
  add_file(p, "lcia_methods/");
}

static void add_text(package *p, const char *name, const char *text) {
  cm_buffer_add(&p->file, text);
  cm_zip_add(&p->zip, name, &p->file);
  p->file.length = 0;
}

critmin_status cm_factors_openlca(const cm_factors *f, cm_buffer *out, critmin_error *error) {
  package p = {.factors = f};
  cm_zip_begin(&p.zip, out);
  add_text(&p, "olca-schema.json", "{\"version\": 2}\n");
  add_text(&p, "unit_groups/" UNITS_OF_MASS ".json", units_of_mass);
  add_text(&p, "flow_properties/" MASS ".json", mass);
  for (const cm_factor *flow = cm_next_flow(f, ""); flow; flow = cm_next_flow(f, flow->mineral)) add_flow(&p, flow);
  for (int64_t first = 0, last; first < f->n; first = last) {
    last = cm_category_end(f, first);
    add_category(&p, first, last);
  }
  add_method(&p);
  cm_zip_end(&p.zip);
  cm_buffer_free(&p.file);
  cm_buffer_free(&p.name);
  cm_buffer_free(&p.unit);
  cm_buffer_free(&p.methods);
  if (!p.zip.too_large) return CRITMIN_OK;
  return cm_fail(error, CRITMIN_ERROR_ARGUMENT,
                 "more impact categories than one package holds; name fewer countries and years");
}
