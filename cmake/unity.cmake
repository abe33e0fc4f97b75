# Where several sources are compiled in one run (CMAKE_UNITY_BUILD, by `./check windows bsd`), these stay by
# themselves, for their local names are a neighbour's, too. A list that lacks one costs time only: the
# build is made again without such runs.
set(VIOLET_COMPILED_ALONE
    src/handle/child_watch src/handle/file_watches src/handle/fs_event src/handle/fs_poll
    src/handle/phase src/handle/poll src/handle/process src/handle/signal src/handle/udp
    src/request/fs_metadata src/request/getaddrinfo src/request/getnameinfo src/request/random
    src/request/work src/threadpool/queue src/iocp/ops src/iocp/socket_status
    src/os/windows/file_access src/os/windows/file_watch src/os/windows/process_title
    src/os/windows/spawn src/os/windows/user_thread
    tests/unit/call_test tests/unit/signalled_test conformance/api/bad_input_test
    conformance/api/coverage_test conformance/api/fs_event_windows_test
    conformance/api/fs_leftovers_test conformance/api/fs_memory_test
    conformance/api/fs_ways_threads_test conformance/api/full_buffer_test conformance/api/loop_test
    conformance/api/loop_posix_test conformance/api/memory_test conformance/api/pool_thread_test
    conformance/api/receive_memory_test conformance/api/signal_posix_test
    conformance/api/slow_reader_test conformance/api/spawn_fork_posix_test
    conformance/api/stream_misuse_test conformance/api/violet_test conformance/api/work_test)
list(TRANSFORM VIOLET_COMPILED_ALONE PREPEND ${PROJECT_SOURCE_DIR}/)
list(TRANSFORM VIOLET_COMPILED_ALONE APPEND .cc)
set_source_files_properties(${VIOLET_COMPILED_ALONE} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)

# The tests for Windows that include <io.h> know a close() and a read() which are not their neighbours'.
function(violet_compile_alone_on_windows target)
  if(WIN32)
    set_target_properties(${target} PROPERTIES UNITY_BUILD OFF)
  endif()
endfunction()
