/* What the program that tests start needs of its system. */
#ifndef VIOLET_TOLD_CHILD_H_
#define VIOLET_TOLD_CHILD_H_

/* Before anything else: the output is bytes, and arguments are UTF-8. */
char** begin_told_child(int* count, char** arguments);
void sleep_a_minute(void);
/* Ends at once; the status may have all bits that the system knows. */
void end_with(unsigned long status);
void tell_environment(void);
void tell_directory(void);
/* 'f' for a regular file, 'p' for a pipe or a local socket, 'c' for a terminal, 'n' for another
 * device, '-' for what is not open. */
char letter_of_descriptor(int number);
/* As read(2) and write(2). */
int read_some(int descriptor, char* bytes, int size);
int write_some(int descriptor, const char* bytes, int size);
/* What only this system has; 0 when it does not know the command either. */
int obey_system_command(char** arguments);

#endif
