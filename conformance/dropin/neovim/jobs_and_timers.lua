-- Neovim: jobs with output and input, exit codes, stopping, timers, system(), and a terminal.
--
-- expect:
--   job output: err out
--   exit: 7
--   cat: hello cat
--   stopped: 143
--   timer: 1 2 3
--   system: from a shell
--   terminal: in a terminal
--   30 jobs: 465
-- stderr: any
local function say(...) io.stdout:write(table.concat({...}), '\n') end
local function until_true(condition) assert(vim.wait(15000, condition, 5), 'never came true') end

local lines, code = {}, nil
local function gather(_, data)
  for _, line in ipairs(data) do if line ~= '' then lines[#lines + 1] = line end end
end
vim.fn.jobstart({'sh', '-c', 'echo out; echo err >&2; exit 7'}, {
  on_stdout = gather, on_stderr = gather, on_exit = function(_, status) code = status end,
})
until_true(function() return code ~= nil end)
table.sort(lines)  -- Two pipes have no order.
say('job output: ', table.concat(lines, ' '))
say('exit: ', code)

lines, code = {}, nil
local cat = vim.fn.jobstart({'cat'}, {on_stdout = gather, on_exit = function(_, status) code = status end})
vim.fn.chansend(cat, 'hello cat\n')
until_true(function() return #lines == 1 end)
say('cat: ', lines[1])
vim.fn.chanclose(cat, 'stdin')
until_true(function() return code == 0 end)

code = nil
local sleeper = vim.fn.jobstart({'sleep', '60'}, {on_exit = function(_, status) code = status end})
vim.fn.jobstop(sleeper)
until_true(function() return code ~= nil end)
say('stopped: ', code)

local ticks = {}
vim.fn.timer_start(5, function() ticks[#ticks + 1] = #ticks + 1 end, {['repeat'] = 3})
until_true(function() return #ticks == 3 end)
say('timer: ', table.concat(ticks, ' '))
say('system: ', vim.trim(vim.fn.system('echo from a shell')))

code = nil
vim.cmd('enew')
vim.fn.termopen({'sh', '-c', 'test -t 1 && echo in a terminal'}, {on_exit = function(_, status) code = status end})
local function shown() return vim.api.nvim_buf_get_lines(0, 0, 1, false)[1] end
until_true(function() return code ~= nil and shown() ~= '' end)
say('terminal: ', shown())

local sum, ended = 0, 0
for number = 1, 30 do
  vim.fn.jobstart({'echo', tostring(number)}, {
    on_stdout = function(_, data) for _, line in ipairs(data) do sum = sum + (tonumber(line) or 0) end end,
    on_exit = function() ended = ended + 1 end,
  })
end
until_true(function() return ended == 30 and sum == 465 end)
say('30 jobs: ', sum)
vim.cmd('qall!')
