/* Which of the versions that lie side by side starts: the same decision as packaging/linux/launch.py, row by row of
 * packaging/launch_table.tsv. Nothing of Windows in here, so that a test can compile it anywhere. */
#ifndef DECIDE_H
#define DECIDE_H

#include <stdlib.h>
#include <string.h>

enum { VERSION_SIZE = 48, MOST_VERSIONS = 64, FIELDS = 5 };

typedef char Version[VERSION_SIZE]; /* numbers with dots; "" is none */

typedef struct {
    Version current, previous, next, trial, failed;
} State;

typedef struct {
    Version names[MOST_VERSIONS];
    int count;
} Whole; /* the versions that lie there whole */

static const char *const FIELD_NAMES[FIELDS] = {"current", "previous", "next", "trial", "failed"};

static char *field_of(State *state, int index) {
    Version *fields[FIELDS] = {&state->current, &state->previous, &state->next, &state->trial, &state->failed};
    return *fields[index];
}

/* Two to four numbers with dots between them. */
static int is_version(const char *text) {
    int dots = 0;
    if (strlen(text) >= VERSION_SIZE) return 0;
    for (const char *at = text; *at; at++) {
        if (*at == '.') {
            if (at == text || at[-1] == '.') return 0;
            dots++;
        } else if (*at < '0' || *at > '9') {
            return 0;
        }
    }
    return dots >= 1 && dots <= 3 && text[strlen(text) - 1] != '.';
}

/* Below zero, zero or above zero, number by number; a version that goes on is above one that stops. */
static int compare(const char *one, const char *other) {
    for (;;) {
        char *one_end, *other_end;
        long long difference = strtoll(one, &one_end, 10) - strtoll(other, &other_end, 10);
        if (difference) return difference < 0 ? -1 : 1;
        if (!*one_end || !*other_end) return (*one_end != 0) - (*other_end != 0);
        one = one_end + 1;
        other = other_end + 1;
    }
}

static void put(char *field, const char *version) {
    memmove(field, version, strlen(version) + 1);
}

static const char *highest(const Whole *whole) {
    const char *best = "";
    for (int i = 0; i < whole->count; i++)
        if (!*best || compare(whole->names[i], best) > 0) best = whole->names[i];
    return best;
}

/* The version if it lies there whole, else "". */
static const char *if_whole(const char *version, const Whole *whole) {
    for (int i = 0; *version && i < whole->count; i++)
        if (strcmp(version, whole->names[i]) == 0) return version;
    return "";
}

static State alone(const char *current) {
    State state;
    memset(&state, 0, sizeof state);
    put(state.current, current);
    return state;
}

/* What a plain start starts, "" for nothing; `after` becomes the state to write before it. */
static void decide(const State *state, const Whole *whole, Version start, State *after) {
    const char *current = if_whole(state->current, whole);
    const char *previous = if_whole(state->previous, whole);
    const char *following = if_whole(state->next, whole);
    *after = *state;
    if (!*current && !*previous) {
        put(start, highest(whole));
        if (*start) *after = alone(start);
    } else if (!*current) {
        put(start, previous);
        *after = alone(previous);
        put(after->failed, state->current);
    } else if (strcmp(state->trial, current) == 0 && *previous) {
        put(start, previous);
        *after = alone(previous);
        put(after->next, strcmp(following, current) == 0 ? "" : following);
        put(after->failed, current);
    } else if (*following && strcmp(following, current) != 0) {
        put(start, following);
        *after = alone(following);
        put(after->previous, current);
        put(after->trial, following);
    } else {
        put(start, current);
        put(after->next, "");
    }
}

/* What starts when nothing may change: a command, or a program that is open already. */
static const char *standing(const State *state, const Whole *whole) {
    if (*if_whole(state->current, whole)) return state->current;
    if (*if_whole(state->previous, whole)) return state->previous;
    return highest(whole);
}

/* Take the state from the text of its file; unknown lines and what is no version are left out. */
static State read_text(const char *text) {
    State state = alone("");
    while (*text) {
        size_t length = strcspn(text, "\r\n");
        for (int i = 0; i < FIELDS; i++) {
            size_t name = strlen(FIELD_NAMES[i]);
            Version value = "";
            if (length <= name + 1 || length - name - 1 >= VERSION_SIZE) continue;
            if (strncmp(text, FIELD_NAMES[i], name) != 0 || text[name] != '=') continue;
            memcpy(value, text + name + 1, length - name - 1);
            if (is_version(value)) put(field_of(&state, i), value);
        }
        text += length;
        text += strspn(text, "\r\n");
    }
    return state;
}

#endif
