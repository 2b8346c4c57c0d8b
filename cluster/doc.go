// Package cluster is the part of node:cluster
// (https://nodejs.org/docs/latest-v24.x/api/cluster.html) that a primary process
// does with listening sockets: it shares them with its workers, or accepts their
// connections and hands these out by turns.
//
// Group is the same for several loops of one process.
//
// Everything here belongs to the goroutine of its loop, but for Group.
package cluster
