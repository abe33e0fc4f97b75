# What `cmake --install` installs, and how programs find it: libuvConfig.cmake for find_package(libuv),
# libuv.pc and libuv-static.pc for pkg-config. All of it names its files relative to itself, so that
# the folder may be moved. Components: libviolet (libuv.so.1), libviolet-dev, violet (the command).

include(CMakePackageConfigHelpers)

# FreeBSD's pkg-config looks here.
if(CMAKE_SYSTEM_NAME MATCHES "FreeBSD|DragonFly")
  set(pkgconfig_folder libdata/pkgconfig)
else()
  set(pkgconfig_folder ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
endif()
set(cmake_folder ${CMAKE_INSTALL_LIBDIR}/cmake/libuv)

# `from` and `to` are relative to the prefix, or absolute.
function(violet_relative_path result from to)
  cmake_path(ABSOLUTE_PATH from BASE_DIRECTORY ${CMAKE_INSTALL_PREFIX})
  cmake_path(ABSOLUTE_PATH to BASE_DIRECTORY ${CMAKE_INSTALL_PREFIX} NORMALIZE)
  file(RELATIVE_PATH path ${from} ${to})
  string(REGEX REPLACE "/$" "" path "${path}")
  set(${result} ${path} PARENT_SCOPE)
endfunction()

violet_relative_path(VIOLET_PC_TO_PREFIX ${pkgconfig_folder} ".")
violet_relative_path(VIOLET_PREFIX_TO_LIB "." ${CMAKE_INSTALL_LIBDIR})
violet_relative_path(VIOLET_PREFIX_TO_INCLUDE "." ${CMAKE_INSTALL_INCLUDEDIR})
violet_relative_path(VIOLET_BIN_TO_LIB ${CMAKE_INSTALL_BINDIR} ${CMAKE_INSTALL_LIBDIR})

# What a program has to name beside libuv.a.
list(TRANSFORM system_libraries PREPEND -l OUTPUT_VARIABLE private_libraries)
list(JOIN private_libraries " " VIOLET_PRIVATE_LIBRARIES)
if(WIN32)
  set(VIOLET_STATIC_LIBRARY -l:libuv.a)
else()
  # A name that cannot mean libuv.so: not every linker knows -l:libuv.a.
  set(VIOLET_STATIC_LIBRARY -luv_a)
endif()
foreach(name libuv.pc libuv-static.pc)
  configure_file(cmake/${name}.in ${name} @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/${name} DESTINATION ${pkgconfig_folder}
    COMPONENT libviolet-dev)
endforeach()

set_target_properties(uv_static PROPERTIES EXPORT_NAME uv_a)
if(TARGET uv_shared)
  set_target_properties(uv_shared PROPERTIES EXPORT_NAME uv)
endif()
install(TARGETS ${libraries} EXPORT libuvTargets
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT libviolet-dev
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT libviolet
    NAMELINK_COMPONENT libviolet-dev
  RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT libviolet
  INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
if(NOT WIN32)
  file(CREATE_LINK libuv.a ${PROJECT_BINARY_DIR}/libuv_a.a SYMBOLIC)
  install(FILES ${PROJECT_BINARY_DIR}/libuv_a.a DESTINATION ${CMAKE_INSTALL_LIBDIR}
    COMPONENT libviolet-dev)
endif()
install(DIRECTORY include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT libviolet-dev)

install(EXPORT libuvTargets NAMESPACE libuv:: DESTINATION ${cmake_folder}
  COMPONENT libviolet-dev)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/libuvConfigVersion.cmake
  COMPATIBILITY SameMajorVersion)
install(FILES cmake/libuvConfig.cmake ${PROJECT_BINARY_DIR}/libuvConfigVersion.cmake
  DESTINATION ${cmake_folder} COMPONENT libviolet-dev)

if(TARGET violet)
  install(TARGETS violet RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT violet)
  install(FILES docs/man/violet.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT violet)
endif()
if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
  configure_file(cmake/violet-switch.in violet-switch @ONLY)
  install(PROGRAMS ${PROJECT_BINARY_DIR}/violet-switch DESTINATION ${CMAKE_INSTALL_BINDIR}
    COMPONENT violet)
  install(FILES docs/man/violet-switch.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT violet)
endif()
