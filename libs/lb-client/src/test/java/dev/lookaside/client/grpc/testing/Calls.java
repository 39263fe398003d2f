package dev.lookaside.client.grpc.testing;

import dev.lookaside.v1.ExecuteRequest;
import dev.lookaside.v1.WorkerGrpc;
import io.grpc.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Calls the way an application does. */
public final class Calls {
  private static final long DEADLINE_SECONDS = 10;

  private Calls() {}

  /** The id of the worker that answered. */
  public static String one(Channel channel) {
    return WorkerGrpc.newBlockingStub(channel)
        .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
        .execute(ExecuteRequest.newBuilder().setTask("sleep 0").build())
        .getWorkerId();
  }

  /** How many of so many calls each worker answered. */
  public static Map<String, Integer> many(Channel channel, int count) {
    Map<String, Integer> answers = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      answers.merge(one(channel), 1, Integer::sum);
    }
    return answers;
  }

  /** Calls that are still going on. */
  public static List<com.google.common.util.concurrent.ListenableFuture<String>> started(
      Channel channel, int count) {
    List<com.google.common.util.concurrent.ListenableFuture<String>> started = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      started.add(
          com.google.common.util.concurrent.Futures.transform(
              WorkerGrpc.newFutureStub(channel)
                  .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
                  .execute(ExecuteRequest.newBuilder().setTask("sleep 0").build()),
              answer -> answer.getWorkerId(),
              Runnable::run));
    }
    return started;
  }
}
