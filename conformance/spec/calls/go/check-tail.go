package main

import (
	"context"
	"fmt"

	"github.com/s2-streamstore/s2-sdk-go/s2"
)

func init() { calls["check-tail"] = callCheckTail }

func callCheckTail(ctx context.Context) error {
	// snippet
	client := s2.NewFromEnvironment(nil)
	stream := client.Basin("my-basin").Stream("example-1")
	tail, err := stream.CheckTail(ctx)
	if err != nil {
		return err
	}
	fmt.Println(tail.Tail.SeqNum)
	// end
	return nil
}
