-- POST of a JSON document of 1 kB.
local items = {}
for i = 1, 12 do
  items[i] = string.format('{"sku":"A-%04d","name":"Article number %d","price":%d.5,"count":%d}', i, i, i * 3, i)
end
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"id":4711,"customer":{"name":"A. Customer","mail":"a@example.org"},"items":[' .. table.concat(items, ",") .. ']}'

-- One line of JSON for the harness; latencies in microseconds.
done = function(summary, latency, requests)
  local e = summary.errors
  io.write(string.format(
    "RESULT {\"requests\":%d,\"duration\":%d,\"bytes\":%d,\"p50\":%.0f,\"p99\":%.0f,\"errors\":%d}\n",
    summary.requests, summary.duration, summary.bytes, latency:percentile(50), latency:percentile(99),
    e.connect + e.read + e.write + e.status + e.timeout))
end
