package main

import (
	"context"
	"fmt"

	"github.com/s2-streamstore/s2-sdk-go/s2"
)

func init() { calls["get-basin-config"] = callGetBasinConfig }

func callGetBasinConfig(ctx context.Context) error {
	// snippet
	client := s2.NewFromEnvironment(nil)
	config, err := client.Basins.GetConfig(ctx, "example-1")
	if err != nil {
		return err
	}
	fmt.Println(config.DefaultStreamConfig)
	// end
	return nil
}
