package main

import (
	"context"
	"fmt"

	"github.com/s2-streamstore/s2-sdk-go/s2"
)

func init() { calls["create-basin"] = callCreateBasin }

func callCreateBasin(ctx context.Context) error {
	// snippet
	client := s2.NewFromEnvironment(nil)
	created, err := client.Basins.Create(ctx, s2.CreateBasinArgs{
		Basin:  "example-1",
		Config: &s2.BasinConfig{CreateStreamOnAppend: s2.Bool(true)},
	})
	if err != nil {
		return err
	}
	fmt.Println(created.CreatedAt)
	// end
	return nil
}
