package maps

// The portable hash multiplies words of the hashed memory. Without a key, memory whose last word but one is zero
// would hash to the same value whatever else it holds. The key is random, so that nobody can choose such memory.

// SetHashKey sets the key unless there is one: an image of initialised maps has that of the maps.
func SetHashKey(a, b, c, d uint64) {
	if hashkey[0] == 0 {
		hashkey = [4]uintptr{uintptr(a) | 1, uintptr(b), uintptr(c), uintptr(d)}
	}
}
