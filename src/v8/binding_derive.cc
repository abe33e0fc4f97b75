// Keys out of passwords, which is meant to be slow: on the thread pool.
#include <openssl/err.h>
#include <openssl/evp.h>

#include "v8/crypto_error.h"
#include "v8/work_request.h"

namespace violet::js {
namespace {

// The input is copied: JavaScript may change its bytes meanwhile.
struct Derivation {
  std::string password;
  std::string salt;
  std::string key;
  const EVP_MD* digest = nullptr;  // null for scrypt
  int iterations = 0;
  std::uint64_t cost = 0, block_size = 0, parallelization = 0, most_memory = 0;
  bool is_done = false;

  void run() {
    const auto* salt_bytes = reinterpret_cast<const unsigned char*>(salt.data());
    auto* key_bytes = reinterpret_cast<unsigned char*>(key.data());
    const int result =
        digest != nullptr
            ? PKCS5_PBKDF2_HMAC(password.data(), static_cast<int>(password.size()), salt_bytes,
                                static_cast<int>(salt.size()), iterations, digest,
                                static_cast<int>(key.size()), key_bytes)
            : EVP_PBE_scrypt(password.data(), password.size(), salt_bytes, salt.size(), cost,
                             block_size, parallelization, most_memory, key_bytes, key.size());
    is_done = result == 1;
    // The queue of errors is the thread's, which others use after us.
    if (!is_done) ERR_clear_error();
  }

  // The key, or null.
  v8::Local<v8::Value> result(v8::Isolate* isolate) const {
    if (!is_done) return v8::Null(isolate);
    return copy_bytes(isolate, key.data(), key.size());
  }
};

std::string copy_of(v8::Local<v8::Value> view) {
  const Bytes bytes = bytes_of(view);
  return {bytes.data, bytes.size};
}

// password, salt, size
Derivation make_derivation(const Arguments& arguments) {
  Derivation made;
  made.password = copy_of(arguments[1]);
  made.salt = copy_of(arguments[2]);
  made.key.resize(static_cast<std::size_t>(to_integer(arguments.GetIsolate(), arguments[3])));
  return made;
}

// pbkdf2(request, password, salt, size, iterations, digest)
void pbkdf2(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  Derivation work = make_derivation(arguments);
  work.iterations = to_int(isolate, arguments[4]);
  work.digest = EVP_get_digestbyname(to_string(isolate, arguments[5]).c_str());
  run_work(arguments, arguments[0], std::move(work));
}

// scrypt(request, password, salt, size, cost, block size, parallelization, most memory)
void scrypt(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  Derivation work = make_derivation(arguments);
  work.cost = static_cast<std::uint64_t>(to_integer(isolate, arguments[4]));
  work.block_size = static_cast<std::uint64_t>(to_integer(isolate, arguments[5]));
  work.parallelization = static_cast<std::uint64_t>(to_integer(isolate, arguments[6]));
  work.most_memory = static_cast<std::uint64_t>(to_integer(isolate, arguments[7]));
  run_work(arguments, arguments[0], std::move(work));
}

void has_digest(const Arguments& arguments) {
  const std::string digest = to_string(arguments.GetIsolate(), arguments[0]);
  arguments.GetReturnValue().Set(EVP_get_digestbyname(digest.c_str()) != nullptr);
}

}  // namespace

void make_derive_binding(Runtime& runtime, v8::Local<v8::Object> target) {
  v8::Isolate* isolate = runtime.isolate();
  set_function(isolate, target, "pbkdf2", pbkdf2);
  set_function(isolate, target, "scrypt", scrypt);
  set_function(isolate, target, "hasDigest", has_digest);
}

}  // namespace violet::js
