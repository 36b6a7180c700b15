package main

import (
	"context"
	"fmt"

	"github.com/s2-streamstore/s2-sdk-go/s2"
)

func init() { calls["list-streams"] = callListStreams }

func callListStreams(ctx context.Context) error {
	// snippet
	client := s2.NewFromEnvironment(nil)
	basin := client.Basin("my-basin")
	page, err := basin.Streams.List(ctx, &s2.ListStreamsArgs{Prefix: "example-", Limit: s2.Ptr(10)})
	if err != nil {
		return err
	}
	fmt.Println(page.Streams, page.HasMore)
	// end
	return nil
}
