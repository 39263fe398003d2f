package dev.lookaside.benchmarks.pick;

import dev.lookaside.core.balancer.Connectivity;
import dev.lookaside.core.balancer.ServiceBalancer;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.load.LoadReport;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.core.policy.PickArgs;
import dev.lookaside.core.policy.PickResult;
import dev.lookaside.core.policy.Policies;
import dev.lookaside.core.time.Chance;
import dev.lookaside.core.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One whole pick as the Pick RPC makes it, dispatch noted, with every load known.
 *
 * <p>Run with {@code -prof gc} to see bytes per pick.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class PickerBenchmark {

  @Param({"first", "rr", "ll", "p2c", "wrr", "peak_ewma", "prequal", "hash"})
  public String policy = "";

  @Param({"10", "1000", "10000"})
  public int endpoints;

  /**
   * Each with a key of its own, for the policy that looks at it: several for each endpoint, or all
   * its owners would be full.
   */
  private final PickArgs[] requests =
      IntStream.range(0, 1 << 16)
          .mapToObj(i -> new PickArgs(List.of(), Optional.of("key-" + i)))
          .toArray(PickArgs[]::new);

  private int next;

  private ServiceBalancer balancer =
      new ServiceBalancer("worker", policies().create("first"), neverExpiring());

  @Setup
  public void register() {
    LoadTracker loads = neverExpiring();
    List<Endpoint> all = IntStream.range(0, endpoints).mapToObj(PickerBenchmark::endpoint).toList();
    balancer = new ServiceBalancer("worker", policies().create(policy), loads);
    loads.update(EndpointTable.of("worker", 1, all));
    all.forEach(endpoint -> balancer.connectivity(endpoint, Connectivity.READY));
    balancer.update(EndpointTable.of("worker", 1, all));
    SplittableRandom random = new SplittableRandom(1);
    for (Endpoint endpoint : all) {
      long now = Ticker.system().nanos();
      double inFlight = random.nextInt(20);
      double utilization = random.nextDouble();
      loads.reported(
          endpoint, new LoadReport(utilization, 0, utilization, 100, 0, inFlight, Map.of(), now));
    }
  }

  @Benchmark
  public PickResult pick() {
    return balancer.pick(requests[next++ & (requests.length - 1)]);
  }

  private static Endpoint endpoint(int index) {
    return Endpoint.of("worker", "worker%05d".formatted(index), new Address("10.0.0.1", 50052));
  }

  private static Policies policies() {
    return new Policies(Ticker.system(), Chance.system());
  }

  private static LoadTracker neverExpiring() {
    return new LoadTracker(Duration.ofDays(1));
  }
}
