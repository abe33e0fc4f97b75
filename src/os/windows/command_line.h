// A child's command line and environment, as CreateProcessW() takes them.
#pragma once

#include "base/array.h"
#include "os/windows/wide_text.h"

namespace violet {

using WideArray = Array<wchar_t>;

// Joins the arguments, quoted so that CommandLineToArgvW() and the C library split them the same
// way; without quotation if `verbatim`. 0 or a negative UV_E*.
int make_command_line(char* const* arguments, bool verbatim, WideArray& line);

// The variables, sorted as the system wants them and ended by an empty text, with those of this
// process added that programs cannot do without. Entries without '=' are left out.
int make_environment_block(char* const* variables, WideArray& block);

// The value of a variable in a block; null when it has none.
const wchar_t* value_in_block(const wchar_t* block, const wchar_t* name);

}  // namespace violet
