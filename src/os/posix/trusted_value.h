// What the environment says to a program that may do more than the user who started it.
#pragma once

namespace violet {

// As getenv(3), but null for every name where the program runs with more rights than its user: its
// environment is that user's, who must not choose what such a program does.
const char* trusted_value(const char* name);

}  // namespace violet
