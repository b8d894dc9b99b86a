// GODEBUG's and GOTRACEBACK's settings, read without the map of names and the number parser that only they would bring along.

package runtime

import (
	"internal/bytealg"
	"internal/godebugs"
	"internal/runtime/atomic"
)

// eachSetting calls fn with key and value of the settings in s, from left to right, until it returns false.
func eachSetting(s string, fn func(key, value string) bool) {
	for s != "" {
		field := s
		if i := bytealg.IndexByteString(s, ','); i < 0 {
			s = ""
		} else {
			field, s = s[:i], s[i+1:]
		}
		if i := bytealg.IndexByteString(field, '='); i >= 0 && !fn(field[:i], field[i+1:]) {
			return
		}
	}
}

// parseSetting reads a number as strconv.ParseInt(s, 10, 32) does.
func parseSetting(s string) (int32, bool) {
	neg := false
	if s != "" && (s[0] == '-' || s[0] == '+') {
		neg = s[0] == '-'
		s = s[1:]
	}
	n := int64(0)
	for i := range len(s) {
		c := s[i] - '0'
		if c > 9 || n > 1<<31 {
			return 0, false
		}
		n = n*10 + int64(c)
	}
	if neg {
		n = -n
	}
	return int32(n), s != "" && int64(int32(n)) == n
}

// parsegodebug obeys the settings at start; a later one goes before an earlier one. seen is nil.
func parsegodebug(settings string, seen map[string]bool) {
	eachSetting(settings, func(key, value string) bool {
		for i := range godebugs.Removed {
			if info := &godebugs.Removed[i]; info.Name == key && info.Old(value) {
				// The caller ends the program.
				invalidGODEBUG.key = key
				invalidGODEBUG.value = value
				invalidGODEBUG.removed = info.Removed
				return false
			}
		}
		n, ok := parseSetting(value)
		if !ok {
			return true
		}
		if key == "memprofilerate" {
			MemProfileRate = int(n)
			return true
		}
		for _, v := range dbgvars {
			if v.name != key {
				continue
			}
			if v.value != nil {
				*v.value = n
			} else if v.atomic != nil {
				v.atomic.Store(n)
			}
		}
		return true
	})
	if debug.cgocheck > 1 {
		throw("cgocheck > 1 mode is no longer supported at runtime. Use GOEXPERIMENT=cgocheck2 at build time instead.")
	}
}

// reparsedebugvars obeys a change of the environment by the program: of the settings that may change, the last in the
// environment or else in the program's defaults holds, or else 0.
func reparsedebugvars(env string) {
	for _, v := range dbgvars {
		if v.atomic == nil {
			continue
		}
		value, found := "", false
		note := func(key, x string) bool {
			if key == v.name {
				value, found = x, true
			}
			return true
		}
		eachSetting(env, note)
		if !found {
			eachSetting(godebugDefault, note)
		}
		if n, ok := parseSetting(value); ok || !found {
			v.atomic.Store(n)
		}
	}
}

// setTraceback sets GOTRACEBACK's value for the rest of the run; not lower than the environment's.
func setTraceback(level string) {
	var t uint32
	switch level {
	case "none":
	case "single", "":
		t = 1 << tracebackShift
	case "all":
		t = 1<<tracebackShift | tracebackAll
	case "system":
		t = 2<<tracebackShift | tracebackAll
	case "crash":
		t = 2<<tracebackShift | tracebackAll | tracebackCrash
	default:
		t = tracebackAll
		if n, ok := parseSetting(level); ok && n >= 0 {
			t |= uint32(n) << tracebackShift
		}
	}
	atomic.Store(&traceback_cache, t|traceback_env)
}

// parseByteCount reads GOMEMLIMIT: a number, with B, KiB, MiB, GiB or TiB behind it or nothing.
func parseByteCount(s string) (int64, bool) {
	shift := 0
	if n := len(s); n > 0 && s[n-1] == 'B' {
		s = s[:n-1]
		if n := len(s); n > 1 && s[n-1] == 'i' {
			for shift = 10; shift <= 40 && s[n-2] != "KMGT"[shift/10-1]; {
				shift += 10
			}
			if shift > 40 {
				return 0, false
			}
			s = s[:n-2]
		}
	}
	n := int64(0)
	for i := range len(s) {
		c := s[i] - '0'
		if c > 9 || n > (1<<63-1-int64(c))/10 {
			return 0, false
		}
		n = n*10 + int64(c)
	}
	return n << shift, s != "" && n<<shift>>shift == n
}
