// Hearsay reads news and threat reports and builds a knowledge graph that never
// forgets who said it.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

// Exit codes of the output contract.
const (
	exitFailed  = 1
	exitUsage   = 2
	exitSkipped = 3
)

// exitError carries the exit code of an error, and what to do next.
type exitError struct {
	code int
	err  error
	hint string
}

func (e *exitError) Error() string { return e.err.Error() }
func (e *exitError) Unwrap() error { return e.err }

// usage is an error of the command line.
func usage(format string, args ...any) error {
	return &exitError{code: exitUsage, err: fmt.Errorf(format, args...)}
}

// hinted is an error with a next step.
func hinted(err error, hint string) error { return &exitError{code: exitFailed, err: err, hint: hint} }

func main() { os.Exit(run(os.Args[1:])) }

// run executes one command line and is main without the exit: tests call it.
func run(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	cmd := root()
	cmd.SetArgs(args)
	err := cmd.ExecuteContext(ctx)
	if err == nil {
		return 0
	}
	code := exitFailed
	var e *exitError
	if errors.As(err, &e) {
		code = e.code
	}
	fmt.Fprintln(os.Stderr, "hearsay:", err)
	if e != nil && e.hint != "" {
		fmt.Fprintln(os.Stderr, "hint:", e.hint)
	}
	return code
}

func root() *cobra.Command {
	c := &cobra.Command{
		Use:           "hearsay",
		Short:         "Build a knowledge graph that never forgets who said it",
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	c.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usage("%w", err) })
	c.AddCommand(versionCommand(), evalCommand())
	return c
}
