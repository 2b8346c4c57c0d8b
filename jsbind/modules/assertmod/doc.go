// Package assertmod is node:assert and node:assert/strict
// (https://nodejs.org/docs/latest-v24.x/api/assert.html). Comparing is package
// deepequal, printing package inspect, the diff package myers.
package assertmod
