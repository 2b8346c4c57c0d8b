package fsmod

import (
	"github.com/dop251/goja"
	"golang.org/x/sys/unix"
)

type constant struct {
	name  string
	value int
}

// fsConstants is fs.constants, in Node's order.
var fsConstants = concat([]constant{
	{"UV_FS_SYMLINK_DIR", 1}, {"UV_FS_SYMLINK_JUNCTION", 2},
	{"O_RDONLY", unix.O_RDONLY}, {"O_WRONLY", unix.O_WRONLY}, {"O_RDWR", unix.O_RDWR},
	{"UV_DIRENT_UNKNOWN", 0}, {"UV_DIRENT_FILE", 1}, {"UV_DIRENT_DIR", 2}, {"UV_DIRENT_LINK", 3},
	{"UV_DIRENT_FIFO", 4}, {"UV_DIRENT_SOCKET", 5}, {"UV_DIRENT_CHAR", 6}, {"UV_DIRENT_BLOCK", 7},
	{"S_IFMT", unix.S_IFMT}, {"S_IFREG", unix.S_IFREG}, {"S_IFDIR", unix.S_IFDIR}, {"S_IFCHR", unix.S_IFCHR},
	{"S_IFBLK", unix.S_IFBLK}, {"S_IFIFO", unix.S_IFIFO}, {"S_IFLNK", unix.S_IFLNK}, {"S_IFSOCK", unix.S_IFSOCK},
	{"O_CREAT", unix.O_CREAT}, {"O_EXCL", unix.O_EXCL}, {"UV_FS_O_FILEMAP", 0}, {"O_NOCTTY", unix.O_NOCTTY},
	{"O_TRUNC", unix.O_TRUNC}, {"O_APPEND", unix.O_APPEND}, {"O_DIRECTORY", unix.O_DIRECTORY},
}, systemConstants, []constant{
	{"S_IRWXU", 0o700}, {"S_IRUSR", 0o400}, {"S_IWUSR", 0o200}, {"S_IXUSR", 0o100},
	{"S_IRWXG", 0o070}, {"S_IRGRP", 0o040}, {"S_IWGRP", 0o020}, {"S_IXGRP", 0o010},
	{"S_IRWXO", 0o007}, {"S_IROTH", 0o004}, {"S_IWOTH", 0o002}, {"S_IXOTH", 0o001},
	{"F_OK", 0}, {"R_OK", 4}, {"W_OK", 2}, {"X_OK", 1},
	{"UV_FS_COPYFILE_EXCL", 1}, {"COPYFILE_EXCL", 1}, {"UV_FS_COPYFILE_FICLONE", 2}, {"COPYFILE_FICLONE", 2},
	{"UV_FS_COPYFILE_FICLONE_FORCE", 4}, {"COPYFILE_FICLONE_FORCE", 4},
})

func concat(lists ...[]constant) (out []constant) {
	for _, l := range lists {
		out = append(out, l...)
	}
	return out
}

func (m *module) constants() {
	rt := m.rt
	o := rt.VM.NewObject()
	_ = o.SetPrototype(nil)
	for _, c := range fsConstants {
		_ = o.DefineDataProperty(c.name, rt.VM.ToValue(c.value), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_TRUE)
	}
	_ = m.exports.DefineDataProperty("constants", o, goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_TRUE)
	for _, name := range []string{"F_OK", "R_OK", "W_OK", "X_OK"} {
		warned := false
		rt.Accessor(m.exports, name, func(goja.Value) goja.Value {
			if !warned && rt.Warn != nil {
				warned = true
				rt.Warn("fs."+name+" is deprecated, use fs.constants."+name+" instead", "DeprecationWarning", map[string]any{"code": "DEP0176"})
			}
			return o.Get(name)
		}, nil, false)
	}
}
