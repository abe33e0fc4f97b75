// Ciphers: OpenSSL's EVP.
#include <openssl/evp.h>

#include "v8/crypto_error.h"
#include "v8/weak_object.h"

namespace violet::js {
namespace {

struct Cipher final : WeakObject {
  Cipher(v8::Isolate* isolate, v8::Local<v8::Object> object, EVP_CIPHER_CTX* made)
      : WeakObject(isolate, object), context(made) {}
  ~Cipher() override { EVP_CIPHER_CTX_free(context); }

  EVP_CIPHER_CTX* const context;
};

unsigned char* unsigned_of(char* bytes) {
  return reinterpret_cast<unsigned char*>(bytes);
}

// new Cipher(algorithm, key, initialization vector or null, whether to encrypt)
void construct(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  const EVP_CIPHER* cipher = EVP_get_cipherbyname(text_at(arguments, 0).c_str());
  if (cipher == nullptr) return throw_crypto_error(isolate, "Unknown cipher");
  const Bytes key = bytes_of(arguments[1]);
  const Bytes vector = bytes_of(arguments[2]);
  if (static_cast<int>(key.size) != EVP_CIPHER_get_key_length(cipher))
    return throw_with_code(isolate, v8::Exception::RangeError(text(isolate, "Invalid key length")),
                           "ERR_CRYPTO_INVALID_KEYLEN");
  const bool is_authenticated = (EVP_CIPHER_get_flags(cipher) & EVP_CIPH_FLAG_AEAD_CIPHER) != 0;
  const int vector_size = static_cast<int>(vector.size);
  if (is_authenticated ? vector_size == 0 : vector_size != EVP_CIPHER_get_iv_length(cipher))
    return throw_type_error(isolate, "Invalid initialization vector");
  EVP_CIPHER_CTX* context = EVP_CIPHER_CTX_new();
  const int encrypts = arguments[3]->IsTrue() ? 1 : 0;
  EVP_CipherInit_ex(context, cipher, nullptr, nullptr, nullptr, encrypts);
  if (is_authenticated) EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_IVLEN, vector_size, nullptr);
  EVP_CipherInit_ex(context, nullptr, nullptr, unsigned_of(key.data), unsigned_of(vector.data),
                    encrypts);
  new Cipher(isolate, arguments.This(), context);
}

// update(bytes): what can be said so far.
void update(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  const Bytes bytes = bytes_of(arguments[0]);
  std::string out(bytes.size + EVP_MAX_BLOCK_LENGTH, '\0');
  int size = 0;
  if (EVP_CipherUpdate(self_of<Cipher>(arguments).context, unsigned_of(out.data()), &size,
                       unsigned_of(bytes.data), static_cast<int>(bytes.size)) != 1)
    return throw_crypto_error(isolate, "Unsupported state");
  answer(arguments, copy_bytes(isolate, out.data(), static_cast<std::size_t>(size)));
}

// authenticate(bytes): data that is signed and not encrypted.
void authenticate(const Arguments& arguments) {
  const Bytes bytes = bytes_of(arguments[0]);
  int size = 0;
  if (EVP_CipherUpdate(self_of<Cipher>(arguments).context, nullptr, &size, unsigned_of(bytes.data),
                       static_cast<int>(bytes.size)) != 1)
    throw_crypto_error(arguments.GetIsolate(), "Unsupported state");
}

// finish(): the rest.
void finish(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  char out[EVP_MAX_BLOCK_LENGTH];
  int size = 0;
  if (EVP_CipherFinal_ex(self_of<Cipher>(arguments).context, unsigned_of(out), &size) != 1)
    return throw_crypto_error(isolate, "Unsupported state or unable to authenticate data");
  answer(arguments, copy_bytes(isolate, out, static_cast<std::size_t>(size)));
}

void set_padding(const Arguments& arguments) {
  EVP_CIPHER_CTX_set_padding(self_of<Cipher>(arguments).context, arguments[0]->IsTrue() ? 1 : 0);
}

// getTag(size)
void get_tag(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  char tag[EVP_MAX_BLOCK_LENGTH];
  const int size = int_at(arguments, 0);
  if (EVP_CIPHER_CTX_ctrl(self_of<Cipher>(arguments).context, EVP_CTRL_AEAD_GET_TAG, size, tag) !=
      1)
    return throw_crypto_error(isolate, "Invalid state for operation getAuthTag");
  answer(arguments, copy_bytes(isolate, tag, static_cast<std::size_t>(size)));
}

void set_tag(const Arguments& arguments) {
  const Bytes tag = bytes_of(arguments[0]);
  EVP_CIPHER_CTX_ctrl(self_of<Cipher>(arguments).context, EVP_CTRL_AEAD_SET_TAG,
                      static_cast<int>(tag.size), tag.data);
}

}  // namespace

void make_cipher_binding(Runtime& runtime, v8::Local<v8::Object> target) {
  offer_weak_class(runtime, target, "Cipher", construct,
                   {{"update", update},
                    {"authenticate", authenticate},
                    {"finish", finish},
                    {"setPadding", set_padding},
                    {"getTag", get_tag},
                    {"setTag", set_tag}});
}

}  // namespace violet::js
