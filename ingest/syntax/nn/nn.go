// Package nn holds the small neural network toolkit that the language stages
// share: matrix kernels in assembly with a pure Go fallback, a graph with
// reverse-mode gradients for training, Adam, and layers with int8 weights and
// integer accumulation for inference.
//
// It knows nothing of language. Training is deterministic for a given kernel
// order: every kernel adds the products of one output in the order of k with
// fused multiply-adds, so AVX2 and AVX-512 agree to the bit. Inference
// accumulates in integers, so every kernel agrees to the bit, pure Go included.
package nn

import "golang.org/x/sys/cpu"

// kernel is the widest instruction set in use.
type kernel uint8

const (
	pureGo kernel = iota
	avx2          // AVX2 and FMA
	avx512        // AVX-512 F, BW and VNNI
)

// available is the best kernel this processor runs. It is set once at start.
var available = detect()

func detect() kernel {
	switch {
	case !haveAssembly:
		return pureGo
	case cpu.X86.HasAVX512F && cpu.X86.HasAVX512BW && cpu.X86.HasAVX512VL &&
		cpu.X86.HasAVX512VNNI && cpu.X86.HasAVX2 && cpu.X86.HasFMA:
		return avx512
	case cpu.X86.HasAVX2 && cpu.X86.HasFMA:
		return avx2
	}
	return pureGo
}

// Kernel names the matrix kernel in use: "avx512", "avx2" or "go".
func Kernel() string {
	switch available {
	case avx512:
		return "avx512"
	case avx2:
		return "avx2"
	}
	return "go"
}
