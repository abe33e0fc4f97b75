#include "request/getaddrinfo.h"

#include <cstring>

#include "base/allocator.h"
#include "base/idna.h"
#include "core/call.h"
#include "os/name_lookup.h"

namespace violet {

struct LookupQuery {
  addrinfo hints;
  const addrinfo* used_hints;  // null or `hints`
  const char* node;            // null or behind this struct
  const char* service;         // null or behind this struct
};

namespace {

// What DNS can carry, and the terminator.
constexpr std::size_t kHostNameSize = 256;

std::size_t size_of_text(const char* text) {
  return text == nullptr ? 0 : std::strlen(text) + 1;
}

// Copies a text to `end` and moves `end` behind it.
const char* append(char*& end, const char* text) {
  if (text == nullptr) return nullptr;
  std::size_t size = size_of_text(text);
  char* copy = static_cast<char*>(std::memcpy(end, text, size));
  end += size;
  return copy;
}

LookupQuery* copy_query(const char* node, const char* service, const addrinfo* hints) {
  std::size_t size = sizeof(LookupQuery) + size_of_text(node) + size_of_text(service);
  LookupQuery* query = static_cast<LookupQuery*>(allocate(size));
  if (query == nullptr) return nullptr;
  char* end = reinterpret_cast<char*>(query + 1);
  query->used_hints = nullptr;
  if (hints != nullptr) {
    // Only these fields have a meaning in hints; the pointers may hang.
    query->hints = {};
    query->hints.ai_flags = hints->ai_flags;
    query->hints.ai_family = hints->ai_family;
    query->hints.ai_socktype = hints->ai_socktype;
    query->hints.ai_protocol = hints->ai_protocol;
    query->used_hints = &query->hints;
  }
  query->node = append(end, node);
  query->service = append(end, service);
  return query;
}

void work(WorkItem& item) {
  AddressLookup& request = request_of<AddressLookup>(item);
  const LookupQuery& query = *request.query;
  request.status = look_up_name(query.node, query.service, query.used_hints, request.addresses);
}

void on_finished(RemoteItem& item, Loop& loop) {
  AddressLookup& request = request_of<AddressLookup>(item);
  release(request.query);
  request.query = nullptr;
  if (request.space.content.status != 0) request.status = UV_EAI_CANCELED;
  end_request(loop);
  call_program(CallbackKind::kAddressLookup, request.callback,
               reinterpret_cast<uv_getaddrinfo_t*>(&request), request.status, request.addresses);
}

int begin(Loop& loop, AddressLookup& request, const char* node, const char* service,
          const addrinfo* hints) {
  request.query = copy_query(node, service, hints);
  if (request.query == nullptr) return UV_ENOMEM;
  int error = begin_on_pool(loop, request, UV_GETADDRINFO, Lane::kLookup, work, on_finished);
  if (error != 0) release(request.query);
  return error;
}

}  // namespace

int look_up_addresses(uv_loop_t* loop, AddressLookup& request, const char* node,
                      const char* service, const addrinfo* hints, uv_getaddrinfo_cb callback) {
  if (loop == nullptr && callback != nullptr) return UV_EINVAL;
  char ascii_node[kHostNameSize];
  if (node != nullptr) {
    if (idna_to_ascii(node, ascii_node, sizeof(ascii_node)) <= 0) return UV_EINVAL;
    node = ascii_node;
  }
  request.header.type = UV_GETADDRINFO;
  request.public_loop = loop;
  request.callback = callback;
  request.query = nullptr;
  request.status = 0;
  request.addresses = nullptr;
  if (callback == nullptr) return look_up_name(node, service, hints, request.addresses);
  return begin(loop_of(loop), request, node, service, hints);
}

}  // namespace violet
