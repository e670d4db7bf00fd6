-- The UPDATE ceiling: a row per thread.
local counter, path = 0, nil
setup = function(thread) thread:set("number", counter) counter = counter + 1 end
init = function() path = "/update/" .. (number + 1) end
request = function() return wrk.format("POST", path) end
done = function(summary)
  io.write(string.format("bad %d\n", summary.errors.status + summary.errors.timeout + summary.errors.read))
end
