# R's fs package: folders, copies, links, permissions and times, and the condition of each error.
#
# expect:
#   listed: 51 53
#   walked: 53
#   status: file 11 rw-r--r--
#   copied: xxxxxxxxxx
#   folder copied: 51
#   moved: FALSE TRUE
#   link: moved TRUE
#   resolved: moved
#   hard links: 2
#   permissions: rw-------
#   time: 86400
#   ENOENT [ENOENT] Failed to copy './none' to './x': no such file or directory
#   EEXIST [EEXIST] Failed to copy './moved' to './hard': file already exists
#   ENOENT [ENOENT] Failed to remove './none': no such file or directory
#   EEXIST [EEXIST] Failed to make directory './moved': file already exists
#   ENOENT [ENOENT] Failed to search directory './none': no such file or directory
#   EINVAL [EINVAL] Failed to read link './moved': invalid argument
#   left: FALSE
library(fs)

folder <- path(Sys.getenv("TMPDIR"), "r-fs")
at <- function(...) path(folder, ...)
say <- function(...) cat(paste(...), "\n", sep = "")

dir_create(at("a/b/c"))
for (i in 1:50) writeLines(strrep("x", i), at("a", sprintf("f%02d", i)))
say("listed:", length(dir_ls(at("a"))), length(dir_ls(folder, recurse = TRUE)))
say("walked:", nrow(dir_info(folder, recurse = TRUE)))
info <- file_info(at("a/f10"))
say("status:", info$type, as.integer(info$size), as.character(info$permissions))

file_copy(at("a/f10"), at("copy"))
say("copied:", readLines(at("copy")))
dir_copy(at("a"), at("z"))
say("folder copied:", length(dir_ls(at("z"))))
file_move(at("copy"), at("moved"))
say("moved:", paste(file_exists(at(c("copy", "moved"))), collapse = " "))

link_create(at("moved"), at("link"))
say("link:", path_file(link_path(at("link"))), is_link(at("link")))
say("resolved:", path_rel(path_real(at("a/../link")), path_real(folder)))
link_create(at("moved"), at("hard"), symbolic = FALSE)
say("hard links:", file_info(at("moved"))$hard_links)
file_chmod(at("moved"), "u=rw,go=")
say("permissions:", as.character(file_info(at("moved"))$permissions))
file_touch(at("moved"), modification_time = as.POSIXct(86400, origin = "1970-01-01", tz = "UTC"))
say("time:", as.numeric(file_info(at("moved"))$modification_time))

failure <- function(operation) {
  condition <- tryCatch(operation(), error = identity)
  say(class(condition)[1], gsub(folder, ".", conditionMessage(condition), fixed = TRUE))
}
failure(function() file_copy(at("none"), at("x")))
failure(function() file_copy(at("moved"), at("hard")))
failure(function() file_delete(at("none")))
failure(function() dir_create(at("moved/x")))
failure(function() dir_ls(at("none")))
failure(function() link_path(at("moved")))

dir_delete(folder)
say("left:", dir_exists(folder))
