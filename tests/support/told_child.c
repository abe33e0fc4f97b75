/* The program that tests start. It does what its arguments say; without any that it knows it tells
 * its arguments, and ends with 7. */
#include "told_child.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void tell_arguments(int count, char** arguments) {
  int i;
  for (i = 0; i < count; ++i)
    printf("[%s]\n", arguments[i]);
}

/* What each of the first descriptors is: a letter for each. */
static void tell_descriptors(void) {
  int number;
  for (number = 0; number < 8; ++number)
    putchar(letter_of_descriptor(number));
}

/* From one descriptor to another, until the end. */
static int copy(int from, int to) {
  char bytes[4096];
  int count;
  while ((count = read_some(from, bytes, sizeof(bytes))) > 0) {
    if (write_some(to, bytes, count) != count) return 1;
  }
  return count < 0 ? 2 : 0;
}

static void tell_whether_3_is_open(void) {
  char byte;
  const char* text = read_some(3, &byte, 1) < 0 ? "here, and 3 is closed" : "3 is open";
  write_some(4, text, (int)strlen(text));
}

int main(int count, char** given) {
  char** arguments = begin_told_child(&count, given);
  const char* wanted = count > 1 ? arguments[1] : "";
  if (strcmp(wanted, "--wait") == 0) {
    sleep_a_minute();
  } else if (strcmp(wanted, "--exit") == 0) {
    end_with(strtoul(arguments[2], NULL, 0));
  } else if (strcmp(wanted, "--environment") == 0) {
    tell_environment();
  } else if (strcmp(wanted, "--directory") == 0) {
    tell_directory();
  } else if (strcmp(wanted, "--descriptors") == 0) {
    tell_descriptors();
  } else if (strcmp(wanted, "--copy") == 0) {
    return copy(atoi(arguments[2]), atoi(arguments[3]));
  } else if (strcmp(wanted, "--descriptor-4") == 0) {
    tell_whether_3_is_open();
  } else if (!obey_system_command(arguments)) {
    tell_arguments(count, arguments);
  }
  fflush(stdout);
  return 7;
}
