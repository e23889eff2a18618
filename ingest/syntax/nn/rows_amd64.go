package nn

// Row operations, AVX2; n is a positive multiple of 8. Each gives the bits of
// the Go code that it stands in for in layers.go.

//go:noescape
func gate8(n int, z, f, was *float32)

//go:noescape
func gateOut8(n int, r, c *float32)

//go:noescape
func addSum8(n int, x, y *float32) float32

//go:noescape
func squares8(n int, x *float32, mean float32) float32

//go:noescape
func scale8(n int, x, gain, bias *float32, inv float32)

//go:noescape
func max8(n int, x, y *float32)

//go:noescape
func rectify8(n int, x *float32)

//go:noescape
func largest8(n int, x *float32) float32

//go:noescape
func levels8(n int, q *uint8, x *float32, inv float32)
