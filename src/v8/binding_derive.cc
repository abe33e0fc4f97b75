// Keys out of passwords or other keys: OpenSSL's EVP_KDF. Some are meant to be slow: the thread
// pool.
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include "v8/work_request.h"

namespace violet::js {
namespace {

// The input is copied: JavaScript may change its bytes meanwhile.
struct Derivation {
  std::string algorithm;
  std::vector<std::string> parameters;  // OpenSSL's names and their values in turn
  std::string key;
  bool is_done = false;

  void run() {
    EVP_KDF* kdf = EVP_KDF_fetch(nullptr, algorithm.c_str(), nullptr);
    EVP_KDF_CTX* context = EVP_KDF_CTX_new(kdf);
    std::vector<OSSL_PARAM> typed;
    bool is_known = true;
    for (std::size_t i = 0; is_known && i < parameters.size(); i += 2) {
      const std::string& value = parameters[i + 1];
      is_known = OSSL_PARAM_allocate_from_text(
                     &typed.emplace_back(), EVP_KDF_settable_ctx_params(kdf), parameters[i].c_str(),
                     value.data(), value.size(), nullptr) == 1;
    }
    typed.push_back(OSSL_PARAM_construct_end());
    auto* bytes = reinterpret_cast<unsigned char*>(key.data());
    is_done =
        is_known && (key.empty() || EVP_KDF_derive(context, bytes, key.size(), typed.data()) == 1);
    for (const OSSL_PARAM& parameter : typed)
      OPENSSL_free(parameter.data);
    EVP_KDF_CTX_free(context);
    EVP_KDF_free(kdf);
    // The queue of errors is the thread's, which others use after us.
    ERR_clear_error();
  }

  // The key, or null.
  v8::Local<v8::Value> result(v8::Isolate* isolate) const {
    if (!is_done) return v8::Null(isolate);
    return copy_bytes(isolate, key);
  }
};

// derive(request, algorithm, size, name, value, name, value, ...): values are views or text.
void derive(const Arguments& arguments) {
  Derivation work{text_at(arguments, 1), {}, {}};
  work.key.resize(static_cast<std::size_t>(integer_at(arguments, 2)));
  for (int i = 3; i < arguments.Length(); ++i) {
    const bool is_view = arguments[i]->IsArrayBufferView();
    work.parameters.push_back(is_view ? copy_of(arguments[i]) : text_at(arguments, i));
  }
  run_work(arguments, arguments[0], std::move(work));
}

void has_digest(const Arguments& arguments) {
  const std::string digest = text_at(arguments, 0);
  answer(arguments, EVP_get_digestbyname(digest.c_str()) != nullptr);
}

}  // namespace

void make_derive_binding(Runtime& runtime, v8::Local<v8::Object> target) {
  set_function(runtime.isolate(), target, "derive", derive);
  set_function(runtime.isolate(), target, "hasDigest", has_digest);
}

}  // namespace violet::js
