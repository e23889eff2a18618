// Package nn holds the small neural network toolkit that the language stages
// share: matrix kernels in assembly with a pure Go fallback, a graph with
// reverse-mode gradients for training, Adam, and layers with int8 weights and
// integer accumulation for inference.
//
// It knows nothing of language. Training is deterministic for a given kernel
// order: every kernel adds the products of one output in the order of k with
// fused multiply-adds, so AVX2 and AVX-512 agree to the bit. Inference
// accumulates in integers, so every kernel agrees to the bit, pure Go included.
//
// The fastest kernel that the processor runs is chosen at start. The environment
// variable HEARSAY_KERNEL names another one, for tests, benchmarks and in doubt:
// go, neon, neon-dot, avx2 or avx512; one that the processor doesn't run, or an
// unknown one, changes nothing.
package nn

import "os"

// kernel is the widest instruction set in use.
type kernel uint8

const (
	pureGo  kernel = iota
	neon           // NEON of ARMv8.0: products in 16 bits
	neonDot        // NEON with dot products
	avx2           // AVX2 and FMA; from here on, floats are multiplied by assembly too
	avx512         // AVX-512 F, BW and VNNI
)

var kernelNames = [...]string{"go", "neon", "neon-dot", "avx2", "avx512"}

// available is the kernel in use. It is set once at start.
var available = choose(os.Getenv("HEARSAY_KERNEL"))

// choose is the best kernel that this processor runs, or the named one.
func choose(name string) kernel {
	all := runnable()
	for _, k := range all {
		if kernelNames[k] == name {
			return k
		}
	}
	return all[len(all)-1]
}

// Kernel names the matrix kernel in use: "go", "neon", "neon-dot", "avx2" or
// "avx512".
func Kernel() string { return kernelNames[available] }

// Kernels names the kernels that this processor runs, the slowest first.
func Kernels() []string {
	var names []string
	for _, k := range runnable() {
		names = append(names, kernelNames[k])
	}
	return names
}
