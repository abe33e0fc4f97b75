// Digests and HMAC: OpenSSL.
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "v8/crypto_error.h"
#include "v8/handle_object.h"
#include "v8/weak_object.h"

namespace violet::js {
namespace {

class HashObject final : public WeakObject {
 public:
  HashObject(v8::Isolate* isolate, v8::Local<v8::Object> object, EVP_MD_CTX* digest)
      : WeakObject(isolate, object), digest_(digest) {}
  HashObject(v8::Isolate* isolate, v8::Local<v8::Object> object, EVP_MAC_CTX* mac)
      : WeakObject(isolate, object), mac_(mac) {}
  ~HashObject() override {
    EVP_MD_CTX_free(digest_);
    EVP_MAC_CTX_free(mac_);
  }

  static void construct(const Arguments& arguments);
  static void update(const Arguments& arguments);
  static void digest(const Arguments& arguments);

 private:
  static HashObject* of(const Arguments& arguments) {
    return static_cast<HashObject*>(at(arguments.This()));
  }

  EVP_MD_CTX* digest_ = nullptr;
  EVP_MAC_CTX* mac_ = nullptr;
};

EVP_MAC_CTX* start_mac(const std::string& algorithm, const Bytes& key) {
  EVP_MAC* hmac = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
  EVP_MAC_CTX* context = EVP_MAC_CTX_new(hmac);
  EVP_MAC_free(hmac);
  std::string digest = algorithm;
  const OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(), 0),
      OSSL_PARAM_construct_end()};
  // An empty key is a key: OpenSSL takes a null pointer for none.
  const auto* bytes = reinterpret_cast<const unsigned char*>(key.size == 0 ? "" : key.data);
  if (EVP_MAC_init(context, bytes, key.size, parameters) == 1) return context;
  EVP_MAC_CTX_free(context);
  return nullptr;
}

// new Hash(algorithm, key or undefined), or of another Hash, with all that it has seen
void HashObject::construct(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  if (arguments[0]->IsObject()) {
    const auto* other = static_cast<HashObject*>(at(arguments[0].As<v8::Object>()));
    EVP_MD_CTX* copy = EVP_MD_CTX_new();
    EVP_MD_CTX_copy_ex(copy, other->digest_);
    new HashObject(isolate, arguments.This(), copy);
    return;
  }
  const std::string algorithm = to_string(isolate, arguments[0]);
  const EVP_MD* method = EVP_get_digestbyname(algorithm.c_str());
  if (method == nullptr) return throw_crypto_error(isolate, "Digest method not supported");
  if (arguments[1]->IsArrayBufferView()) {
    EVP_MAC_CTX* mac = start_mac(algorithm, bytes_of(arguments[1]));
    if (mac == nullptr) return throw_crypto_error(isolate, "Invalid digest");
    new HashObject(isolate, arguments.This(), mac);
    return;
  }
  EVP_MD_CTX* digest = EVP_MD_CTX_new();
  EVP_DigestInit_ex(digest, method, nullptr);
  new HashObject(isolate, arguments.This(), digest);
}

// update(bytes)
void HashObject::update(const Arguments& arguments) {
  HashObject* self = of(arguments);
  const Bytes bytes = bytes_of(arguments[0]);
  if (self->mac_ != nullptr) {
    EVP_MAC_update(self->mac_, reinterpret_cast<unsigned char*>(bytes.data), bytes.size);
  } else {
    EVP_DigestUpdate(self->digest_, bytes.data, bytes.size);
  }
}

// digest(): of all that came.
void HashObject::digest(const Arguments& arguments) {
  HashObject* self = of(arguments);
  unsigned char bytes[EVP_MAX_MD_SIZE];
  std::size_t size = 0;
  if (self->mac_ != nullptr) {
    EVP_MAC_final(self->mac_, bytes, &size, sizeof(bytes));
  } else {
    unsigned int digest_size = 0;
    EVP_DigestFinal_ex(self->digest_, bytes, &digest_size);
    size = digest_size;
  }
  arguments.GetReturnValue().Set(
      copy_bytes(arguments.GetIsolate(), reinterpret_cast<char*>(bytes), size));
}

// isEqual(a, b): in a time that does not depend on the content. They are of one length.
void is_equal(const Arguments& arguments) {
  const Bytes left = bytes_of(arguments[0]);
  arguments.GetReturnValue().Set(CRYPTO_memcmp(left.data, bytes_of(arguments[1]).data, left.size) ==
                                 0);
}

}  // namespace

void make_hash_binding(Runtime& runtime, v8::Local<v8::Object> target) {
  v8::Isolate* isolate = runtime.isolate();
  v8::Local<v8::FunctionTemplate> made = make_weak_class(isolate, "Hash", HashObject::construct);
  add_method(isolate, made, "update", HashObject::update);
  add_method(isolate, made, "digest", HashObject::digest);
  offer_class(runtime, target, "Hash", made);
  set_function(isolate, target, "isEqual", is_equal);
}

}  // namespace violet::js
