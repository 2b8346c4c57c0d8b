-- GET with ten headers.
wrk.headers["User-Agent"] = "wrk"
wrk.headers["Accept"] = "application/json, text/plain, */*"
wrk.headers["Accept-Encoding"] = "gzip, deflate, br"
wrk.headers["Accept-Language"] = "en-GB,en;q=0.9,de;q=0.8"
wrk.headers["Cache-Control"] = "no-cache"
wrk.headers["Cookie"] = "session=0123456789abcdef; theme=dark"
wrk.headers["Referer"] = "http://localhost/some/page?with=query"
wrk.headers["Authorization"] = "Bearer 0123456789abcdef0123456789abcdef"
wrk.headers["X-Request-Id"] = "7b7a3c52-6f0e-4b3f-9d7a-1f2e3d4c5b6a"

-- One line of JSON for the harness; latencies in microseconds.
done = function(summary, latency, requests)
  local e = summary.errors
  io.write(string.format(
    "RESULT {\"requests\":%d,\"duration\":%d,\"bytes\":%d,\"p50\":%.0f,\"p99\":%.0f,\"errors\":%d}\n",
    summary.requests, summary.duration, summary.bytes, latency:percentile(50), latency:percentile(99),
    e.connect + e.read + e.write + e.status + e.timeout))
end
