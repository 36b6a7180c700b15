package main

import (
	"context"
	"fmt"

	"github.com/s2-streamstore/s2-sdk-go/s2"
)

func init() { calls["get-stream-config"] = callGetStreamConfig }

func callGetStreamConfig(ctx context.Context) error {
	// snippet
	client := s2.NewFromEnvironment(nil)
	basin := client.Basin("my-basin")
	config, err := basin.Streams.GetConfig(ctx, "example-1")
	if err != nil {
		return err
	}
	fmt.Println(config.RetentionPolicy)
	// end
	return nil
}
