package dev.lookaside.trials.fuzz;

import dev.lookaside.testing.fuzz.Fuzz;
import dev.lookaside.trials.process.Local;
import dev.lookaside.trials.process.Logs;
import dev.lookaside.trials.process.RunningApp;
import io.grpc.MethodDescriptor;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Sends each method of a balancer, a worker and the embedded etcd, all real processes, so many
 * mutated messages. The same seed sends the same ones.
 */
@Command(
    name = "fuzz",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Sends every method messages that make little sense, and counts how calls end.")
public final class FuzzTrial implements Callable<Integer> {
  private static final Path LOGS = Path.of("lab", "trials", "target", "fuzz");

  @Option(names = "--messages", defaultValue = "100000", description = "For each method.")
  private int messages;

  @Option(names = "--seed", defaultValue = "20261127", description = "Which messages.")
  private long seed;

  @Option(
      names = "--server",
      split = ",",
      description = "Which ones: ${COMPLETION-CANDIDATES}; all unless given.")
  private Set<FuzzedServer> servers = EnumSet.allOf(FuzzedServer.class);

  @Option(
      names = "--only",
      defaultValue = "",
      description = "Part of the names of methods, such as Admin/; all unless given.")
  private String only = "";

  @Override
  public Integer call() throws InterruptedException {
    boolean isClean = true;
    try (FuzzedFleet fleet = FuzzedFleet.start(Logs.emptied(LOGS))) {
      System.out.println("| method | messages | seconds | calls ended |\n|---|---:|---:|---|");
      for (FuzzedServer server : servers) {
        RunningApp app = fleet.app(server);
        long linesBefore = app.output().lines().count();
        double heapBefore = fleet.heapMib(server);
        for (MethodDescriptor<?, ?> method :
            server.methods().filter(each -> each.getFullMethodName().contains(only)).toList()) {
          isClean &= fuzz(fleet.port(server), method);
        }
        isClean &= judge(fleet, server, linesBefore, heapBefore);
      }
      boolean serves = Local.ready(fleet.httpPort(), "worker") == 1;
      System.out.println("\nthe balancer picks its worker afterwards: " + serves);
      return isClean && serves ? 0 : 1;
    }
  }

  private boolean fuzz(int port, MethodDescriptor<?, ?> method) {
    Fuzz fuzz = new Fuzz(port, seed);
    long start = System.nanoTime();
    fuzz.run(method, messages);
    String endings =
        new TreeMap<>(fuzz.endings())
            .entrySet().stream()
                .map(ending -> "%,d %s".formatted(ending.getValue(), ending.getKey()))
                .collect(Collectors.joining(", "));
    System.out.printf(
        Locale.ROOT,
        "| `%s` | %,d | %.0f | %s |%n",
        method.getFullMethodName(),
        messages,
        (System.nanoTime() - start) / 1e9,
        endings);
    fuzz.faults().forEach((fault, count) -> System.out.println("FAULT " + count + " × " + fault));
    return fuzz.faults().isEmpty();
  }

  /** What is left behind when all peers have gone. */
  private static boolean judge(
      FuzzedFleet fleet, FuzzedServer server, long linesBefore, double heapBefore)
      throws InterruptedException {
    RunningApp app = fleet.app(server);
    List<String> lines = app.output().lines().skip(linesBefore).toList();
    long leaks = lines.stream().filter(line -> line.contains("LEAK:")).count();
    String left =
        Stream.of("lookaside_peers_calls", "lookaside_peers_message_bytes")
            .map(name -> name + " " + fleet.metric(server, name))
            .collect(Collectors.joining(", "));
    System.out.printf(
        Locale.ROOT,
        "%n%s: %d lines of log, %d leaks, heap %.1f → %.1f MiB, %s, alive: %s%n%n",
        server,
        lines.size(),
        leaks,
        heapBefore,
        fleet.heapMib(server),
        left,
        app.isAlive());
    return leaks == 0 && app.isAlive();
  }
}
