package dev.lookaside.benchmarks.client;

import dev.lookaside.benchmarks.Measurement;
import dev.lookaside.client.grpc.LookasideLoadBalancerProvider;
import dev.lookaside.client.grpc.balancing.ChannelState;
import dev.lookaside.client.grpc.balancing.LookasideConfig;
import dev.lookaside.client.grpc.outcome.Tallies;
import dev.lookaside.client.grpc.subscription.ServiceView;
import dev.lookaside.core.balancer.TrafficSettings;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.load.LoadTracker;
import io.grpc.Attributes;
import io.grpc.LoadBalancer;
import io.grpc.LoadBalancer.ResolvedAddresses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What a channel spends on its own balancing while its connections come up one by one, and on one
 * change of the table after that. There is no network: all of it is the library's.
 */
@Command(name = "connect-time", mixinStandardHelpOptions = true, showDefaultValues = true)
final class ConnectTime implements Callable<Integer> {

  @Option(names = "--type", defaultValue = "ll", description = "Policy of the channels.")
  private String type = "";

  @Option(names = "--endpoints", split = ",", defaultValue = "100,1000,3000,10000")
  private int[] endpoints = {};

  @Option(names = "--rounds", defaultValue = "5", description = "The median counts.")
  private int rounds;

  @Option(names = "--changes", defaultValue = "200", description = "Changes of the table to time.")
  private int changes;

  public static void main(String[] args) {
    Measurement.run(new ConnectTime(), args);
  }

  @Override
  public Integer call() {
    System.out.println("| endpoints | table applied ms | all ready ms | pickers | one change ms |");
    System.out.println("|---:|---:|---:|---:|---:|");
    for (int count : endpoints) {
      double[][] times = new double[4][rounds];
      for (int i = 0; i < rounds; i++) {
        measure(count, times, i);
      }
      System.out.printf(
          "| %,d | %.1f | %.1f | %.0f | %.3f |%n",
          count, median(times[0]), median(times[1]), median(times[2]), median(times[3]));
    }
    return 0;
  }

  private void measure(int count, double[][] times, int round) {
    try (ReadyChannel channel = new ReadyChannel(ReadyChannel.Connecting.WHEN_TOLD)) {
      LoadBalancer balancer = new LookasideLoadBalancerProvider().newLoadBalancer(channel);
      LoadTracker loads = new LoadTracker(Duration.ofDays(1));
      Tallies tallies = new Tallies();
      List<Endpoint> all =
          new ArrayList<>(IntStream.range(0, count).mapToObj(ConnectTime::endpoint).toList());
      times[0][round] = millis(() -> learn(channel, balancer, loads, tallies, all));
      int before = channel.updates();
      times[1][round] = millis(channel::connectAll);
      times[2][round] = channel.updates() - before;
      times[3][round] =
          millis(() -> {
            for (int i = 0; i < changes; i++) {
              all.set(i % count, all.get(i % count).withCapacity(2 + i));
              learn(channel, balancer, loads, tallies, all);
            }
          })
              / changes;
      channel.getSynchronizationContext().execute(balancer::shutdown);
    }
  }

  private void learn(
      ReadyChannel channel,
      LoadBalancer balancer,
      LoadTracker loads,
      Tallies tallies,
      List<Endpoint> all) {
    ServiceView view =
        new ServiceView(
            EndpointTable.of("worker", 1, all),
            Set.of(),
            type,
            TrafficSettings.defaults(),
            "the benchmark");
    ResolvedAddresses resolved =
        ResolvedAddresses.newBuilder()
            .setAddresses(List.of())
            .setAttributes(
                Attributes.newBuilder()
                    .set(ChannelState.KEY, new ChannelState(view, loads, Optional.of(tallies)))
                    .build())
            .setLoadBalancingPolicyConfig(LookasideConfig.AS_ANNOUNCED)
            .build();
    channel
        .getSynchronizationContext()
        .execute(() -> {
          var unused = balancer.acceptResolvedAddresses(resolved);
        });
  }

  private static double millis(Runnable step) {
    long start = System.nanoTime();
    step.run();
    return (System.nanoTime() - start) / 1e6;
  }

  private static double median(double[] values) {
    return Arrays.stream(values).sorted().toArray()[values.length / 2];
  }

  private static Endpoint endpoint(int number) {
    return Endpoint.of(
        "worker",
        "worker-%05d".formatted(number),
        new Address("10.1.%d.%d".formatted(number / 250, 1 + number % 250), 50_052));
  }
}
