-- GET me with the tokens of a file, in turn.
local path = os.getenv("ME_PATH") or "/api/auth/me/"
local tokens, n = {}, 0
for line in io.lines(os.getenv("TOKENS")) do tokens[#tokens + 1] = line end
request = function()
  n = n % #tokens + 1
  return wrk.format("GET", path, { Authorization = "Bearer " .. tokens[n] })
end
done = function(summary)
  io.write(string.format("bad %d\n", summary.errors.status + summary.errors.timeout + summary.errors.read))
end
