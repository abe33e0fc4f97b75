// Reparse points: what symbolic links and junctions are made of.
#pragma once

#include <windows.h>

namespace violet {

// The target of a symbolic link or junction, opened as itself: a text for release(), as people
// write it. Null and an error else; UV_EINVAL for what is no link.
char* read_link_target(HANDLE link, int& error);

// Makes a junction of an empty directory, to an absolute path. 0 or a negative UV_E*.
int make_junction(HANDLE directory, const wchar_t* target);

}  // namespace violet
