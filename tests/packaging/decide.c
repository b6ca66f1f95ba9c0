/* Answers the launcher's decision for each line of standard input, so that a test can hold it against the table:
 * whole versions, a tab, the five fields with commas; out comes start, a tab, the five fields, a tab, what stands. */
#include <stdio.h>

#include "decide.h"

int main(void) {
    static char line[4096], text[4096];
    while (fgets(line, sizeof line, stdin)) {
        Whole whole = {.count = 0};
        Version start = "";
        State state, after;
        char *names = line, *fields = strchr(line, '\t');
        if (!fields) return 1;
        *fields++ = 0;
        for (char *name = strtok(names, " "); name; name = strtok(NULL, " ")) put(whole.names[whole.count++], name);
        text[0] = 0;
        for (int i = 0; i < FIELDS; i++) {
            size_t length = strcspn(fields, ",\n");
            sprintf(text + strlen(text), "%s=%.*s\n", FIELD_NAMES[i], (int)length, fields);
            fields += length + 1;
        }
        state = read_text(text);
        decide(&state, &whole, start, &after);
        printf("%s\t", start);
        for (int i = 0; i < FIELDS; i++) printf("%s%s", i ? "," : "", field_of(&after, i));
        printf("\t%s\n", standing(&state, &whole));
    }
    return 0;
}
