// Package urlmod is the binding of node:url
// (https://nodejs.org/docs/latest-v24.x/api/url.html) to package url: the
// classes URL and URLSearchParams, which are globals too, the older Url, and
// the module's functions.
package urlmod
