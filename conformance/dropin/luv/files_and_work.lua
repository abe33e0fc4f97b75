-- luv: files at once and on the pool, folders, work in threads, look-ups, watchers.
--
-- expect:
--   round trip: violet loop
--   size and type: 11 file
--   scandir: a:file b:file folder:directory
--   readdir in twos: 3
--   missing: ENOENT
--   copied: violet loop
--   50 works: 1275
--   thread: 42
--   localhost: 127.0.0.1
--   event: new rename true
--   poll: it grew
--   random: 16
--   removed: true
local uv = require('luv')
local root = assert(uv.fs_mkdtemp(uv.os_getenv('TMPDIR') .. '/luv-XXXXXX'))

local file = root .. '/a'
uv.fs_open(file, 'w+', 420, function(problem, fd)
  assert(not problem, problem)
  uv.fs_write(fd, 'violet loop', 0, function(_, written)
    uv.fs_read(fd, written, 0, function(_, data)
      print('round trip: ' .. data)
      uv.fs_close(fd, function() end)
    end)
  end)
end)
uv.run()
local stat = uv.fs_stat(file)
print('size and type: ' .. stat.size .. ' ' .. stat.type)
uv.fs_close(uv.fs_open(root .. '/b', 'w', 420))
uv.fs_mkdir(root .. '/folder', 493)
local names = {}
local scan = uv.fs_scandir(root)
for name, kind in function() return uv.fs_scandir_next(scan) end do
  names[#names + 1] = name .. ':' .. kind
end
table.sort(names)
print('scandir: ' .. table.concat(names, ' '))
local folder = uv.fs_opendir(root, nil, 2)
local total = 0
while true do
  local entries = folder:readdir()
  if not entries then break end
  total = total + #entries
end
folder:closedir()
print('readdir in twos: ' .. total)
local _, _, code = uv.fs_open(root .. '/none', 'r', 0)
print('missing: ' .. code)
assert(uv.fs_copyfile(file, root .. '/copy'))
local fd = uv.fs_open(root .. '/copy', 'r', 0)
print('copied: ' .. uv.fs_read(fd, 100, 0))
uv.fs_close(fd)
uv.fs_unlink(root .. '/copy')

local sum = 0
local work = uv.new_work(function(number) return number end, function(number) sum = sum + number end)
for number = 1, 50 do work:queue(number) end
uv.run()
print('50 works: ' .. sum)
local answer
local async
async = uv.new_async(function(number) answer = number; async:close() end)
local thread = uv.new_thread(function(handle, number) handle:send(number) end, async, 42)
thread:join()
uv.run()
print('thread: ' .. answer)
uv.getaddrinfo('localhost', nil, {family = 'inet', socktype = 'stream'}, function(problem, found)
  print('localhost: ' .. (problem or found[1].addr))
end)
uv.run()

local watcher = uv.new_fs_event()
watcher:start(root, {}, function(_, name, events)
  if watcher:is_closing() then return end
  print('event: ' .. name .. ' rename ' .. tostring(events.rename or false))
  watcher:close()
end)
uv.fs_close(uv.fs_open(root .. '/new', 'w', 420))
uv.run()
uv.fs_unlink(root .. '/new')
uv.fs_close(uv.fs_open(root .. '/b', 'w', 420))
local poll, growing = uv.new_fs_poll(), uv.new_timer()
poll:start(root .. '/b', 20, function(problem, before, now)
  assert(not problem, problem)
  if now.size <= before.size then return end
  print('poll: it grew')
  poll:close()
  growing:close()
end)
growing:start(30, 30, function()
  local out = uv.fs_open(root .. '/b', 'a', 420)
  uv.fs_write(out, 'more')
  uv.fs_close(out)
end)
uv.run()
print('random: ' .. #uv.random(16, nil))
uv.fs_unlink(root .. '/a')
uv.fs_unlink(root .. '/b')
uv.fs_rmdir(root .. '/folder')
print('removed: ' .. tostring(uv.fs_rmdir(root)))
