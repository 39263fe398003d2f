package dev.lookaside.client.cli;

import dev.lookaside.client.task.AdminClient;
import dev.lookaside.v1.ListDecisionsRequest;
import dev.lookaside.v1.ListDecisionsResponse;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints recent picks that were explained as they were made. */
@Command(
    name = "decisions",
    description = {
      "Prints recent picks with what they were made of, if lb.decisions.sample is above 0.",
      ""
    },
    mixinStandardHelpOptions = true,
    exitCodeList = {"0:it said", "1:refused", "2:bad usage", "3:no balancer said"},
    footer = {
      "  lookaside-client decisions --limit=5",
      "  lookaside-client decisions --full",
      "  lookaside-client decisions --output=json"
    })
public final class DecisionsCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Option(
      names = "--limit",
      paramLabel = "<number>",
      defaultValue = "20",
      description = "At most so many, 1 to 1000. Default: ${DEFAULT-VALUE}")
  private Integer limit = 20;

  @Option(names = "--full", description = "With all candidates, as explain prints them")
  private boolean full;

  @Mixin private BalancerOptions options = new BalancerOptions();

  @Override
  public Integer call() {
    return Operator.ask(spec, options, this::print);
  }

  private int print(AdminClient balancer) {
    ListDecisionsResponse answer =
        balancer
            .stub()
            .listDecisions(
                ListDecisionsRequest.newBuilder()
                    .setService(options.service())
                    .setLimit(limit)
                    .build());
    PrintWriter out = spec.commandLine().getOut();
    ExplanationText text = new ExplanationText(Paint.ansi());
    if (options.isJson()) {
      answer.getDecisionsList().forEach(decision -> ProtoJson.print(out, decision));
    } else if (answer.getSample() == 0) {
      out.println("no pick is explained: lb.decisions.sample is 0");
    } else {
      answer
          .getDecisionsList()
          .forEach(decision ->
              (full ? text.lines(decision) : List.of(text.line(decision))).forEach(out::println));
    }
    out.flush();
    return ExitCode.DONE;
  }
}
