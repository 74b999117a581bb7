#ifndef COUNTERSIGN_CRE2_H
#define COUNTERSIGN_CRE2_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Three answers: a matcher that ran out of its memory budget knows neither "yes" nor "no".
typedef enum { CRE2_NO = 0, CRE2_YES = 1, CRE2_GAVE_UP = 2 } cre2_answer;

typedef struct cre2_pattern cre2_pattern;
typedef struct cre2_set cre2_set;

/// Compiles a pattern; NULL when it is not RE2 syntax, with the reason in `error` (always terminated).
cre2_pattern *cre2_pattern_new(const char *text, size_t length, int64_t max_memory, char *error, size_t error_size);
void cre2_pattern_free(cre2_pattern *pattern);
/// How many instructions the compiled pattern has: a measure of its cost.
int cre2_pattern_size(const cre2_pattern *pattern);
/// Searches `subject` (any bytes) for the pattern, unanchored.
cre2_answer cre2_pattern_search(const cre2_pattern *pattern, const char *subject, size_t length);

/// An empty set; patterns are added, then it is compiled once, then it matches.
cre2_set *cre2_set_new(int64_t max_memory);
void cre2_set_free(cre2_set *set);
/// The index of the pattern in the set, or -1 with the reason in `error`.
int cre2_set_add(cre2_set *set, const char *text, size_t length, char *error, size_t error_size);
/// 1 when the set can match; 0 when it is too big (it must then be split) — it never matches afterwards.
int cre2_set_compile(cre2_set *set);
/// Writes the indices of matching patterns to `matches` (room for as many as the set has) and their number to `count`;
/// without `matches` (NULL) it says only whether one of them matches, which is faster.
cre2_answer cre2_set_match(const cre2_set *set, const char *subject, size_t length, int *matches, size_t *count);

#ifdef __cplusplus
}
#endif
#endif
