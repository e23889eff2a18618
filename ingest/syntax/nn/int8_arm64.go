package nn

import "golang.org/x/sys/cpu"

// runnable lists the kernels that this processor runs, the slowest first. Every
// 64-bit ARM has NEON.
func runnable() []kernel {
	all := []kernel{pureGo, neon}
	if cpu.ARM64.HasASIMDDP {
		all = append(all, neonDot)
	}
	return all
}

// dot4x16 multiplies 4 rows of activations with a panel of 16 columns, by NEON's
// dot products. lda is in bytes, k4 in groups of 4.
//
//go:noescape
func dot4x16(a *uint8, lda int, pb *int8, k4 int, sums *[4][intPanel]int32)

// long2x16 multiplies 2 rows with a panel of 16 columns, by NEON of ARMv8.0. k8 is
// in pairs of groups.
//
//go:noescape
func long2x16(a *uint8, lda int, pb *int8, k8 int, sums *[2][intPanel]int32)
