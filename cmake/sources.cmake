# The library's source files, by platform. A folder that is still empty adds nothing.

# The files of these folders that build on Windows today; the rest follows with the Windows port.
set(VIOLET_WINDOWS_HANDLES timer async phase)
set(VIOLET_WINDOWS_ABI
    loop handle timer async phase violet work random cancel version types request_fields
    replace_allocator buffer_init)
set(VIOLET_WINDOWS_REQUESTS work random cancel)
# Unit tests that need a POSIX system without saying so in their name.
set(VIOLET_UNIT_TESTS_NOT_ON_WINDOWS os_thread_test)

# Sets `result` to the .cc files of the folder `src/<folder>`.
function(violet_folder_sources result folder)
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/${folder}/*.cc)
  set(${result} ${sources} PARENT_SCOPE)
endfunction()

# Keeps, of the list `sources`, the files whose name without suffix is among the arguments.
function(violet_keep_named sources)
  set(kept)
  foreach(source IN LISTS ${sources})
    get_filename_component(name ${source} NAME_WE)
    if(name IN_LIST ARGN)
      list(APPEND kept ${source})
    endif()
  endforeach()
  set(${sources} ${kept} PARENT_SCOPE)
endfunction()

function(violet_library_sources result)
  foreach(folder abi handle request core threadpool base)
    violet_folder_sources(${folder} ${folder})
  endforeach()
  if(WIN32)
    violet_keep_named(handle ${VIOLET_WINDOWS_HANDLES})
    violet_keep_named(abi ${VIOLET_WINDOWS_ABI})
    violet_keep_named(request ${VIOLET_WINDOWS_REQUESTS})
    set(platform_folders iocp os/windows)
  else()
    set(platform_folders readiness epoll uring os/posix os/linux)
  endif()
  set(sources ${abi} ${handle} ${request} ${core} ${threadpool} ${base}
      ${PROJECT_SOURCE_DIR}/src/engine_select.cc)
  foreach(folder IN LISTS platform_folders)
    violet_folder_sources(files ${folder})
    list(APPEND sources ${files})
  endforeach()
  set(${result} ${sources} PARENT_SCOPE)
endfunction()

# Sets `result` to the engines that this build contains, as VIOLET_HAS_<ENGINE>=1 definitions.
function(violet_engine_definitions result sources)
  set(definitions)
  foreach(engine epoll uring kqueue iocp)
    if(${sources} MATCHES "/src/${engine}/")
      string(TOUPPER ${engine} name)
      list(APPEND definitions VIOLET_HAS_${name}=1)
    endif()
  endforeach()
  set(${result} ${definitions} PARENT_SCOPE)
endfunction()
