package events

// Realm gives out the hosts of a loop's objects. The JavaScript binding puts
// one on the loop; without it every object is Go alone.
type Realm interface {
	// HostFor returns the host of objects of a built-in class: "net.Socket",
	// "net.Server", "http.Server", "http.ServerResponse", "stream.Readable", ….
	HostFor(class string) Host
}
