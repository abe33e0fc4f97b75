#include "v8/crypto_error.h"

#include <openssl/err.h>

#include <cctype>

#include "v8/values.h"

namespace violet::js {
namespace {

// "bad decrypt" of a provider: ERR_OSSL_BAD_DECRYPT.
std::string code_of(unsigned long code, std::string_view reason) {
  std::string made = ERR_GET_LIB(code) == ERR_LIB_EVP ? "ERR_OSSL_EVP_" : "ERR_OSSL_";
  for (const char letter : reason)
    made += letter == ' ' ? '_' : static_cast<char>(std::toupper(letter));
  return made;
}

}  // namespace

void throw_crypto_error(v8::Isolate* isolate, const char* otherwise) {
  const unsigned long code = ERR_peek_error();
  char described[256] = "";
  if (code != 0) ERR_error_string_n(code, described, sizeof(described));
  const char* reason = code == 0 ? nullptr : ERR_reason_error_string(code);
  ERR_clear_error();
  v8::Local<v8::Object> error =
      v8::Exception::Error(text(isolate, reason == nullptr ? otherwise : described))
          .As<v8::Object>();
  if (reason != nullptr) {
    set(isolate, error, "reason", text(isolate, reason));
    set(isolate, error, "code", text(isolate, code_of(code, reason)));
  }
  isolate->ThrowException(error);
}

}  // namespace violet::js
