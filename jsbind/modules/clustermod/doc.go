// Package clustermod is the binding of node:cluster
// (https://nodejs.org/docs/latest-v24.x/api/cluster.html): the primary's side
// over package cluster, the worker's, and the messages between them.
package clustermod
