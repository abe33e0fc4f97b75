// Asymmetric keys: OpenSSL's EVP_PKEY. What stands around them, the forms in which they come and
// the checks of arguments, is lib/internal_crypto_key*.js.
#include <openssl/core_names.h>
#include <openssl/decoder.h>
#include <openssl/ec.h>
#include <openssl/encoder.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/objects.h>

#include <memory>

#include "v8/crypto_error.h"
#include "v8/weak_object.h"
#include "v8/work_request.h"

namespace violet::js {
namespace {

template <auto release>
struct Release {
  template <typename Type>
  void operator()(Type* object) const {
    release(object);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Release<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Release<EVP_MD_CTX_free>>;
using Decoder = std::unique_ptr<OSSL_DECODER_CTX, Release<OSSL_DECODER_CTX_free>>;
using Encoder = std::unique_ptr<OSSL_ENCODER_CTX, Release<OSSL_ENCODER_CTX_free>>;

unsigned char* unsigned_of(const std::string& bytes) {
  return reinterpret_cast<unsigned char*>(const_cast<char*>(bytes.data()));
}

int selection_of(bool is_private) {
  return is_private ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY;
}

struct KeyObject final : WeakObject {
  KeyObject(v8::Isolate* isolate, v8::Local<v8::Object> object, Key made)
      : WeakObject(isolate, object), key(std::move(made)) {}

  const Key key;
};

// Of a value that is no key: none.
Key key_of(v8::Local<v8::Value> value) {
  if (!value->IsObject() || value->IsArrayBufferView()) return nullptr;
  EVP_PKEY* key = WeakObject::of<KeyObject>(value).key.get();
  EVP_PKEY_up_ref(key);
  return Key(key);
}

// new Key(bytes, "PEM" or "DER", whether it is private, passphrase or undefined)
void construct(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  const std::string format = text_at(arguments, 1);
  EVP_PKEY* made = nullptr;
  const Decoder decoder(OSSL_DECODER_CTX_new_for_pkey(&made, format.c_str(), nullptr, nullptr,
                                                      selection_of(arguments[2]->IsTrue()), nullptr,
                                                      nullptr));
  if (arguments[3]->IsArrayBufferView()) {
    const std::string phrase = copy_of(arguments[3]);
    OSSL_DECODER_CTX_set_passphrase(decoder.get(), unsigned_of(phrase), phrase.size());
  }
  const Bytes bytes = bytes_of(arguments[0]);
  const auto* at = reinterpret_cast<const unsigned char*>(bytes.data);
  std::size_t left = bytes.size;
  const int is_read = OSSL_DECODER_from_data(decoder.get(), &at, &left);
  Key key(made);
  if (is_read != 1) return throw_crypto_error(isolate, "Failed to read the key");
  // A compressed point is written in full; other kinds of keys do not mind.
  EVP_PKEY_set_utf8_string_param(made, OSSL_PKEY_PARAM_EC_POINT_CONVERSION_FORMAT,
                                 OSSL_PKEY_EC_POINT_CONVERSION_FORMAT_UNCOMPRESSED);
  ERR_clear_error();
  new KeyObject(isolate, arguments.This(), std::move(key));
}

// Empty, with OpenSSL's word for it, when the key has no such form.
std::string encoded(EVP_PKEY* key, bool is_private, const char* format, const char* structure,
                    const char* cipher = nullptr, const std::string& phrase = {}) {
  const Encoder encoder(
      OSSL_ENCODER_CTX_new_for_pkey(key, selection_of(is_private), format, structure, nullptr));
  if (cipher != nullptr) {
    if (OSSL_ENCODER_CTX_set_cipher(encoder.get(), cipher, nullptr) != 1) return {};
    OSSL_ENCODER_CTX_set_passphrase(encoder.get(), unsigned_of(phrase), phrase.size());
  }
  unsigned char* bytes = nullptr;
  std::size_t size = 0;
  if (OSSL_ENCODER_to_data(encoder.get(), &bytes, &size) != 1) return {};
  std::string made(reinterpret_cast<char*>(bytes), size);
  OPENSSL_clear_free(bytes, size);
  return made;
}

// encode("PEM" or "DER", structure, whether it is private, cipher or undefined, passphrase)
void encode(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  const std::string format = text_at(arguments, 0);
  const std::string structure = text_at(arguments, 1);
  const std::string cipher = text_at(arguments, 3);
  const std::string made =
      encoded(self_of<KeyObject>(arguments).key.get(), arguments[2]->IsTrue(), format.c_str(),
              structure.c_str(), arguments[3]->IsString() ? cipher.c_str() : nullptr,
              copy_of(arguments[4]));
  if (made.empty()) return throw_crypto_error(isolate, "Failed to encode the key");
  answer(arguments, copy_bytes(isolate, made));
}

// What OpenSSL does to bytes with a key, all of one shape.
struct Transformation {
  std::string_view name;
  int (*start)(EVP_PKEY_CTX* context);
  int (*run)(EVP_PKEY_CTX* context, unsigned char* out, std::size_t* out_size,
             const unsigned char* in, std::size_t in_size);
};
constexpr Transformation kTransformations[] = {
    {"encrypt", EVP_PKEY_encrypt_init, EVP_PKEY_encrypt},
    {"decrypt", EVP_PKEY_decrypt_init, EVP_PKEY_decrypt},
    {"seal", EVP_PKEY_sign_init, EVP_PKEY_sign},
    {"open", EVP_PKEY_verify_recover_init, EVP_PKEY_verify_recover},
};

// One use of a key. The input is copied: JavaScript may change its bytes meanwhile.
struct KeyWork {
  bool (KeyWork::*action)();
  Key key, peer;
  std::string name;                  // of the digest, the transformation or the kind of key
  std::vector<std::string> options;  // OpenSSL's names and their values in turn
  std::string input, signature;
  std::string out = {};
  bool is_done = false;
  unsigned long error = 0;

  void run() {
    is_done = (this->*action)();
    // The queue of errors is the thread's, which others use after us.
    if (!is_done) error = ERR_get_error();
    ERR_clear_error();
  }

  // Bytes or an Error; of verify() whether it is true.
  v8::Local<v8::Value> result(v8::Isolate* isolate) const {
    if (action == &KeyWork::verify) return v8::Boolean::New(isolate, is_done);
    if (!is_done) return make_crypto_error(isolate, error, "The operation failed");
    return copy_bytes(isolate, out);
  }

  bool configure(EVP_PKEY_CTX* context) const {
    for (std::size_t i = 0; i + 1 < options.size(); i += 2) {
      if (EVP_PKEY_CTX_ctrl_str(context, options[i].c_str(), options[i + 1].c_str()) <= 0)
        return false;
    }
    return true;
  }

  bool generate() {
    const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, name.c_str(), nullptr));
    EVP_PKEY* made = nullptr;
    if (EVP_PKEY_keygen_init(context.get()) != 1 || !configure(context.get()) ||
        EVP_PKEY_keygen(context.get(), &made) != 1)
      return false;
    key.reset(made);
    out = encoded(made, true, "DER", "PrivateKeyInfo");
    return !out.empty();
  }

  bool start_digest(EVP_MD_CTX* digest, decltype(EVP_DigestSignInit_ex)* start) const {
    EVP_PKEY_CTX* context = nullptr;  // the digest's
    return start(digest, &context, name.empty() ? nullptr : name.c_str(), nullptr, nullptr,
                 key.get(), nullptr) == 1 &&
           configure(context);
  }

  bool sign() {
    const DigestContext digest(EVP_MD_CTX_new());
    std::size_t size = 0;
    if (!start_digest(digest.get(), EVP_DigestSignInit_ex) ||
        EVP_DigestSign(digest.get(), nullptr, &size, unsigned_of(input), input.size()) != 1)
      return false;
    out.resize(size);
    const int result =
        EVP_DigestSign(digest.get(), unsigned_of(out), &size, unsigned_of(input), input.size());
    out.resize(size);
    return result == 1;
  }

  bool verify() {
    const DigestContext digest(EVP_MD_CTX_new());
    return start_digest(digest.get(), EVP_DigestVerifyInit_ex) &&
           EVP_DigestVerify(digest.get(), unsigned_of(signature), signature.size(),
                            unsigned_of(input), input.size()) == 1;
  }

  bool transform() {
    const KeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr));
    const Transformation* wanted = kTransformations;
    while (wanted->name != name)
      ++wanted;
    std::size_t size = 0;
    if (wanted->start(context.get()) != 1 || !configure(context.get()) ||
        wanted->run(context.get(), nullptr, &size, unsigned_of(input), input.size()) != 1)
      return false;
    out.resize(size);
    const int result =
        wanted->run(context.get(), unsigned_of(out), &size, unsigned_of(input), input.size());
    out.resize(size);
    return result == 1;
  }

  // The secret that two keys have in common.
  bool derive() {
    const KeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr));
    std::size_t size = 0;
    if (EVP_PKEY_derive_init(context.get()) != 1 ||
        EVP_PKEY_derive_set_peer(context.get(), peer.get()) != 1 ||
        EVP_PKEY_derive(context.get(), nullptr, &size) != 1)
      return false;
    out.resize(size);
    return EVP_PKEY_derive(context.get(), unsigned_of(out), &size) == 1;
  }
};

// action(request, key, name, options, input, signature or the other key)
template <bool (KeyWork::*action)()>
void start(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  run_work(
      arguments, arguments[0],
      KeyWork{action, key_of(arguments[1]), key_of(arguments[5]), text_at(arguments, 2),
              strings_of(isolate, arguments[3]), copy_of(arguments[4]), copy_of(arguments[5])});
}

// curves(): their names.
void curves(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  std::vector<EC_builtin_curve> known(EC_get_builtin_curves(nullptr, 0));
  EC_get_builtin_curves(known.data(), known.size());
  std::vector<v8::Local<v8::Value>> names;
  names.reserve(known.size());
  for (const EC_builtin_curve& curve : known)
    names.push_back(text(isolate, OBJ_nid2sn(curve.nid)));
  answer(arguments, list_of(isolate, names));
}

constexpr Method kFunctions[] = {
    {"generate", start<&KeyWork::generate>}, {"sign", start<&KeyWork::sign>},
    {"verify", start<&KeyWork::verify>},     {"transform", start<&KeyWork::transform>},
    {"derive", start<&KeyWork::derive>},     {"curves", curves}};

}  // namespace

void make_key_binding(Runtime& runtime, v8::Local<v8::Object> target) {
  v8::Isolate* isolate = runtime.isolate();
  offer_weak_class(runtime, target, "Key", construct, {{"encode", encode}});
  set_functions(isolate, target, kFunctions);
}

}  // namespace violet::js
