package dev.lookaside.example.xds;

import dev.lookaside.v1.ExecuteRequest;
import dev.lookaside.v1.WorkerGrpc;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Calls workers as their balancer's weights say, with nothing of Lookaside but the worker's proto
 * file: {@code GRPC_XDS_BOOTSTRAP=bootstrap.json java -jar xds-client.jar [CALLS [PER-SECOND
 * [TASK]]]}. Prints on one line how many calls were answered, by whom, and why others were not.
 */
public final class XdsClient {
  private static final int LONGEST_REASON = 200;

  private final WorkerGrpc.WorkerBlockingStub worker;
  private final String task;
  private final Map<String, Integer> workers = new ConcurrentHashMap<>();
  private final Map<String, Integer> errors = new ConcurrentHashMap<>();
  private final Queue<Long> latencies = new ConcurrentLinkedQueue<>();

  private XdsClient(ManagedChannel channel, String task) {
    this.worker = WorkerGrpc.newBlockingStub(channel).withWaitForReady();
    this.task = task;
  }

  public static void main(String[] arguments) throws InterruptedException {
    int calls = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20;
    double perSecond = arguments.length > 1 ? Double.parseDouble(arguments[1]) : 10;
    String task = arguments.length > 2 ? arguments[2] : "sleep 0";
    String target = System.getenv().getOrDefault("TARGET", "xds:///worker");
    ManagedChannel channel =
        Grpc.newChannelBuilder(target, InsecureChannelCredentials.create()).build();
    XdsClient client = new XdsClient(channel, task);
    client.warmUp(Integer.parseInt(System.getenv().getOrDefault("WARM_UP", "0")));
    System.err.println("calling");
    client.run(calls, perSecond);
    channel.shutdownNow();
    System.out.println(client.result());
    System.exit(client.errors.isEmpty() ? 0 : 1);
  }

  /** Calls that are not counted, one after the other, until the connections are there. */
  private void warmUp(int calls) {
    for (int i = 0; i < calls; i++) {
      call(new CountDownLatch(1));
    }
    workers.clear();
    errors.clear();
    latencies.clear();
  }

  /** Each call has its time, however long others take. */
  private void run(int calls, double perSecond) throws InterruptedException {
    ScheduledExecutorService callers = Executors.newScheduledThreadPool(64);
    CountDownLatch left = new CountDownLatch(calls);
    for (int i = 0; i < calls; i++) {
      var unused =
          callers.schedule(() -> call(left), (long) (i * 1e6 / perSecond), TimeUnit.MICROSECONDS);
    }
    left.await();
    callers.shutdownNow();
  }

  private void call(CountDownLatch left) {
    long start = System.nanoTime();
    try {
      var request = ExecuteRequest.newBuilder().setTask(task).setClientId("java").build();
      String by = worker.withDeadlineAfter(10, TimeUnit.SECONDS).execute(request).getWorkerId();
      workers.merge(by, 1, Integer::sum);
      latencies.add(System.nanoTime() - start);
    } catch (StatusRuntimeException e) {
      String reason = String.valueOf(e.getMessage());
      String shown = reason.substring(0, Math.min(LONGEST_REASON, reason.length()));
      errors.merge(shown.replaceAll("[\"\\\\\\p{Cntrl}]", "'"), 1, Integer::sum);
    } finally {
      left.countDown();
    }
  }

  private String result() {
    return "{\"ok\": %d, \"failed\": %d, \"workers\": %s, \"errors\": %s, \"p50_ms\": %d, \"p99_ms\": %d}"
        .formatted(
            sum(workers), sum(errors), json(workers), json(errors), millis(0.5), millis(0.99));
  }

  /** How long so large a part of the calls that were answered took at most. */
  private long millis(double part) {
    List<Long> sorted = latencies.stream().sorted().toList();
    return sorted.isEmpty()
        ? 0
        : TimeUnit.NANOSECONDS.toMillis(sorted.get((int) (part * (sorted.size() - 1))));
  }

  private static int sum(Map<String, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static String json(Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .map(count -> "\"" + count.getKey() + "\": " + count.getValue())
        .sorted()
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
