# The behavioural tests for an independent uv.dll (conformance/windows/oracle.py), in a folder of their own.
# What other compilers make uses the universal C library, Debian's mingw-w64 the older msvcrt, and a
# descriptor of the one is none of the other's. So the same objects are linked once more, to the other one.

set(oracle_folder ${PROJECT_BINARY_DIR}/oracle)
set(oracle_specs ${PROJECT_BINARY_DIR}/universal_crt.specs)
execute_process(COMMAND ${CMAKE_C_COMPILER} -dumpspecs OUTPUT_VARIABLE specs)
string(REPLACE "-lmsvcrt" "-lucrt" specs "${specs}")
file(CONFIGURE OUTPUT ${oracle_specs} CONTENT "${specs}" @ONLY)

add_custom_target(oracle_programs)
foreach(name api_tests scenarios told_child spawning_child)
  add_executable(oracle_${name} EXCLUDE_FROM_ALL $<TARGET_OBJECTS:${name}>)
  get_target_property(libraries ${name} LINK_LIBRARIES)
  if(libraries)
    target_link_libraries(oracle_${name} PRIVATE ${libraries})
  endif()
  # winpthread asks for a function by the name that only msvcrt has.
  target_link_options(oracle_${name} PRIVATE -specs=${oracle_specs}
    -Wl,--defsym=_setjmp=__intrinsic_setjmpex)
  set_target_properties(oracle_${name} PROPERTIES OUTPUT_NAME ${name} LINKER_LANGUAGE CXX
    RUNTIME_OUTPUT_DIRECTORY ${oracle_folder})
  add_dependencies(oracle_programs oracle_${name})
endforeach()
