-- luv: a watched folder tells of a write to a file in it.
--
-- expect:
--   file changed true
-- not on: kqueue; a folder is written to when its names change, not when its files do
local uv = require('luv')
local root = assert(uv.fs_mkdtemp(uv.os_getenv('TMPDIR') .. '/luv-XXXXXX'))
local fd = uv.fs_open(root .. '/file', 'w', 420)
local watcher = uv.new_fs_event()
watcher:start(root, {}, function(_, name, events)
  if watcher:is_closing() then return end
  print(name .. ' changed ' .. tostring(events.change or false))
  watcher:close()
end)
uv.fs_write(fd, 'x')
uv.fs_close(fd)
uv.run()
uv.fs_unlink(root .. '/file')
uv.fs_rmdir(root)
