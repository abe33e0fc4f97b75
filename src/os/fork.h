// What a child process has to put right after fork(2), where only the forking thread lives on.
#pragma once

namespace violet {

// Has `function` called in every child from now on, on the thread that forked, before fork()
// returns there. 0 or a negative UV_E*. Systems without fork(2) do nothing.
int call_in_forked_child(void (*function)());

// Has the functions called around every fork(2) from now on, on the thread that forks: before it,
// and after it in either process. Also 0 or a negative UV_E*.
int call_around_fork(void (*before)(), void (*in_parent)(), void (*in_child)());

}  // namespace violet
