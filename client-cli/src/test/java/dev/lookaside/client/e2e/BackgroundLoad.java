package dev.lookaside.client.e2e;

import dev.lookaside.client.task.ClientSettings;
import dev.lookaside.client.task.Task;
import dev.lookaside.client.task.TaskClient;
import dev.lookaside.client.task.TaskOutcome;
import dev.lookaside.core.endpoint.Address;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A steady load of short sleeps, 20 to 100 ms, sent on time however slow the answers are, while a
 * test injects faults.
 */
final class BackgroundLoad implements AutoCloseable {
  static final int TASKS_PER_SECOND = 200;

  private final TaskClient client;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Queue<CompletableFuture<TaskOutcome>> sent = new ConcurrentLinkedQueue<>();
  private int number;

  private BackgroundLoad(TaskClient client) {
    this.client = client;
  }

  /** Sends to these balancers, given as {@code --lb} takes them, until stopped. */
  static BackgroundLoad start(String balancers) {
    List<Address> addresses = Stream.of(balancers.split(",")).map(Address::parse).toList();
    BackgroundLoad load = new BackgroundLoad(TaskClient.open(ClientSettings.of(addresses)));
    var unused =
        load.timer.scheduleAtFixedRate(
            load::send, 0, 1_000_000 / TASKS_PER_SECOND, TimeUnit.MICROSECONDS);
    return load;
  }

  private void send() {
    number++;
    double seconds = 0.02 + number % 9 * 0.01;
    sent.add(client.start(new Task("sleep " + seconds, "e2e")).outcome());
  }

  int sentSoFar() {
    return sent.size();
  }

  /** Sends no more, and returns how every task that was sent has ended. */
  LoadResult stop() throws InterruptedException {
    timer.shutdown();
    if (!timer.awaitTermination(10, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the load did not stop");
    }
    return LoadResult.of(sent.stream().map(CompletableFuture::join).toList());
  }

  @Override
  public void close() {
    timer.shutdownNow();
    client.close();
  }
}
