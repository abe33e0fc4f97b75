// OpenSSL's errors as JavaScript's.
#pragma once

#include <v8.h>

namespace violet::js {

// What OpenSSL says went wrong, or `otherwise` when it says nothing. Leaves its queue empty.
void throw_crypto_error(v8::Isolate* isolate, const char* otherwise);

}  // namespace violet::js
