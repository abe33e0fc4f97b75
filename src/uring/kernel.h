// io_uring constants that are newer than liburing 2.3, from the kernel's
// include/uapi/linux/io_uring.h. Each is used only after a probe found that the kernel knows it.
#pragma once

#include <liburing.h>

namespace violet::kernel {

// 6.6: io_uring_params.flags. The submission queue needs no index array.
inline constexpr unsigned kSetupNoSubmissionArray = 1u << 16;
// 6.12: io_uring_buf_reg.flags. A receive takes only the bytes it needs from a buffer; the rest of
// the buffer serves the next one.
inline constexpr unsigned kBufferRingIncremental = 2;
// 6.12: io_uring_cqe.flags. More of the same buffer will be used.
inline constexpr unsigned kCompletionBufferMore = 1u << 4;
// 6.15: io_uring_enter flags and its feature bit. A waiting task is idle, not in disk wait.
inline constexpr unsigned kEnterNoDiskWait = 1u << 7;
inline constexpr unsigned kFeatureNoDiskWait = 1u << 17;

}  // namespace violet::kernel
