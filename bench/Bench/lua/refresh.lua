-- Chains of refreshes, CHAINS a thread in turn: each sends the cookie that the answer before has set.
local tokens, cookies, counter, current = {}, {}, 0, 0
local path = os.getenv("REFRESH_PATH") or "/api/auth/token/refresh/"
local chains = tonumber(os.getenv("CHAINS"))
for line in io.lines(os.getenv("TOKENS")) do tokens[#tokens + 1] = line end
setup = function(thread) thread:set("number", counter) counter = counter + 1 end
init = function()
  for i = 1, chains do cookies[i] = tokens[number * chains + i] end
end
request = function()
  current = current % chains + 1
  return wrk.format("POST", path, { Cookie = "refresh_token=" .. cookies[current] })
end
response = function(status, headers)
  local set = headers["Set-Cookie"]
  if set then cookies[current] = set:match("refresh_token=([^;]+)") or cookies[current] end
end
done = function(summary)
  io.write(string.format("bad %d\n", summary.errors.status + summary.errors.timeout + summary.errors.read))
end
