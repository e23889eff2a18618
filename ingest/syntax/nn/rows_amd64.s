#include "textflag.h"

// abs1 leaves |x| + 1 in D; Y15 holds ones, Y14 the mask of all but the sign.
#define GATE(X, D) \
	VANDPS Y14, X, D   \
	VADDPS Y15, D, D   \
	VMULPS Y13, X, X   \
	VDIVPS D, X, X     \
	VADDPS Y13, X, X

#define GATECONSTANTS \
	MOVL $0x3f800000, AX       \
	VMOVD AX, X15              \
	VBROADCASTSS X15, Y15      \
	MOVL $0x3f000000, AX       \
	VMOVD AX, X13              \
	VBROADCASTSS X13, Y13      \
	MOVL $0x7fffffff, AX       \
	VMOVD AX, X14              \
	VBROADCASTSS X14, Y14

// func gate8(n int, z, f, was *float32)
// z += gate(f) × (was - z)
TEXT ·gate8(SB), NOSPLIT, $0-32
	MOVQ n+0(FP), CX
	MOVQ z+8(FP), DI
	MOVQ f+16(FP), SI
	MOVQ was+24(FP), DX
	GATECONSTANTS
	SHRQ $3, CX

gateloop:
	VMOVUPS (SI), Y0
	GATE(Y0, Y1)
	VMOVUPS (DI), Y2
	VMOVUPS (DX), Y3
	VSUBPS Y2, Y3, Y3
	VMULPS Y3, Y0, Y0
	VADDPS Y0, Y2, Y2
	VMOVUPS Y2, (DI)
	ADDQ $32, DI
	ADDQ $32, SI
	ADDQ $32, DX
	DECQ CX
	JNZ  gateloop
	VZEROUPPER
	RET

// func gateOut8(n int, r, c *float32)
// r = gate(r) × c
TEXT ·gateOut8(SB), NOSPLIT, $0-24
	MOVQ n+0(FP), CX
	MOVQ r+8(FP), DI
	MOVQ c+16(FP), SI
	GATECONSTANTS
	SHRQ $3, CX

gateoutloop:
	VMOVUPS (DI), Y0
	GATE(Y0, Y1)
	VMULPS (SI), Y0, Y0
	VMOVUPS Y0, (DI)
	ADDQ $32, DI
	ADDQ $32, SI
	DECQ CX
	JNZ  gateoutloop
	VZEROUPPER
	RET

// TOTAL adds the eight parts of Y0 in the order of total in layers.go.
#define TOTAL \
	VEXTRACTF128 $1, Y0, X1 \
	VADDPS X1, X0, X0       \
	VMOVHLPS X0, X0, X1     \
	VADDPS X1, X0, X0       \
	VMOVSHDUP X0, X1        \
	VADDSS X1, X0, X0

// func addSum8(n int, x, y *float32) float32
// x += y; the sum of x
TEXT ·addSum8(SB), NOSPLIT, $0-28
	MOVQ n+0(FP), CX
	MOVQ x+8(FP), DI
	MOVQ y+16(FP), SI
	VXORPS Y0, Y0, Y0
	SHRQ $3, CX

addsumloop:
	VMOVUPS (DI), Y2
	VADDPS (SI), Y2, Y2
	VMOVUPS Y2, (DI)
	VADDPS Y2, Y0, Y0
	ADDQ $32, DI
	ADDQ $32, SI
	DECQ CX
	JNZ  addsumloop
	TOTAL
	VMOVSS X0, ret+24(FP)
	VZEROUPPER
	RET

// func squares8(n int, x *float32, mean float32) float32
// x -= mean; the sum of the squares of x
TEXT ·squares8(SB), NOSPLIT, $0-28
	MOVQ n+0(FP), CX
	MOVQ x+8(FP), DI
	VBROADCASTSS mean+16(FP), Y3
	VXORPS Y0, Y0, Y0
	SHRQ $3, CX

squaresloop:
	VMOVUPS (DI), Y2
	VSUBPS Y3, Y2, Y2
	VMOVUPS Y2, (DI)
	VMULPS Y2, Y2, Y2
	VADDPS Y2, Y0, Y0
	ADDQ $32, DI
	DECQ CX
	JNZ  squaresloop
	TOTAL
	VMOVSS X0, ret+24(FP)
	VZEROUPPER
	RET

// func scale8(n int, x, gain, bias *float32, inv float32)
// x = x × inv × gain + bias
TEXT ·scale8(SB), NOSPLIT, $0-36
	MOVQ n+0(FP), CX
	MOVQ x+8(FP), DI
	MOVQ gain+16(FP), SI
	MOVQ bias+24(FP), DX
	VBROADCASTSS inv+32(FP), Y3
	SHRQ $3, CX

scaleloop:
	VMULPS (DI), Y3, Y2
	VMULPS (SI), Y2, Y2
	VADDPS (DX), Y2, Y2
	VMOVUPS Y2, (DI)
	ADDQ $32, DI
	ADDQ $32, SI
	ADDQ $32, DX
	DECQ CX
	JNZ  scaleloop
	VZEROUPPER
	RET

// func max8(n int, x, y *float32)
// x = the larger of x and y
TEXT ·max8(SB), NOSPLIT, $0-24
	MOVQ n+0(FP), CX
	MOVQ x+8(FP), DI
	MOVQ y+16(FP), SI
	SHRQ $3, CX

maxloop:
	VMOVUPS (SI), Y0
	VMAXPS (DI), Y0, Y0
	VMOVUPS Y0, (DI)
	ADDQ $32, DI
	ADDQ $32, SI
	DECQ CX
	JNZ  maxloop
	VZEROUPPER
	RET

// func rectify8(n int, x *float32)
// x = the larger of x and x/10
TEXT ·rectify8(SB), NOSPLIT, $0-16
	MOVQ n+0(FP), CX
	MOVQ x+8(FP), DI
	MOVL $0x3dcccccd, AX
	VMOVD AX, X3
	VBROADCASTSS X3, Y3
	SHRQ $3, CX

rectifyloop:
	VMOVUPS (DI), Y0
	VMULPS Y3, Y0, Y1
	VMAXPS Y0, Y1, Y0
	VMOVUPS Y0, (DI)
	ADDQ $32, DI
	DECQ CX
	JNZ  rectifyloop
	VZEROUPPER
	RET

// func largest8(n int, x *float32) float32
// the largest magnitude
TEXT ·largest8(SB), NOSPLIT, $0-20
	MOVQ n+0(FP), CX
	MOVQ x+8(FP), DI
	MOVL $0x7fffffff, AX
	VMOVD AX, X3
	VBROADCASTSS X3, Y3
	VXORPS Y0, Y0, Y0
	SHRQ $3, CX

largestloop:
	VANDPS (DI), Y3, Y1
	VMAXPS Y0, Y1, Y0
	ADDQ $32, DI
	DECQ CX
	JNZ  largestloop
	VEXTRACTF128 $1, Y0, X1
	VMAXPS X1, X0, X0
	VMOVHLPS X0, X0, X1
	VMAXPS X1, X0, X0
	VMOVSHDUP X0, X1
	VMAXSS X1, X0, X0
	VMOVSS X0, ret+16(FP)
	VZEROUPPER
	RET

// func levels8(n int, q *uint8, x *float32, inv float32)
// q = int(x × inv + 64.5)
TEXT ·levels8(SB), NOSPLIT, $0-28
	MOVQ n+0(FP), CX
	MOVQ q+8(FP), DI
	MOVQ x+16(FP), SI
	VBROADCASTSS inv+24(FP), Y3
	MOVL $0x42810000, AX // 64.5
	VMOVD AX, X4
	VBROADCASTSS X4, Y4
	SHRQ $3, CX

levelsloop:
	VMULPS (SI), Y3, Y0
	VADDPS Y4, Y0, Y0
	VCVTTPS2DQ Y0, Y0
	VEXTRACTI128 $1, Y0, X1
	VPACKSSDW X1, X0, X0
	VPACKUSWB X0, X0, X0
	VMOVQ X0, (DI)
	ADDQ $8, DI
	ADDQ $32, SI
	DECQ CX
	JNZ  levelsloop
	VZEROUPPER
	RET
