package nn

import "golang.org/x/sys/cpu"

// runnable lists the kernels that this processor runs, the slowest first.
func runnable() []kernel {
	all := []kernel{pureGo}
	if cpu.X86.HasAVX2 && cpu.X86.HasFMA {
		all = append(all, avx2)
		if cpu.X86.HasAVX512F && cpu.X86.HasAVX512BW && cpu.X86.HasAVX512VL && cpu.X86.HasAVX512VNNI {
			all = append(all, avx512)
		}
	}
	return all
}

// NEON is not for this processor.
func dot4x16(a *uint8, lda int, pb *int8, k4 int, sums *[4][intPanel]int32)  {}
func long2x16(a *uint8, lda int, pb *int8, k8 int, sums *[2][intPanel]int32) {}

// gemm4x16 multiplies 4 rows of A with 16 columns of a packed panel, AVX2.
// Strides are in floats; acc 1 adds to C.
//
//go:noescape
func gemm4x16(a *float32, lda int, pb *float32, k int, c *float32, ldc int, acc int)

// gemm8x32 multiplies 8 rows of A with a packed panel of 32 columns, AVX-512.
//
//go:noescape
func gemm8x32(a *float32, lda int, pb *float32, k int, c *float32, ldc int, acc int)

// axpy8 adds s × x to y for n floats, n a positive multiple of 8.
//
//go:noescape
func axpy8(n int, s float32, x, y *float32)

// adam8 is one step of Adam over n floats, n a positive multiple of 8; see adamGo.
//
//go:noescape
func adam8(n int, w, m, v, grad *float32, c *[4]float32)
