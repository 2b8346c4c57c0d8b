package dns

// toASCII returns the form of a name that the resolver takes.
func toASCII(host string) (string, bool) { return host, true }
