package osmod

import (
	stdnet "net"
	"strconv"

	"github.com/dop251/goja"
)

// networkInterfaces is os.networkInterfaces: the addresses of the interfaces
// that are up and running, IPv4 first as the system lists them.
func (m *module) networkInterfaces() goja.Value {
	vm := m.rt.VM
	out := vm.NewObject()
	list, err := stdnet.Interfaces()
	if err != nil {
		return out
	}
	for _, family := range []string{"IPv4", "IPv6"} {
		for _, i := range list {
			if i.Flags&stdnet.FlagUp == 0 || i.Flags&stdnet.FlagRunning == 0 {
				continue
			}
			addrs, err := i.Addrs()
			if err != nil {
				continue
			}
			for _, a := range addrs {
				n, ok := a.(*stdnet.IPNet)
				if !ok || (n.IP.To4() != nil) != (family == "IPv4") {
					continue
				}
				m.addAddress(out, i, n, family)
			}
		}
	}
	return out
}

func (m *module) addAddress(out *goja.Object, i stdnet.Interface, n *stdnet.IPNet, family string) {
	vm := m.rt.VM
	ones, _ := n.Mask.Size()
	mac := i.HardwareAddr.String()
	if len(i.HardwareAddr) != 6 {
		mac = "00:00:00:00:00:00"
	}
	o := vm.NewObject()
	_ = o.Set("address", n.IP.String())
	_ = o.Set("netmask", stdnet.IP(n.Mask).String())
	_ = o.Set("family", family)
	_ = o.Set("mac", mac)
	_ = o.Set("internal", i.Flags&stdnet.FlagLoopback != 0)
	_ = o.Set("cidr", n.IP.String()+"/"+strconv.Itoa(ones))
	if family == "IPv6" {
		scope := 0
		if n.IP.IsLinkLocalUnicast() {
			scope = i.Index
		}
		_ = o.Set("scopeid", scope)
	}
	arr, ok := out.Get(i.Name).(*goja.Object)
	if !ok {
		_ = out.Set(i.Name, vm.NewArray(o))
		return
	}
	_ = arr.Set(strconv.FormatInt(arr.Get("length").ToInteger(), 10), o)
}
