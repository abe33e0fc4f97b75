#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "told_child.h"

extern char** environ;

char** begin_told_child(int* count, char** arguments) {
  (void)count;
  return arguments;
}

void sleep_a_minute(void) {
  sleep(60);
}

void end_with(unsigned long status) {
  _exit((int)status);
}

void tell_environment(void) {
  char** entry;
  for (entry = environ; *entry != NULL; ++entry)
    printf("%s\n", *entry);
}

void tell_directory(void) {
  char directory[PATH_MAX];
  if (getcwd(directory, sizeof(directory)) != NULL) printf("%s\n", directory);
}

char letter_of_descriptor(int number) {
  struct stat status;
  if (fstat(number, &status) != 0) return '-';
  if (S_ISREG(status.st_mode)) return 'f';
  if (S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode)) return 'p';
  if (S_ISCHR(status.st_mode)) return isatty(number) ? 'c' : 'n';
  return '?';
}

int read_some(int descriptor, char* bytes, int size) {
  return (int)read(descriptor, bytes, (size_t)size);
}

int write_some(int descriptor, const char* bytes, int size) {
  return (int)write(descriptor, bytes, (size_t)size);
}

int obey_system_command(char** arguments) {
  (void)arguments;
  return 0;
}
