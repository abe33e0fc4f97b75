# How libuv.so.1, libuv.1.dylib and uv.dll are linked: what they show, what they carry, how they are found.

include(CheckLinkerFlag)

# In a cross-build CMake does not know which macOS it is for, and takes it for one without run paths.
if(APPLE AND NOT CMAKE_SHARED_LIBRARY_RUNTIME_C_FLAG)
  set(CMAKE_SHARED_LIBRARY_RUNTIME_C_FLAG "-Wl,-rpath,")
endif()

# Adds the linker flags that this system's linker knows when it links what is in this language.
function(violet_link_if_known target language)
  # A toolchain file may have CMake link nothing else.
  set(CMAKE_TRY_COMPILE_TARGET_TYPE EXECUTABLE)
  foreach(flag IN LISTS ARGN)
    string(MAKE_C_IDENTIFIER "VIOLET_LINKER_KNOWS_${flag}" known)
    check_linker_flag(${language} ${flag} ${known})
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
  violet_link_if_known(${target} C -Wl,-exported_symbols_list,${exports} -Wl,-dead_strip)
endfunction()

function(violet_shape_elf_library target)
  set(map ${PROJECT_SOURCE_DIR}/cmake/libuv.map)
  set_target_properties(${target} PROPERTIES LINK_DEPENDS ${map})
  # Never unloaded: the pool's threads and our fork and signal handlers outlive a dlclose().
  target_link_options(${target} PRIVATE -Wl,-z,nodelete -Wl,--version-script=${map}
    -Wl,--gc-sections -Wl,--as-needed -Wl,-z,relro -Wl,-z,now)
endfunction()

# Writes the names of all public functions, as the headers declare them.
function(violet_write_exports file)
  file(GLOB headers CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/include/uv.h
    ${PROJECT_SOURCE_DIR}/include/uv/*.h ${PROJECT_SOURCE_DIR}/include/violet/*.h)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${headers})
  set(names)
  foreach(header IN LISTS headers)
    file(READ ${header} content)
    string(REGEX MATCHALL "UV_EXTERN[^;(]*[ *](uv|violet)_[a-z0-9_]+\\(" heads "${content}")
    list(TRANSFORM heads REPLACE ".*[ *\n]([a-z0-9_]+)\\($" "\\1")
    list(APPEND names ${heads})
  endforeach()
  list(SORT names)
  list(JOIN names "\n  " names)
  file(CONFIGURE OUTPUT ${file} CONTENT "EXPORTS\n  ${names}\n" @ONLY)
endfunction()

# uv.dll, which programs find by that name, and libuv.dll.a (uv.lib) to link it by.
function(violet_shape_windows_library target)
  set(exports ${PROJECT_BINARY_DIR}/uv.def)
  violet_write_exports(${exports})
  target_sources(${target} PRIVATE ${exports})
  set_target_properties(${target} PROPERTIES OUTPUT_NAME uv PREFIX "" IMPORT_PREFIX
    "${CMAKE_STATIC_LIBRARY_PREFIX}")
  target_compile_definitions(${target} INTERFACE USING_UV_SHARED)
  target_link_libraries(${target} PRIVATE ${system_libraries})
  if(MINGW)
    target_link_options(${target} PRIVATE -static -Wl,--gc-sections -Wl,--no-undefined)
  endif()
endfunction()

function(violet_shape_shared_library target)
  if(WIN32)
    violet_shape_windows_library(${target})
    return()
  endif()
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
    if(VIOLET_ZIG_TARGET)
      # It has nothing else. With the systems' own files a program brings what the C library asks for
      # (environ).
      target_link_options(${target} PRIVATE -Wl,-z,defs)
    else()
      # Clang's driver takes -static-libstdc++ for libc++ too.
      violet_link_if_known(${target} CXX -static-libstdc++ -static-libgcc)
    endif()
  endif()
endfunction()
