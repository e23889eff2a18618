package main

import "github.com/spf13/cobra"

// trainCommand groups the commands that make the embedded models.
func trainCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "train",
		Short: "Train the embedded models from corpora that aren't part of the product",
		Args:  cobra.NoArgs,
	}
	c.AddCommand(trainNamesCommand(), trainPronounsCommand(), trainSyntaxCommand())
	return c
}
