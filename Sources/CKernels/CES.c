#include "CES.h"
#include "Lanes.h"

// The recursion of Svetunkov, Kourentzes and Ord (2022) with tangents: lane 0 holds a number, the others its
// derivatives.
//   l ← l − (1 − a₁)c + (a₀ − a₁)e,  c ← l + (1 − a₀)c + (a₀ + a₁)e

typedef struct {
  double real, imaginary;
  lanes real_lane, imaginary_lane;
} pair;

ALWAYS_INLINE void set_gain_lane(lanes *lane, int64_t index) {
  *lane = (lanes){0};
  (*lane)[3 + index] = 1;
}

ALWAYS_INLINE void set_pair(pair *p, const double *gains, int64_t first) {
  p->real = gains[first];
  p->imaginary = gains[first + 1];
  set_gain_lane(&p->real_lane, first);
  set_gain_lane(&p->imaginary_lane, first + 1);
}

ALWAYS_INLINE void move(const pair *p, lanes *level, lanes *potential, const lanes *e) {
  lanes l = *level, c = *potential;
  double value = (*e)[0], reserve = c[0];
  *level = l - (1 - p->imaginary) * c + (p->real - p->imaginary) * *e + p->real_lane * value +
           p->imaginary_lane * (reserve - value);
  *potential = l + (1 - p->real) * c + (p->real + p->imaginary) * *e + p->real_lane * (value - reserve) +
               p->imaginary_lane * value;
}

ALWAYS_INLINE void run_body(const double *values, int64_t count, const int form, const double *gains,
                            fs_ces_state *state, double *sums, double *predictions) {
  const int has_level = form != FS_CES_SIMPLE, has_season = form != FS_CES_NONE;
  const lanes unit = {1, 0, 0, 0, 0, 0, 0, 0};
  pair own, seasonal;
  set_pair(&own, gains, 0);
  set_pair(&seasonal, gains, form == FS_CES_FULL ? 2 : 0);
  double rate = form == FS_CES_PARTIAL ? gains[2] : 0;
  lanes rate_lane;
  set_gain_lane(&rate_lane, 2);
  lanes level = {0}, potential = {0};
  if (has_level) level = AT(state->level), potential = AT(state->potential);
  int64_t place = state->place;
  lanes row[FS_CES_SUMS];
  for (int i = 0; i < FS_CES_SUMS; i++) row[i] = AT(sums + 8 * i);
  for (int64_t t = 0; t < count; t++) {
    double *season_level = has_season ? state->season_levels + 8 * place : 0;
    lanes season = {0}, prediction = {0};
    if (has_season) season = AT(season_level);
    prediction = has_level ? has_season ? level + season : level : season;
    if (predictions) AT(predictions + 8 * t) = prediction;
    double y = values[t];
    lanes e = {0};
    if (y == y) {
      e = unit * y - prediction;
      row[0] += e * e[0];
      row[1] += e * e[1];
      row[2] += e * e[2];
      row[3] += e * e[3];
      row[4] += e * e[4];
      if (form == FS_CES_PARTIAL || form == FS_CES_FULL) row[5] += e * e[5];
      if (form == FS_CES_FULL) row[6] += e * e[6];
    }
    if (has_level) move(&own, &level, &potential, &e);
    if (form == FS_CES_PARTIAL) AT(season_level) = season + rate * e + rate_lane * e[0];
    if (form == FS_CES_SIMPLE || form == FS_CES_FULL) {
      double *season_potential = state->season_potentials + 8 * place;
      lanes reserve = AT(season_potential);
      move(&seasonal, &season, &reserve, &e);
      AT(season_level) = season;
      AT(season_potential) = reserve;
    }
    if (has_season) place = place + 1 == state->cycle ? 0 : place + 1;
  }
  for (int i = 0; i < FS_CES_SUMS; i++) AT(sums + 8 * i) = row[i];
  if (has_level) AT(state->level) = level, AT(state->potential) = potential;
  state->place = place;
}

FS_MULTIVERSION void fs_ces_run(const double *values, int64_t count, int form, const double *gains,
                                fs_ces_state *state, double *sums, double *predictions) {
  switch (form) {
    case FS_CES_NONE: run_body(values, count, FS_CES_NONE, gains, state, sums, predictions); break;
    case FS_CES_SIMPLE: run_body(values, count, FS_CES_SIMPLE, gains, state, sums, predictions); break;
    case FS_CES_PARTIAL: run_body(values, count, FS_CES_PARTIAL, gains, state, sums, predictions); break;
    default: run_body(values, count, FS_CES_FULL, gains, state, sums, predictions);
  }
}
