-- GET, sixteen of them in one write.
init = function()
  local one, batch = wrk.format('GET', '/'), {}
  for i = 1, 16 do batch[i] = one end
  sixteen = table.concat(batch)
end

request = function() return sixteen end

-- One line of JSON for the harness; latencies in microseconds.
done = function(summary, latency, requests)
  local e = summary.errors
  io.write(string.format(
    "RESULT {\"requests\":%d,\"duration\":%d,\"bytes\":%d,\"p50\":%.0f,\"p99\":%.0f,\"errors\":%d}\n",
    summary.requests, summary.duration, summary.bytes, latency:percentile(50), latency:percentile(99),
    e.connect + e.read + e.write + e.status + e.timeout))
end
