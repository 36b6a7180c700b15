package main

import (
	"context"
	"fmt"

	"github.com/s2-streamstore/s2-sdk-go/s2"
)

func init() { calls["append-session"] = callAppendSession }

func callAppendSession(ctx context.Context) error {
	// snippet
	client := s2.NewFromEnvironment(nil)
	stream := client.Basin("my-basin").Stream("example-1")
	session, err := stream.AppendSession(ctx, nil)
	if err != nil {
		return err
	}
	defer session.Close()
	for _, body := range []string{"hello", "world"} {
		future, err := session.Submit(&s2.AppendInput{Records: []s2.AppendRecord{{Body: []byte(body)}}})
		if err != nil {
			return err
		}
		ticket, err := future.Wait(ctx)
		if err != nil {
			return err
		}
		ack, err := ticket.Ack(ctx)
		if err != nil {
			return err
		}
		fmt.Println(ack.Tail.SeqNum)
	}
	// end
	return nil
}
