// Compressing and its opposite: zlib, a piece at a time, at once or on the thread pool.
#include <zlib.h>

#include "v8/weak_object.h"
#include "v8/work_request.h"

namespace violet::js {
namespace {

enum class Mode { kDeflate, kInflate, kGzip, kGunzip, kDeflateRaw, kInflateRaw, kUnzip };

bool is_compressing(Mode mode) {
  return mode == Mode::kDeflate || mode == Mode::kGzip || mode == Mode::kDeflateRaw;
}

// zlib tells the format by the size of the window.
int window_bits(Mode mode, int bits) {
  switch (mode) {
    case Mode::kGzip:
    case Mode::kGunzip:
      return bits + 16;
    case Mode::kUnzip:
      return bits + 32;
    case Mode::kDeflateRaw:
    case Mode::kInflateRaw:
      return -bits;
    default:
      return bits;
  }
}

struct Zlib final : WeakObject {
  Zlib(v8::Isolate* isolate, v8::Local<v8::Object> object, Mode chosen)
      : WeakObject(isolate, object), mode(chosen) {}
  ~Zlib() override { end(); }

  // On any thread: fills `out` from `in`.
  int step(int flush) {
    if (is_compressing(mode)) return deflate(&stream, flush);
    int result = inflate(&stream, flush);
    if (result == Z_NEED_DICT && !dictionary.empty()) {
      result = set_inflate_dictionary();
      if (result == Z_OK) result = inflate(&stream, flush);
    }
    return result;
  }

  z_stream stream = {};
  const Mode mode;
  std::string dictionary;

  void end() {
    is_compressing(mode) ? deflateEnd(&stream) : inflateEnd(&stream);
    stream = {};
  }
  int set_inflate_dictionary() {
    return inflateSetDictionary(&stream, dictionary_bytes(), dictionary_size());
  }
  const Bytef* dictionary_bytes() const {
    return reinterpret_cast<const Bytef*>(dictionary.data());
  }
  uInt dictionary_size() const { return static_cast<uInt>(dictionary.size()); }
};

// new Zlib(mode, level, window bits, memory level, strategy, dictionary or undefined)
void construct(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  const Mode mode = static_cast<Mode>(int_at(arguments, 0));
  auto* self = new Zlib(isolate, arguments.This(), mode);
  const int bits = window_bits(mode, int_at(arguments, 2));
  self->dictionary = copy_of(arguments[5]);
  if (is_compressing(mode)) {
    deflateInit2(&self->stream, int_at(arguments, 1), Z_DEFLATED, bits, int_at(arguments, 3),
                 int_at(arguments, 4));
    if (!self->dictionary.empty())
      deflateSetDictionary(&self->stream, self->dictionary_bytes(), self->dictionary_size());
  } else {
    inflateInit2(&self->stream, bits);
    // A raw stream does not say that it needs one.
    if (mode == Mode::kInflateRaw && !self->dictionary.empty()) self->set_inflate_dictionary();
  }
}

struct Step {
  Zlib* zlib;
  int flush;
  int status = Z_OK;

  void run() { status = zlib->step(flush); }

  // [zlib's status, bytes of input left, room of output left, zlib's word]
  v8::Local<v8::Value> result(v8::Isolate* isolate) {
    const z_stream& now = zlib->stream;
    v8::Local<v8::Value> message = v8::Undefined(isolate);
    if (now.msg != nullptr) message = text(isolate, now.msg);
    zlib->release();
    return list_of(isolate, {number(isolate, status), number(isolate, now.avail_in),
                             number(isolate, now.avail_out), message});
  }
};

// write(request, flush, in, out): both are views.
void write(const Arguments& arguments) {
  v8::Isolate* isolate = arguments.GetIsolate();
  Zlib& self = self_of<Zlib>(arguments);
  const Bytes in = bytes_of(arguments[2]);
  const Bytes out = bytes_of(arguments[3]);
  self.stream.next_in = reinterpret_cast<Bytef*>(in.data);
  self.stream.avail_in = static_cast<uInt>(in.size);
  self.stream.next_out = reinterpret_cast<Bytef*>(out.data);
  self.stream.avail_out = static_cast<uInt>(out.size);
  self.hold();
  run_work(arguments, arguments[0], Step{&self, int_at(arguments, 1)},
           list_of(isolate, {arguments[2], arguments[3]}));
}

void reset(const Arguments& arguments) {
  Zlib& self = self_of<Zlib>(arguments);
  is_compressing(self.mode) ? deflateReset(&self.stream) : inflateReset(&self.stream);
}

// close(): gives the memory back, which is much and which the collector does not see.
void close(const Arguments& arguments) {
  self_of<Zlib>(arguments).end();
}

}  // namespace

void make_zlib_binding(Runtime& runtime, v8::Local<v8::Object> target) {
  offer_weak_class(runtime, target, "Zlib", construct,
                   {{"write", write}, {"reset", reset}, {"close", close}});
}

}  // namespace violet::js
