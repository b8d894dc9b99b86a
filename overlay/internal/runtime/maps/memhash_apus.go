package maps

import "unsafe"

// What memhash_aes_asm.go declares. UseAeshash is never set, so nobody calls it.

const memHashUsesVAES = false

func memHashAES(p unsafe.Pointer, h, s uintptr) uintptr { return memHashFallback(p, h, s) }
func memHash32AES(k uint32, h uintptr) uintptr          { return memHash32Fallback(k, h) }
func memHash64AES(k uint64, h uintptr) uintptr          { return memHash64Fallback(k, h) }
