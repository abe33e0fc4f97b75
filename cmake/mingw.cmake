# Cross-builds for 64-bit Windows with Debian's mingw-w64; the programs run under Wine.
set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_PROCESSOR x86_64)

set(CMAKE_C_COMPILER x86_64-w64-mingw32-gcc-posix)
set(CMAKE_CXX_COMPILER x86_64-w64-mingw32-g++-posix)
set(CMAKE_RC_COMPILER x86_64-w64-mingw32-windres)

set(CMAKE_FIND_ROOT_PATH /usr/x86_64-w64-mingw32)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)

# The programs carry their runtime, so that Wine needs no DLL search path.
set(CMAKE_EXE_LINKER_FLAGS_INIT "-static")
set(CMAKE_SHARED_LINKER_FLAGS_INIT "-static")

find_program(VIOLET_WINE NAMES wine64 wine PATHS /usr/lib/wine)
if(VIOLET_WINE)
  set(CMAKE_CROSSCOMPILING_EMULATOR ${VIOLET_WINE})
  # Where addresses are random, Wine's heap lies now and then where Wine needs another page, and the
  # program does not start (tests/wine/start_fails.c). Containers may forbid to ask for fixed ones.
  find_program(VIOLET_SETARCH setarch)
  if(VIOLET_SETARCH)
    execute_process(COMMAND ${VIOLET_SETARCH} -R true RESULT_VARIABLE setarch_result OUTPUT_QUIET ERROR_QUIET)
    if(setarch_result EQUAL 0)
      set(CMAKE_CROSSCOMPILING_EMULATOR ${VIOLET_SETARCH} -R ${VIOLET_WINE})
    endif()
  endif()
endif()
