/* SPDX-License-Identifier: MIT */
/* The size of a model, as a table. It stands here and not beside the model because a model knows no tables. */
#include "base/error.h"
#include "model/model.h"
#include "table/builder.h"

critmin_status critmin_model_size(const critmin_model *m, critmin_table **table, critmin_error *error) {
  if (!m) return cm_fail_null(error, "model");
  if (!table) return cm_fail_null(error, "table");
  const cm_figures *f = &m->figures;
  const cm_scores *s = &m->scores;
  const cm_flows *w = &m->flows;
  const struct {
    const char *part;
    size_t rows, bytes;
  } parts[] = {
      {"figures", f->count,
       f->room * (sizeof *f->value + sizeof *f->low + sizeof *f->high + sizeof *f->factor + sizeof *f->row +
                  sizeof *f->basis + sizeof *f->note + sizeof *f->sector + sizeof *f->producer + sizeof *f->country +
                  sizeof *f->status) +
           m->n_markets * sizeof *m->markets + m->n_excluded * sizeof *m->excluded},
      {"flows", w->count,
       w->room * (sizeof *w->quantity + sizeof *w->amount + sizeof *w->importer + sizeof *w->exporter + sizeof *w->hs +
                  sizeof *w->basis + sizeof *w->currency + sizeof *w->status + (w->share ? sizeof *w->share : 0)) +
           m->n_flow_markets * sizeof *m->flow_markets + m->n_flow_factors * sizeof *m->flow_factors},
      {"indicators", s->count,
       s->room * (sizeof *s->year + sizeof *s->edition + sizeof *s->value + sizeof *s->error) +
           m->n_indicators * m->n_countries * sizeof *m->series},
      {"parameters",
       m->n_parameters + m->n_prices + m->n_end_uses + m->n_industries + m->n_assumptions + m->n_commitments +
           m->n_restrictions + m->n_targets + m->n_rests,
       m->n_parameters * sizeof *m->parameters + m->n_prices * sizeof *m->prices +
           m->n_end_uses * sizeof *m->end_uses + m->n_industries * sizeof *m->industries +
           m->n_assumptions * sizeof *m->assumptions + m->n_commitments * sizeof *m->commitments +
           m->n_restrictions * sizeof *m->restrictions + m->n_targets * sizeof *m->targets +
           m->n_rests * sizeof *m->rests},
      {"dictionaries",
       m->n_sources + m->n_editions + m->n_countries + m->n_groups + m->n_memberships + m->n_minerals + m->n_members +
           m->n_stages + m->n_country_words + m->n_mineral_words + m->n_stage_words + m->n_factors + m->n_measures +
           m->n_indicators + m->n_producers + m->n_owners + m->n_composites,
       sizeof *m + m->text.bytes + m->n_sources * sizeof *m->sources + m->n_editions * sizeof *m->editions +
           m->n_countries * sizeof *m->countries + m->n_groups * sizeof *m->groups +
           m->n_memberships * sizeof *m->memberships + m->n_minerals * sizeof *m->minerals +
           m->n_members * sizeof *m->members + m->n_stages * sizeof *m->stages +
           (m->n_country_words + m->n_mineral_words + m->n_stage_words) * sizeof *m->country_words +
           m->n_factors * sizeof *m->factors + m->n_measures * sizeof *m->measures +
           m->n_indicators * sizeof *m->indicators + m->n_words * sizeof *m->words +
           m->n_producers * sizeof *m->producers + m->n_owners * sizeof *m->owners +
           m->n_composites * sizeof *m->composites},
  };
  static const cm_column columns[] = {
      {"part", "", CRITMIN_COLUMN_TEXT}, {"rows", "", CRITMIN_COLUMN_INTEGER}, {"bytes", "B", CRITMIN_COLUMN_INTEGER}};
  cm_builder *builder = cm_builder_new(columns, 3);
  if (!builder) return cm_fail_memory(error);
  for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
    cm_builder_row(builder);
    cm_builder_text(builder, 0, parts[i].part);
    cm_builder_integer(builder, 1, (int64_t)parts[i].rows);
    cm_builder_integer(builder, 2, (int64_t)parts[i].bytes);
  }
  return cm_builder_finish(builder, table, error);
}
