//go:build !amd64

package nn

const haveAssembly = false

func gemm4x16(a *float32, lda int, pb *float32, k int, c *float32, ldc int, acc int) {}
func gemm8x32(a *float32, lda int, pb *float32, k int, c *float32, ldc int, acc int) {}
func axpy8(n int, s float32, x, y *float32)                                          {}
func adam8(n int, w, m, v, grad *float32, c *[4]float32)                             {}

func int8x16v(a *uint8, lda int, pb *int8, k4 int, c *float32, ldc int, sa, sw *float32, off *int32, bias *float32) {
}
func int4x16(a *uint8, lda int, pb *int8, k4 int, c *float32, ldc int, sa, sw *float32, off *int32, bias *float32) {
}
