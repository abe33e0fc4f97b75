// OpenSSL's errors as JavaScript's.
#pragma once

#include <v8.h>

namespace violet::js {

// An Error for the first of what this thread's OpenSSL says went wrong, or `otherwise` when it says
// nothing. Leaves its queue empty.
v8::Local<v8::Value> make_crypto_error(v8::Isolate* isolate, const char* otherwise);
// The same for a number that ERR_get_error() gave, on whatever thread.
v8::Local<v8::Value> make_crypto_error(v8::Isolate* isolate, unsigned long code,
                                       const char* otherwise);
void throw_crypto_error(v8::Isolate* isolate, const char* otherwise);

}  // namespace violet::js
