#include "request/cancel.h"

int uv_cancel(uv_req_t* req) {
  return violet::cancel_request(req);
}
