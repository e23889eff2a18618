package nn

// int8x16v multiplies 8 rows of activations with a panel of 16 columns and
// writes floats, AVX-512 VNNI. lda is in bytes, ldc in floats, k4 in groups of 4.
//
//go:noescape
func int8x16v(a *uint8, lda int, pb *int8, k4 int, c *float32, ldc int, sa, sw *float32, off *int32, bias *float32)

// int8x32v multiplies 8 rows with two panels of 16 columns, AVX-512 VNNI.
//
//go:noescape
func int8x32v(a *uint8, lda int, pb *int8, k4 int, c *float32, ldc int, sa, sw *float32, off *int32, bias *float32)

// int4x16 multiplies 4 rows, AVX2.
//
//go:noescape
func int4x16(a *uint8, lda int, pb *int8, k4 int, c *float32, ldc int, sa, sw *float32, off *int32, bias *float32)

// int4x16p multiplies 4 rows, AVX2: order lists pairs of groups whose sums fit in
// 16 bits, and then single groups; see pairing.
//
//go:noescape
func int4x16p(a *uint8, lda int, pb *int8, order *uint16, pairs, singles int, c *float32, ldc int, sa, sw *float32, off *int32, bias *float32)
