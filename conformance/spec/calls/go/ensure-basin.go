package main

import (
	"context"
	"fmt"

	"github.com/s2-streamstore/s2-sdk-go/s2"
)

func init() { calls["ensure-basin"] = callEnsureBasin }

func callEnsureBasin(ctx context.Context) error {
	// snippet
	client := s2.NewFromEnvironment(nil)
	ensured, err := client.Basins.Ensure(ctx, s2.EnsureBasinArgs{
		Basin:  "example-1",
		Config: &s2.BasinConfig{CreateStreamOnAppend: s2.Bool(true)},
	})
	if err != nil {
		return err
	}
	fmt.Println(ensured.Result)
	// end
	return nil
}
