package maps

import (
	"math/bits"
	"unsafe"
)

// The hash of maps and of hash/maphash, portable: the processor is not asked for AES at start, and a map that an
// initialiser made at build time is read by every later process. For the second reason there is no
// key of the process either. What cannot be foreseen is the seed (of a map, of a maphash.Seed), so every
// multiplication has it in both factors: no input is known to make one of them zero, which would forget
// all that was hashed before. The idea of folding 128-bit products is wyhash's (Wang Yi).

const (
	keyMul    = 0x9c8e63b1d5a72f4d
	keySecond = 0xd1b8a35ce94f7629
	keyThird  = 0xb74c59d6138ea5f3
	keyLast   = 0xe3729ad5264bc80b
)

// What GOROOT's files of the package expect of a processor without AES.

const (
	memHashAESImplemented = false
	memHashUsesVAES       = false
)

func memHashAES(p unsafe.Pointer, h, s uintptr) uintptr { return MemHash(p, h, s) }
func memHash32AES(k uint32, h uintptr) uintptr          { return MemHash32(k, h) }
func memHash64AES(k uint64, h uintptr) uintptr          { return MemHash64(k, h) }

func memHashFallback(p unsafe.Pointer, h, s uintptr) uintptr { return MemHash(p, h, s) }
func memHash32Fallback(k uint32, h uintptr) uintptr          { return MemHash32(k, h) }
func memHash64Fallback(k uint64, h uintptr) uintptr          { return MemHash64(k, h) }

// fold is the product's upper and lower half in one word.
func fold(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	return hi ^ lo
}

// absorb hashes 16 bytes.
func absorb(a, b, seed uint64) uint64 {
	return fold(a^seed, b^bits.RotateLeft64(seed, 32)^keyMul)
}

func word(p unsafe.Pointer, at uintptr) uint64 { return *(*uint64)(unsafe.Pointer(uintptr(p) + at)) }
func half(p unsafe.Pointer, at uintptr) uint64 {
	return uint64(*(*uint32)(unsafe.Pointer(uintptr(p) + at)))
}
func single(p unsafe.Pointer, at uintptr) uint64 {
	return uint64(*(*uint8)(unsafe.Pointer(uintptr(p) + at)))
}

// MemHash hashes s bytes. No bytes at all are something too: in a sequence of strings it counts where each ends.
func MemHash(p unsafe.Pointer, h, s uintptr) uintptr {
	seed := uint64(h)
	var a, b uint64
	switch {
	case s > 16:
		seed, a, b = hashLong(p, seed, s)
	case s >= 8:
		a, b = word(p, 0), word(p, s-8)
	case s >= 4:
		a, b = half(p, 0), half(p, s-4)
	case s > 0:
		a, b = single(p, 0)|single(p, s>>1)<<8|single(p, s-1)<<16, 0
	}
	return uintptr(fold(absorb(a, b, seed)^uint64(s), keyLast))
}

// hashLong absorbs all but the last 16 bytes, which it returns; long inputs in three independent chains.
func hashLong(p unsafe.Pointer, seed uint64, s uintptr) (_, a, b uint64) {
	last := unsafe.Pointer(uintptr(p) + s - 16)
	if s > 48 {
		seed1, seed2 := seed^keySecond, seed^keyThird
		for ; s > 48; s -= 48 {
			seed = absorb(word(p, 0), word(p, 8), seed)
			seed1 = absorb(word(p, 16), word(p, 24), seed1)
			seed2 = absorb(word(p, 32), word(p, 40), seed2)
			p = unsafe.Pointer(uintptr(p) + 48)
		}
		seed ^= seed1 ^ seed2
	}
	for ; s > 16; s -= 16 {
		seed = absorb(word(p, 0), word(p, 8), seed)
		p = unsafe.Pointer(uintptr(p) + 16)
	}
	return seed, word(last, 0), word(last, 8)
}

// MemHash32 is MemHash of 4 bytes, MemHash64 of 8.

func MemHash32(k uint32, h uintptr) uintptr {
	return uintptr(fold(absorb(uint64(k), uint64(k), uint64(h))^4, keyLast))
}

func MemHash64(k uint64, h uintptr) uintptr {
	return uintptr(fold(absorb(k, k, uint64(h))^8, keyLast))
}

func StrHash(s string, h uintptr) uintptr {
	return MemHash(unsafe.Pointer(unsafe.StringData(s)), h, uintptr(len(s)))
}
