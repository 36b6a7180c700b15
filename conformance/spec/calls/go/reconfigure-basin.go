package main

import (
	"context"
	"fmt"

	"github.com/s2-streamstore/s2-sdk-go/s2"
)

func init() { calls["reconfigure-basin"] = callReconfigureBasin }

func callReconfigureBasin(ctx context.Context) error {
	// snippet
	client := s2.NewFromEnvironment(nil)
	config, err := client.Basins.Reconfigure(ctx, s2.ReconfigureBasinArgs{
		Basin:  "example-1",
		Config: s2.BasinReconfiguration{CreateStreamOnAppend: s2.Bool(true)},
	})
	if err != nil {
		return err
	}
	fmt.Println(config.CreateStreamOnAppend)
	// end
	return nil
}
