/* The child that spawn.c starts, so that what is measured is the parent's part and the system's: it
 * brings no library of its own that would have to be found and loaded. Its status is the letter
 * that its second argument is. */
int main(int argc, char** argv) {
  return argc == 3 ? argv[2][0] : 1;
}
