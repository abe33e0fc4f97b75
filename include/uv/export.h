/** UV_EXTERN: how an exported function is declared. */
#ifndef UV_EXPORT_H_
#define UV_EXPORT_H_

#if defined(_WIN32)
#if defined(BUILDING_UV_SHARED)
#define UV_EXTERN __declspec(dllexport)
#elif defined(USING_UV_SHARED)
#define UV_EXTERN __declspec(dllimport)
#else
#define UV_EXTERN
#endif
#elif defined(__GNUC__)
#define UV_EXTERN __attribute__((visibility("default")))
#else
#define UV_EXTERN
#endif

#endif /* UV_EXPORT_H_ */
