/* Loads uv.dll, has its thread pool work, gives the library back: its threads still have code
 * there. */
#include <stdio.h>
#include <uv.h>

static void work(uv_work_t* request) {
  (void)request;
}

#define FIND(name) ((void*)GetProcAddress(library, #name))

int main(void) {
  HMODULE library = LoadLibraryW(L"uv.dll");
  int (*init)(uv_loop_t*) = FIND(uv_loop_init);
  int (*queue)(uv_loop_t*, uv_work_t*, uv_work_cb, uv_after_work_cb) = FIND(uv_queue_work);
  int (*run)(uv_loop_t*, uv_run_mode) = FIND(uv_run);
  int (*close)(uv_loop_t*) = FIND(uv_loop_close);
  static uv_loop_t loop;
  static uv_work_t request;
  if (init(&loop) != 0 || queue(&loop, &request, work, NULL) != 0) return 1;
  if (run(&loop, UV_RUN_DEFAULT) != 0 || close(&loop) != 0) return 2;
  FreeLibrary(library);
  puts(GetModuleHandleW(L"uv.dll") == NULL ? "gone" : "still here");
  return 0;
}
