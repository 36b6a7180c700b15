package main

import (
	"context"
	"fmt"

	"github.com/s2-streamstore/s2-sdk-go/s2"
)

func init() { calls["append-fencing-token"] = callAppendFencingToken }

func callAppendFencingToken(ctx context.Context) error {
	// snippet
	client := s2.NewFromEnvironment(nil)
	stream := client.Basin("my-basin").Stream("example-1")
	ack, err := stream.Append(ctx, &s2.AppendInput{
		Records:      []s2.AppendRecord{{Body: []byte("hello")}},
		FencingToken: s2.String("writer-1"),
	})
	if err != nil {
		return err
	}
	fmt.Println(ack.Tail.SeqNum)
	// end
	return nil
}
