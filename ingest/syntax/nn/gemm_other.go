//go:build !amd64

package nn

// AVX is not for this processor.

func gemm4x16(a *float32, lda int, pb *float32, k int, c *float32, ldc int, acc int) {}
func gemm8x32(a *float32, lda int, pb *float32, k int, c *float32, ldc int, acc int) {}
func axpy8(n int, s float32, x, y *float32)                                          {}
func adam8(n int, w, m, v, grad *float32, c *[4]float32)                             {}

func int8x16v(a *uint8, lda int, pb *int8, k4 int, c *float32, ldc int, sa, sw *float32, off *int32, bias *float32) {
}
func int4x16(a *uint8, lda int, pb *int8, k4 int, c *float32, ldc int, sa, sw *float32, off *int32, bias *float32) {
}

func gate8(n int, z, f, was *float32)                   {}
func gateOut8(n int, r, c *float32)                     {}
func addSum8(n int, x, y *float32) float32              { return 0 }
func squares8(n int, x *float32, mean float32) float32  { return 0 }
func scale8(n int, x, gain, bias *float32, inv float32) {}
func max8(n int, x, y *float32)                         {}
func rectify8(n int, x *float32)                        {}
func largest8(n int, x *float32) float32                { return 0 }
func levels8(n int, q *uint8, x *float32, inv float32)  {}

func int8x32v(a *uint8, lda int, pb *int8, k4 int, c *float32, ldc int, sa, sw *float32, off *int32, bias *float32) {
}

func int4x16p(a *uint8, lda int, pb *int8, order *uint16, pairs, singles int, c *float32, ldc int, sa, sw *float32, off *int32, bias *float32) {
}
