// Random numbers: a ChaCha8 generator per thread, seeded at its first use from the kernel's 16 bytes
// (AT_RANDOM) or, failing that, from getrandom's device.

package runtime

import (
	"internal/byteorder"
	"internal/chacha8rand"
	"internal/runtime/maps"
	"math/bits"
	_ "unsafe" // for go:linkname
)

// seedSource makes the threads' seeds, and the key of maps' hashes: a map's own seed is the first number that
// anybody asks for. Protected by lock.
var seedSource seedSourceState

type seedSourceState struct {
	lock  mutex
	ready bool
	seed  [32]byte
	state chacha8rand.State
}

// bootstrapRand returns a random number from the process-wide generator.
//
//go:linkname bootstrapRand
func bootstrapRand() uint64 {
	s := &seedSource
	lock(&s.lock)
	if !s.ready {
		seed := &s.seed
		if atRandom != nil {
			copy(seed[:], atRandom[:])
			// What readers of the vector find later must not give the seed away.
			byteorder.LEPutUint64(seed[16:], uint64(cputicks()))
		} else if readRandom(seed[:]) != len(seed) {
			byteorder.LEPutUint64(seed[:], uint64(nanotime()))
		}
		s.state.Init(*seed)
		clear(seed[:])
		s.ready = true
		maps.SetHashKey(s.draw(), s.draw(), s.draw(), s.draw())
	}
	x := s.draw()
	unlock(&s.lock)
	return x
}

// draw returns the next number; the caller holds the lock.
func (s *seedSourceState) draw() uint64 {
	for {
		if x, ok := s.state.Next(); ok {
			return x
		}
		s.state.Refill()
	}
}

// seedThread seeds mp's generator. The zero value of cheaprand64 means that it was not yet.
func seedThread(mp *m) {
	var seed [4]uint64
	for i := range seed {
		seed[i] = bootstrapRand()
	}
	mp.chacha8.Init64(seed)
	mp.cheaprand64 = bootstrapRand() | 1
}

// rand returns 64 random bits, good enough for hash seeds and math/rand's default source.
//
// Nosplit: called by map code and by fork's child.
//
//go:nosplit
//go:linkname rand
func rand() uint64 {
	if imaging.on {
		var x uint64
		systemstack(func() { x = imageHooks.rand() })
		return x
	}
	mp := getg().m
	for {
		if x, ok := mp.chacha8.Next(); ok {
			return x
		}
		mp.locks++ // stay on mp while its generator changes
		if mp.cheaprand64 == 0 {
			seedThread(mp)
		} else {
			mp.chacha8.Refill()
		}
		mp.locks--
	}
}

//go:linkname maps_rand internal/runtime/maps.rand
func maps_rand() uint64 { return rand() }

//go:linkname os_fastrand os.fastrand
func os_fastrand() uint32 { return uint32(rand()) }

//go:nosplit
func rand32() uint32 { return uint32(rand()) }

// randn returns a number in [0, n).
//
//go:linkname randn
//go:nosplit
func randn(n uint32) uint32 {
	return uint32(uint64(uint32(rand())) * uint64(n) >> 32)
}

// cheaprand is for decisions of the runtime where only speed counts: a Weyl sequence through a
// multiplication (Wang Yi's wyrand).
//
//go:linkname cheaprand
//go:nosplit
func cheaprand() uint32 {
	mp := getg().m
	mp.cheaprand += 0x53c5ca59
	hi, lo := bits.Mul32(mp.cheaprand, mp.cheaprand^0x74743c1b)
	return hi ^ lo
}

// cheaprand64 must not return the mark of an unseeded thread; its state is m.cheaprand alone.
//
//go:linkname cheaprand64
//go:nosplit
func cheaprand64() int64 { return int64(cheaprandu64() &^ (1 << 63)) }

//go:nosplit
func cheaprandu64() uint64 { return uint64(cheaprand())<<32 | uint64(cheaprand()) }

//go:linkname cheaprandn
//go:nosplit
func cheaprandn(n uint32) uint32 {
	return uint32(uint64(cheaprand()) * uint64(n) >> 32)
}

// Names that older packages pull.

//go:linkname legacy_fastrand runtime.fastrand
func legacy_fastrand() uint32 { return uint32(rand()) }

//go:linkname legacy_fastrandn runtime.fastrandn
func legacy_fastrandn(n uint32) uint32 { return randn(n) }

//go:linkname legacy_fastrand64 runtime.fastrand64
func legacy_fastrand64() uint64 { return rand() }
