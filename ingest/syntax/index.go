package syntax

// hashIndex numbers strings by their 64-bit hashes. A string that isn't in it is
// taken for one that is with a chance of about one in 10^14.
type hashIndex struct {
	keys  []uint64 // by number
	slots []int32  // open addressing: number + 1, 0 for empty
}

// hash64 is FNV-1a with a final mix.
func hash64(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h ^ h>>29
}

// newHashIndex numbers keys in their order.
func newHashIndex(keys []uint64) *hashIndex {
	size := 64
	for size < 2*len(keys) {
		size *= 2
	}
	x := &hashIndex{keys: keys, slots: make([]int32, size)}
	for n, k := range keys {
		i := int(k) & (size - 1)
		for x.slots[i] != 0 {
			i = (i + 1) & (size - 1)
		}
		x.slots[i] = int32(n + 1)
	}
	return x
}

// find is the number of s, -1 where it has none.
func (x *hashIndex) find(s string) int32 {
	k := hash64(s)
	mask := len(x.slots) - 1
	for i := int(k) & mask; x.slots[i] != 0; i = (i + 1) & mask {
		if n := x.slots[i] - 1; x.keys[n] == k {
			return n
		}
	}
	return -1
}

// indexOf numbers words in their order.
func indexOf(words []string) *hashIndex {
	keys := make([]uint64, len(words))
	for i, w := range words {
		keys[i] = hash64(w)
	}
	return newHashIndex(keys)
}
