#include "v8/crypto_error.h"

#include <openssl/err.h>

#include <cctype>

#include "v8/values.h"

namespace violet::js {
namespace {

// What stands in front of the reason.
const char* prefix_of(unsigned long code) {
  switch (ERR_GET_LIB(code)) {
    // clang-format off
    case ERR_LIB_SSL: return "ERR_SSL_";
    case ERR_LIB_EVP: return "ERR_OSSL_EVP_";
    case ERR_LIB_RSA: return "ERR_OSSL_RSA_";
    case ERR_LIB_EC: return "ERR_OSSL_EC_";
    case ERR_LIB_PEM: return "ERR_OSSL_PEM_";
    case ERR_LIB_X509: return "ERR_OSSL_X509_";
    case ERR_LIB_ASN1: return "ERR_OSSL_ASN1_";
    case ERR_LIB_CRYPTO: return "ERR_OSSL_CRYPTO_";
    default: return "ERR_OSSL_";
      // clang-format on
  }
}

// "bad decrypt" of a provider: ERR_OSSL_BAD_DECRYPT.
std::string code_of(unsigned long code, std::string_view reason) {
  std::string made = prefix_of(code);
  for (const char letter : reason)
    made += letter == ' ' ? '_' : static_cast<char>(std::toupper(letter));
  return made;
}

}  // namespace

v8::Local<v8::Value> make_crypto_error(v8::Isolate* isolate, unsigned long code,
                                       const char* otherwise) {
  char described[256] = "";
  ERR_error_string_n(code, described, sizeof(described));
  const char* reason = code == 0 ? nullptr : ERR_reason_error_string(code);
  v8::Local<v8::Object> error =
      v8::Exception::Error(text(isolate, reason == nullptr ? otherwise : described))
          .As<v8::Object>();
  if (reason == nullptr) return error;
  if (const char* library = ERR_lib_error_string(code); library != nullptr)
    set(isolate, error, "library", text(isolate, library));
  set(isolate, error, "reason", text(isolate, reason));
  set(isolate, error, "code", text(isolate, code_of(code, reason)));
  return error;
}

v8::Local<v8::Value> make_crypto_error(v8::Isolate* isolate, const char* otherwise) {
  const unsigned long code = ERR_get_error();
  ERR_clear_error();
  return make_crypto_error(isolate, code, otherwise);
}

void throw_crypto_error(v8::Isolate* isolate, const char* otherwise) {
  isolate->ThrowException(make_crypto_error(isolate, otherwise));
}

}  // namespace violet::js
