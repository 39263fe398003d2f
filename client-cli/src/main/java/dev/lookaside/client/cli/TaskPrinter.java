package dev.lookaside.client.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.lookaside.client.task.Failures;
import dev.lookaside.client.task.Pick;
import dev.lookaside.client.task.Task;
import dev.lookaside.client.task.TaskOutcome;
import dev.lookaside.client.task.TaskOutcome.Attempt;
import dev.lookaside.client.task.TaskOutcome.Done;
import dev.lookaside.client.task.TaskOutcome.Failed;
import dev.lookaside.client.task.TaskOutcome.Unreachable;
import io.grpc.Status;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine;

/** Prints what became of one task: one line, or one JSON object. */
final class TaskPrinter {

  private TaskPrinter() {}

  static void print(CommandLine command, OutputFormat format, Task task, TaskOutcome outcome) {
    if (format == OutputFormat.JSON) {
      Json.print(command.getOut(), json(task, outcome));
    } else if (outcome instanceof Done done) {
      command.getOut().println(Plain.text(text(task, done)));
      command.getOut().flush();
    } else {
      Usage.say(command, text(task, outcome));
    }
  }

  private static String text(Task task, Done done) {
    Pick pick = done.pick();
    StringBuilder line =
        new StringBuilder(task.clientId())
            .append(": ")
            .append(task.text())
            .append(" -> ")
            .append(done.result())
            .append("  [")
            .append(pick.workerId())
            .append(" at ")
            .append(pick.address())
            .append(", ran ")
            .append(text(done.ran()))
            .append(", took ")
            .append(text(done.latency()))
            .append(", picked by ")
            .append(pick.policy())
            .append(']');
    for (Attempt failure : done.failures()) {
      line.append("  [not ").append(text(failure)).append(']');
    }
    return line.toString();
  }

  private static String text(Task task, TaskOutcome outcome) {
    String what = "task '" + task.text() + "' ";
    if (outcome instanceof Failed failed) {
      String where = failed.pick().map(pick -> " on " + pick.workerId()).orElse("");
      return what + "failed" + where + ": " + text(failed.status()) + count(outcome);
    }
    Status status = ((Unreachable) outcome).status();
    return what + "reached no worker: " + text(status) + count(outcome);
  }

  private static String count(TaskOutcome outcome) {
    int attempts = outcome.failures().size();
    return attempts > 1 ? " (after " + attempts + " attempts)" : "";
  }

  private static String text(Attempt attempt) {
    return attempt.pick().workerId() + ": " + text(attempt.status());
  }

  private static String text(Status status) {
    return status.getCode() + ": " + Failures.describe(status);
  }

  private static String text(Duration latency) {
    double millis = latency.toNanos() / 1e6;
    return millis < 1_000
        ? String.format(Locale.ROOT, "%.1f ms", millis)
        : String.format(Locale.ROOT, "%.2f s", millis / 1_000);
  }

  private static JsonObject json(Task task, TaskOutcome outcome) {
    JsonObject json = new JsonObject();
    json.addProperty("id", task.clientId());
    json.addProperty("task", task.text());
    if (outcome instanceof Done done) {
      json.addProperty("status", Status.Code.OK.name());
      json.addProperty("result", done.result());
      addPick(json, done.pick());
      json.addProperty("ranMillis", Json.millis(done.ran()));
    } else if (outcome instanceof Failed failed) {
      addFailure(json, failed.status());
      failed.pick().ifPresent(pick -> addPick(json, pick));
    } else {
      addFailure(json, ((Unreachable) outcome).status());
    }
    json.addProperty("latencyMillis", Json.millis(outcome.latency()));
    json.add("failedAttempts", attempts(outcome.failures()));
    return json;
  }

  private static JsonArray attempts(Iterable<Attempt> failures) {
    JsonArray attempts = new JsonArray();
    for (Attempt failure : failures) {
      JsonObject attempt = new JsonObject();
      addPick(attempt, failure.pick());
      addFailure(attempt, failure.status());
      attempts.add(attempt);
    }
    return attempts;
  }

  private static void addFailure(JsonObject json, Status status) {
    json.addProperty("status", status.getCode().name());
    json.addProperty("message", Failures.describe(status));
  }

  private static void addPick(JsonObject json, Pick pick) {
    json.addProperty("worker", pick.workerId());
    json.addProperty("address", pick.address().toString());
    json.addProperty("policy", pick.policy());
    json.addProperty("balancer", pick.balancer().toString());
  }
}
