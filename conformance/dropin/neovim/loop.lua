-- Neovim's vim.loop: timers, files, spawn, pipes, file events, and callbacks that come back to the editor.
--
-- expect:
--   file: 11 violet loop
--   timer: 3
--   spawn: hello 0
--   scheduled: true
--   pipe: echoed
--   event: true
--   written and read by the editor: one two
-- stderr: any
local uv = vim.loop
local function say(...) io.stdout:write(table.concat({...}), '\n') end
local function until_true(condition) assert(vim.wait(15000, condition, 5), 'never came true') end
local root = uv.fs_mkdtemp(vim.env.TMPDIR .. '/nvim-XXXXXX')

local read
uv.fs_open(root .. '/file', 'w+', 420, function(_, fd)
  uv.fs_write(fd, 'violet loop', 0, function()
    uv.fs_fstat(fd, function(_, stat)
      uv.fs_read(fd, stat.size, 0, function(_, data)
        uv.fs_close(fd, function() read = stat.size .. ' ' .. data end)
      end)
    end)
  end)
end)
until_true(function() return read end)
say('file: ', read)

local ticks, timer = 0, uv.new_timer()
timer:start(1, 1, function()
  ticks = ticks + 1
  if ticks == 3 then timer:close() end
end)
until_true(function() return timer:is_closing() end)
say('timer: ', ticks)

local out, text, status = uv.new_pipe(false), '', nil
local child
child = uv.spawn('echo', {args = {'hello'}, stdio = {nil, out, nil}}, function(code)
  status = code
  child:close()
end)
local ended = false
out:read_start(function(_, data)
  if data then text = text .. data else out:close() ended = true end
end)
until_true(function() return status and ended end)
say('spawn: ', vim.trim(text), ' ', status)

local scheduled
uv.new_timer():start(1, 0, vim.schedule_wrap(function() scheduled = vim.api.nvim_get_current_buf() > 0 end))
until_true(function() return scheduled ~= nil end)
say('scheduled: ', tostring(scheduled))

local server, answer = uv.new_pipe(false), nil
server:bind(root .. '/socket')
server:listen(5, function()
  local peer = uv.new_pipe(false)
  server:accept(peer)
  peer:read_start(function(_, data) if data then peer:write(data) else peer:close() end end)
end)
local client = uv.new_pipe(false)
client:connect(root .. '/socket', function()
  client:write('echoed')
  client:read_start(function(_, data) answer = data client:close() end)
end)
until_true(function() return answer end)
server:close()
say('pipe: ', answer)

local event, seen = uv.new_fs_event(), false
event:start(root, {}, function() seen = true end)
vim.fn.writefile({'one', 'two'}, root .. '/by-editor')
until_true(function() return seen end)
event:close()
say('event: ', tostring(seen))
say('written and read by the editor: ', table.concat(vim.fn.readfile(root .. '/by-editor'), ' '))
vim.cmd('qall!')
