// The CPU limit of the process's control group: cgroups(7), proc_pid_mountinfo(5).
//
// /proc/self/cgroup names the group, for cgroup v1 a line for each hierarchy, for v2 one with the number 0.
// /proc/self/mountinfo says where that hierarchy is mounted, and from which group of it on. There the
// limit is a quota of CPU time per period. What looks strange means no limit.

package runtime

import "unsafe"

// A mappedFile is the text of a file in memory of its own, with room for a path behind it.
type mappedFile struct {
	text string
	mem  unsafe.Pointer
	size uintptr
}

const (
	pathRoom     = 8 << 10 // PATH_MAX and the longest name of a file
	openReadOnly = 0x80000 // O_RDONLY | O_CLOEXEC
)

// mapFile reads the file; name ends in a NUL. A file that cannot be read is empty.
func mapFile(name *byte) (f mappedFile) {
	for f.size = 64 << 10; ; f.size *= 2 {
		mem, err := mmap(nil, f.size, _PROT_READ|_PROT_WRITE, _MAP_ANON|_MAP_PRIVATE, -1, 0)
		if err != 0 {
			return mappedFile{}
		}
		f.mem = mem
		fd := open(name, openReadOnly, 0)
		if fd < 0 {
			return f
		}
		n, room := uintptr(0), f.size-pathRoom
		for n < room {
			k := read(fd, add(mem, n), int32(room-n))
			if k <= 0 {
				break
			}
			n += uintptr(k)
		}
		closefd(fd)
		if n < room {
			f.text = unsafe.String((*byte)(mem), n)
			return f
		}
		munmap(mem, f.size)
	}
}

func (f *mappedFile) unmap() {
	if f.mem != nil {
		munmap(f.mem, f.size)
	}
}

// cpuLimit returns the limit in cores, rounded up; 0: there is none.
func cpuLimit() int64 {
	groups := mapFile(unsafe.StringData("/proc/self/cgroup\x00"))
	mounts := mapFile(unsafe.StringData("/proc/self/mountinfo\x00"))
	quota, period := int64(-1), int64(0)
	group, isV2 := cpuGroup(groups.text)
	if mount, rest := cpuMount(mounts.text, group, isV2); mount != "" {
		path := (*[pathRoom]byte)(add(groups.mem, groups.size-pathRoom))[:]
		n := unescapePath(path, mount)
		n += copy(path[n:], rest)
		if isV2 {
			quota, period = readPair(path, n, "/cpu.max\x00")
		} else {
			quota, _ = readPair(path, n, "/cpu.cfs_quota_us\x00")
			period, _ = readPair(path, n, "/cpu.cfs_period_us\x00")
		}
	}
	groups.unmap()
	mounts.unmap()
	if quota < 0 || period <= 0 {
		return 0
	}
	return (quota + period - 1) / period
}

// cpuGroup finds the path of the group that limits the CPU in the text of /proc/self/cgroup.
func cpuGroup(text string) (path string, isV2 bool) {
	for text != "" {
		line := cutAt(&text, '\n')
		id := cutAt(&line, ':')
		controllers := cutAt(&line, ':')
		switch {
		case line == "" || line[0] != '/':
			return "", false
		case id == "0":
			path, isV2 = line, true
		case hasCPU(controllers):
			return line, false
		}
	}
	return path, isV2
}

// cpuMount finds where the group is mounted: a mount point, with its escapes, and the path below it.
func cpuMount(text, group string, isV2 bool) (mount, rest string) {
	for text != "" && group != "" {
		line := cutAt(&text, '\n')
		for range 3 {
			cutAt(&line, ' ')
		}
		root := cutAt(&line, ' ')
		mount := cutAt(&line, ' ')
		for line != "" && cutAt(&line, ' ') != "-" { // options, then optional fields
		}
		kind := cutAt(&line, ' ')
		cutAt(&line, ' ')
		if isV2 && kind != "cgroup2" || !isV2 && (kind != "cgroup" || !hasCPU(line)) {
			continue
		}
		// In place: the text is ours.
		root = root[:unescapePath(unsafe.Slice(unsafe.StringData(root), len(root)), root)]
		n := len(root)
		if root == "/" {
			n = 0
		}
		if len(group) < n || group[:n] != root[:n] || len(group) > n && group[n] != '/' {
			continue // mounted from another group on
		}
		rest := group[n:]
		if len(rest) >= 3 && rest[:3] == "/.." && (len(rest) == 3 || rest[3] == '/') {
			continue // outside of what this process sees
		}
		return mount, rest
	}
	return "", ""
}

// readPair appends file to the path of n bytes and reads a line of up to two numbers, -1 for what is none.
func readPair(path []byte, n int, file string) (a, b int64) {
	copy(path[n:], file)
	f := mapFile(&path[0])
	line := cutAt(&f.text, '\n')
	a = parseCount(cutAt(&line, ' '))
	b = parseCount(line)
	f.unmap()
	return a, b
}

func parseCount(s string) int64 {
	n := int64(0)
	for i := range len(s) {
		c := s[i] - '0'
		if c > 9 || n > 1<<50 {
			return -1
		}
		n = n*10 + int64(c)
	}
	if s == "" {
		return -1
	}
	return n
}

// hasCPU reports whether a list with commas contains "cpu".
func hasCPU(list string) bool {
	for list != "" {
		if cutAt(&list, ',') == "cpu" {
			return true
		}
	}
	return false
}

// cutAt takes what is before the first c off *s, and c.
func cutAt(s *string, c byte) string {
	t := *s
	for i := range len(t) {
		if t[i] == c {
			*s = t[i+1:]
			return t[:i]
		}
	}
	*s = ""
	return t
}

// unescapePath copies in to out, which may be the same memory, with three octal digits after a backslash
// replaced by the byte they stand for. It returns the length.
func unescapePath(out []byte, in string) int {
	n := 0
	for i := 0; i < len(in) && n < len(out); i++ {
		c := in[i]
		if c == '\\' && i+3 < len(in) {
			c = in[i+1]<<6 | (in[i+2]&7)<<3 | in[i+3]&7
			i += 3
		}
		out[n] = c
		n++
	}
	return n
}
