/* What all measured programs share, whatever library they are on: options, the talk with the
 * harness, latencies. C99 alone; docs/performance.md has it for programs in other languages.
 *
 * The talk with the harness goes by lines of JSON on standard output and by standard input:
 *     program: {"ready": "ADDRESS"}        it has set itself up; a server says where it listens
 *     harness: go                          (not to servers: they serve from then on until they are
 * ended) program: {"operations": N, "seconds": S, "latency": [[NANOSECONDS, COUNT], ...], ...}
 *     harness: closes standard input       until then the program stays, so that it can be looked
 * at Instead of either line: {"failed": "WHY"}, or {"cheats": "WHAT"} when an answer was wrong. */
#ifndef PROTOCOL_H_
#define PROTOCOL_H_

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Arguments are NAME=VALUE. */
void options_read(int argc, char** argv);
const char* option_text(const char* name, const char* fallback);
int option_is(const char* name, const char* value);
double option_number(const char* name, double fallback);
unsigned option_count(const char* name, unsigned fallback);

/* Ends the program with {"failed": ...}. */
void fail(const char* why);
/* Ends the program: the library under test, or the server, did not do what was asked. */
void cheats(const char* what);

/* Ends the program: the target does not do this. */
void lacks(const char* what);

void say_ready(const char* address);
/* say_ready() and the wait for "go"; the clock of the run starts. */
void await_go(void);
/* Whether the option `seconds` have passed since await_go(). */
int time_is_up(void);
uint64_t nanoseconds_since_go(void);

void record_latency(uint64_t nanoseconds);
/* Prints the result, with `more` (members of JSON, or "") in it, and waits for the harness. */
void finish(uint64_t operations, uint64_t nanoseconds, const char* more);

/* The same sequence of numbers in every program and in the harness (xorshift64). */
uint64_t next_random(uint64_t* state);
extern const uint64_t kFirstRandomState;

/* A clock that only goes forward. The program supplies it: C99 has none. */
uint64_t now_nanoseconds(void);

#ifdef __cplusplus
}
#endif

#endif
