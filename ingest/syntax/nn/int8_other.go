//go:build !amd64 && !arm64

package nn

// runnable lists the kernels that this processor runs.
func runnable() []kernel { return []kernel{pureGo} }

func dot4x16(a *uint8, lda int, pb *int8, k4 int, sums *[4][intPanel]int32)  {}
func long2x16(a *uint8, lda int, pb *int8, k8 int, sums *[2][intPanel]int32) {}
