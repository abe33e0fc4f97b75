# Where several sources are compiled in one run (CMAKE_UNITY_BUILD, by `./check windows bsd`), these stay by
# themselves, for their local names are a neighbour's, too. A list that lacks one costs time only: the
# build is made again without such runs.
set(VIOLET_COMPILED_ALONE
    src/handle/child_watch src/handle/file_watches src/handle/fs_event src/handle/fs_poll
    src/handle/phase src/handle/poll src/handle/process src/handle/signal src/handle/udp
    src/request/fs_metadata src/request/getaddrinfo src/request/getnameinfo src/request/random
    src/request/work src/threadpool/queue src/iocp/ops src/iocp/socket_status
    src/os/windows/file_access src/os/windows/file_watch src/os/windows/process_title
    src/os/windows/spawn src/os/windows/user_thread)
list(TRANSFORM VIOLET_COMPILED_ALONE PREPEND ${PROJECT_SOURCE_DIR}/)
list(TRANSFORM VIOLET_COMPILED_ALONE APPEND .cc)
set_source_files_properties(${VIOLET_COMPILED_ALONE} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
