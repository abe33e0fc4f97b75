// TLS: OpenSSL between two buffers in memory. What is read from a stream goes into one, what is to
// go over it comes out of the other; lib/internal_tls_handle.js moves the bytes and decides.
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "v8/crypto_error.h"
#include "v8/weak_object.h"

namespace violet::js {
namespace {

const unsigned char* unsigned_of(const Bytes& bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data);
}

// Each certificate of a list of views goes to `take`, which owns it, and says whether it fits.
template <typename Take>
bool for_certificates(v8::Isolate* isolate, v8::Local<v8::Value> list, Take take) {
  v8::Local<v8::Array> array = list.As<v8::Array>();
  for (std::uint32_t i = 0; i < array->Length(); ++i) {
    const Bytes bytes = bytes_of(array->Get(isolate->GetCurrentContext(), i).ToLocalChecked());
    const unsigned char* at = unsigned_of(bytes);
    X509* certificate = d2i_X509(nullptr, &at, static_cast<long>(bytes.size));
    if (certificate == nullptr || !take(certificate, i)) return false;
  }
  return true;
}

// The authorities that the system trusts; read once.
X509_STORE* system_authorities() {
  static X509_STORE* const made = [] {
    X509_STORE* store = X509_STORE_new();
    X509_STORE_set_default_paths(store);
    return store;
  }();
  return made;
}

struct Context final : WeakObject {
  Context(v8::Isolate* isolate, v8::Local<v8::Object> object, SSL_CTX* made)
      : WeakObject(isolate, object), context(made) {}
  ~Context() override { SSL_CTX_free(context); }

  SSL_CTX* const context;
};

struct Connection final : WeakObject {
  // About what OpenSSL takes for one, so that the collector knows what it would win.
  static constexpr std::int64_t kMemory = 40'000;

  Connection(v8::Isolate* owner, v8::Local<v8::Object> object, SSL* made)
      : WeakObject(owner, object), isolate(owner), ssl(made) {
    isolate->AdjustAmountOfExternalAllocatedMemory(kMemory);
    BIO_set_mem_eof_return(received, -1);
    SSL_set_bio(ssl, received, to_send);
    SSL_set_app_data(ssl, this);
  }
  ~Connection() override {
    SSL_free(ssl);
    isolate->AdjustAmountOfExternalAllocatedMemory(-kMemory);
  }

  v8::Isolate* const isolate;
  SSL* const ssl;
  BIO* const received = BIO_new(BIO_s_mem());
  BIO* const to_send = BIO_new(BIO_s_mem());
  std::string protocols;                  // of a server, as they go over the wire
  std::vector<std::string> new_sessions;  // that the server has sent
  bool has_context = true;  // of a server that looks at the name first: JavaScript has chosen
};

Connection& connection_of(SSL* ssl) {
  return *static_cast<Connection*>(SSL_get_app_data(ssl));
}

bool configure(SSL_CTX* context, const std::vector<std::string>& settings) {
  SSL_CONF_CTX* configuration = SSL_CONF_CTX_new();
  SSL_CONF_CTX_set_flags(configuration,
                         SSL_CONF_FLAG_FILE | SSL_CONF_FLAG_CLIENT | SSL_CONF_FLAG_SERVER);
  SSL_CONF_CTX_set_ssl_ctx(configuration, context);
  bool is_known = true;
  for (std::size_t i = 0; is_known && i + 1 < settings.size(); i += 2)
    is_known = SSL_CONF_cmd(configuration, settings[i].c_str(), settings[i + 1].c_str()) > 0;
  SSL_CONF_CTX_free(configuration);
  return is_known;
}

bool use_key(SSL_CTX* context, const Bytes& encoded) {
  if (encoded.data == nullptr) return true;
  const unsigned char* at = unsigned_of(encoded);
  EVP_PKEY* key = d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(encoded.size));
  const bool is_good = key != nullptr && SSL_CTX_use_PrivateKey(context, key) == 1;
  EVP_PKEY_free(key);
  return is_good;
}

// The server's order decides. Where nothing fits, the connection goes on without.
int select_protocol(SSL* ssl, const unsigned char** out, unsigned char* out_size,
                    const unsigned char* in, unsigned int in_size, void*) {
  const std::string& ours = connection_of(ssl).protocols;
  if (ours.empty()) return SSL_TLSEXT_ERR_NOACK;
  const int result = SSL_select_next_proto(const_cast<unsigned char**>(out), out_size,
                                           reinterpret_cast<const unsigned char*>(ours.data()),
                                           static_cast<unsigned int>(ours.size()), in, in_size);
  return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

// In DER.
template <typename Object, typename Write>
std::string encoded(Object* object, Write write) {
  std::string made(static_cast<std::size_t>(write(object, nullptr)), '\0');
  auto* at = reinterpret_cast<unsigned char*>(made.data());
  write(object, &at);
  return made;
}

int keep_session(SSL* ssl, SSL_SESSION* session) {
  if (SSL_is_server(ssl) == 1) return 0;
  connection_of(ssl).new_sessions.push_back(encoded(session, i2d_SSL_SESSION));
  return 0;  // it stays the caller's
}

// new Context(settings: names and values of SSL_CONF_cmd() in turn, certificates: the own one and
// its chain, key or undefined, authorities or undefined for the system's)
void construct_context(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  SSL_CTX* context = SSL_CTX_new(TLS_method());
  new Context(isolate, arguments.This(), context);
  SSL_CTX_set_alpn_select_cb(context, select_protocol, nullptr);
  SSL_CTX_sess_set_new_cb(context, keep_session);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_BOTH | SSL_SESS_CACHE_NO_INTERNAL_STORE);
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION);
  SSL_CTX_set_session_id_context(context, reinterpret_cast<const unsigned char*>("violet"), 6);
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
  const bool has_authorities = arguments[3]->IsArray();
  if (!has_authorities) SSL_CTX_set1_cert_store(context, system_authorities());
  const auto use = [&](X509* certificate, std::uint32_t index) {
    if (index > 0) return SSL_CTX_add_extra_chain_cert(context, certificate) == 1;
    const int result = SSL_CTX_use_certificate(context, certificate);
    X509_free(certificate);
    return result == 1;
  };
  const auto trust = [&](X509* certificate, std::uint32_t) {
    X509_STORE_add_cert(SSL_CTX_get_cert_store(context), certificate);
    SSL_CTX_add_client_CA(context, certificate);
    X509_free(certificate);
    return true;
  };
  if (!configure(context, strings_of(isolate, arguments[0])) ||
      !for_certificates(isolate, arguments[1], use) || !use_key(context, bytes_of(arguments[2])) ||
      (has_authorities && !for_certificates(isolate, arguments[3], trust)))
    throw_crypto_error(isolate, "The context cannot be made");
}

// new Connection(context, whether it is a server's, name of the server, protocols, session, whether
// to ask for a certificate, whether to insist, whether to ask JavaScript for the context)
void construct_connection(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  SSL* ssl = SSL_new(WeakObject::of<Context>(arguments[0]).context);
  auto* self = new Connection(isolate, arguments.This(), ssl);
  const Bytes protocols = bytes_of(arguments[3]);
  const int verify = (arguments[5]->IsTrue() ? SSL_VERIFY_PEER : SSL_VERIFY_NONE) |
                     (arguments[6]->IsTrue() ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0);
  // Whether to go on with who cannot be trusted is JavaScript's to say.
  SSL_set_verify(ssl, verify, [](int, X509_STORE_CTX*) { return 1; });
  if (arguments[1]->IsTrue()) {
    SSL_set_accept_state(ssl);
    self->protocols = copy_of(arguments[3]);
    self->has_context = !arguments[7]->IsTrue();
    SSL_set_cert_cb(
        ssl, [](SSL* which, void*) { return connection_of(which).has_context ? 1 : -1; }, nullptr);
    return;
  }
  SSL_set_connect_state(ssl);
  if (arguments[2]->IsString()) SSL_set_tlsext_host_name(ssl, text_at(arguments, 2).c_str());
  SSL_set_alpn_protos(ssl, unsigned_of(protocols), static_cast<unsigned int>(protocols.size));
  const Bytes session = bytes_of(arguments[4]);
  const unsigned char* at = unsigned_of(session);
  if (at == nullptr) return;
  SSL_SESSION* known = d2i_SSL_SESSION(nullptr, &at, static_cast<long>(session.size));
  if (known != nullptr) SSL_set_session(ssl, known);
  SSL_SESSION_free(known);
}

// What others have left in the thread's queue of errors is not this connection's.
SSL* ssl_of(const Arguments& arguments) {
  ERR_clear_error();
  return self_of<Connection>(arguments).ssl;
}

// 0 when it went well, OpenSSL's word for what it waits for, or an Error.
void answer_result(const Arguments& arguments, int result) {
  const int wanted =
      result > 0 ? SSL_ERROR_NONE : SSL_get_error(self_of<Connection>(arguments).ssl, result);
  if (wanted == SSL_ERROR_SSL || wanted == SSL_ERROR_SYSCALL)
    return answer(arguments, make_crypto_error(arguments.GetIsolate(), "TLS failed"));
  answer(arguments, wanted);
}

// receive(bytes): what came over the wire.
void receive(const Arguments& arguments) {
  const Bytes bytes = bytes_of(arguments[0]);
  BIO_write(self_of<Connection>(arguments).received, bytes.data, static_cast<int>(bytes.size));
}

void handshake(const Arguments& arguments) {
  answer_result(arguments, SSL_do_handshake(ssl_of(arguments)));
}

// read(): the bytes of a record, or as answer_result() says.
void read(const Arguments& arguments) {
  char bytes[SSL3_RT_MAX_PLAIN_LENGTH];
  const int size = SSL_read(ssl_of(arguments), bytes, sizeof(bytes));
  if (size <= 0) return answer_result(arguments, size);
  answer(arguments, copy_bytes(arguments.GetIsolate(), bytes, static_cast<std::size_t>(size)));
}

// write(bytes): all of them, since memory is never full.
void write(const Arguments& arguments) {
  const Bytes bytes = bytes_of(arguments[0]);
  answer_result(arguments, SSL_write(ssl_of(arguments), bytes.data, static_cast<int>(bytes.size)));
}

void shut_down(const Arguments& arguments) {
  SSL_shutdown(ssl_of(arguments));
}

// takeOutput(): what is to go over the wire, or undefined.
void take_output(const Arguments& arguments) {
  BIO* to_send = self_of<Connection>(arguments).to_send;
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(to_send, &bytes);
  if (size <= 0) return;
  answer(arguments, copy_bytes(arguments.GetIsolate(), bytes, static_cast<std::size_t>(size)));
  BIO_reset(to_send);
}

// takeSession(): one that the server has sent since, or undefined.
void take_session(const Arguments& arguments) {
  std::vector<std::string>& kept = self_of<Connection>(arguments).new_sessions;
  if (kept.empty()) return;
  answer(arguments, copy_bytes(arguments.GetIsolate(), kept.front()));
  kept.erase(kept.begin());
}

// useContext(context or undefined): the answer to SSL_ERROR_WANT_X509_LOOKUP.
void use_context(const Arguments& arguments) {
  Connection* self = &self_of<Connection>(arguments);
  self->has_context = true;
  if (arguments[0]->IsObject())
    SSL_set_SSL_CTX(self->ssl, WeakObject::of<Context>(arguments[0]).context);
}

// facts(): { protocol, cipher, ... } of a connection whose handshake is done.
void facts(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  SSL* ssl = ssl_of(arguments);
  v8::Local<v8::Object> all = v8::Object::New(isolate);
  const auto tell = [&](const char* key, const char* value) {
    if (value != nullptr) set(isolate, all, key, text(isolate, value));
  };
  const SSL_CIPHER* cipher = SSL_get_current_cipher(ssl);
  tell("protocol", SSL_get_version(ssl));
  tell("cipher", SSL_CIPHER_get_name(cipher));
  tell("standardCipher", SSL_CIPHER_standard_name(cipher));
  tell("cipherVersion", SSL_CIPHER_get_version(cipher));
  tell("servername", SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name));
  const unsigned char* protocol = nullptr;
  unsigned int size = 0;
  SSL_get0_alpn_selected(ssl, &protocol, &size);
  if (size > 0)
    tell("alpnProtocol", std::string(reinterpret_cast<const char*>(protocol), size).c_str());
  const long verdict = SSL_get_verify_result(ssl);
  set_constant(isolate, all, "verdict", static_cast<double>(verdict));
  tell("reason", X509_verify_cert_error_string(verdict));
  set_constant(isolate, all, "isReused", SSL_session_reused(ssl));
  EVP_PKEY* exchange = nullptr;
  if (SSL_get_peer_tmp_key(ssl, &exchange) == 1) {
    set_constant(isolate, all, "exchangeBits", EVP_PKEY_get_bits(exchange));
    char group[80] = "";
    std::size_t length = 0;
    EVP_PKEY_get_group_name(exchange, group, sizeof(group), &length);
    tell("exchangeGroup", group);
    tell("exchangeKind", EVP_PKEY_get0_type_name(exchange));
    EVP_PKEY_free(exchange);
  }
  answer(arguments, all);
}

// certificates(isOwn): the other side's, followed by the chain that leads to who has vouched for
// it.
void certificates(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  SSL* ssl = ssl_of(arguments);
  std::vector<v8::Local<v8::Value>> all;
  const auto add = [&](X509* certificate) {
    all.push_back(copy_bytes(isolate, encoded(certificate, i2d_X509)));
  };
  const bool is_own = arguments[0]->IsTrue();
  X509* first = is_own ? SSL_get_certificate(ssl) : SSL_get0_peer_certificate(ssl);
  if (first != nullptr) add(first);
  STACK_OF(X509)* chain = is_own ? nullptr : SSL_get0_verified_chain(ssl);
  for (int i = 1; i < sk_X509_num(chain); ++i)
    add(sk_X509_value(chain, i));
  answer(arguments, list_of(isolate, all));
}

// exportKey(size, label, context or undefined)
void export_key(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  std::string made(static_cast<std::size_t>(integer_at(arguments, 0)), '\0');
  const std::string label = text_at(arguments, 1);
  const Bytes context = bytes_of(arguments[2]);
  if (SSL_export_keying_material(ssl_of(arguments), reinterpret_cast<unsigned char*>(made.data()),
                                 made.size(), label.data(), label.size(), unsigned_of(context),
                                 context.size, arguments[2]->IsUndefined() ? 0 : 1) != 1)
    return throw_crypto_error(isolate, "Failed to export the keying material");
  answer(arguments, copy_bytes(isolate, made));
}

}  // namespace

void make_tls_binding(Runtime& runtime, v8::Local<v8::Object> target) {
  offer_weak_class(runtime, target, "Context", construct_context, {});
  offer_weak_class(runtime, target, "Connection", construct_connection,
                   {{"receive", receive},
                    {"handshake", handshake},
                    {"read", read},
                    {"write", write},
                    {"shutDown", shut_down},
                    {"takeOutput", take_output},
                    {"takeSession", take_session},
                    {"useContext", use_context},
                    {"facts", facts},
                    {"certificates", certificates},
                    {"exportKey", export_key}});
}

}  // namespace violet::js
