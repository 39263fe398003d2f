package dev.lookaside.client.load;

import dev.lookaside.client.task.Task;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** Answers at once, each task by its number from 1 on. */
record FakeSender(IntFunction<Sent> answer, AtomicInteger numbers) implements Sender {

  FakeSender(IntFunction<Sent> answer) {
    this(answer, new AtomicInteger());
  }

  @Override
  public CompletableFuture<Sent> send(Task task) {
    return CompletableFuture.completedFuture(answer.apply(numbers.incrementAndGet()));
  }

  @Override
  public void cancelAll() {}

  @Override
  public void close() {}
}
