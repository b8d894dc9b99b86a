// Initialisation at build time: what the process that the compiler runs does differently.
//
// `apus build -apus:image` runs the linked program's package initialisers while building (Sources/BuildInit)
// and writes what they leave into the executable. That process enters at _rt0_amd64_image, which goes on
// to imageMain; nothing else refers to imageMain, so programs built without an image do not contain it.
//
// Objects go downwards from the start of .data, one below the other, and so become a part of .data in the
// finished file: the collector knows them as globals, by a mask of pointer words that is recorded
// here. They have no span, are never moved, marked or freed, and need nothing at start.
//
// The compiler carries over variables of packages, of this package only those that imageKept (in
// Sources/BuildInit/RuntimeState.swift) names. All other state of this package is the process's own and starts afresh.
// What an initialiser cannot have at build time ends the run by imageRefuse or by the system call
// that the compiler sees.

package runtime

import (
	"internal/abi"
	"internal/goarch"
	"internal/runtime/maps"
	"internal/runtime/syscall/linux"
	"unsafe"
)

// imaging is read and written by the compiler, field by field.
var imaging struct {
	on      bool
	base    uintptr // lowest address that objects may have
	next    uintptr // address of the newest object
	ptrs    uintptr // bit map: the words from base on that hold pointers
	starts  uintptr // bit map: the words from base on where an object begins
	tiny    uintptr // granule being filled with small objects without pointers
	off     uintptr
	refusal string
	guards  [2][2]uintptr // pages that initialisers must not touch, from the compiler
	seed    uint64
}

const (
	imageGranule  = 16
	imageMprotect = 10 // number of the system call

	// Room below .data. Text lies above low data, and far below high data.
	imageLowest   = 0x10000
	imageLowData  = 0x60_0000
	imageHighRoom = 256 << 20
)

// imageHooks are what other files call in that process. imageMain fills them in, so only it refers to the
// functions.
var imageHooks struct {
	alloc      func(size uintptr, typ *_type) unsafe.Pointer
	take       func(size, align uintptr) uintptr
	rand       func() uint64
	cores      func() int32
	findObject func()
}

// In assembly: a trap at which the compiler looks at this process.
func imageStop()

// imageRefuse ends the run: what the initialiser does or asks for is not known at build time.
//
// Nosplit: called from places that may not grow the stack.
//
//go:nosplit
func imageRefuse(what string) {
	*(*uintptr)(unsafe.Pointer(&imaging.refusal)) = uintptr(unsafe.Pointer(unsafe.StringData(what)))
	*(*int)(add(unsafe.Pointer(&imaging.refusal), goarch.PtrSize)) = len(what)
	imageStop()
}

// imageMain takes the place of main in that process.
func imageMain() {
	setsig(_SIGSEGV, abi.FuncPCABIInternal(sighandler))
	setsig(_SIGBUS, abi.FuncPCABIInternal(sighandler))
	mainStarted = true
	gomaxprocs = 1
	modulesSlice = &oneModule
	p0.deferpool = p0.deferpoolbuf[:0]
	systemstack(func() {}) // make the stacks now: what they cost is not an initialiser's doing
	imageMap()
	for _, g := range imaging.guards {
		if g[1] > g[0] {
			linux.Syscall6(imageMprotect, g[0], g[1]-g[0], 0, 0, 0, 0)
		}
	}
	imageHooks.alloc = imageAlloc
	imageHooks.take = imageTake
	imageHooks.rand = imageRand
	imageHooks.cores = imageCores
	imageHooks.findObject = imageFindObject
	imaging.on = true
	runtime_inits()
	main_inits()
	imageEnd()
	imageStop()
}

// imageMap maps the room for objects and the two bit maps.
func imageMap() {
	im := &imaging
	top := firstmoduledata.data
	im.base = imageLowest
	if top >= imageLowData {
		im.base = top - imageHighRoom
	}
	n := top - im.base
	p, err := mmap(unsafe.Pointer(im.base), n, _PROT_READ|_PROT_WRITE,
		_MAP_ANON|_MAP_PRIVATE|mapFixedNoReplace|mapNoReserve, -1, 0)
	if err != 0 || uintptr(p) != im.base {
		throw("no room for the image below the program's data")
	}
	maps, err := mmap(nil, n/32, _PROT_READ|_PROT_WRITE, _MAP_ANON|_MAP_PRIVATE|mapNoReserve, -1, 0)
	if err != 0 {
		throw("cannot map the image's bit maps")
	}
	im.ptrs = uintptr(maps)
	im.starts = im.ptrs + n/64
	im.next = top
	// Objects count as globals already: cleanups and weak pointers look at these bounds.
	firstmoduledata.data = im.base
	im.tiny = 0
}

// imageAlloc allocates an object of the image. The memory is zero and is never reused.
func imageAlloc(size uintptr, typ *_type) unsafe.Pointer {
	im := &imaging
	noscan := typ == nil || !typ.Pointers()
	if noscan && size < imageGranule {
		off := alignTiny(im.off, size)
		if im.tiny != 0 && off+size <= imageGranule {
			im.off = off + size
			return unsafe.Pointer(im.tiny + off)
		}
		im.tiny = imageTake(imageGranule, imageGranule)
		im.off = size
		return unsafe.Pointer(im.tiny)
	}
	align := uintptr(goarch.PtrSize)
	if size%imageGranule == 0 {
		align = imageGranule
	}
	p := imageTake(size, align)
	if noscan {
		return unsafe.Pointer(p)
	}
	mask := getGCMask(typ)
	words := typ.PtrBytes / goarch.PtrSize
	first := (p - im.base) / goarch.PtrSize
	for off := uintptr(0); off < size; off += typ.Size_ {
		for i := uintptr(0); i < words && off+i*goarch.PtrSize < size; i++ {
			if *addb(mask, i/8)>>(i%8)&1 != 0 {
				imageSetBit(im.ptrs, first+off/goarch.PtrSize+i)
			}
		}
	}
	return unsafe.Pointer(p)
}

// imageTake takes size bytes below what is taken.
func imageTake(size, align uintptr) uintptr {
	im := &imaging
	if size > im.next-im.base {
		imageRefuse("allocates more memory than an image can hold")
	}
	p := (im.next - size) &^ (align - 1)
	if p < im.base {
		imageRefuse("allocates more memory than an image can hold")
	}
	im.next = p
	imageSetBit(im.starts, (p-im.base)/goarch.PtrSize)
	return p
}

func imageSetBit(bits, n uintptr) {
	*(*uint8)(unsafe.Pointer(bits + n/8)) |= 1 << (n % 8)
}

// imageEnd runs after the last initialiser: what is left must be memory only.
func imageEnd() {
	gp := getg()
	if gp.m.lockedExt != 0 {
		imageRefuse("locks the main goroutine to its thread")
	}
	// What pools hold would be dropped by the first two collections; it need not be in the file.
	if poolcleanup != nil {
		poolcleanup()
		poolcleanup()
	}
}

// imageRand is rand in that process: map seeds come from a fixed sequence, so that the same source
// gives the same file. Nobody else may have numbers that every run of the program would share.
func imageRand() uint64 {
	if !imageFor("internal/runtime/maps.") && !imageFor("internal/sync.") {
		imageRefuse("asks for a random number")
	}
	// Fractions of square roots of primes (2, 3, 5, 7): any words without a pattern would do.
	maps.SetHashKey(0x6A09E667F3BCC908, 0xBB67AE8584CAA73B, 0x3C6EF372FE94F82B, 0xA54FF53A5F1D36F1)
	imaging.seed += 0x9E3779B97F4A7C15
	x := imaging.seed
	x = (x ^ x>>30) * 0xBF58476D1CE4E5B9
	x = (x ^ x>>27) * 0x94D049BB133111EB
	return x ^ x>>31
}

// imageCores is the number of cores that sync.Pool hears of; it asks again when it finds itself on more.
func imageCores() int32 {
	if !imageFor("sync.(*Pool).") {
		imageRefuse("asks for the number of processors")
	}
	return 1
}

// imageFor reports whether the running function works for a function whose name begins with prefix: going
// outwards on the goroutine's stack, past this package's functions, that is the first.
func imageFor(prefix string) bool {
	gp := getg().m.curg
	var pcs [32]uintptr
	n := 0
	if getg() == gp {
		n = callers(1, pcs[:])
	} else {
		n = gcallers(gp, 0, pcs[:])
	}
	for _, pc := range pcs[:n] {
		name := imageName(pc)
		if !imagePrefix(name, "runtime.") {
			return imagePrefix(name, prefix)
		}
	}
	return false
}

// imageName returns the name of the function at a return address that callers gave.
func imageName(pc uintptr) string {
	f := findfunc(pc - 1)
	if !f.valid() {
		return ""
	}
	u, uf := newInlineUnwinder(f, pc-1)
	sf := u.srcFunc(uf)
	return sf.name()
}

func imagePrefix(s, prefix string) bool {
	return len(s) >= len(prefix) && s[:len(prefix)] == prefix
}

// imageFindObject looks at a search for an object that has no span: a finalizer would never run, as the
// object never dies.
func imageFindObject() {
	var pcs [8]uintptr
	n := callers(0, pcs[:])
	for _, pc := range pcs[:n] {
		if imageName(pc) == "runtime.SetFinalizer" {
			imageRefuse("sets a finalizer")
		}
	}
}
