#include "protocol.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const uint64_t kFirstRandomState = 88172645463325252ull;

static int option_total;
static char** options;
static uint64_t began, ends;

/* Latencies by magnitude: exact below 256 ns, then 128 steps for each power of two. */
enum { kSteps = 128, kLatencies = 58 * kSteps };
static uint64_t latencies[kLatencies];

void options_read(int argc, char** argv) {
  option_total = argc;
  options = argv;
  /* Whoever reads the lines waits for each. */
  setvbuf(stdout, NULL, _IOLBF, 1 << 16);
}

const char* option_text(const char* name, const char* fallback) {
  const size_t length = strlen(name);
  for (int i = 1; i < option_total; ++i) {
    if (strncmp(options[i], name, length) == 0 && options[i][length] == '=') {
      return options[i] + length + 1;
    }
  }
  return fallback;
}

int option_is(const char* name, const char* value) {
  return strcmp(option_text(name, ""), value) == 0;
}

double option_number(const char* name, double fallback) {
  const char* text = option_text(name, NULL);
  return text == NULL ? fallback : atof(text);
}

unsigned option_count(const char* name, unsigned fallback) {
  return (unsigned)option_number(name, fallback);
}

static void say(const char* key, const char* text) {
  printf("{\"%s\": \"", key);
  for (; *text != '\0'; ++text) {
    if (*text == '"' || *text == '\\') putchar('\\');
    if ((unsigned char)*text >= ' ') putchar(*text);
  }
  printf("\"}\n");
  fflush(stdout);
}

void fail(const char* why) {
  say("failed", why);
  exit(1);
}

void cheats(const char* what) {
  say("cheats", what);
  exit(1);
}

void lacks(const char* what) {
  say("lacks", what);
  exit(0);
}

void say_ready(const char* address) {
  say("ready", address);
}

void await_go(void) {
  char line[16];
  say_ready("");
  if (fgets(line, sizeof(line), stdin) == NULL) exit(1);
  /* What came before does not count. */
  memset(latencies, 0, sizeof(latencies));
  began = now_nanoseconds();
  ends = began + (uint64_t)(option_number("seconds", 0.5) * 1e9);
}

int time_is_up(void) {
  return now_nanoseconds() >= ends;
}

uint64_t nanoseconds_since_go(void) {
  return now_nanoseconds() - began;
}

void record_latency(uint64_t nanoseconds) {
  unsigned shift = 0;
  while (nanoseconds >> shift >= 2 * kSteps)
    ++shift;
  ++latencies[shift * kSteps + (nanoseconds >> shift)];
}

static uint64_t latency_at(unsigned index) {
  if (index < 2 * kSteps) return index;
  return (uint64_t)(kSteps + index % kSteps) << (index / kSteps - 1);
}

void finish(uint64_t operations, uint64_t nanoseconds, const char* more) {
  const char* separator = "";
  printf("{\"operations\": %llu, \"seconds\": %.9f, ", (unsigned long long)operations,
         (double)nanoseconds * 1e-9);
  if (more[0] != '\0') printf("%s, ", more);
  printf("\"latency\": [");
  for (unsigned i = 0; i < kLatencies; ++i) {
    if (latencies[i] == 0) continue;
    printf("%s[%llu, %llu]", separator, (unsigned long long)latency_at(i),
           (unsigned long long)latencies[i]);
    separator = ", ";
  }
  printf("]}\n");
  fflush(stdout);
  while (getchar() != EOF) {
  }
}

uint64_t next_random(uint64_t* state) {
  *state ^= *state << 13;
  *state ^= *state >> 7;
  return *state ^= *state << 17;
}
