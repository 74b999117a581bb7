#include "cre2.h"

#include <cstring>
#include <memory>
#include <new>
#include <string>
#include <vector>

#include <re2/re2.h>
#include <re2/set.h>

// The forge's JSON carries valid UTF-8 only, so `.` and `[é]` mean characters; literals match byte by byte.
static RE2::Options options(int64_t max_memory) {
    RE2::Options options;
    options.set_encoding(RE2::Options::EncodingUTF8);
    options.set_log_errors(false);
    options.set_max_mem(max_memory);
    return options;
}

static void report(const std::string &reason, char *error, size_t size) {
    if (error == nullptr || size == 0) return;
    size_t length = reason.size() < size - 1 ? reason.size() : size - 1;
    std::memcpy(error, reason.data(), length);
    error[length] = '\0';
}

struct cre2_pattern {
    RE2 expression;
    cre2_pattern(re2::StringPiece text, int64_t max_memory) : expression(text, options(max_memory)) {}
};

struct cre2_set {
    RE2::Set set;
    int size = 0;
    bool closed = false;  // Compile() was called: RE2 allows that once, and no Add() afterwards.
    bool compiled = false;
    explicit cre2_set(int64_t max_memory) : set(options(max_memory), RE2::UNANCHORED) {}
};

extern "C" {

cre2_pattern *cre2_pattern_new(const char *text, size_t length, int64_t max_memory, char *error, size_t error_size) {
    auto *pattern = new (std::nothrow) cre2_pattern(re2::StringPiece(text, length), max_memory);
    if (pattern == nullptr) { report("out of memory", error, error_size); return nullptr; }
    if (!pattern->expression.ok()) {
        report(pattern->expression.error(), error, error_size);
        delete pattern;
        return nullptr;
    }
    return pattern;
}

void cre2_pattern_free(cre2_pattern *pattern) { delete pattern; }

int cre2_pattern_size(const cre2_pattern *pattern) { return pattern->expression.ProgramSize(); }

cre2_answer cre2_pattern_search(const cre2_pattern *pattern, const char *subject, size_t length) {
    // RE2 itself falls back to its NFA when the DFA runs out of memory, so a single pattern always answers.
    return pattern->expression.Match(re2::StringPiece(subject, length), 0, length, RE2::UNANCHORED, nullptr, 0)
        ? CRE2_YES : CRE2_NO;
}

cre2_set *cre2_set_new(int64_t max_memory) { return new (std::nothrow) cre2_set(max_memory); }

void cre2_set_free(cre2_set *set) { delete set; }

int cre2_set_add(cre2_set *set, const char *text, size_t length, char *error, size_t error_size) {
    if (set->closed) { report("the set is already compiled", error, error_size); return -1; }
    std::string reason;
    int index = set->set.Add(re2::StringPiece(text, length), &reason);
    if (index < 0) { report(reason, error, error_size); return -1; }
    set->size = index + 1;
    return index;
}

int cre2_set_compile(cre2_set *set) {
    if (!set->closed) {
        set->closed = true;
        set->compiled = set->size > 0 && set->set.Compile();
    }
    return set->compiled ? 1 : 0;
}

cre2_answer cre2_set_match(const cre2_set *set, const char *subject, size_t length, int *matches, size_t *count) {
    if (count != nullptr) *count = 0;
    if (!set->compiled) return CRE2_GAVE_UP;
    RE2::Set::ErrorInfo info{RE2::Set::kNoError};
    if (matches == nullptr) {
        if (set->set.Match(re2::StringPiece(subject, length), nullptr, &info)) return CRE2_YES;
        return info.kind == RE2::Set::kNoError ? CRE2_NO : CRE2_GAVE_UP;
    }
    std::vector<int> found;
    bool any = set->set.Match(re2::StringPiece(subject, length), &found, &info);
    if (!any) return info.kind == RE2::Set::kNoError ? CRE2_NO : CRE2_GAVE_UP;
    for (size_t i = 0; i < found.size(); i++) matches[i] = found[i];
    if (count != nullptr) *count = found.size();
    return CRE2_YES;
}

}
