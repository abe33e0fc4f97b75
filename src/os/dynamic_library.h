// Libraries loaded at run time. Errors are text, because the system has no codes for them.
#pragma once

namespace violet {

// Null when it fails, with a text in `*error` for release(), or null when memory is out. A null
// `path` opens the program itself.
void* open_library(const char* path, char** error);
void close_library(void* library);
// False when it fails. A symbol's address may well be null.
bool find_symbol(void* library, const char* name, void** address, char** error);

}  // namespace violet
