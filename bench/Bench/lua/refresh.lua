-- A chain of refreshes per thread: each sends the cookie that the answer before has set.
local tokens, cookie, counter = {}, nil, 0
for line in io.lines(os.getenv("TOKENS")) do tokens[#tokens + 1] = line end
setup = function(thread) thread:set("number", counter) counter = counter + 1 end
init = function() cookie = tokens[number + 1] end
request = function() return wrk.format("POST", "/api/auth/token/refresh/", { Cookie = "refresh_token=" .. cookie }) end
response = function(status, headers)
  local set = headers["Set-Cookie"]
  if set then cookie = set:match("refresh_token=([^;]+)") or cookie end
end
done = function(summary)
  io.write(string.format("bad %d\n", summary.errors.status + summary.errors.timeout + summary.errors.read))
end
