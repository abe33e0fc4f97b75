# How libuv.so.1 and libuv.1.dylib are linked: what they show, what they carry, how they are found.

include(CheckLinkerFlag)

# In a cross-build CMake does not know which macOS it is for, and takes it for one without run paths.
if(APPLE AND NOT CMAKE_SHARED_LIBRARY_RUNTIME_C_FLAG)
  set(CMAKE_SHARED_LIBRARY_RUNTIME_C_FLAG "-Wl,-rpath,")
endif()

# Adds the linker flags that this system's linker knows.
function(violet_link_if_known target)
  foreach(flag IN LISTS ARGN)
    string(MAKE_C_IDENTIFIER "VIOLET_LINKER_KNOWS_${flag}" known)
    check_linker_flag(CXX ${flag} ${known})
    if(${known})
      target_link_options(${target} PRIVATE ${flag})
    endif()
  endforeach()
endfunction()

function(violet_shape_mach_library target)
  set(exports ${PROJECT_SOURCE_DIR}/cmake/libuv.exports)
  # Said outright: a cross-built one would be called by its path in the build folder.
  set_target_properties(${target} PROPERTIES LINK_DEPENDS ${exports} MACOSX_RPATH ON
    INSTALL_NAME_DIR @rpath BUILD_WITH_INSTALL_NAME_DIR ON)
  # zig's linker has no such list: there the visibility of the objects alone decides.
  violet_link_if_known(${target} -Wl,-exported_symbols_list,${exports} -Wl,-dead_strip)
endfunction()

function(violet_shape_elf_library target)
  set(map ${PROJECT_SOURCE_DIR}/cmake/libuv.map)
  set_target_properties(${target} PROPERTIES LINK_DEPENDS ${map})
  # Never unloaded: the pool's threads and our fork and signal handlers outlive a dlclose().
  target_link_options(${target} PRIVATE -Wl,-z,nodelete -Wl,--version-script=${map}
    -Wl,--gc-sections -Wl,--as-needed -Wl,-z,relro -Wl,-z,now)
endfunction()

function(violet_shape_shared_library target)
  # VERSION and SOVERSION name libuv.so.1.0.0 and libuv.so.1 (libuv.1.dylib, to be found as
  # @rpath/libuv.1.dylib), as the installed library does.
  set_target_properties(${target} PROPERTIES OUTPUT_NAME uv VERSION 1.0.0 SOVERSION 1)
  if(APPLE)
    violet_shape_mach_library(${target})
  else()
    violet_shape_elf_library(${target})
  endif()
  if(VIOLET_LTO)
    target_link_options(${target} PRIVATE -flto -O2)
  endif()
  # The sanitizers' run-time libraries are linked into programs, never into this library.
  if(NOT VIOLET_SANITIZE AND CMAKE_SYSTEM_NAME STREQUAL "Linux")
    target_link_options(${target} PRIVATE -Wl,-z,defs -static-libstdc++ -static-libgcc)
  elseif(NOT VIOLET_SANITIZE AND NOT APPLE)
    # Clang's driver takes -static-libstdc++ for libc++ too.
    violet_link_if_known(${target} -static-libstdc++ -static-libgcc)
    # Not with the systems' own files: there a program brings what the C library asks for (environ).
    if(VIOLET_ZIG_TARGET)
      target_link_options(${target} PRIVATE -Wl,-z,defs)
    endif()
  endif()
endfunction()
