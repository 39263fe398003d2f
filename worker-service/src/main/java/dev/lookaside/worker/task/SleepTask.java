package dev.lookaside.worker.task;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.regex.Pattern;

/** {@code sleep 2.5}: answers after that many seconds. Holds no thread meanwhile. */
public final class SleepTask implements Task {
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,18}(\\.[0-9]{1,18})?");
  private static final int NANO_DIGITS = 9;

  private final Duration max;
  private final ScheduledExecutorService timer;

  public SleepTask(Duration max, ScheduledExecutorService timer) {
    this.max = max;
    this.timer = timer;
  }

  @Override
  public String name() {
    return "sleep";
  }

  @Override
  public String usage() {
    return "sleep <seconds, 0 to " + plain(seconds(max)) + ">";
  }

  @Override
  public Job prepare(String argument) {
    if (!SECONDS.matcher(argument).matches()) {
      throw refused(argument);
    }
    BigDecimal seconds = new BigDecimal(argument).setScale(NANO_DIGITS, RoundingMode.DOWN);
    if (seconds.compareTo(seconds(max)) > 0) {
      throw refused(argument);
    }
    Duration length = Duration.ofNanos(seconds.unscaledValue().longValueExact());
    return new Job.Wait(length, cancellation -> sleep(length, plain(seconds), cancellation));
  }

  private CompletionStage<String> sleep(
      Duration length, String seconds, Cancellation cancellation) {
    var slept = new CompletableFuture<String>();
    Future<?> alarm =
        timer.schedule(
            () -> slept.complete("slept " + seconds + " s"), length.toNanos(), NANOSECONDS);
    cancellation.onCancel(() -> {
      alarm.cancel(false);
      slept.cancel(false);
    });
    return slept;
  }

  private InvalidTaskException refused(String argument) {
    return new InvalidTaskException(
        "sleep of '%s' (expected: %s, as a decimal number)".formatted(Quote.of(argument), usage()));
  }

  private static BigDecimal seconds(Duration duration) {
    return BigDecimal.valueOf(duration.getSeconds())
        .add(BigDecimal.valueOf(duration.getNano(), NANO_DIGITS));
  }

  private static String plain(BigDecimal seconds) {
    return seconds.signum() == 0 ? "0" : seconds.stripTrailingZeros().toPlainString();
  }
}
