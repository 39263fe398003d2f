package dev.lookaside.trials.rights;

import dev.lookaside.tls.PemFiles;
import dev.lookaside.tls.development.DevelopmentAuthority;
import dev.lookaside.trials.fuzz.FuzzedServer;
import dev.lookaside.trials.process.Logs;
import io.grpc.MethodDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Each method of balancer and worker, and their pages, called by each role and by strangers; and
 * what is said of servers whose certificate is wrong.
 */
@Command(
    name = "rights",
    mixinStandardHelpOptions = true,
    description = "Prints who may call what, as a balancer and a worker with security on answer.")
public final class RightsTrial implements Callable<Integer> {
  private static final Path LOGS = Path.of("lab", "trials", "target", "rights");
  private static final List<String> PAGES =
      List.of(
          "/actuator/health/liveness",
          "/actuator/health/readiness",
          "/actuator/health",
          "/actuator/info",
          "/actuator/prometheus",
          "/actuator/metrics",
          "/actuator/lookaside",
          "/prometheus/targets");
  private static final List<String> WORKERS_PAGES = PAGES.subList(0, 6);

  /** What is asked for. */
  enum Table {
    METHODS,
    PAGES,
    CERTIFICATES
  }

  @Option(
      names = "--table",
      split = ",",
      description = "Which ones: ${COMPLETION-CANDIDATES}; all unless given.")
  private Set<Table> tables = EnumSet.allOf(Table.class);

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("lookaside-rights");
    DevelopmentAuthority ours = DevelopmentAuthority.in(directory.resolve("ours"));
    List<Caller> callers = Caller.all(ours, directory);
    Path logs = Logs.emptied(LOGS);
    if (tables.contains(Table.METHODS) || tables.contains(Table.PAGES)) {
      try (GuardedFleet fleet = GuardedFleet.start(logs, ours, directory)) {
        rights(callers, fleet);
      }
    }
    if (tables.contains(Table.CERTIFICATES)) {
      hops(ours, callers.get(0), directory);
    }
    return 0;
  }

  private void rights(List<Caller> callers, GuardedFleet fleet) throws InterruptedException {
    if (tables.contains(Table.METHODS)) {
      methods("balancer", callers, FuzzedServer.BALANCER, fleet.rpc);
      methods("worker", callers, FuzzedServer.WORKER, fleet.worker);
    }
    if (tables.contains(Table.PAGES)) {
      pages("balancer", callers, PAGES, fleet.http);
      pages("worker", callers, WORKERS_PAGES, fleet.workerHttp);
    }
  }

  private static void methods(
      String server, List<Caller> callers, FuzzedServer services, int port) {
    header("method of a " + server, callers);
    List<RpcAnswers> answers = callers.stream().map(each -> new RpcAnswers(each, port)).toList();
    for (MethodDescriptor<?, ?> method : services.methods().toList()) {
      row(method.getFullMethodName(), answers.stream().map(each -> each.to(method)).toList());
    }
    answers.forEach(RpcAnswers::close);
  }

  private static void pages(String server, List<Caller> callers, List<String> pages, int port)
      throws InterruptedException {
    header("page of a " + server, callers);
    List<HttpAnswers> answers = callers.stream().map(each -> new HttpAnswers(each, port)).toList();
    for (String page : pages) {
      String[] cells = new String[answers.size()];
      for (int i = 0; i < cells.length; i++) {
        cells[i] = answers.get(i).to(page);
      }
      row(page, List.of(cells));
    }
  }

  private static void hops(DevelopmentAuthority ours, Caller client, Path directory)
      throws InterruptedException {
    System.out.println(
        "\n| a server's certificate is | hop | who connects is told | the server logs |\n"
            + "|---|---|---|---|");
    PemFiles right = GuardedFleet.issue(ours, "balancer");
    for (WrongServer wrong : WrongServer.values()) {
      Path logs = LOGS.resolve(wrong.name().toLowerCase(Locale.ROOT));
      for (Hops.Said said : new Hops(logs, client, right, wrong.issue(ours, directory)).all()) {
        System.out.printf(
            "| %s | %s | %s | %s |%n", wrong.words(), said.hop(), said.connects(), said.listens());
      }
    }
  }

  private static void header(String what, List<Caller> callers) {
    System.out.println(
        "\n| "
            + what
            + " | "
            + callers.stream().map(Caller::name).collect(Collectors.joining(" | "))
            + " |\n|---|"
            + "---|".repeat(callers.size()));
  }

  private static void row(String what, List<String> cells) {
    System.out.println("| `" + what + "` | " + String.join(" | ", cells) + " |");
  }
}
