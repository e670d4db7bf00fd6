-- Requests (GET me, where nothing else is said) with the tokens of a file in turn, the first SESSIONS of them where that is set. Made beforehand, so that the load costs as much as the ceiling's.
local path, method, most = os.getenv("ME_PATH") or "/api/auth/me/", os.getenv("METHOD") or "GET", tonumber(os.getenv("SESSIONS") or math.huge)
local requests, n = {}, 0
init = function()
  for line in io.lines(os.getenv("TOKENS")) do
    if #requests == most then break end
    requests[#requests + 1] = wrk.format(method, path, { Authorization = "Bearer " .. line })
  end
end
request = function()
  n = n % #requests + 1
  return requests[n]
end
done = function(summary)
  io.write(string.format("bad %d\n", summary.errors.status + summary.errors.timeout + summary.errors.read))
end
