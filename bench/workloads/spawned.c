/* The child that spawn.c starts, so that what is measured is the parent's part and the system's: it
 * brings no library of its own that would have to be found and loaded. */
int main(void) {
  return 7;
}
