package dev.lookaside.trials.bounds;

import dev.lookaside.trials.bounds.misdeed.Deadline;
import dev.lookaside.trials.bounds.misdeed.Target;
import dev.lookaside.trials.bounds.misdeed.Told;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A bad peer as a process of its own, so that its heap is not that of the one that measures. */
@Command(name = "misbehave", hidden = true)
public final class Misbehave implements Callable<Integer> {
  static final String BEGUN = "begun";
  static final String TOLD = "told: ";

  @Parameters(paramLabel = "ROW")
  private String row = "";

  @Option(names = "--rpc", required = true)
  private int rpc;

  @Option(names = "--http", required = true)
  private int http;

  @Option(names = "--etcd", required = true)
  private int etcd;

  @Option(names = "--worker", required = true)
  private int worker;

  @Option(names = "--time", required = true)
  private Duration time = Duration.ZERO;

  static List<String> arguments(String row, Target target, Duration time) {
    return List.of(
        "misbehave",
        row,
        "--rpc=" + target.rpc(),
        "--http=" + target.http(),
        "--etcd=" + target.etcd(),
        "--worker=" + target.worker(),
        "--time=" + time.toSeconds() + "s");
  }

  @Override
  public Integer call() throws Exception {
    Told told = new Told();
    System.out.println(BEGUN);
    Rows.named(row).misdeed().commit(new Target(rpc, http, etcd, worker), told, Deadline.in(time));
    System.out.println(TOLD + told.summary());
    System.out.flush();
    // It leaves as rudely as it came.
    Runtime.getRuntime().halt(0);
    return 0;
  }
}
