// Where the code of the library under test lies.
#pragma once

namespace faults {

// Whether a call that returns to this address was made by the library.
bool is_of_library(const void* address);

}  // namespace faults
