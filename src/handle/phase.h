// Idle, prepare and check handles: one behaviour, three phases.
#pragma once

#include "core/loop.h"

namespace violet {

// PublicHandle is uv_idle_t, uv_prepare_t or uv_check_t; Callback takes a pointer to it.
template <typename PublicHandle, typename Callback>
struct PhaseHandle {
  using Public = PublicHandle;

  Handle handle;
  PhaseItem item;
  HandleTail tail;
  Callback callback;
};

using Idle = PhaseHandle<uv_idle_t, uv_idle_cb>;
using Prepare = PhaseHandle<uv_prepare_t, uv_prepare_cb>;
using Check = PhaseHandle<uv_check_t, uv_check_cb>;

void init_idle(Loop& loop, uv_idle_t* idle);
void init_prepare(Loop& loop, uv_prepare_t* prepare);
void init_check(Loop& loop, uv_check_t* check);

int start(Idle& idle, uv_idle_cb callback);
int start(Prepare& prepare, uv_prepare_cb callback);
int start(Check& check, uv_check_cb callback);

void stop(Idle& idle);
void stop(Prepare& prepare);
void stop(Check& check);

}  // namespace violet
