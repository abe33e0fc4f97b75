# The library's source files, by platform. A folder that is still empty adds nothing.

# Unit tests that need a POSIX system without saying so in their name.
set(VIOLET_UNIT_TESTS_NOT_ON_WINDOWS os_thread_test)

# Sets `result` to the .cc files of the folder `src/<folder>`.
function(violet_folder_sources result folder)
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/${folder}/*.cc)
  set(${result} ${sources} PARENT_SCOPE)
endfunction()

# Drops from `list` the files of src/ that the other arguments name, without suffix.
function(violet_drop_named list)
  set(kept)
  foreach(source IN LISTS ${list})
    string(REGEX REPLACE "^.*/src/(.*)\\.cc$" "\\1" name ${source})
    if(NOT name IN_LIST ARGN)
      list(APPEND kept ${source})
    endif()
  endforeach()
  set(${list} ${kept} PARENT_SCOPE)
endfunction()

# A system's own file stands in for the one of the same name that it would share with others: of the
# files of src/os that `list` has of one name, only the one in the deepest folder stays (os/bsd/macos,
# then os/bsd or os/linux, then os/posix or os/windows, then os/sockets). Linux needs nothing of
# os/shared, which is for systems that have nothing of their own.
function(violet_drop_replaced list)
  set(kept)
  foreach(source IN LISTS ${list})
    string(REGEX REPLACE "^.*/src/os/(.*)/[^/]*$" "\\1" folder ${source})
    get_filename_component(name ${source} NAME)
    set(replacements ${${list}})
    if(folder MATCHES "^(sockets|shared)$")
      list(FILTER replacements INCLUDE REGEX "/src/os/(posix|windows|bsd|linux)/(.*/)?${name}$")
    elseif(folder STREQUAL "posix")
      list(FILTER replacements INCLUDE REGEX "/src/os/(bsd|linux)/(.*/)?${name}$")
    else()
      list(FILTER replacements INCLUDE REGEX "/src/os/${folder}/[^/]+/${name}$")
    endif()
    if(NOT replacements)
      list(APPEND kept ${source})
    endif()
  endforeach()
  set(${list} ${kept} PARENT_SCOPE)
endfunction()

# Adds the engine of the BSDs and macOS to Linux's own, with a list that names all of them. Files are
# watched as on the BSDs, so the other engines of this build tell nothing of them.
function(violet_add_emulated_kqueue list_of_sources)
  violet_folder_sources(kqueue kqueue)
  set(all ${${list_of_sources}} ${kqueue})
  list(FILTER all EXCLUDE REGEX "/engines\\.cc$")
  violet_drop_named(all os/linux/file_watch)
  foreach(name file_watch folder_listing vnode_watches)
    list(APPEND all ${PROJECT_SOURCE_DIR}/src/os/bsd/${name}.cc)
  endforeach()
  file(GLOB in_library CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/kqueue_on_linux/in_library/*.cc)
  list(APPEND all ${in_library})
  set(${list_of_sources} ${all} PARENT_SCOPE)
endfunction()

# What differs between the BSDs and macOS stands in os/bsd/<system>.
function(violet_platform_folders result)
  if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
    set(folders readiness epoll uring os/sockets os/posix os/linux)
  elseif(WIN32)
    set(folders iocp os/sockets os/shared os/windows)
  elseif(APPLE)
    set(folders readiness kqueue os/sockets os/shared os/posix os/bsd os/bsd/macos)
  elseif(CMAKE_SYSTEM_NAME MATCHES "^(FreeBSD|NetBSD|OpenBSD)$")
    string(TOLOWER ${CMAKE_SYSTEM_NAME} system)
    set(folders readiness kqueue os/sockets os/shared os/posix os/bsd os/bsd/${system})
  else()
    message(FATAL_ERROR "No port to ${CMAKE_SYSTEM_NAME} yet: docs/porting.md tells what one has to supply")
  endif()
  set(${result} ${folders} PARENT_SCOPE)
endfunction()

function(violet_library_sources result)
  foreach(folder abi handle request core threadpool base)
    violet_folder_sources(${folder} ${folder})
  endforeach()
  violet_platform_folders(platform_folders)
  set(sources ${abi} ${request} ${core} ${base} ${PROJECT_SOURCE_DIR}/src/engine_select.cc)
  foreach(folder IN LISTS platform_folders)
    violet_folder_sources(files ${folder})
    list(APPEND sources ${files})
  endforeach()
  # The largest variables come last, behind all others in memory: these lie in a page that is touched
  # when the library is loaded, and a program's first loop touches no other.
  list(APPEND sources ${handle} ${threadpool})
  violet_drop_replaced(sources)
  if(VIOLET_KQUEUE_ON_LINUX)
    violet_add_emulated_kqueue(sources)
  endif()
  set(${result} ${sources} PARENT_SCOPE)
endfunction()

# Sets `result` to the names of the engines that this build contains, with spaces between, the default
# first.
function(violet_engine_names result sources)
  set(names)
  foreach(engine epoll uring kqueue iocp)
    if(${sources} MATCHES "/src/${engine}/")
      list(APPEND names ${engine})
    endif()
  endforeach()
  list(JOIN names " " names)
  set(${result} ${names} PARENT_SCOPE)
endfunction()

# Sets `result` to those engines as VIOLET_HAS_<ENGINE>=1 definitions.
function(violet_engine_definitions result sources)
  violet_engine_names(engines ${sources})
  separate_arguments(engines)
  set(definitions)
  foreach(engine IN LISTS engines)
    string(TOUPPER ${engine} name)
    list(APPEND definitions VIOLET_HAS_${name}=1)
  endforeach()
  set(${result} ${definitions} PARENT_SCOPE)
endfunction()
