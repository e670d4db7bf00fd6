-- The UPDATE ceiling: a row a thread, spread over the table as sessions are: rows in one page would be pruned together and log less. It does what the refreshing script does, which costs the load generator, and so both, the same.
local counter, path = 0, nil
local cookie = string.rep("x", 170)
setup = function(thread) thread:set("number", counter) counter = counter + 1 end
init = function() path = "/update/" .. (number * 61 + 1) end
request = function() return wrk.format("POST", path, { Cookie = "refresh_token=" .. cookie }) end
response = function(status, headers)
  local set = headers["Set-Cookie"] or headers["Date"]
  if set then path = set:match("refresh_token=([^;]+)") or path end
end
done = function(summary)
  io.write(string.format("bad %d\n", summary.errors.status + summary.errors.timeout + summary.errors.read))
end
