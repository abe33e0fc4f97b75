// The system's own error numbers.
#pragma once

namespace violet {

// A UV_E* for the system's number; one that already is a UV_E*, or 0, stays what it is.
int translate_system_error(int error);

// The system's number for a UV_E*; where several have the same meaning, the most usual. 0 for 0.
int system_error_of(int error);

}  // namespace violet
