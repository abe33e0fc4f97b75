// Digests and HMAC: OpenSSL.
#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "v8/crypto_error.h"
#include "v8/weak_object.h"

namespace violet::js {
namespace {

struct Hash final : WeakObject {
  Hash(v8::Isolate* isolate, v8::Local<v8::Object> object, EVP_MD_CTX* made, bool is_hmac)
      : WeakObject(isolate, object), context(made), has_key(is_hmac) {}
  ~Hash() override { EVP_MD_CTX_free(context); }

  EVP_MD_CTX* const context;
  const bool has_key;
};

void start_hmac(EVP_MD_CTX* context, const EVP_MD* method, const Bytes& key) {
  // An empty key is a key: OpenSSL takes a null pointer for none.
  const auto* bytes = reinterpret_cast<const unsigned char*>(key.size == 0 ? "" : key.data);
  EVP_PKEY* made = EVP_PKEY_new_raw_private_key(EVP_PKEY_HMAC, nullptr, bytes, key.size);
  EVP_DigestSignInit(context, nullptr, method, nullptr, made);
  EVP_PKEY_free(made);
}

// new Hash(algorithm, key or undefined), or of another Hash, with all that it has seen
void construct(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  const bool has_key = arguments[1]->IsArrayBufferView();
  new Hash(isolate, arguments.This(), context, has_key);
  if (arguments[0]->IsObject()) {
    EVP_MD_CTX_copy_ex(context, WeakObject::of<Hash>(arguments[0]).context);
    return;
  }
  const EVP_MD* method = EVP_get_digestbyname(text_at(arguments, 0).c_str());
  if (method == nullptr) return throw_crypto_error(isolate, "Digest method not supported");
  if (has_key) return start_hmac(context, method, bytes_of(arguments[1]));
  EVP_DigestInit_ex(context, method, nullptr);
}

// update(bytes)
void update(const Arguments& arguments) {
  const Hash& self = self_of<Hash>(arguments);
  const Bytes bytes = bytes_of(arguments[0]);
  self.has_key ? EVP_DigestSignUpdate(self.context, bytes.data, bytes.size)
               : EVP_DigestUpdate(self.context, bytes.data, bytes.size);
}

// digest(): of all that came.
void digest(const Arguments& arguments) {
  const Hash& self = self_of<Hash>(arguments);
  unsigned char bytes[EVP_MAX_MD_SIZE];
  std::size_t size = sizeof(bytes);
  if (self.has_key) {
    EVP_DigestSignFinal(self.context, bytes, &size);
  } else {
    unsigned int digest_size = 0;
    EVP_DigestFinal_ex(self.context, bytes, &digest_size);
    size = digest_size;
  }
  answer(arguments, copy_bytes(arguments.GetIsolate(), reinterpret_cast<char*>(bytes), size));
}

// isEqual(a, b): in a time that does not depend on the content. They are of one length.
void is_equal(const Arguments& arguments) {
  const Bytes left = bytes_of(arguments[0]);
  answer(arguments, CRYPTO_memcmp(left.data, bytes_of(arguments[1]).data, left.size) == 0);
}

}  // namespace

void make_hash_binding(Runtime& runtime, v8::Local<v8::Object> target) {
  offer_weak_class(runtime, target, "Hash", construct, {{"update", update}, {"digest", digest}});
  set_function(runtime.isolate(), target, "isEqual", is_equal);
}

}  // namespace violet::js
