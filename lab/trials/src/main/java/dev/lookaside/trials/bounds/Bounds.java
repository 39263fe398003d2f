package dev.lookaside.trials.bounds;

import dev.lookaside.trials.bounds.Row.Registry;
import dev.lookaside.trials.process.Local;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Bad peers, one kind after the other, each against a new balancer and worker. A well-behaved peer
 * calls at a steady rate before, meanwhile and after.
 */
@Command(
    name = "bounds",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Lets greedy, slow and broken peers loose, and prints what the others notice.")
public final class Bounds implements Callable<Integer> {
  private static final Path LOGS = Path.of("lab", "trials", "target", "bounds");
  private static final Duration WARM_UP = Duration.ofSeconds(5);

  @Option(
      names = "--row",
      split = ",",
      paramLabel = "NAME",
      description = "Which ones; all unless given. --list names them.")
  private List<String> rows = Rows.names();

  @Option(names = "--list", description = "Names the rows, and does nothing.")
  private boolean list;

  @Option(
      names = "--time",
      defaultValue = "10s",
      description = "How long each peer misbehaves, and the calm before it is measured.")
  private Duration time = Duration.ofSeconds(10);

  @Override
  public Integer call() throws InterruptedException {
    List<Row> chosen = rows.stream().map(Rows::named).toList();
    if (list) {
      chosen.forEach(row -> System.out.println(row.name() + ": " + row.does()));
      return 0;
    }
    System.out.println(Result.header());
    boolean allLive = true;
    for (Row row : chosen) {
      if (row.registry() == Registry.ETCD && Local.program("etcd").isEmpty()) {
        System.out.println("| " + row.does() + " | SKIPPED: no etcd on the PATH |");
        continue;
      }
      Result result = new BoundsRun(LOGS.resolve(row.name()), WARM_UP, time).of(row);
      allLive &= result.isAlive();
      System.out.println(result.line());
    }
    return allLive ? 0 : 1;
  }
}
