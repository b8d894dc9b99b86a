// run

// Integers put together from bytes and taken apart into bytes, in every order and in the forms that
// look as if they could be one access but are not.
package main

import (
	"encoding/binary"
	"fmt"
)

type header struct {
	kind  uint8
	flags uint8
	size  uint16
	id    uint32
	ok    bool
	deep  [3]bool
}

//go:noinline
func le16(b []byte) uint16 { return uint16(b[0]) | uint16(b[1])<<8 }

//go:noinline
func be16(b []byte) uint16 { return uint16(b[1]) | uint16(b[0])<<8 }

//go:noinline
func le32at(b []byte, i int) uint32 {
	_ = b[i+3]
	return uint32(b[i]) | uint32(b[i+1])<<8 | uint32(b[i+2])<<16 | uint32(b[i+3])<<24
}

//go:noinline
func be32at(b []byte, i int) uint32 {
	return uint32(b[i])<<24 | uint32(b[i+1])<<16 | uint32(b[i+2])<<8 | uint32(b[i+3])
}

//go:noinline
func le32in64(b []byte) uint64 {
	return uint64(b[3])<<24 | uint64(b[1])<<8 | uint64(b[0]) | uint64(b[2])<<16
}

//go:noinline
func twoHalves(b []byte) uint64 {
	lo := uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24
	hi := uint32(b[4]) | uint32(b[5])<<8 | uint32(b[6])<<16 | uint32(b[7])<<24
	return uint64(hi)<<32 | uint64(lo)
}

//go:noinline
func words(p *[4]uint16) uint64 {
	return uint64(p[0]) | uint64(p[1])<<16 | uint64(p[2])<<32 | uint64(p[3])<<48
}

//go:noinline
func wordsBackwards(p *[4]uint16) uint64 {
	return uint64(p[3]) | uint64(p[2])<<16 | uint64(p[1])<<32 | uint64(p[0])<<48
}

// Not one load: a gap, a byte twice, a shift that cuts off, signs, a store in between.

//go:noinline
func gap(b []byte) uint32 { return uint32(b[0]) | uint32(b[2])<<8 }

//go:noinline
func twice(b []byte) uint32 { return uint32(b[1]) | uint32(b[1])<<8 }

//go:noinline
func three(b []byte) uint32 { return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 }

//go:noinline
func highest(b []byte) uint32 { return uint32(b[0])<<8 | uint32(b[1])<<16 }

//go:noinline
func signed(b []int8) int32 { return int32(b[0]) | int32(b[1])<<8 }

//go:noinline
func overlapping(b []byte) uint16 { return uint16(b[0]) | uint16(b[1])<<4 }

//go:noinline
func storeBetween(b, c []byte) uint16 {
	x := uint16(b[0])
	c[1] = 99
	return x | uint16(b[1])<<8
}

//go:noinline
func usedAgain(b []byte) (uint16, byte) {
	x, y := b[0], b[1]
	return uint16(x) | uint16(y)<<8, y
}

// Stores.

//go:noinline
func put32(b []byte, i int, v uint32) {
	_ = b[i+3]
	b[i] = byte(v)
	b[i+1] = byte(v >> 8)
	b[i+2] = byte(v >> 16)
	b[i+3] = byte(v >> 24)
}

//go:noinline
func putHigh(p *[4]byte, v uint64) {
	p[0], p[1], p[2], p[3] = byte(v>>32), byte(v>>40), byte(v>>48), byte(v>>56)
}

//go:noinline
func putMiddleBackwards(p *[2]byte, v uint32) {
	p[0], p[1] = byte(v>>16), byte(v>>8)
}

//go:noinline
func putSigned(p *[4]byte, v int32) {
	p[3], p[2], p[1], p[0] = byte(v), byte(v>>8), byte(v>>16), byte(v>>24)
}

//go:noinline
func putExtended(p *[4]byte, v int16) {
	w := int32(v)
	p[0], p[1], p[2], p[3] = byte(w), byte(w>>8), byte(w>>16), byte(w>>24)
}

//go:noinline
func putWords(p *[4]uint16, v uint64) {
	p[0], p[1], p[2], p[3] = uint16(v), uint16(v>>16), uint16(v>>32), uint16(v>>48)
}

//go:noinline
func putPart(p *[4]byte, v uint32) {
	p[1], p[2] = byte(v>>8), byte(v>>16)
}

//go:noinline
func putLast(p *[2]byte, v uint16) {
	p[0] = byte(v)
	p[1] = byte(v >> 8)
	p[0] = 7
}

// A panic between the stores must leave the first of them done.

//go:noinline
func putUnchecked(b []byte, v uint16) (err any) {
	defer func() { err = recover() }()
	b[0] = byte(v)
	b[1] = byte(v >> 8)
	return nil
}

//go:noinline
func fill(h *header) {
	h.kind = 1
	h.flags = 0x82
	h.size = 0x1234
	h.id = 0x7fffffff
	h.ok = true
	h.deep = [3]bool{false, true, true}
}

//go:noinline
func fillNegative(p *[2]int32) { p[0], p[1] = -1, -1 }

//go:noinline
func fillWide(p *[2]int32) { p[0], p[1] = 5, 6 }

//go:noinline
func copyThrough(p *[4]byte) {
	p[0] = 1
	p[1] = p[0] + 1
	p[2] = p[1] + 1
	p[3] = p[2] + 1
}

func main() {
	b := []byte{0x81, 0x92, 0xa3, 0xb4, 0xc5, 0xd6, 0xe7, 0xf8, 0x09}
	fmt.Printf("%x %x\n", le16(b), be16(b))
	for i := 0; i <= 5; i++ {
		fmt.Printf("%x %x\n", le32at(b, i), be32at(b, i))
	}
	fmt.Printf("%x %x\n", le32in64(b), twoHalves(b))
	w := [4]uint16{0x8123, 0x4567, 0x89ab, 0xcdef}
	fmt.Printf("%x %x\n", words(&w), wordsBackwards(&w))
	fmt.Printf("%x %x %x %x %x\n", gap(b), twice(b), three(b), highest(b), overlapping(b))
	fmt.Println(signed([]int8{-2, 3}), signed([]int8{2, -3}))
	fmt.Printf("%x\n", storeBetween(b[:2:2], b[:2:2]))
	b[1] = 0x92
	fmt.Println(usedAgain(b))
	fmt.Printf("%x %x %x\n", binary.LittleEndian.Uint64(b), binary.BigEndian.Uint64(b), binary.BigEndian.Uint16(b[7:]))

	put32(b, 2, 0xdeadbeef)
	fmt.Printf("%x\n", b)
	binary.BigEndian.PutUint64(b[1:], 0x0102030405060708)
	fmt.Printf("%x\n", b)
	binary.LittleEndian.PutUint64(b, 0x0102030405060708)
	binary.BigEndian.PutUint16(b[7:], 0xabcd)
	fmt.Printf("%x\n", b)
	var q [4]byte
	putHigh(&q, 0x1122334455667788)
	fmt.Printf("%x\n", q)
	putMiddleBackwards((*[2]byte)(q[1:]), 0xaabbccdd)
	fmt.Printf("%x\n", q)
	putSigned(&q, -2)
	fmt.Printf("%x\n", q)
	putExtended(&q, -3)
	fmt.Printf("%x\n", q)
	putPart(&q, 0x55667788)
	fmt.Printf("%x\n", q)
	putLast((*[2]byte)(q[2:]), 0x9988)
	fmt.Printf("%x\n", q)
	copyThrough(&q)
	fmt.Printf("%x\n", q)
	putWords(&w, 0x1122334455667788)
	fmt.Printf("%x\n", w)
	one := make([]byte, 1)
	fmt.Println(putUnchecked(one, 0x1234), one)

	var h header
	fill(&h)
	fmt.Println(h)
	var p [2]int32
	fillNegative(&p)
	fmt.Println(p)
	fillWide(&p)
	fmt.Println(p)
}
