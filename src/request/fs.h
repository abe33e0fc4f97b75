// File system requests. One life cycle for all of them:
//
//   prepare → arguments filled in → start → perform (here, or on a pool thread) → callback →
//   cleanup
//
// An operation is a function that takes its arguments from the request and leaves its result there
// (request/fs_operations.h). Nothing else knows whether it runs at once or in the background.
#pragma once

#include <uv.h>

#include <cstddef>
#include <cstdint>

#include "core/loop.h"
#include "core/request.h"
#include "os/file_status.h"
#include "threadpool/pool.h"

namespace violet {

struct DirectoryListing;
struct FsRequest;

using FsOperation = std::int64_t (*)(FsRequest& request);

struct FsTransfer {
  uv_file source;
  std::size_t length;
};

struct FsOwner {
  uv_uid_t user;
  uv_gid_t group;
};

// The caller's array of buffers. A request in the background has a copy of it, of few buffers
// inside itself.
struct FsBuffers {
  static constexpr unsigned int kFew = 4;

  const uv_buf_t* items;
  unsigned int count;
  uv_buf_t few[kFew];
};

// Where a request in the background is. Written by the loop's thread before anybody else has it.
enum class FsWay : std::uint8_t {
  kAnswered,  // over already; its callback is to come
  kPool,      // in the pool's hands, which can give it back before it begins
  kBegun,     // cannot be cancelled any more: in the engine's hands, or carried out in part
};

// What requests that are started later have to find done, if they stand behind this one.
enum class FsEffect : std::uint8_t {
  kNone,
  kMovesPosition,  // a read that goes on where the last one ended
  kChanges,        // a file or a name
};

// What uv_fs_req_cleanup() has to give back, in RequestHeader::state.
inline constexpr std::uint32_t kOwnsPath = 1;
inline constexpr std::uint32_t kOwnsBuffers = 2;
inline constexpr std::uint32_t kOwnsResult = 4;  // `ptr`

struct FsRequest {
  using Public = uv_fs_t;

  RequestHeader header;
  RequestSpace<WorkItem> space;
  uv_fs_type type;
  uv_loop_t* public_loop;
  union {
    uv_fs_cb callback;                         // null: done at once
    void (*continuation)(FsRequest& request);  // of a request that is ours
  };
  ssize_t result;
  void* ptr;
  const char* path;
  uv_stat_t status;

  const char* new_path;  // lies behind `path` in the same memory when the request owns it
  uv_file file;
  int flags;
  int mode;
  FsWay way;
  FsEffect effect;
  bool is_ours;               // it has a continuation, and does not keep the loop alive
  bool learn;                 // the file system is to be learnt by whoever finds the status
  DirectoryListing* listing;  // what uv_fs_scandir() or uv_fs_readdir() found
  std::int64_t offset;
  FsOperation operation;
  // What the operation takes besides: `type` tells which.
  union {
    FsBuffers buffers;
    FileTimes times;
    FsOwner owner;
    FsTransfer transfer;
  };

  bool has(std::uint32_t bit) const { return (header.state & bit) != 0; }
};

static_assert(offsetof(FsRequest, type) == offsetof(uv_fs_t, fs_type));
static_assert(offsetof(FsRequest, public_loop) == offsetof(uv_fs_t, loop));
static_assert(offsetof(FsRequest, callback) == offsetof(uv_fs_t, cb));
static_assert(offsetof(FsRequest, result) == offsetof(uv_fs_t, result));
static_assert(offsetof(FsRequest, ptr) == offsetof(uv_fs_t, ptr));
static_assert(offsetof(FsRequest, path) == offsetof(uv_fs_t, path));
static_assert(offsetof(FsRequest, status) == offsetof(uv_fs_t, statbuf));

// A fresh request, whatever was in its memory. Without a callback it is done at once.
FsRequest& prepare_fs(uv_loop_t* loop, uv_fs_t* request, uv_fs_type type, uv_fs_cb callback);

// These start a prepared request: its result when it is done at once, else 0 or a negative UV_E*,
// and then nothing has begun. Paths and buffers are copied for the background.
int start_fs(FsRequest& request, FsOperation operation);
int start_fs(FsRequest& request, FsOperation operation, const char* path);
int start_fs(FsRequest& request, FsOperation operation, const char* path, const char* new_path);
int start_fs(FsRequest& request, FsOperation operation, const uv_buf_t* buffers,
             unsigned int count);
// The operation writes into the path, so it is always a copy.
int start_fs_on_template(FsRequest& request, FsOperation operation, const char* path_template);

// For arguments that are refused before anything begins: `error`, which is the result too.
int fail_at_once(FsRequest& request, int error);

// The copy of the caller's array of buffers has no use once the operation is over.
void drop_buffers(FsRequest& request);

// Gives back all that the request holds. Any number of times.
void clean_up_fs(FsRequest& request);

}  // namespace violet
