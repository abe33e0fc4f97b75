// A child's command line and environment, as CreateProcessW() takes them.
#pragma once

#include "base/array.h"
#include "os/windows/wide_text.h"

namespace violet {

using WideArray = Array<wchar_t>;

// Joins the arguments so that CommandLineToArgvW() and the C library take them apart again; as they
// are if `verbatim`. 0 or a negative UV_E*.
int make_command_line(char* const* arguments, bool verbatim, WideArray& line);

// The variables sorted as the system wants them, with an empty text at the end, and with those of
// this process that programs cannot do without. What has no '=' is no variable.
int make_environment_block(char* const* variables, WideArray& block);

// The value of a variable in a block; null when it has none.
const wchar_t* value_in_block(const wchar_t* block, const wchar_t* name);

}  // namespace violet
